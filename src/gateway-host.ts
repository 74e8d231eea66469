/** The gateway of this process, from its settings to its address. */
import type pino from 'pino';
import { type Config, ConfigError } from './config.ts';
import { createGateway, type Gateway, type GatewayAddress } from './gateway/gateway.ts';
import { type Carrier, linkOver } from './gateway/link/link.ts';
import { TlsFilesUnusable } from './gateway/tls-certificate.ts';
import { chooseTransport, type Transport } from './gateway/transport.ts';

export interface HostedGateway {
  readonly gateway: Gateway;
  readonly relay: Transport['name'];
  /** Listens. Rejects with ConfigError for TLS files that cannot be used. */
  start(): Promise<GatewayAddress>;
}

export async function hostGateway(
  config: Config,
  logger: pino.Logger,
  carrier: Carrier,
): Promise<HostedGateway> {
  const transport = await chooseTransport(config.gatewayRelay, logger);
  const gateway = createGateway({
    transport,
    host: config.gatewayHost,
    port: config.gatewayPort,
    allow: config.gatewayAllow,
    denyPorts: config.gatewayDenyPorts,
    ...(config.gatewayTls && { tls: config.gatewayTls }),
    proxyProtocolFrom: config.gatewayProxyProtocolFrom,
    link: linkOver(carrier),
    log: logger,
  });
  return { gateway, relay: transport.name, start: () => gateway.start().catch(explainTlsFiles) };
}

function explainTlsFiles(error: unknown): never {
  if (!(error instanceof TlsFilesUnusable)) throw error;
  throw new ConfigError(`HEADGATE_GATEWAY_TLS_CERT, HEADGATE_GATEWAY_TLS_KEY: ${error.message}`);
}
