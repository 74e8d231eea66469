/** What SOCKS clients and load balancers send, byte by byte. */
import ipaddr from 'ipaddr.js';

export const NO_LOGIN = Buffer.from([5, 1, 0]);
export const WITH_LOGIN = Buffer.from([5, 1, 2]);

/** A destination as SOCKS5 has it; `host` is an address or a name. */
export function socks5Request(host: string, port: number, command = 1): Buffer {
  return Buffer.concat([Buffer.from([5, command, 0]), socks5Address(host), portBytes(port)]);
}

export function socks5Login(username: string, password = 'secret'): Buffer {
  return Buffer.concat([Buffer.from([1]), counted(username), counted(password)]);
}

export function socks4Request(
  host: string,
  port: number,
  { command = 1, userId = '' }: { command?: number; userId?: string } = {},
): Buffer {
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(host);
  return Buffer.concat([
    Buffer.from([4, command]),
    portBytes(port),
    Buffer.from(isAddress ? ipaddr.parse(host).toByteArray() : [0, 0, 0, 1]),
    Buffer.from(`${userId}\0${isAddress ? '' : `${host}\0`}`, 'latin1'),
  ]);
}

export interface Version2 {
  command?: number;
  /** Address family and transport; 0x11 and 0x21 are TCP. */
  family?: number;
  source?: string;
  tlvs?: Buffer;
  /** What the header says of its own length, when that is a lie. */
  length?: number;
}

export function proxyVersion2({
  command = 0x21,
  source = '203.0.113.7',
  family = source.includes(':') ? 0x21 : 0x11,
  tlvs = Buffer.alloc(0),
  length,
}: Version2 = {}): Buffer {
  const address = Buffer.from(ipaddr.parse(source).toByteArray());
  const variable = Buffer.concat([address, address, portBytes(1234), portBytes(3128), tlvs]);
  const fixed = Buffer.concat([
    Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1'),
    Buffer.from([command, family]),
    portBytes(length ?? variable.length),
  ]);
  return Buffer.concat([fixed, variable]);
}

export function proxyVersion1(source = '203.0.113.7'): Buffer {
  const [family, destination] = source.includes(':') ? ['TCP6', '2001:db8::1'] : ['TCP4', '192.0.2.1'];
  return Buffer.from(`PROXY ${family} ${source} ${destination} 1234 3128\r\n`);
}

function socks5Address(host: string): Buffer {
  if (!ipaddr.isValid(host)) return Buffer.concat([Buffer.from([3]), counted(host)]);
  const address = ipaddr.parse(host);
  return Buffer.from([address.kind() === 'ipv4' ? 1 : 4, ...address.toByteArray()]);
}

export function counted(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

function portBytes(port: number): Buffer {
  return Buffer.from([port >> 8, port & 0xff]);
}
