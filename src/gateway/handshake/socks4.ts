/**
 * client → gateway   04, 01, port, address, user id, 00      the address 0.0.0.x says that a name and 00 follow (4a)
 * client ← gateway   00, granted (5a) or rejected (5b); behind a 5a, the tunnel
 *
 * There are no passwords in this protocol, and a user id is only a claim: it serves those whom their address identifies.
 */
import { addressText } from '../addresses.ts';
import { MalformedMessage } from '../http/head.ts';
import { type Authority, parseEndpoint } from '../http/target.ts';
import { closeGently } from '../linger.ts';
import type { Connection, Service } from '../service.ts';
import { ByteReader } from './byte-reader.ts';
import { identifyByAddress } from './identify.ts';
import { serveTunnel, type TunnelDoor } from './serve-tunnel.ts';

const CONNECT = 0x01;
const MAX_USER_ID_BYTES = 255;
const MAX_NAME_BYTES = 255;
const DOOR: TunnelDoor = { protocol: 'socks4', established: Buffer.from([0, 0x5a, 0, 0, 0, 0, 0, 0]) };
const REJECTED = Buffer.from([0, 0x5b, 0, 0, 0, 0, 0, 0]);

export async function serveSocks4(connection: Connection, service: Service): Promise<void> {
  const { client, clientAddress } = connection;
  const request = await readRequest(connection, service);
  if (typeof request !== 'string') {
    client.watch();
    const identity = await identifyByAddress(clientAddress, service);
    if (!('code' in identity)) connection.becomesKnown();
    const code =
      'code' in identity ? identity.code : await serveTunnel(identity, request, DOOR, client, service);
    if (code === undefined) return;
    service.counters.refused(code);
  }
  if (request !== 'over') client.write(REJECTED);
  closeGently(client, service.timers, service.limits);
}

async function readRequest(
  connection: Connection,
  service: Service,
): Promise<Authority | 'malformed' | 'over'> {
  const reader = new ByteReader(connection, service);
  const fixed = await reader.read(8);
  if (fixed === undefined) return 'over';
  if (fixed[1] !== CONNECT) return 'malformed';
  if ((await reader.readToZero(MAX_USER_ID_BYTES)) === undefined) return 'over';
  const port = fixed.readUInt16BE(2);
  const address = fixed.subarray(4);
  let host = addressText(address);
  if (address.readUIntBE(0, 3) === 0 && address[3] !== 0) {
    const name = await reader.readToZero(MAX_NAME_BYTES);
    if (name === undefined) return 'over';
    host = name.toString('latin1');
  }
  try {
    return parseEndpoint(host, port);
  } catch (error) {
    if (error instanceof MalformedMessage) return 'malformed';
    throw error;
  }
}
