/** One process of Headgate, from its settings to its end: what is started, in which order, and how all of it stops. */
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type http from 'node:http';
import type https from 'node:https';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import pino from 'pino';
import { inProcessCarrier } from './api/control/in-process.ts';
import { CallCounters } from './api/http/call-counters.ts';
import { HttpConnections } from './api/http/connections.ts';
import { createApi } from './api/server.ts';
import { type Config, ConfigError, type ControlSettings, type PemFiles } from './config.ts';
import { type Core, createCore } from './core/core.ts';
import { loadMasterKey } from './core/secrets.ts';
import { migrate, schemaVersion } from './db/migrate.ts';
import { type Database, openDatabase } from './db/open.ts';
import { type FirstRun, prepareFirstRun } from './first-run.ts';
import type { Gateway, GatewayAddress, StopOptions } from './gateway/gateway.ts';
import { HttpsCarrier, NodeRefused } from './gateway/link/https.ts';
import type { Carrier } from './gateway/link/link.ts';
import { systemTimers } from './gateway/timers.ts';
import { TlsCertificate, TlsFilesUnusable } from './gateway/tls-certificate.ts';
import type { Transport } from './gateway/transport.ts';
import { type HostedGateway, hostGateway } from './gateway-host.ts';
import { createHealthServer } from './gateway-http/health.ts';
import { startJobs } from './jobs/jobs.ts';
import type { KeptPorts } from './kept-ports.ts';
import { processMetrics } from './metrics/process.ts';
import { Outgoing } from './outgoing/outgoing.ts';
import type { Role } from './roles.ts';
import { systemClock } from './shared/clock.ts';

export interface RunningServer {
  roles: readonly Role[];
  apiUrl: string | undefined;
  /** Where a process without the API says how it is. */
  healthUrl: string | undefined;
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
  /** Another server may run beside it, on the same ports, and take its place. */
  canHandOver: boolean;
  /** Stops in order: no new work, tunnels drained for a bounded time (some seconds, unless `options` say otherwise), usage reported, leases returned, database stopped. */
  stop(options?: StopOptions): Promise<void>;
  /** Cuts short the waiting of a stop that is under way. */
  hurry(): void;
  /** Resolves when everything has stopped. */
  stopped: Promise<void>;
}

type Undo = (() => Promise<void>)[];

/** Between looks at the files of the API's certificate and its key. */
const CERTIFICATE_EVERY_MS = 10_000;
/** Running tunnels, and requests to the API, get this long to finish when the server stops. */
const DRAIN_MS = 10_000;

/**
 * Starts what the roles ask for, on `ports` where listening sockets are kept. Rejects, with everything stopped again, when any of
 * it cannot start.
 */
export async function startServer(
  config: Config,
  roles: readonly Role[],
  ports?: KeptPorts,
): Promise<RunningServer> {
  if (config.control && roles.some((role) => role !== 'gateway')) {
    throw new ConfigError(
      'HEADGATE_CONTROL_URL: it is for a gateway alone: `headgate start --roles gateway`',
    );
  }
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
  const undo: Undo = [];
  try {
    mkdirSync(config.dataFolder, { recursive: true });
    let patience: StopOptions = { drainMs: DRAIN_MS };
    const data = config.control === undefined ? await openData(config, logger, undo) : undefined;

    const canHandOver = !data?.database.embedded;
    // A server that has the database to itself ends before another begins: its ports are its own.
    const kept = canHandOver || config.gatewayThreads > 1 ? ports : undefined;

    let hosted: HostedGateway | undefined;
    let bound: GatewayAddress | undefined;
    if (roles.includes('gateway')) {
      const carrierFor = data ? carriersIn(data) : await carrierTo(config.control!, logger, undo);
      hosted = await hostGateway({ config, logger, carrierFor, ports: kept });
      const { gateway } = hosted;
      // Before it starts: one whose port is taken has a session open by then.
      undo.push(() => gateway.stop(patience));
      bound = await hosted.start();
    }

    const notReady = async () => [
      ...(data ? await whatDataIsNotReady(data) : []),
      ...(hosted ? whatGatewayIsNotReady(hosted.gateway, data === undefined) : []),
    ];
    const calls = data && roles.includes('api') ? new CallCounters() : undefined;
    const parts = { gateway: hosted?.gateway, core: data?.core, calls, runsJobs: roles.includes('jobs') };
    const { metricsToken } = config;
    const metrics = metricsToken === undefined ? undefined : processMetrics(metricsToken, parts);
    let apiUrl: string | undefined;
    let healthUrl: string | undefined;
    let apiConnections: HttpConnections | undefined;
    if (data && roles.includes('api')) {
      const certificate = config.apiTls && (await loadApiCertificate(config.apiTls, logger, undo));
      const { core } = data;
      const { trustedProxies } = config;
      const tls = certificate?.pem;
      const gateway = config.gatewayAddress ?? (bound && { host: null, port: bound.port });
      const api = createApi({
        core,
        logger,
        calls,
        metrics,
        notReady,
        trustedProxies,
        gateway,
        ...(tls && { tls }),
      });
      certificate?.onRenewed((pem) => (api.server as https.Server).setSecureContext(pem));
      const connections = new HttpConnections(api.server);
      apiConnections = connections;
      undo.push(() => connections.drain(() => api.close(), { ...patience, drainMs: DRAIN_MS }));
      // The handle is the server's own kind of address; Fastify passes it on.
      await api.listen({ host: config.host, port: config.port, ...(await keptSocket(config, kept)) });
      apiUrl = urlOf(certificate ? 'https' : 'http', api.server.address() as AddressInfo);
    } else if (hosted) {
      const health = createHealthServer(notReady, metrics);
      const connections = new HttpConnections(health.server);
      apiConnections = connections;
      undo.push(() => connections.drain(() => health.close(), { ...patience, drainMs: DRAIN_MS }));
      await listenOn(health.server, config, await keptSocket(config, kept));
      healthUrl = urlOf('http', health.server.address() as AddressInfo);
    }

    if (data && roles.includes('jobs'))
      undo.push(startJobs(data.core, new Outgoing(config.outgoingAllow), logger));

    let stopping: Promise<void> | undefined;
    const { promise: stopped, resolve: markStopped } = Promise.withResolvers<void>();
    return {
      roles,
      apiUrl,
      healthUrl,
      gatewayUrl: bound && urlOf('http', { address: bound.host, port: bound.port }),
      gatewayTlsUrl:
        bound?.tlsPort === undefined
          ? undefined
          : urlOf('https', { address: bound.host, port: bound.tlsPort }),
      relay: hosted?.relay,
      dataFolder: config.dataFolder,
      databaseText: databaseText(data, config),
      firstRun: data?.firstRun,
      canHandOver,
      stop: (options = patience) => {
        patience = options;
        stopping ??= undoAll(undo, logger).then(markStopped);
        return stopping;
      },
      hurry: () => {
        hosted?.gateway.cut();
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
async function undoAll(undo: Undo, logger: pino.Logger): Promise<void> {
  for (const step of undo.splice(0).reverse()) {
    await step().catch((error: unknown) =>
      logger.error({ error: String(error) }, 'something could not be stopped cleanly'),
    );
  }
}

interface Data {
  database: Database;
  core: Core;
  /** Of the schema. */
  version: number;
  firstRun: FirstRun | undefined;
}

async function openData(config: Config, logger: pino.Logger, undo: Undo): Promise<Data> {
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
    { infiniteCreationFeeBytes: config.infiniteCreationFeeBytes },
  );
  await core.events.start(database.sql);
  undo.push(() => core.events.stop());
  const firstRun = await prepareFirstRun(config, core);
  if (firstRun) undo.push(() => firstRun.release());
  return { database, core, version, firstRun };
}

/** On the embedded database this process is the only one of its name: the folder's lock says so. */
function carriersIn({ core, database: { embedded } }: Data): (index: number) => Carrier {
  const name = embedded ? 'local' : `${hostname()}:${process.pid}`;
  return (index) =>
    inProcessCarrier(core, { name: index === 0 ? name : `${name}/${index}`, ownsName: embedded });
}

/** A control side that is away is no reason not to start: the gateway goes on trying. One that refuses the token is. */
async function carrierTo(control: ControlSettings, logger: pino.Logger, undo: Undo): Promise<() => Carrier> {
  const { url, token, caFile } = control;
  const ca = caFile === undefined ? undefined : await readCa(caFile);
  const carrier = new HttpsCarrier({ url, token, ca, log: logger });
  undo.push(async () => carrier.close());
  try {
    logger.info({ node: await carrier.introduce(), url: url.origin }, 'linked to the control side');
  } catch (error) {
    if (error instanceof NodeRefused) throw new ConfigError(`HEADGATE_NODE_TOKEN: ${error.message}`);
    logger.warn({ err: error, url: url.origin }, 'the control side is away; trying again');
  }
  return () => carrier;
}

async function readCa(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`HEADGATE_CONTROL_CA: ${file} cannot be read: ${(error as Error).message}`);
  }
}

async function loadApiCertificate(files: PemFiles, logger: pino.Logger, undo: Undo): Promise<TlsCertificate> {
  const certificate = new TlsCertificate(files, systemTimers, CERTIFICATE_EVERY_MS, logger);
  undo.push(async () => certificate.stop());
  try {
    await certificate.start();
  } catch (error) {
    if (!(error instanceof TlsFilesUnusable)) throw error;
    throw new ConfigError(`HEADGATE_API_TLS_CERT, HEADGATE_API_TLS_KEY: ${error.message}`);
  }
  return certificate;
}

async function whatDataIsNotReady({ database, version }: Data): Promise<string[]> {
  try {
    if ((await schemaVersion(database.sql)) === version) return [];
    return ['the database has another schema than this program'];
  } catch {
    return ['the database cannot be reached'];
  }
}

function whatGatewayIsNotReady(gateway: Gateway, isRemote: boolean): string[] {
  const problems: string[] = [];
  if (!gateway.listening) problems.push('the gateway is not listening');
  if (isRemote && !gateway.linked) problems.push('the gateway has no link to the control side');
  return problems;
}

function databaseText(data: Data | undefined, { control }: Config): string {
  if (data === undefined) return `none: linked to ${control?.url.origin}`;
  return data.database.embedded ? 'embedded PostgreSQL' : 'PostgreSQL of DATABASE_URL';
}

/** The socket for HTTP, in the form that `listen` takes. */
async function keptSocket({ host, port }: Config, ports: KeptPorts | undefined): Promise<object> {
  return ports ? { handle: await ports.open({ name: `http ${host} ${port}`, host, port }) } : {};
}

function listenOn(server: http.Server, { host, port }: Config, socket: object): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, ...socket }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** An address people can paste: a server that listens everywhere is reached here at the loopback address. */
function urlOf(scheme: 'http' | 'https', { address, port }: Pick<AddressInfo, 'address' | 'port'>): string {
  const shown = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
  return `${scheme}://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}
