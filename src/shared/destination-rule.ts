/**
 * Where clients may go, as people write it:
 *
 *   example.com           this name          *.example.com         every name below it, at any depth
 *   203.0.113.0/24        these addresses    2001:db8::/32         these too; one address is a range of one
 *   example.com:443       with one port      *.example.com:8000-8999   with a range of ports
 *   [2001:db8::/32]:443   IPv6 with a port   *:25  or  :25         a port of any host
 */
import { domainToASCII } from 'node:url';
import ipaddr from 'ipaddr.js';

export type HostPattern =
  | { readonly kind: 'any' }
  | { readonly kind: 'name'; readonly name: string }
  /** Names that end with a dot and this. */
  | { readonly kind: 'below'; readonly name: string }
  | { readonly kind: 'network'; readonly network: ipaddr.IPv4 | ipaddr.IPv6; readonly bits: number };

export interface DestinationRule {
  readonly host: HostPattern;
  readonly firstPort: number;
  readonly lastPort: number;
}

const MAX_RULE_LENGTH = 300;
const MAX_NAME_LENGTH = 253;
const LAST_PORT = 65535;
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** Undefined: not a rule. */
export function parseDestinationRule(text: string): DestinationRule | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > MAX_RULE_LENGTH) return undefined;
  const { hostText, portsText } = split(trimmed);
  const host = parseHost(hostText);
  const ports = portsText === undefined ? { firstPort: 1, lastPort: LAST_PORT } : parsePorts(portsText);
  return host && ports && { host, ...ports };
}

/** One text for rules that say the same. */
export function formatDestinationRule({ host, firstPort, lastPort }: DestinationRule): string {
  const isAnyPort = firstPort === 1 && lastPort === LAST_PORT;
  if (isAnyPort) return formatHost(host);
  const text = formatHost(host);
  const ports = firstPort === lastPort ? `${firstPort}` : `${firstPort}-${lastPort}`;
  return `${text.includes(':') ? `[${text}]` : text}:${ports}`;
}

function split(text: string): { hostText: string; portsText?: string } {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  if (bracketed) {
    const [, hostText = '', portsText] = bracketed;
    return portsText === undefined ? { hostText } : { hostText, portsText };
  }
  const colon = text.indexOf(':');
  // Two colons and no brackets: an IPv6 range.
  if (colon < 0 || text.indexOf(':', colon + 1) >= 0) return { hostText: text };
  return { hostText: text.slice(0, colon) || '*', portsText: text.slice(colon + 1) };
}

function parsePorts(text: string): { firstPort: number; lastPort: number } | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (!match) return undefined;
  const firstPort = Number(match[1]);
  const lastPort = Number(match[2] ?? match[1]);
  if (firstPort < 1 || lastPort > LAST_PORT || firstPort > lastPort) return undefined;
  return { firstPort, lastPort };
}

function parseHost(text: string): HostPattern | undefined {
  if (text === '*') return { kind: 'any' };
  const network = parseNetwork(text);
  if (network !== undefined) return network;
  const isBelow = text.startsWith('*.');
  const name = parseName(isBelow ? text.slice(2) : text);
  return name === undefined ? undefined : { kind: isBelow ? 'below' : 'name', name };
}

function parseNetwork(text: string): HostPattern | undefined {
  const [addressText = '', bitsText, ...rest] = text.split('/');
  const isV4 = ipaddr.IPv4.isValidFourPartDecimal(addressText) && !/(^|\.)0\d/.test(addressText);
  if (rest.length > 0 || !(isV4 || (ipaddr.IPv6.isValid(addressText) && !addressText.includes('%'))))
    return undefined;
  let address = ipaddr.parse(addressText);
  let bits = address.kind() === 'ipv4' ? 32 : 128;
  if (bitsText !== undefined) {
    if (!/^\d{1,3}$/.test(bitsText) || Number(bitsText) > bits) return undefined;
    bits = Number(bitsText);
  }
  // Gateways judge an IPv4-mapped address as the IPv4 address it is.
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && bits >= 96) {
    address = address.toIPv4Address();
    bits -= 96;
  }
  const whole = `${address.toString()}/${bits}`;
  const network =
    address.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(whole)
      : ipaddr.IPv6.networkAddressFromCIDR(whole);
  return { kind: 'network', network, bits };
}

function parseName(text: string): string | undefined {
  // What follows a path or a query mark would be cut off silently.
  if (/[^\p{L}\p{M}\p{N}._-]/u.test(text)) return undefined;
  const name = domainToASCII(text.endsWith('.') ? text.slice(0, -1) : text).toLowerCase();
  if (name === '' || name.length > MAX_NAME_LENGTH) return undefined;
  const labels = name.split('.');
  // What ends in a number is an address to resolvers.
  if (/^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1)!)) return undefined;
  return labels.every((label) => LABEL.test(label)) ? name : undefined;
}

function formatHost(host: HostPattern): string {
  switch (host.kind) {
    case 'any':
      return '*';
    case 'name':
      return host.name;
    case 'below':
      return `*.${host.name}`;
    case 'network': {
      const isSingle = host.bits === (host.network.kind() === 'ipv4' ? 32 : 128);
      return isSingle ? host.network.toString() : `${host.network.toString()}/${host.bits}`;
    }
  }
}
