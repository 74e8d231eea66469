/** One process of Headgate, from its settings to its end: what is started, in which order, and how all of it stops. */
import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import pino from 'pino';
import { inProcessLink } from './api/control/in-process.ts';
import { HttpConnections } from './api/http/connections.ts';
import { createApi } from './api/server.ts';
import { type Config, ConfigError } from './config.ts';
import { createCore } from './core/core.ts';
import { loadMasterKey } from './core/secrets.ts';
import { migrate, schemaVersion } from './db/migrate.ts';
import { type Database, openDatabase } from './db/open.ts';
import { type FirstRun, prepareFirstRun } from './first-run.ts';
import { createGateway, type Gateway } from './gateway/gateway.ts';
import { TlsFilesUnusable } from './gateway/tls-certificate.ts';
import { chooseTransport, type Transport } from './gateway/transport.ts';
import { startJobs } from './jobs/jobs.ts';
import { systemClock } from './shared/clock.ts';

export const ROLES = ['api', 'gateway', 'jobs'] as const;
export type Role = (typeof ROLES)[number];

export interface RunningServer {
  roles: readonly Role[];
  apiUrl: string | undefined;
  gatewayUrl: string | undefined;
  /** The same inside TLS. */
  gatewayTlsUrl: string | undefined;
  /** Which of its relays the gateway uses. */
  relay: Transport['name'] | undefined;
  dataFolder: string;
  /** Where the data is, without credentials. */
  databaseText: string;
  /** To be shown to the operator, and then to be marked as `done`. */
  firstRun: FirstRun | undefined;
  /** Stops in order: no new work, tunnels drained for a bounded time, usage reported, leases returned, database stopped. */
  stop(): Promise<void>;
  /** Cuts short the waiting of a stop that is under way. */
  hurry(): void;
  /** Resolves when everything has stopped. */
  stopped: Promise<void>;
}

/** Running tunnels, and requests to the API, get this long to finish when the server stops. */
const DRAIN_MS = 10_000;

/** Starts what the roles ask for. Rejects, with everything stopped again, when any of it cannot start. */
export async function startServer(config: Config, roles: readonly Role[]): Promise<RunningServer> {
  // Logs go to stderr, a line of JSON each; stdout is for people. The paths are where a secret could come along.
  const logger = pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['req.headers', 'password', 'secret'],
    },
    pino.destination({ dest: 2, sync: true }),
  );
  const undo: (() => Promise<void>)[] = [];
  try {
    mkdirSync(config.dataFolder, { recursive: true });
    const database = await openDatabase(config, {
      purpose: 'server',
      log: {
        info: (message) => logger.debug(message),
        warn: (message) => logger.warn(message),
        error: (message) => logger.error(message),
      },
      connect: { maxConnections: 16 },
    });
    undo.push(() => database.stop());
    const { version } = await migrate(database.sql);
    const core = await createCore(
      database.sql,
      systemClock,
      loadMasterKey(config.dataFolder, config.masterKey),
    );
    await core.events.start(database.sql);
    undo.push(() => core.events.stop());
    const firstRun = await prepareFirstRun(config, core);
    if (firstRun) undo.push(() => firstRun.release());

    let gateway: Gateway | undefined;
    let gatewayUrl: string | undefined;
    let gatewayTlsUrl: string | undefined;
    let relay: Transport['name'] | undefined;
    if (roles.includes('gateway')) {
      const transport = await chooseTransport(config.gatewayRelay, logger);
      relay = transport.name;
      gateway = createGateway({
        transport,
        host: config.gatewayHost,
        port: config.gatewayPort,
        allow: config.gatewayAllow,
        denyPorts: config.gatewayDenyPorts,
        ...(config.gatewayTls && { tls: config.gatewayTls }),
        proxyProtocolFrom: config.gatewayProxyProtocolFrom,
        // On the embedded database this process is the only one of its name: the folder's lock says so.
        link: inProcessLink(core, {
          name: database.embedded ? 'local' : `${hostname()}:${process.pid}`,
          ownsName: database.embedded,
        }),
        log: logger,
      });
      const running = gateway;
      // Before it starts: one whose port is taken has a session open by then.
      undo.push(() => running.stop({ drainMs: DRAIN_MS }));
      const bound = await gateway.start().catch(explainTlsFiles);
      gatewayUrl = urlOf('http', bound.host, bound.port);
      if (bound.tlsPort !== undefined) gatewayTlsUrl = urlOf('https', bound.host, bound.tlsPort);
    }

    let apiUrl: string | undefined;
    let apiConnections: HttpConnections | undefined;
    if (roles.includes('api')) {
      const notReady = () => whatIsNotReady(database, version, gateway);
      const { infiniteCreationFeeBytes } = config;
      const api = createApi({ core, logger, notReady, infiniteCreationFeeBytes });
      const connections = new HttpConnections(api.server);
      apiConnections = connections;
      undo.push(() => connections.drain(() => api.close(), DRAIN_MS));
      await api.listen({ host: config.host, port: config.port });
      const bound = api.server.address() as { address: string; port: number };
      apiUrl = urlOf('http', bound.address, bound.port);
    }

    if (roles.includes('jobs')) undo.push(startJobs(core, logger));

    let stopping: Promise<void> | undefined;
    const { promise: stopped, resolve: markStopped } = Promise.withResolvers<void>();
    return {
      roles,
      apiUrl,
      gatewayUrl,
      gatewayTlsUrl,
      relay,
      dataFolder: config.dataFolder,
      databaseText: database.embedded ? 'embedded PostgreSQL' : 'PostgreSQL of DATABASE_URL',
      firstRun,
      stop: () => {
        stopping ??= undoAll(undo, logger).then(markStopped);
        return stopping;
      },
      hurry: () => {
        gateway?.cut();
        apiConnections?.cut();
      },
      stopped,
    };
  } catch (error) {
    await undoAll(undo, logger);
    throw error;
  }
}

/** Last started, first stopped. One that fails to stop does not keep the others from it. */
async function undoAll(undo: (() => Promise<void>)[], logger: pino.Logger): Promise<void> {
  for (const step of undo.splice(0).reverse()) {
    await step().catch((error: unknown) =>
      logger.error({ error: String(error) }, 'something could not be stopped cleanly'),
    );
  }
}

async function whatIsNotReady(
  database: Database,
  version: number,
  gateway: Gateway | undefined,
): Promise<string[]> {
  const problems: string[] = [];
  try {
    if ((await schemaVersion(database.sql)) !== version)
      problems.push('the database has another schema than this program');
  } catch {
    problems.push('the database cannot be reached');
  }
  if (gateway && !gateway.listening) problems.push('the gateway is not listening');
  return problems;
}

function explainTlsFiles(error: unknown): never {
  if (!(error instanceof TlsFilesUnusable)) throw error;
  throw new ConfigError(`HEADGATE_GATEWAY_TLS_CERT, HEADGATE_GATEWAY_TLS_KEY: ${error.message}`);
}

/** An address people can paste: a server that listens everywhere is reached here at the loopback address. */
function urlOf(scheme: 'http' | 'https', host: string, port: number): string {
  const shown = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `${scheme}://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}
