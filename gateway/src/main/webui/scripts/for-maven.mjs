// Called by the gateway's Maven build: "build DIRECTORY" installs what the lock file says and builds the app into the
// directory; "test DIRECTORY" runs its tests. Both only when something has changed since: a Java developer who touches no
// page waits for neither.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const [task, directory] = process.argv.slice(2);
const output = path.resolve(directory);
const stamp = path.join(path.dirname(output), `webui-${task}.stamp`);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`The web app is built with Node 20.19 or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org`);
  process.exit(1);
}

function files(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    return entry.isDirectory() ? files(name) : [name];
  });
}

const openapi = path.join('..', '..', '..', '..', 'openapi');
const hash = createHash('sha256').update(process.version);
const inputs = ['package.json', 'package-lock.json', 'vite.config.ts', 'tsconfig.json', 'eslint.config.js', 'index.html', 'scripts/for-maven.mjs',
  ...files('src'), ...files('public'), ...files(openapi)];
for (const file of inputs.sort()) hash.update(file).update(readFileSync(path.join(root, file)));
const wanted = hash.digest('hex');
const page = path.join(output, 'index.html');
const done = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  && (task === 'test' || (existsSync(page) && readFileSync(page, 'utf8').includes('/assets/')));
if (done) process.exit(0);

const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: 'inherit' });
const lock = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json'))).digest('hex');
const installed = path.join(root, 'node_modules', '.installed-lock');
if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) {
  run('npm', 'ci', '--no-audit', '--no-fund');
  writeFileSync(installed, lock);
}
if (task === 'test') {
  run('npm', 'test');
} else {
  rmSync(path.join(output, 'assets'), { recursive: true, force: true });
  run('npm', 'run', 'check');
  run('npx', 'vite', 'build', '--logLevel', 'warn', '--outDir', output);
}
mkdirSync(path.dirname(stamp), { recursive: true });
writeFileSync(stamp, wanted);
