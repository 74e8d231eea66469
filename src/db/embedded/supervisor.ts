/** Keeps one embedded PostgreSQL running for as long as this process needs it, and not a moment longer. */
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import { connect, type LocalTarget } from '../client.ts';
import { DatabaseError } from '../errors.ts';
import type { Log } from '../log.ts';
import { findBinaries } from './binaries.ts';
import {
  clearLeftovers,
  clusterPaths,
  DATABASE,
  openDataFolder,
  prepareCluster,
  type Server,
  SOCKET_PORT,
  SUPERUSER,
  startServer,
  stopServer,
} from './cluster.ts';
import { chooseRunAs } from './runas.ts';

export interface EmbeddedOptions {
  /** Real path of an existing folder, whose lock the caller holds. */
  readonly dataFolder: string;
  /** TCP port on 127.0.0.1, 0 for any free one; undefined: the socket only. */
  readonly port: number | undefined;
  readonly log: Log;
  /** PostgreSQL settings over the defaults, for example `{ fsync: 'off' }` where nothing has to last. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Gives up starting when it aborts; startEmbedded then rejects. */
  readonly signal?: AbortSignal;
}

export interface Embedded {
  readonly target: LocalTarget;
  /** Shuts down and answers when no process is left. Bounded in time; safe to call more than once. */
  stop(): Promise<void>;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** So many restarts in a row are tried; a server that stayed up for a minute starts a new row. */
const MAX_RESTARTS = 20;
const STABLE_MS = 60_000;
const TRIM_LOG_EVERY_MS = 60_000;

/**
 * Makes the cluster if there is none, starts PostgreSQL and watches it: when it ends by itself it is started again,
 * with growing pauses, and each time the log is told.
 *
 * A process that exits without stop() takes PostgreSQL down with it, unless it is killed outright; then the next start
 * does.
 *
 * @throws DatabaseError when it cannot be started.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { dataFolder, log } = options;
  const binaries = findBinaries();
  const runAs = chooseRunAs(binaries, dataFolder);
  const paths = clusterPaths(dataFolder);
  openDataFolder(dataFolder, runAs);
  await clearLeftovers(paths, log);
  const password = await prepareCluster(paths, binaries, runAs);
  const port = options.port === 0 ? await freePort() : options.port;

  const stopping = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stopping.signal]) : stopping.signal;
  const start = () => startServer(paths, binaries, runAs, { port, settings: options.settings ?? {}, signal });
  let server: Server | undefined;
  let watching: Promise<void> | undefined;
  const trimming = setInterval(() => server?.trimLog(), TRIM_LOG_EVERY_MS).unref();

  async function watch(first: Server): Promise<void> {
    let restarts = 0;
    for (let current = first; ; ) {
      const startedAt = performance.now();
      const how = await current.ended;
      server = undefined;
      if (stopping.signal.aborted) return;
      if (performance.now() - startedAt > STABLE_MS) restarts = 0;
      log.error(`PostgreSQL ended ${how}; starting it again`);
      for (;;) {
        restarts += 1;
        if (restarts > MAX_RESTARTS) {
          log.error(
            `PostgreSQL ended ${MAX_RESTARTS} times in a row and is not started again; see ${paths.logFile}`,
          );
          return;
        }
        await delay(Math.min(FIRST_PAUSE_MS * 2 ** (restarts - 1), LONGEST_PAUSE_MS), undefined, {
          signal: stopping.signal,
        }).catch(() => {});
        if (stopping.signal.aborted) return;
        try {
          await clearLeftovers(paths, log);
          current = await start();
          break;
        } catch (error) {
          if (stopping.signal.aborted) return;
          log.error(error instanceof Error ? error.message : String(error));
        }
      }
      server = current;
      log.info('PostgreSQL runs again');
      if (stopping.signal.aborted) {
        await stopServer(current);
        return;
      }
    }
  }

  try {
    server = await start();
    watching = watch(server);
    await ensureDatabase({ ...login(), database: DATABASE });
  } catch (error) {
    await stop();
    throw error;
  }

  function login(): Omit<LocalTarget, 'database'> {
    return { socketFolder: paths.socketFolder, port: port ?? SOCKET_PORT, user: SUPERUSER, password };
  }

  async function stop(): Promise<void> {
    stopping.abort();
    clearInterval(trimming);
    if (server) await stopServer(server);
    await watching;
  }

  let stopped: Promise<void> | undefined;
  return {
    target: { ...login(), database: DATABASE },
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** initdb makes no database of ours; the first start does. */
async function ensureDatabase(target: LocalTarget): Promise<void> {
  const INVALID_CATALOG_NAME = '3D000';
  const existing = connect(target, { maxConnections: 1 });
  try {
    await existing`select`;
    return;
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) throw error;
    if (error.code === '28P01') {
      throw new DatabaseError(
        'the embedded PostgreSQL does not accept the password in postgres-password: the file and the folder postgres ' +
          'are not of the same data folder. Restore both from one backup.',
      );
    }
    if (error.code !== INVALID_CATALOG_NAME) throw error;
  } finally {
    await existing.end({ timeout: 1 });
  }
  const maintenance = connect({ ...target, database: 'postgres' }, { maxConnections: 1 });
  try {
    await maintenance`create database ${maintenance(target.database)}`;
  } finally {
    await maintenance.end({ timeout: 1 });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
