/** The gateway of this process, from its settings to its address: in the main thread, or in several of its own. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type pino from 'pino';
import { type Config, ConfigError } from './config.ts';
import {
  createGateway,
  type Gateway,
  type GatewayAddress,
  type GatewaySettings,
  type OpenedSockets,
} from './gateway/gateway.ts';
import { type Carrier, linkOver } from './gateway/link/link.ts';
import type { Descriptors } from './gateway/threads/messages.ts';
import { ThreadedGateway } from './gateway/threads/threads.ts';
import { TlsFilesUnusable } from './gateway/tls-certificate.ts';
import { chooseTransport, type Transport } from './gateway/transport.ts';
import type { KeptPorts } from './kept-ports.ts';

export interface HostedGateway {
  readonly gateway: Gateway;
  /** Known once it has started. */
  readonly relay: Transport['name'] | undefined;
  /** Listens. Rejects with ConfigError for TLS files that cannot be used. */
  start(): Promise<GatewayAddress>;
}

export interface GatewayHosting {
  readonly config: Config;
  readonly logger: pino.Logger;
  /** The way to the control side, for the gateway with this number. */
  readonly carrierFor: (index: number) => Carrier;
  /** Who keeps the listening sockets; absent: they are this process's own. */
  readonly ports: KeptPorts | undefined;
}

export async function hostGateway(hosting: GatewayHosting): Promise<HostedGateway> {
  const { config, logger, carrierFor, ports } = hosting;
  const settings: GatewaySettings = {
    host: config.gatewayHost,
    port: config.gatewayPort,
    allow: config.gatewayAllow,
    denyPorts: config.gatewayDenyPorts,
    ...(config.gatewayTls && { tls: config.gatewayTls }),
    proxyProtocolFrom: config.gatewayProxyProtocolFrom,
    handshakes: config.gatewayHandshakes,
    handshakesPerAddress: config.gatewayHandshakesPerAddress,
    journal: { folder: path.join(config.dataFolder, 'journal'), scope: scopeOf(config), index: 0 },
  };
  if (config.gatewayThreads > 1) return hostThreads(hosting, settings);
  const transport = await chooseTransport(config.gatewayRelay, logger);
  const gateway = createGateway({
    ...settings,
    transport,
    opened: ports && (await openedSockets(config, ports)),
    link: linkOver(carrierFor(0)),
    log: logger,
  });
  return { gateway, relay: transport.name, start: () => gateway.start().catch(explainTlsFiles) };
}

function hostThreads(
  { config, logger, carrierFor, ports }: GatewayHosting,
  settings: GatewaySettings,
): HostedGateway {
  if (ports === undefined) {
    throw new ConfigError(
      'HEADGATE_GATEWAY_THREADS: more than one needs the command `headgate start`, which keeps the socket they share',
    );
  }
  const gateway = new ThreadedGateway({
    threads: config.gatewayThreads,
    settings,
    relay: config.gatewayRelay,
    openSockets: () => descriptors(config, ports),
    carrierFor,
    log: logger,
  });
  return {
    gateway,
    get relay() {
      return gateway.relay;
    },
    start: () => gateway.start().catch(explainTlsFiles),
  };
}

/** Which database the ids in a journal are of; without secrets. */
function scopeOf({ control, databaseUrl }: Config): string {
  if (control === undefined && databaseUrl === undefined) return 'embedded';
  const place = control?.url.href ?? databaseUrl!.replace(/^[^/]*\/\/([^@/]*@)?|\?.*$/g, '');
  return createHash('sha256').update(place).digest('hex').slice(0, 16);
}

async function openedSockets(config: Config, ports: KeptPorts): Promise<OpenedSockets> {
  const { gatewayHost: host, gatewayPort: port, gatewayTls } = config;
  const open = (purpose: string, at: number) =>
    ports.open({ name: `${purpose} ${host} ${at}`, host, port: at });
  const tls = gatewayTls && (await open('gateway TLS', gatewayTls.port));
  return { plain: { handle: await open('gateway', port) }, tls: tls && { handle: tls } };
}

/** For one of several threads: descriptors of its own, which it closes, of the sockets that all of them accept on. */
async function descriptors(
  { gatewayHost: host, gatewayPort, gatewayTls }: Config,
  ports: KeptPorts,
): Promise<Descriptors> {
  const open = async (purpose: string, port: number) =>
    (await ports.open({ name: `${purpose} ${host} ${port}`, host, port })).fd;
  const tls = gatewayTls && (await open('gateway TLS', gatewayTls.port));
  return { plain: await open('gateway', gatewayPort), tls };
}

function explainTlsFiles(error: unknown): never {
  if (!(error instanceof TlsFilesUnusable)) throw error;
  throw new ConfigError(`HEADGATE_GATEWAY_TLS_CERT, HEADGATE_GATEWAY_TLS_KEY: ${error.message}`);
}
