// Called by Maven before the integration tests: "DIRECTORY" gets what drives the browser and what judges its pages, as the
// lock file says. Playwright's Java library looks for its driver in a folder "package", hence that name in package.json; its
// own bundle would bring 200 MB of Node for every system, where one is installed anyway.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const target = path.resolve(process.argv[2]);
const files = ['package.json', 'package-lock.json', '.npmrc'];
const wanted = files.map((file) => readFileSync(path.join(import.meta.dirname, file), 'utf8')).join('\n');
const stamp = path.join(target, 'node_modules', '.installed');
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) process.exit(0);
mkdirSync(target, { recursive: true });
for (const file of files) copyFileSync(path.join(import.meta.dirname, file), path.join(target, file));
execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: target, stdio: 'inherit' });
writeFileSync(stamp, wanted);
