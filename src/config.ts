/** Settings, read once from the environment, checked, frozen. The names are a contract with operators' scripts. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseDestinationRule } from './shared/destination-rule.ts';
import { BYTES_PER_MB } from './shared/units.ts';

export interface Config {
  /** Absolute path of the data folder. */
  readonly dataFolder: string;
  /** A PostgreSQL of the operator's own; absent: the embedded one. */
  readonly databaseUrl: string | undefined;
  /** TCP port for the embedded PostgreSQL on 127.0.0.1; absent: its socket only. */
  readonly postgresPort: number | undefined;
  readonly host: string;
  readonly port: number;
  /** Where people reach the console, for links; absent: the API's own address. */
  readonly publicUrl: URL | undefined;
  /** Reverse proxies before the API that say who their clients are (`X-Forwarded-For`), as CIDRs in canonical form. */
  readonly trustedProxies: readonly string[];
  /** The API inside TLS; absent: plain HTTP. */
  readonly apiTls: PemFiles | undefined;
  /** The core on another machine, for a gateway that has no database. */
  readonly control: ControlSettings | undefined;
  readonly gatewayHost: string;
  readonly gatewayPort: number;
  /** Where customers reach the gateways, where that is not this machine: a name or address, and the port. */
  readonly gatewayAddress: { host: string; port: number } | undefined;
  /** Private destinations that may be reached, as CIDRs in canonical form. */
  readonly gatewayAllow: readonly string[];
  /** Refused destination ports. */
  readonly gatewayDenyPorts: readonly number[];
  /** A second port, inside TLS. */
  readonly gatewayTls: GatewayTls | undefined;
  /** Load balancers that say by the PROXY protocol who their clients are, as CIDRs in canonical form. */
  readonly gatewayProxyProtocolFrom: readonly string[];
  /** How the gateway moves bytes: on Node's own TCP handles, on public interfaces only, or on the former where they work. */
  readonly gatewayRelay: 'auto' | 'fast' | 'portable';
  /** Private addresses that webhooks may lead to, as CIDRs in canonical form. */
  readonly outgoingAllow: readonly string[];
  /** Client connections on which nobody was let in yet, of one gateway. */
  readonly gatewayHandshakes: number;
  /** The same from one address. */
  readonly gatewayHandshakesPerAddress: number;
  /** Threads that relay, each a gateway of its own behind the same ports. */
  readonly gatewayThreads: number;
  /** Tunnels of a server that has handed over may go on so long. */
  readonly handOverDrainMs: number;
  /** 32 bytes, or absent: a file in the data folder. */
  readonly masterKey: Buffer | undefined;
  readonly ownerEmail: string;
  /** Absent: generated and shown once. */
  readonly ownerPassword: string | undefined;
  /** What making a customer through the InfiniteProxies dialect costs its reseller. */
  readonly infiniteCreationFeeBytes: bigint;
  readonly logLevel: string;
  /** Who sends it may read the metrics; absent: nobody may. */
  readonly metricsToken: string | undefined;
}

/** As absolute paths. What is in them is checked when they are first needed. */
export interface PemFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

export interface GatewayTls extends PemFiles {
  readonly port: number;
}

export interface ControlSettings {
  readonly url: URL;
  readonly token: string;
  /** A PEM file with the certificate authorities to trust; absent: those of Node. */
  readonly caFile: string | undefined;
}

/** One setting, or several, cannot be used. The message names each, what it held and what was expected. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const MOST_THREADS = 64;
const MOST_CONNECTIONS = 1_000_000;
const RELAYS = ['auto', 'fast', 'portable'] as const;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const problems: string[] = [];

  function read<T>(name: string, fallback: T, parse: (text: string) => T | undefined, expected: string): T {
    const text = env[name]?.trim();
    if (text === undefined || text === '') return fallback;
    const value = parse(text);
    if (value !== undefined) return value;
    problems.push(`${name}: expected ${expected}`);
    return fallback;
  }
  const connectionsExpected = `a number from 1 to ${MOST_CONNECTIONS}`;
  const portExpected = 'a port number from 0 (any free port) to 65535';
  const list = (text: string) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');

  const pemFile = (text: string) => path.resolve(text);

  function readApiTls(): PemFiles | undefined {
    const certificateFile = read('HEADGATE_API_TLS_CERT', undefined, pemFile, 'a PEM file');
    const keyFile = read('HEADGATE_API_TLS_KEY', undefined, pemFile, 'a PEM file');
    if (certificateFile !== undefined && keyFile !== undefined) return { certificateFile, keyFile };
    if (certificateFile !== undefined || keyFile !== undefined) {
      const missing = certificateFile === undefined ? 'HEADGATE_API_TLS_CERT' : 'HEADGATE_API_TLS_KEY';
      problems.push(`${missing}: expected a PEM file, as the other setting of the API's TLS is there`);
    }
    return undefined;
  }

  function readControl(): ControlSettings | undefined {
    const allowsPlain = read(
      'HEADGATE_CONTROL_PLAIN',
      false,
      (text) => (text === 'yes' ? true : text === 'no' ? false : undefined),
      '`yes` or `no`',
    );
    const url = read(
      'HEADGATE_CONTROL_URL',
      undefined,
      (text) => parseControlUrl(text, allowsPlain),
      'the URL of the API, like https://headgate.example:8080 (http:// only to a loopback address, or with HEADGATE_CONTROL_PLAIN=yes)',
    );
    const token = read(
      'HEADGATE_NODE_TOKEN',
      undefined,
      (text) => (/^hg_node_[A-Za-z0-9]{16,128}$/.test(text) ? text : undefined),
      'a token of `headgate node create`',
    );
    const caFile = read('HEADGATE_CONTROL_CA', undefined, pemFile, 'a PEM file');
    if (url !== undefined && token !== undefined) return { url, token, caFile };
    const isThere = (name: string) => (env[name]?.trim() ?? '') !== '';
    if (isThere('HEADGATE_CONTROL_URL') && !isThere('HEADGATE_NODE_TOKEN')) {
      problems.push(
        'HEADGATE_NODE_TOKEN: expected a token of `headgate node create`, as HEADGATE_CONTROL_URL is there',
      );
    }
    if (!isThere('HEADGATE_CONTROL_URL') && isThere('HEADGATE_NODE_TOKEN')) {
      problems.push('HEADGATE_CONTROL_URL: expected the URL of the API, as HEADGATE_NODE_TOKEN is there');
    }
    return undefined;
  }

  function readTls(): GatewayTls | undefined {
    const settings = {
      HEADGATE_GATEWAY_TLS_PORT: read('HEADGATE_GATEWAY_TLS_PORT', undefined, port, portExpected),
      HEADGATE_GATEWAY_TLS_CERT: read('HEADGATE_GATEWAY_TLS_CERT', undefined, pemFile, 'a PEM file'),
      HEADGATE_GATEWAY_TLS_KEY: read('HEADGATE_GATEWAY_TLS_KEY', undefined, pemFile, 'a PEM file'),
    };
    const names = Object.keys(settings) as (keyof typeof settings)[];
    const missing = names.filter((name) => !env[name]?.trim());
    if (missing.length === names.length) return undefined;
    for (const name of missing) {
      const expected = name === 'HEADGATE_GATEWAY_TLS_PORT' ? portExpected : 'a PEM file';
      problems.push(`${name}: expected ${expected}, as the other settings of the TLS port are there`);
    }
    return {
      port: settings.HEADGATE_GATEWAY_TLS_PORT ?? 0,
      certificateFile: settings.HEADGATE_GATEWAY_TLS_CERT ?? '',
      keyFile: settings.HEADGATE_GATEWAY_TLS_KEY ?? '',
    };
  }

  const config: Config = {
    dataFolder: path.resolve(read('HEADGATE_DATA', './data', (text) => text, 'a folder')),
    databaseUrl: read(
      'DATABASE_URL',
      undefined,
      (text) => (/^postgres(ql)?:\/\//.test(text) ? text : undefined),
      'a URL like postgres://user:password@host:5432/database',
    ),
    postgresPort: read('HEADGATE_POSTGRES_PORT', undefined, port, portExpected),
    host: read('HEADGATE_HOST', '127.0.0.1', (text) => text, 'an address'),
    port: read('HEADGATE_PORT', 8080, port, portExpected),
    publicUrl: read('HEADGATE_PUBLIC_URL', undefined, parseOrigin, 'a URL like https://panel.example.com'),
    trustedProxies: read(
      'HEADGATE_TRUSTED_PROXIES',
      [],
      parseCidrs,
      'comma-separated CIDRs, for example 10.0.0.5,10.1.0.0/16',
    ),
    apiTls: readApiTls(),
    control: readControl(),
    gatewayHost: read('HEADGATE_GATEWAY_HOST', '127.0.0.1', (text) => text, 'an address'),
    gatewayPort: read('HEADGATE_GATEWAY_PORT', 3128, port, portExpected),
    gatewayAddress: read(
      'HEADGATE_GATEWAY_ADDRESS',
      undefined,
      parseHostAndPort,
      'a host and a port like gateway.example.com:3128',
    ),
    gatewayAllow: read(
      'HEADGATE_GATEWAY_ALLOW',
      [],
      parseCidrs,
      'comma-separated CIDRs, for example 127.0.0.0/8,::1/128',
    ),
    gatewayDenyPorts: read(
      'HEADGATE_GATEWAY_DENY_PORTS',
      [25],
      (text) => {
        if (text === 'none') return [];
        const ports = list(text).map(port);
        return ports.every((value) => value !== undefined) ? (ports as number[]) : undefined;
      },
      'comma-separated port numbers, or `none`',
    ),
    gatewayRelay: read(
      'HEADGATE_GATEWAY_RELAY',
      'auto',
      (text) => RELAYS.find((relay) => relay === text),
      `one of ${RELAYS.join(', ')}`,
    ),
    gatewayTls: readTls(),
    gatewayHandshakes: read('HEADGATE_GATEWAY_HANDSHAKES', 10_000, connections, connectionsExpected),
    gatewayHandshakesPerAddress: read(
      'HEADGATE_GATEWAY_HANDSHAKES_PER_ADDRESS',
      2_000,
      connections,
      connectionsExpected,
    ),
    gatewayThreads: read(
      'HEADGATE_GATEWAY_THREADS',
      1,
      (text) => {
        if (text === 'auto') return Math.min(MOST_THREADS, availableParallelism());
        return /^[1-9]\d?$/.test(text) && Number(text) <= MOST_THREADS ? Number(text) : undefined;
      },
      `a number from 1 to ${MOST_THREADS}, or \`auto\` for one on each core`,
    ),
    handOverDrainMs: read(
      'HEADGATE_HANDOVER_DRAIN_SECONDS',
      3600_000,
      (text) => (/^\d{1,6}$/.test(text) ? Number(text) * 1000 : undefined),
      'whole seconds, 0 to 999999',
    ),
    gatewayProxyProtocolFrom: read(
      'HEADGATE_GATEWAY_PROXY_PROTOCOL_FROM',
      [],
      parseCidrs,
      'comma-separated CIDRs, for example 10.0.0.5,10.1.0.0/16',
    ),
    outgoingAllow: read(
      'HEADGATE_OUTGOING_ALLOW',
      [],
      parseCidrs,
      'comma-separated CIDRs, for example 10.0.0.5,10.1.0.0/16',
    ),
    masterKey: read(
      'HEADGATE_MASTER_KEY',
      undefined,
      (text) => {
        const bytes = Buffer.from(text, 'base64');
        return bytes.length === 32 && /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? bytes : undefined;
      },
      '32 bytes in base64 (`openssl rand -base64 32` makes one)',
    ),
    ownerEmail: read(
      'HEADGATE_OWNER_EMAIL',
      'owner@localhost',
      (text) => (/^[^\s@]+@[^\s@]+$/.test(text) ? text : undefined),
      'an email address',
    ),
    ownerPassword: read(
      'HEADGATE_OWNER_PASSWORD',
      undefined,
      (text) => (text.length >= 8 ? text : undefined),
      'at least 8 characters',
    ),
    infiniteCreationFeeBytes: read(
      'HEADGATE_INFINITE_CREATION_FEE_MB',
      100n * BYTES_PER_MB,
      (text) => (/^\d{1,6}$/.test(text) ? BigInt(text) * BYTES_PER_MB : undefined),
      'whole MB, 0 to 999999',
    ),
    metricsToken: read(
      'HEADGATE_METRICS_TOKEN',
      undefined,
      (text) => (/^[\x21-\x7e]{16,256}$/.test(text) ? text : undefined),
      '16 to 256 printable characters without spaces (`openssl rand -hex 32` makes some)',
    ),
    logLevel: read(
      'HEADGATE_LOG_LEVEL',
      'info',
      (text) => (LOG_LEVELS.includes(text) ? text : undefined),
      `one of ${LOG_LEVELS.join(', ')}`,
    ),
  };
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return Object.freeze(config);
}

function connections(text: string): number | undefined {
  return /^[1-9]\d{0,6}$/.test(text) && Number(text) <= MOST_CONNECTIONS ? Number(text) : undefined;
}

function port(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65535 ? Number(text) : undefined;
}

function parseHostAndPort(text: string): { host: string; port: number } | undefined {
  const [, host, portText] = /^([A-Za-z0-9.-]{1,253}|\[[0-9a-fA-F:.]+\]):(\d{1,5})$/.exec(text) ?? [];
  const number = port(portText ?? '');
  return host !== undefined && number !== undefined && number > 0 ? { host, port: number } : undefined;
}

function parseControlUrl(text: string, allowsPlain: boolean): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return undefined;
  if (url.protocol === 'https:') return url;
  const isLoopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  return url.protocol === 'http:' && (isLoopback || allowsPlain) ? url : undefined;
}

function parseOrigin(text: string): URL | undefined {
  const url = URL.parse(text);
  const isOrigin = url && /^https?:$/.test(url.protocol) && `${url.pathname}${url.search}${url.hash}` === '/';
  return isOrigin ? url : undefined;
}

/** Written out: a short form like 192.168/16 means one network to people, and 192.0.0.168/16 to whoever reads numbers. */
function parseCidrs(text: string): string[] | undefined {
  const cidrs: string[] = [];
  for (const part of text
    .split(',')
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')) {
    const rule = part.includes('[') ? undefined : parseDestinationRule(part);
    const isWithoutPort = rule?.firstPort === 1 && rule.lastPort === 65_535;
    if (rule?.host.kind !== 'network' || !isWithoutPort) return undefined;
    cidrs.push(`${rule.host.network.toString()}/${rule.host.bits}`);
  }
  return cidrs;
}
