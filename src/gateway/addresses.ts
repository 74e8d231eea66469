import os from 'node:os';
import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** One text for one address: an IPv4 client of an IPv6 socket is the IPv4 client it is, and a zone says nothing here. */
export function canonicalAddress(text: string): string {
  if (!text.includes(':')) return text;
  const bare = text.replace(/%.*$/, '');
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : bare;
}

/** The canonical text of an address of 4 or 16 bytes. */
export function addressText(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(2 * index).toString(16));
  return canonicalAddress(groups.join(':'));
}

const COLON = 0x3a;

/**
 * Who stands behind an address, as far as an address can tell: an IPv4 address is one household, an IPv6 /64 is.
 * Expects a canonical address. It is asked for every connection, so nothing is taken apart that need not be.
 */
export function neighbourhoodOf(address: string): string {
  let groups = 1;
  for (let index = address.indexOf(':'); index >= 0; index = address.indexOf(':', index + 1)) {
    if (address.charCodeAt(index + 1) === COLON) return withoutGap(address, index, index === 0 ? 0 : groups);
    if (groups === 4) return `${address.slice(0, index)}::/64`;
    groups += 1;
  }
  return address;
}

/** `::`, with so many groups before it, stands for as many zeros as are missing. */
function withoutGap(address: string, gap: number, before: number): string {
  const behind = address.length === gap + 2 ? [] : address.slice(gap + 2).split(':');
  const groups = address.slice(0, gap) || '0';
  const zeros = Math.min(4 - Math.max(1, before), 8 - Math.max(1, before) - behind.length);
  const rest = behind.slice(0, 4 - Math.max(1, before) - zeros);
  return `${[groups, ...Array<string>(zeros).fill('0'), ...rest].join(':')}::/64`;
}

/** An address, and the IPv4 address that it leads to where it is a way of writing one. None is IPv4-mapped. */
export function meantBy(address: Address): Address[] {
  if (address instanceof ipaddr.IPv4) return [address];
  const bytes = address.toByteArray();
  if (address.range() === '6to4') return [address, new ipaddr.IPv4(bytes.slice(2, 6))];
  if (address.range() === 'rfc6052') return [address, new ipaddr.IPv4(bytes.slice(12, 16))];
  return [address];
}

/** Of all network interfaces that this machine has at the moment, in canonical form. Throws where it may not know. */
export function machineAddresses(): string[] {
  const addresses = Object.values(os.networkInterfaces()).flatMap((entries) =>
    (entries ?? []).map(({ address }) => canonicalAddress(address)),
  );
  return [...new Set(addresses)];
}
