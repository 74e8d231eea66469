// Builds the console when what it is made from has changed since the last build. `npm start` and the tests call it.
//
// Plain JavaScript on purpose: this runs on whatever Node the machine has.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { childEnvironment, findNode, root } from './toolchain.mjs';

const web = path.join(root, 'web');
/** All that a build is made from: files and folders, from `web`. The lock file stands for the libraries. */
const INPUTS = [
  'index.html',
  'package.json',
  'vite.config.ts',
  'public',
  'src',
  'tools/build.ts',
  '../docs/clients',
  '../package-lock.json',
];

/** Names the state of everything a build is made from. */
export function consoleStamp() {
  const hash = createHash('sha256');
  for (const input of INPUTS) {
    const start = path.join(web, input);
    const files = statSync(start).isDirectory()
      ? readdirSync(start, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
          .sort()
      : [start];
    for (const file of files)
      hash
        .update(`${path.relative(web, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
  }
  return hash.digest('hex');
}

/** True when `web/dist` is made from what is there now. */
function isFresh(stamp) {
  try {
    return readFileSync(path.join(web, 'dist', 'stamp'), 'utf8') === stamp;
  } catch {
    return false;
  }
}

/**
 * Makes `web/dist` what it should be; answers whether it is. A build that fails says why on stderr, and leaves none: the server
 * runs without, and tells at its address that there is no console.
 */
export function ensureConsole() {
  const stamp = consoleStamp();
  if (isFresh(stamp)) return true;
  process.stderr.write('headgate: building the console (once)…\n');
  const node = findNode();
  const done = spawnSync(node, [path.join(web, 'tools', 'build.ts'), stamp], {
    cwd: root,
    stdio: ['ignore', process.stderr, 'inherit'],
    env: { ...childEnvironment(node), NODE_ENV: 'production' },
  });
  if (!done.error && done.status === 0) return true;
  process.stderr.write(
    `headgate: the console could not be built (${done.error?.message ?? `exit code ${done.status}`}). ` +
      'The API does not need it. Its own message is above.\n',
  );
  return false;
}
