/** What an exit may be. Everything the operator gives passes here, and comes out in canonical form. */
import ipaddr from 'ipaddr.js';
import { type CredentialName, parseTemplate } from '../../shared/exit-template.ts';
import {
  EXIT_KINDS,
  EXIT_PRODUCTS,
  type ExitKind,
  type ExitProduct,
  PLACE_KEYS,
  type Place,
  RESOLVE_MODES,
  type ResolveMode,
} from '../../shared/exits.ts';
import { DomainError, invalidField } from '../errors.ts';

/** Everything that can be set. Null or absent: none, or the default. */
export interface ExitFields {
  name: string;
  kind: ExitKind;
  /** All, if not given. */
  products?: readonly ExitProduct[] | null | undefined;
  country?: string | null | undefined;
  state?: string | null | undefined;
  city?: string | null | undefined;
  isp?: string | null | undefined;
  /** 1 to 1000; 1, if not given. Among exits that fit, each gets its part of the sum. */
  weight?: number | null | undefined;
  enabled?: boolean | null | undefined;
  /** On each gateway process. */
  maxTunnels?: number | null | undefined;

  /** Of `direct`: addresses of the gateways' machine. */
  sourceAddresses?: readonly string[] | null | undefined;

  /** Of `http` and `socks5`: name or address of the upstream. */
  host?: string | null | undefined;
  port?: number | null | undefined;
  username?: string | null | undefined;
  password?: string | null | undefined;
  /** `{username}`, if not given. */
  usernameTemplate?: string | null | undefined;
  /** `{password}`, if not given. */
  passwordTemplate?: string | null | undefined;
  /** `local`, if not given. */
  resolve?: ResolveMode | null | undefined;

  /** `host:port`. */
  checkTarget?: string | null | undefined;
}

export interface ValidExit extends Record<keyof Place, string | null> {
  name: string;
  kind: ExitKind;
  products: ExitProduct[];
  weight: number;
  enabled: boolean;
  maxTunnels: number | null;
  sourceAddresses: string[];
  host: string | null;
  port: number | null;
  username: string | null;
  password: string | null;
  usernameTemplate: string | null;
  passwordTemplate: string | null;
  resolve: ResolveMode | null;
  checkTarget: string | null;
}

const MAX_WEIGHT = 1000;
const MAX_TUNNELS = 1_000_000;
const MAX_SOURCE_ADDRESSES = 1024;
const MAX_CREDENTIAL_LENGTH = 128;
const MAX_TEMPLATE_LENGTH = 200;
const PLACE = /^[a-z0-9][a-z0-9 ._-]{0,63}$/;
const HOST_LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** Fields that one kind has and the other has not. */
const OF_UPSTREAMS = [
  'host',
  'port',
  'username',
  'password',
  'usernameTemplate',
  'passwordTemplate',
  'resolve',
] as const;

export function validExit(fields: ExitFields): ValidExit {
  const { kind } = fields;
  if (!EXIT_KINDS.includes(kind)) throw invalidField('kind', `one of ${EXIT_KINDS.join(', ')}`);
  const place = Object.fromEntries(PLACE_KEYS.map((key) => [key, validPlace(fields[key] ?? null, key)]));
  const common = {
    name: validExitName(fields.name),
    kind,
    products: validProducts(fields.products ?? EXIT_PRODUCTS),
    ...(place as Record<keyof Place, string | null>),
    weight: whole(fields.weight ?? 1, 'weight', 1, MAX_WEIGHT),
    enabled: validFlag(fields.enabled ?? true),
    maxTunnels: fields.maxTunnels == null ? null : whole(fields.maxTunnels, 'maxTunnels', 1, MAX_TUNNELS),
    checkTarget: fields.checkTarget == null ? null : validCheckTarget(fields.checkTarget),
  };
  return kind === 'direct' ? { ...common, ...validDirect(fields) } : { ...common, ...validUpstream(fields) };
}

type OwnFields = Pick<ValidExit, 'sourceAddresses' | (typeof OF_UPSTREAMS)[number]>;

function validDirect(fields: ExitFields): OwnFields {
  for (const field of OF_UPSTREAMS) {
    if (fields[field] != null) throw invalidField(field, 'left out for an exit of kind direct');
  }
  const none = Object.fromEntries(OF_UPSTREAMS.map((field) => [field, null])) as Record<
    (typeof OF_UPSTREAMS)[number],
    null
  >;
  return { ...none, sourceAddresses: validSources(fields.sourceAddresses ?? []) };
}

function validUpstream(fields: ExitFields): OwnFields {
  if ((fields.sourceAddresses ?? []).length > 0) {
    throw invalidField('sourceAddresses', `left out for an exit of kind ${fields.kind}`);
  }
  const missing = (['host', 'port'] as const).filter((field) => fields[field] == null);
  if (missing.length > 0) throw new DomainError('MissingFields', { fields: missing });
  const username = validCredential(fields.username ?? null, 'username');
  const password = validCredential(fields.password ?? null, 'password');
  if (password !== null && username === null) throw invalidField('username', 'given with a password');
  return {
    sourceAddresses: [],
    host: validHost(fields.host!, 'host'),
    port: whole(fields.port!, 'port', 1, 65_535),
    username,
    password,
    usernameTemplate: validTemplate(fields.usernameTemplate ?? '{username}', 'username'),
    passwordTemplate: validTemplate(fields.passwordTemplate ?? '{password}', 'password'),
    resolve: validResolve(fields.resolve ?? 'local'),
  };
}

export function validExitName(value: unknown): string {
  if (typeof value !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(value)) {
    throw invalidField('name', '1 to 64 letters, digits, dots, underscores or hyphens');
  }
  return value;
}

function validPlace(value: unknown, key: keyof Place): string | null {
  if (value === null) return null;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  if (key === 'country' && !/^[a-z]{2}$/.test(text)) throw invalidField(key, 'a code of two letters');
  if (!PLACE.test(text)) {
    throw invalidField(key, 'a name of 1 to 64 letters, digits, spaces, dots, underscores or hyphens');
  }
  return text;
}

function validProducts(value: unknown): ExitProduct[] {
  const isGood =
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((product) => EXIT_PRODUCTS.includes(product)) &&
    new Set(value).size === value.length;
  if (!isGood) throw invalidField('products', `one or more of ${EXIT_PRODUCTS.join(', ')}, each once`);
  return EXIT_PRODUCTS.filter((product) => value.includes(product));
}

function validFlag(value: unknown): boolean {
  if (typeof value !== 'boolean') throw invalidField('enabled', 'true or false');
  return value;
}

function whole(value: unknown, field: string, least: number, most: number): number {
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
    throw invalidField(field, `a whole number from ${least} to ${most}`);
  }
  return value as number;
}

function validSources(value: unknown): string[] {
  const expected = `up to ${MAX_SOURCE_ADDRESSES} different IPv4 or IPv6 addresses of the gateway's machine`;
  if (!Array.isArray(value) || value.length > MAX_SOURCE_ADDRESSES)
    throw invalidField('sourceAddresses', expected);
  const addresses = value.map((item) => canonicalAddress(item));
  if (addresses.includes(undefined) || new Set(addresses).size < addresses.length) {
    throw invalidField('sourceAddresses', expected);
  }
  return addresses as string[];
}

function canonicalAddress(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.includes('%')) return undefined;
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(value) || ipaddr.IPv6.isValid(value);
  if (!isAddress) return undefined;
  const address = ipaddr.process(value);
  return ['unspecified', 'multicast', 'broadcast'].includes(address.range()) ? undefined : address.toString();
}

function validHost(value: unknown, field: string): string {
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  const bare = text.replace(/^\[(.*)\]$/, '$1');
  const address = canonicalAddress(bare);
  if (address !== undefined) return address;
  const labels = text.split('.');
  // What ends in a number is an address to some, and a name to others.
  const isName =
    text.length <= 253 &&
    labels.every((label) => HOST_LABEL.test(label)) &&
    !/^(\d+|0x[0-9a-f]*)$/.test(labels.at(-1)!);
  if (!isName) throw invalidField(field, 'a host name or an IP address');
  return text;
}

/** Answers it as `host:port`, with brackets around an IPv6 address. */
export function validCheckTarget(value: unknown, field = 'checkTarget'): string {
  const match = typeof value === 'string' ? /^(\[[^\]]+\]|[^:[\]]+):(\d{1,5})$/.exec(value) : null;
  const port = Number(match?.[2]);
  if (!match || port < 1 || port > 65_535)
    throw invalidField(field, 'host:port, such as example.com:443 or [2001:db8::1]:443');
  const host = validHost(match[1], field);
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** It stands in a login of Basic authentication, where a colon ends the name, or of SOCKS5. */
function validCredential(value: unknown, field: 'username' | 'password'): string | null {
  if (value === null) return null;
  const isGood =
    typeof value === 'string' &&
    /^[\x20-\x7e]+$/.test(value) &&
    value.length <= MAX_CREDENTIAL_LENGTH &&
    !(field === 'username' && value.includes(':'));
  if (!isGood) {
    const noColon = field === 'username' ? ' without a colon' : '';
    throw invalidField(field, `1 to ${MAX_CREDENTIAL_LENGTH} printable ASCII characters${noColon}`);
  }
  return value as string;
}

function validTemplate(value: unknown, credential: CredentialName): string {
  const field = `${credential}Template`;
  const isText =
    typeof value === 'string' &&
    /^[\x20-\x7e]+$/.test(value) &&
    value.length <= MAX_TEMPLATE_LENGTH &&
    !(credential === 'username' && value.replace(/\{[^{}]*\}/g, '').includes(':'));
  if (!isText) {
    const noColon = credential === 'username' ? ' without a colon outside braces' : '';
    throw invalidField(field, `1 to ${MAX_TEMPLATE_LENGTH} printable ASCII characters${noColon}`);
  }
  const parsed = parseTemplate(value as string, credential);
  if (parsed.kind === 'malformed') throw invalidField(field, parsed.expected);
  return value as string;
}

function validResolve(value: unknown): ResolveMode {
  if (!RESOLVE_MODES.includes(value as ResolveMode)) throw invalidField('resolve', RESOLVE_MODES.join(', '));
  return value as ResolveMode;
}
