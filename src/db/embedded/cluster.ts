/** One PostgreSQL cluster on disk and the server process on it. Everything here is called by the lock's holder only. */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from '../../shared/processes.ts';
import { socketName } from '../client.ts';
import { DatabaseError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Binaries } from './binaries.ts';
import { postgresProcesses, processesIn } from './processes.ts';
import { commandFor, giveFiles, type RunAs } from './runas.ts';

export const SUPERUSER = 'headgate';
export const DATABASE = 'headgate';
/** The name of the socket when PostgreSQL does not listen on TCP. */
export const SOCKET_PORT = 5432;

const DRAFT = 'cluster.new-';
const POLL_MS = 10;
/** macOS allows 104 bytes with the final zero, Linux 108. */
const MAX_SOCKET_PATH_BYTES = 103;
/** After a crash PostgreSQL replays its log before it answers, which takes long after a long checkpoint interval. */
const START_TIMEOUT_MS = 10 * 60_000;
const FAST_SHUTDOWN_MS = 30_000;
const IMMEDIATE_SHUTDOWN_MS = 10_000;
const ABANDONED_INITDB_MS = 5_000;
const MAX_LOG_BYTES = 10_000_000;

export interface ClusterPaths {
  /** Holds all that follows except the password. */
  readonly folder: string;
  readonly cluster: string;
  readonly logFile: string;
  readonly passwordFile: string;
  readonly socketFolder: string;
}

/** `dataFolder` is a real path. */
export function clusterPaths(dataFolder: string): ClusterPaths {
  const folder = path.join(dataFolder, 'postgres');
  return {
    folder,
    cluster: path.join(folder, 'cluster'),
    logFile: path.join(folder, 'server.log'),
    passwordFile: path.join(dataFolder, 'postgres-password'),
    socketFolder: chooseSocketFolder(dataFolder, folder),
  };
}

/**
 * The path of a UNIX socket has a small fixed size in every system call. Below a data folder with a long path the
 * socket lives in a folder of its own under /tmp instead (not TMPDIR: two processes may differ about it), whose name
 * follows from the data folder's path.
 */
function chooseSocketFolder(dataFolder: string, folder: string): string {
  const socketFolder = path.join(folder, 'socket');
  if (Buffer.byteLength(path.join(socketFolder, socketName(65535))) <= MAX_SOCKET_PATH_BYTES)
    return socketFolder;
  const hash = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
  return path.join('/tmp', `headgate-${hash}`);
}

/** What a server writes about itself into its cluster folder. */
export interface PostmasterPid {
  readonly pid: number;
  readonly port: number;
  readonly socketFolder: string;
  readonly ready: boolean;
}

/** Reads postmaster.pid; undefined when there is none, or not all of it yet. */
export function readPostmasterPid(cluster: string): PostmasterPid | undefined {
  let lines: string[];
  try {
    lines = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return {
    pid,
    port: Number(lines[3]),
    socketFolder: lines[4] ?? '',
    ready: lines[7]?.trim() === 'ready',
  };
}

/**
 * Makes sure that nothing works on the cluster: a server that outlived the process that had started it is shut down.
 * Afterwards what it left behind cannot keep the next one from starting.
 *
 * @throws DatabaseError when it does not end.
 */
export async function clearLeftovers(paths: ClusterPaths, log: Log): Promise<void> {
  const recorded = readPostmasterPid(paths.cluster)?.pid;
  const left = () => postgresProcesses(paths.cluster, recorded);
  if (left().length > 0) {
    log.warn('PostgreSQL of a previous run is still there; stopping it');
    const kill = (signal: NodeJS.Signals) => {
      // Only the server itself, while it lives; its children without it are ended one by one.
      const pids = left();
      const targets = recorded !== undefined && pids.includes(recorded) ? [recorded] : pids;
      for (const pid of targets) sendSignal(pid, signal);
    };
    const gone = () => left().length === 0;
    kill('SIGINT');
    if (!(await until(gone, FAST_SHUTDOWN_MS / 3))) {
      kill('SIGQUIT');
      if (!(await until(gone, IMMEDIATE_SHUTDOWN_MS))) {
        throw new DatabaseError(
          `a PostgreSQL of a previous run (pid ${left().join(', ')}) works in ${paths.cluster} and does not end. ` +
            'End it, then start again.',
        );
      }
    }
  }
  // PostgreSQL itself judges a leftover lock file by its pid alone, and refuses to start when an unrelated process has
  // that number now, or when the dead one is still in the process table because nobody collects it (a container's
  // first process often does not). No server works here: we looked, and we hold the data folder. Where only the recorded
  // pid could be looked at, the file stays unless it is in the way: with it PostgreSQL finds children without a server.
  if (recorded !== undefined && (process.platform === 'linux' || isAlive(recorded)))
    rmSync(path.join(paths.cluster, 'postmaster.pid'), { force: true });
  // A link under /tmp could point to somebody else's sockets.
  if (lstatSync(paths.socketFolder, { throwIfNoEntry: false })?.isDirectory()) {
    for (const name of readdirSync(paths.socketFolder)) {
      if (name.startsWith('.s.PGSQL.')) rmSync(path.join(paths.socketFolder, name), { force: true });
    }
  }
}

/**
 * Makes the folders and, the first time, the cluster. No server works there now.
 *
 * Answers the superuser's password.
 * @throws DatabaseError when what is there cannot be used.
 */
export async function prepareCluster(paths: ClusterPaths, binaries: Binaries, runAs: RunAs): Promise<string> {
  mkdirSync(paths.folder, { recursive: true, mode: 0o700 });
  giveFiles(paths.folder, runAs);
  // Left by a first start that was interrupted. Its initdb may still be at work there: it is given time to end by
  // itself, for it frees its shared memory only then, and ours gets a name of its own.
  for (const name of readdirSync(paths.folder)) {
    if (!name.startsWith(DRAFT)) continue;
    const old = path.join(paths.folder, name);
    const idle = () => processesIn(paths.folder, 'initdb').length + processesIn(old, 'postgres').length === 0;
    await until(idle, ABANDONED_INITDB_MS);
    rmSync(old, { recursive: true, force: true, maxRetries: 5 });
  }
  const draft = path.join(paths.folder, DRAFT + randomBytes(4).toString('hex'));
  const passwordDraft = path.join(paths.folder, 'initdb-password');
  rmSync(passwordDraft, { force: true });

  if (existsSync(paths.cluster)) {
    checkVersion(paths.cluster, binaries);
  } else {
    const password = ensurePassword(paths.passwordFile);
    writeFileSync(passwordDraft, `${password}\n`, { flag: 'wx', mode: 0o600 });
    try {
      giveFiles(passwordDraft, runAs);
      await initdb(paths.folder, draft, passwordDraft, binaries, runAs);
    } finally {
      rmSync(passwordDraft, { force: true });
    }
    // initdb has synced what is inside. Only a complete cluster ever has this name.
    renameSync(draft, paths.cluster);
    syncFolder(paths.folder);
  }
  ensureSocketFolder(paths, runAs);
  return readPassword(paths.passwordFile);
}

/** @throws DatabaseError when the file is not there or not readable for this user. */
export function readPassword(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new DatabaseError(
      code === 'ENOENT'
        ? `${file} is missing: it holds the password of the database beside it. Restore it from a backup of the data folder.`
        : `${file} cannot be read (${code}). Run this as the user that runs the server.`,
    );
  }
}

function ensurePassword(file: string): string {
  if (existsSync(file)) return readPassword(file);
  const password = randomBytes(24).toString('base64url');
  const draft = `${file}.new`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${password}\n`, { flag: 'wx', mode: 0o600, flush: true });
  renameSync(draft, file);
  syncFolder(path.dirname(file));
  return password;
}

function checkVersion(cluster: string, binaries: Binaries): void {
  const version = readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (version === String(binaries.majorVersion)) return;
  throw new DatabaseError(
    `${cluster} was made by PostgreSQL ${version}, and this program brings PostgreSQL ${binaries.majorVersion}, which cannot ` +
      'read it. Make a backup with the headgate that ran before, and restore it into an empty data folder with this one.',
  );
}

function ensureSocketFolder(paths: ClusterPaths, runAs: RunAs): void {
  const { socketFolder } = paths;
  const usable = () => {
    const stat = lstatSync(socketFolder, { throwIfNoEntry: false });
    return stat?.isDirectory() && stat.uid === runAs.fileOwner.uid && (stat.mode & 0o077) === 0;
  };
  if (usable()) return;
  // Under /tmp anybody could have made it first. What is not ours goes, or, if it cannot, stops us.
  try {
    rmSync(socketFolder, { recursive: true, force: true });
    mkdirSync(socketFolder, { mode: 0o700 });
    if (process.getuid?.() === 0) chownSync(socketFolder, runAs.fileOwner.uid, runAs.fileOwner.gid);
  } catch (error) {
    throw new DatabaseError(
      `the folder ${socketFolder} for PostgreSQL's socket cannot be made (${(error as NodeJS.ErrnoException).code}). ` +
        'Remove what has that name, or use a data folder with a shorter path (HEADGATE_DATA).',
    );
  }
}

async function initdb(
  workingFolder: string,
  folder: string,
  passwordFile: string,
  binaries: Binaries,
  runAs: RunAs,
): Promise<void> {
  const { file, args, credentials } = commandFor(runAs, binaries.initdb, [
    `--pgdata=${folder}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--no-instructions',
  ]);
  const child = spawn(file, args, {
    ...credentials,
    // Where a later start looks for it.
    cwd: workingFolder,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const collect = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4000);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const end = () => child.kill('SIGTERM');
  process.once('exit', end);
  try {
    const code = await new Promise<number | string | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (exitCode, signal) => resolve(exitCode ?? signal));
    });
    if (code !== 0) throw new DatabaseError(`initdb failed (${code}):\n${output.trim()}`);
  } catch (error) {
    throw error instanceof DatabaseError ? error : cannotRun(binaries.initdb, error);
  } finally {
    process.off('exit', end);
  }
}

function cannotRun(file: string, error: unknown): DatabaseError {
  const { code } = error as NodeJS.ErrnoException;
  // The file is there, it was looked at: what is missing is the loader it names.
  const hint =
    code === 'ENOENT' ? ' The programs from npm need glibc, which Alpine Linux does not have.' : '';
  return new DatabaseError(
    `${file} cannot be started (${code}).${hint} Set DATABASE_URL to a PostgreSQL of your own, or mend that.`,
  );
}

/** Only what PostgreSQL needs: variables such as PGPORT or PGTZ in the operator's shell must not change it. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C' };
}

export interface ServerOptions {
  /** TCP port on 127.0.0.1; undefined: the socket only. */
  readonly port: number | undefined;
  /** PostgreSQL settings over those made here. */
  readonly settings: Readonly<Record<string, string>>;
  /** Gives up starting when it aborts. */
  readonly signal: AbortSignal;
}

/** A running server. */
export interface Server {
  readonly pid: number;
  /** Resolves when it has ended, with a description of how. */
  readonly ended: Promise<string>;
  /** Keeps the log file from growing without bound. To be called now and then. */
  trimLog(): void;
}

/**
 * Starts the server on a prepared cluster and waits until it accepts connections.
 *
 * @throws DatabaseError with the server's own last words when it ends instead.
 */
export async function startServer(
  paths: ClusterPaths,
  binaries: Binaries,
  runAs: RunAs,
  options: ServerOptions,
): Promise<Server> {
  const settings: Record<string, string> = {
    listen_addresses: options.port === undefined ? '' : '127.0.0.1',
    port: String(options.port ?? SOCKET_PORT),
    // A list whose items are separated by commas, unless quoted.
    unix_socket_directories: `"${paths.socketFolder.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: '100',
    shared_buffers: '128MB',
    jit: 'off',
    log_checkpoints: 'off',
    log_min_messages: 'error',
    // No details: they quote rows.
    log_error_verbosity: 'terse',
    ...options.settings,
  };
  const { file, args, credentials } = commandFor(runAs, binaries.postgres, [
    '-D',
    paths.cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  const logFd = openLog(paths.logFile);
  trimLog(logFd, paths.logFile);
  const logStart = fstatSync(logFd).size;
  const child = spawn(file, args, {
    ...credentials,
    cwd: '/',
    env: environment(),
    // Its own session: Ctrl-C in the terminal is for us, and we stop it when we no longer need it.
    detached: true,
    stdio: ['ignore', logFd, logFd],
  });
  const { pid } = child;
  if (pid === undefined) {
    closeSync(logFd);
    throw cannotRun(binaries.postgres, await new Promise((resolve) => child.once('error', resolve)));
  }
  // Before every other handler: what they give free, PostgreSQL must have left.
  const onExit = () => stopServerNow(pid);
  process.prependListener('exit', onExit);
  const ended = new Promise<string>((resolve) => {
    child.on('exit', (code, signal) => {
      process.off('exit', onExit);
      closeSync(logFd);
      resolve(signal ? `by ${signal}` : `with exit code ${code}`);
    });
  });
  const server = { pid, ended, trimLog: () => trimLog(logFd, paths.logFile) };
  try {
    await untilReady(server, paths, options.signal);
  } catch (error) {
    await stopServer(server);
    const words = readTail(paths.logFile, logStart);
    if (error instanceof DatabaseError && words !== '') error.message += `\n${words}`;
    throw error;
  }
  return server;
}

async function untilReady(server: Server, paths: ClusterPaths, signal: AbortSignal): Promise<void> {
  let end: string | undefined;
  server.ended.then((how) => {
    end = how;
  });
  const done = await until(() => {
    if (end !== undefined) throw new DatabaseError(`PostgreSQL did not start; it ended ${end}:`);
    if (signal.aborted) throw new DatabaseError('PostgreSQL was stopped while it started:');
    const state = readPostmasterPid(paths.cluster);
    return state?.pid === server.pid && state.ready;
  }, START_TIMEOUT_MS);
  if (!done) throw new DatabaseError(`PostgreSQL was not ready after ${START_TIMEOUT_MS / 1000} s:`);
}

/** Shuts a server down: open transactions are rolled back, what was committed is on disk. Bounded in time. */
export async function stopServer(server: Server): Promise<void> {
  let ended = false;
  server.ended.then(() => {
    ended = true;
  });
  await Promise.resolve();
  for (const [signal, waitMs] of [
    ['SIGINT', FAST_SHUTDOWN_MS],
    ['SIGQUIT', IMMEDIATE_SHUTDOWN_MS],
    ['SIGKILL', IMMEDIATE_SHUTDOWN_MS],
  ] as const) {
    if (ended) return;
    sendSignal(server.pid, signal);
    if (await until(() => ended, waitMs)) return;
  }
}

/** The same from the handler of `exit`, where nothing asynchronous runs any more. */
export function stopServerNow(pid: number): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    sendSignal(pid, signal);
    const deadline = Date.now() + IMMEDIATE_SHUTDOWN_MS;
    while (Date.now() < deadline) {
      if (!isAlive(pid)) return;
      Atomics.wait(pause, 0, 0, POLL_MS);
    }
  }
}

/** Opens the data folder to the user PostgreSQL runs as, who may pass through it and not list it. */
export function openDataFolder(dataFolder: string, runAs: RunAs): void {
  if (runAs.kind !== 'user') return;
  const { mode } = statSync(dataFolder);
  if ((mode & 0o011) !== 0o011) chmodSync(dataFolder, (mode & 0o7777) | 0o011);
}

// Root opens these files in a folder that belongs to an unprivileged user, so links in their place are not followed.
function openLog(file: string): number {
  const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW } = constants;
  return openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
}

/**
 * A log above the limit becomes `server.log.1` and starts anew. PostgreSQL appends to the open file, so it is copied and
 * cut, not renamed.
 */
function trimLog(fd: number, file: string): void {
  if (fstatSync(fd).size <= MAX_LOG_BYTES) return;
  rmSync(`${file}.1`, { force: true });
  copyFileSync(file, `${file}.1`, constants.COPYFILE_EXCL);
  ftruncateSync(fd, 0);
}

function readTail(file: string, from: number): string {
  const fd = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const end = fstatSync(fd).size;
    const start = Math.max(from, end - 2000);
    const buffer = Buffer.alloc(Math.max(0, end - start));
    return buffer
      .subarray(0, readSync(fd, buffer, 0, buffer.length, start))
      .toString('utf8')
      .trim();
  } finally {
    closeSync(fd);
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Asks every few milliseconds until the answer is yes; false when it was not in time. */
async function until(condition: () => boolean, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() >= deadline) return false;
    await delay(POLL_MS);
  }
  return true;
}
