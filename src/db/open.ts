/** Opens the database of this installation, wherever it is: the operator's own PostgreSQL, or the embedded one. */
import { mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { type ConnectOptions, connect, type Sql, type Target } from './client.ts';
import { clusterPaths, DATABASE, readPassword, readPostmasterPid, SUPERUSER } from './embedded/cluster.ts';
import { type DataFolderLock, isLock, type LockHolder, lockHolder, tryLock } from './embedded/lock.ts';
import { startEmbedded } from './embedded/supervisor.ts';
import { DatabaseError } from './errors.ts';
import type { Log } from './log.ts';

export interface OpenOptions {
  /** `server` keeps the database for itself as long as it runs; `command` uses a running server's when there is one. */
  readonly purpose: 'server' | 'command';
  readonly log: Log;
  readonly connect?: ConnectOptions;
  /** Settings for the embedded PostgreSQL over the defaults. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface Database {
  readonly sql: Sql;
  readonly target: Target;
  /** True when this is the PostgreSQL in the data folder, whoever started it. */
  readonly embedded: boolean;
  /** Ends the connections, and PostgreSQL too if it was started by this call. Safe to call more than once. */
  stop(): Promise<void>;
}

const OLDEST_SERVER_VERSION = 15;
/** How long to wait for a command that uses the data folder, or for a server that is just starting. */
const PATIENCE_MS = 10_000;
const POLL_MS = 20;
/** Queries in flight get so long to finish when the database is closed. */
const DRAIN_SECONDS = 5;

/**
 * Opens the database. It is connected when this returns.
 *
 * @throws DatabaseError when it cannot be reached, is too old, cannot be started, or when another process has the data
 *   folder. The message never holds the password.
 */
export async function openDatabase(
  config: Pick<Config, 'dataFolder' | 'databaseUrl' | 'postgresPort'>,
  options: OpenOptions,
): Promise<Database> {
  if (config.databaseUrl !== undefined) return await openUrl(config.databaseUrl, options);

  const dataFolder = makeDataFolder(config.dataFolder);
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const lock = tryDataFolder(dataFolder, options.purpose);
    if (isLock(lock)) return await openOwned(dataFolder, config.postgresPort, lock, options);
    if (lock.command === 'server') {
      if (options.purpose === 'server') throw inUse(dataFolder, lock);
      const shared = await openShared(dataFolder, options);
      if (shared) return shared;
    } else if (performance.now() >= deadline) {
      throw inUse(dataFolder, lock);
    }
    await delay(POLL_MS);
  }
}

function tryDataFolder(dataFolder: string, purpose: LockHolder['command']): DataFolderLock | LockHolder {
  try {
    return tryLock(dataFolder, purpose);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new DatabaseError(
      `the data folder ${dataFolder} cannot be used (${code}). Run this as the user the folder belongs to.`,
    );
  }
}

function inUse(dataFolder: string, holder: LockHolder): DatabaseError {
  const who = holder.command === 'server' ? 'a headgate server' : 'a headgate command';
  const advice =
    holder.command === 'server'
      ? 'Stop it first, or give this one a data folder of its own (HEADGATE_DATA).'
      : 'Try again when it is done.';
  return new DatabaseError(
    `the data folder ${dataFolder} is in use by ${who} (pid ${holder.pid}, since ${holder.since}). ${advice}`,
  );
}

async function openUrl(url: string, options: OpenOptions): Promise<Database> {
  let sql: Sql;
  try {
    sql = connect(url, options.connect);
  } catch {
    // The error of the URL parser quotes its input.
    throw new DatabaseError('DATABASE_URL: expected a URL like postgres://user:password@host:5432/database');
  }
  const { host, port, database } = sql.options;
  const place = `the database "${database}" at ${host.map((name, index) => `${name}:${port[index]}`).join(', ')}`;
  try {
    const [row] = await sql<{ version: string }[]>`select current_setting('server_version_num') as version`;
    const major = Math.floor(Number(row?.version) / 10_000);
    if (major < OLDEST_SERVER_VERSION) {
      throw new DatabaseError(
        `${place} is PostgreSQL ${major}; version ${OLDEST_SERVER_VERSION} or newer is needed.`,
      );
    }
  } catch (error) {
    await sql.end({ timeout: 0 });
    if (error instanceof DatabaseError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new DatabaseError(
      `cannot use ${place}: ${message || code}. Check DATABASE_URL and that it is running.`,
    );
  }
  return { sql, target: url, embedded: false, stop: () => sql.end({ timeout: DRAIN_SECONDS }) };
}

/** We hold the lock: PostgreSQL is ours to start. */
async function openOwned(
  dataFolder: string,
  port: number | undefined,
  lock: DataFolderLock,
  options: OpenOptions,
): Promise<Database> {
  const aborting = new AbortController();
  const starting = startEmbedded({
    dataFolder,
    port,
    log: options.log,
    signal: aborting.signal,
    ...(options.settings ? { settings: options.settings } : {}),
  });
  let sql: Sql | undefined;
  let stopped: Promise<void> | undefined;

  async function close(): Promise<void> {
    aborting.abort();
    try {
      await sql?.end({ timeout: DRAIN_SECONDS });
      const embedded = await starting.catch(() => undefined);
      await embedded?.stop();
    } finally {
      release();
    }
  }
  const stop = () => {
    stopped ??= close();
    return stopped;
  };
  const release = () => {
    lock.release();
    process.off('exit', release);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  process.on('exit', release);
  // A program with a handler of its own stops us when it is ready. Without one, the signal would end the process
  // and leave PostgreSQL behind.
  const onSignal = (signal: NodeJS.Signals) => {
    if (process.listenerCount(signal) > 1) return;
    stop().finally(() => process.kill(process.pid, signal));
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);

  try {
    const { target } = await starting;
    sql = connect(target, options.connect);
    await sql`select`;
    return { sql, target, embedded: true, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A server holds the lock: its PostgreSQL is used. Undefined when the server ended while we tried. */
async function openShared(dataFolder: string, options: OpenOptions): Promise<Database | undefined> {
  const { cluster, passwordFile } = clusterPaths(dataFolder);
  const deadline = performance.now() + PATIENCE_MS;
  let problem: unknown = 'it is not ready yet';
  while (lockHolder(dataFolder)?.command === 'server') {
    const running = readPostmasterPid(cluster);
    if (running?.ready) {
      const target = {
        socketFolder: running.socketFolder,
        port: running.port,
        database: DATABASE,
        user: SUPERUSER,
        password: readPassword(passwordFile),
      };
      const sql = connect(target, options.connect);
      try {
        await sql`select`;
        return {
          sql,
          target,
          embedded: true,
          stop: () => sql.end({ timeout: DRAIN_SECONDS }),
        };
      } catch (error) {
        // It may just be starting or restarting.
        problem = error instanceof Error ? error.message : error;
        await sql.end({ timeout: 0 });
      }
    }
    if (performance.now() >= deadline) {
      throw new DatabaseError(
        `a headgate server runs on ${dataFolder}, but its database does not answer: ${problem}`,
      );
    }
    await delay(POLL_MS);
  }
  return undefined;
}

/** Answers the real path. What this makes is closed to everyone else; what was there keeps its mode. */
function makeDataFolder(dataFolder: string): string {
  try {
    mkdirSync(path.dirname(dataFolder), { recursive: true });
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    return realpathSync(dataFolder);
  } catch (error) {
    throw new DatabaseError(
      `the data folder ${dataFolder} cannot be made (${(error as NodeJS.ErrnoException).code}). ` +
        'Make it, or set HEADGATE_DATA to another.',
    );
  }
}
