// Called by the gateway's Maven build: installs what the lock file says and builds the app into the directory given, both
// only when something has changed since. A Java developer who touches no page waits for neither.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const output = path.resolve(process.argv[2]);
const stamp = path.join(path.dirname(output), `${path.basename(output)}.webui-stamp`);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`The web app is built with Node 20.19 or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org`);
  process.exit(1);
}

function files(directory) {
  return readdirSync(path.join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(directory, entry.name);
    return entry.isDirectory() ? files(name) : [name];
  });
}

const hash = createHash('sha256').update(process.version);
for (const file of ['package.json', 'package-lock.json', 'vite.config.ts', 'tsconfig.json', 'index.html', ...files('src'), ...files('public')].sort()) {
  hash.update(file).update(readFileSync(path.join(root, file)));
}
const wanted = hash.digest('hex');
const page = path.join(output, 'index.html');
const built = existsSync(stamp) && existsSync(page) && readFileSync(page, 'utf8').includes('/assets/');
if (built && readFileSync(stamp, 'utf8') === wanted) process.exit(0);

const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: 'inherit' });
const lock = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json'))).digest('hex');
const installed = path.join(root, 'node_modules', '.installed-lock');
if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) {
  run('npm', 'ci', '--no-audit', '--no-fund');
  writeFileSync(installed, lock);
}
rmSync(path.join(output, 'assets'), { recursive: true, force: true });
run('npm', 'run', 'check');
run('npx', 'vite', 'build', '--logLevel', 'warn', '--outDir', output);
mkdirSync(path.dirname(stamp), { recursive: true });
writeFileSync(stamp, wanted);
