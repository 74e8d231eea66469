/**
 * client → load balancer → gateway: who the client is, said by the load balancer in front of everything else
 *
 * The PROXY protocol, versions 1 (a line) and 2 (binary). A header has one reading or none: what is malformed in any part is
 * refused. https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt
 */
import net from 'node:net';
import { addressText, canonicalAddress } from '../addresses.ts';

export type ProxyHeader =
  | { kind: 'incomplete' }
  | { kind: 'malformed' }
  /** Without an address: the connection is the sender's own, a health check for example. */
  | { kind: 'header'; clientAddress: string | undefined; bytes: number };

const V1_START = Buffer.from('PROXY ');
const V2_START = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');
/** With its CRLF, as the protocol has it. */
const V1_MAX_BYTES = 107;
const V2_FIXED_BYTES = 16;
/** Addresses and what comes behind them (TLVs). The protocol allows 64 KB, and nobody sends more than some hundred bytes. */
const V2_MAX_VARIABLE_BYTES = 4096;
const MALFORMED = { kind: 'malformed' } as const;
const INCOMPLETE = { kind: 'incomplete' } as const;

/** Nothing else that is spoken here begins so. */
export function looksLikeProxyHeader(bytes: Buffer): boolean {
  return startsWith(bytes, V1_START) || startsWith(bytes, V2_START);
}

/** `received` is everything from the start of the connection. Not a byte behind the header is judged. */
export function readProxyHeader(received: Buffer): ProxyHeader {
  if (couldStartWith(received, V1_START)) return readVersion1(received);
  if (couldStartWith(received, V2_START)) return readVersion2(received);
  return MALFORMED;
}

function readVersion1(received: Buffer): ProxyHeader {
  const end = received.indexOf('\r\n');
  if (end < 0) return received.length < V1_MAX_BYTES ? INCOMPLETE : MALFORMED;
  const bytes = end + 2;
  if (bytes > V1_MAX_BYTES) return MALFORMED;
  const line = received.toString('latin1', 0, end);
  // What follows UNKNOWN is to be ignored.
  if (line === 'PROXY UNKNOWN' || line.startsWith('PROXY UNKNOWN '))
    return { kind: 'header', clientAddress: undefined, bytes };
  const [, family, source, destination, ...ports] = line.split(' ');
  const isAddress = family === 'TCP4' ? net.isIPv4 : family === 'TCP6' ? net.isIPv6 : undefined;
  if (isAddress === undefined || source === undefined || destination === undefined) return MALFORMED;
  if (!isAddress(source) || !isAddress(destination) || source.includes('%')) return MALFORMED;
  if (ports.length !== 2 || !ports.every(isPort)) return MALFORMED;
  return { kind: 'header', clientAddress: canonicalAddress(source), bytes };
}

function isPort(text: string): boolean {
  return /^(?:0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65535;
}

function readVersion2(received: Buffer): ProxyHeader {
  if (received.length < V2_FIXED_BYTES) return INCOMPLETE;
  const versionAndCommand = received[12]!;
  const familyAndTransport = received[13]!;
  const variableBytes = received.readUInt16BE(14);
  const isLocal = versionAndCommand === 0x20;
  if (!isLocal && versionAndCommand !== 0x21) return MALFORMED;
  if (variableBytes > V2_MAX_VARIABLE_BYTES) return MALFORMED;
  const bytes = V2_FIXED_BYTES + variableBytes;
  if (received.length < bytes) return INCOMPLETE;
  const variable = received.subarray(V2_FIXED_BYTES, bytes);
  // Of LOCAL, and of a family that is not said, everything behind is to be ignored.
  if (isLocal || familyAndTransport === 0x00) return { kind: 'header', clientAddress: undefined, bytes };
  const addressBytes = familyAndTransport === 0x11 ? 4 : familyAndTransport === 0x21 ? 16 : undefined;
  // Datagrams and sockets of the sender's file system are nobody's who could be a client here.
  if (addressBytes === undefined) return MALFORMED;
  const addressesBytes = 2 * addressBytes + 4;
  if (variable.length < addressesBytes || !areTlvs(variable.subarray(addressesBytes))) return MALFORMED;
  return { kind: 'header', clientAddress: addressText(variable.subarray(0, addressBytes)), bytes };
}

/** Type (1 byte), length (2), value, and that again to the end. What they say is of no use here. */
function areTlvs(bytes: Buffer): boolean {
  let at = 0;
  while (at + 3 <= bytes.length) at += 3 + bytes.readUInt16BE(at + 1);
  return at === bytes.length;
}

function startsWith(bytes: Buffer, start: Buffer): boolean {
  return bytes.length >= start.length && couldStartWith(bytes, start);
}

function couldStartWith(bytes: Buffer, start: Buffer): boolean {
  const length = Math.min(bytes.length, start.length);
  // Tells nearly all apart, at no cost.
  if (length > 0 && bytes[0] !== start[0]) return false;
  return bytes.compare(start, 0, length, 0, length) === 0;
}
