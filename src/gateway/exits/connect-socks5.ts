/**
 * gateway → upstream   05, the one method we come with: none (00), or username and password (02) where there is a login
 * gateway ← upstream   05, that method
 * gateway → upstream   01, username, password       with 02 only (RFC 1929)
 * gateway ← upstream   01, 00
 * gateway → upstream   05, CONNECT, destination     a name as a name
 * gateway ← upstream   05, reply; behind a 00, the tunnel
 */
import ipaddr from 'ipaddr.js';
import { ByteReader } from '../handshake/byte-reader.ts';
import type { Authority } from '../http/target.ts';
import type { Leg } from '../leg.ts';
import type { Timers } from '../timers.ts';
import type { Login } from './exit.ts';
import { type ExitFailure, exitFailure, targetFailure, unclearFailure } from './verdict.ts';

const VERSION = 5;
const NO_LOGIN = 0;
const USERNAME_AND_PASSWORD = 2;
const NO_METHOD = 0xff;
const LOGIN_VERSION = 1;
const CONNECT = 1;
const IPV4 = 1;
const NAME = 3;
const IPV6 = 4;

class Failed extends Error {
  readonly failure: ExitFailure;

  constructor(failure: ExitFailure) {
    super(failure.reason);
    this.failure = failure;
  }
}

/** Undefined: the leg is the tunnel now. Bytes behind the reply are held in it. It takes at most `withinMs`. */
export async function connectOverSocks5(
  leg: Leg,
  authority: Authority,
  login: Login | undefined,
  timers: Timers,
  withinMs: number,
): Promise<ExitFailure | undefined> {
  const reader = new ByteReader(
    { client: leg, acceptedAtMs: timers.nowMs() },
    { timers, limits: { headTimeoutMs: withinMs } },
  );
  const read = async (count: number, ifNot: (reason: string) => ExitFailure): Promise<Buffer> => {
    const bytes = await reader.read(count);
    if (bytes === undefined) throw new Failed(ifNot('the upstream closed the connection without an answer'));
    return bytes;
  };
  try {
    await logIn(leg, login, (count) => read(count, exitFailure));
    leg.write(Buffer.concat([Buffer.from([VERSION, CONNECT, 0]), destination(authority)]));
    await readReply((count) => read(count, unclearFailure));
    return undefined;
  } catch (error) {
    if (error instanceof Failed) return error.failure;
    throw error;
  }
}

type Read = (count: number) => Promise<Buffer>;

async function logIn(leg: Leg, login: Login | undefined, read: Read): Promise<void> {
  const method = login === undefined ? NO_LOGIN : USERNAME_AND_PASSWORD;
  leg.write(Buffer.from([VERSION, 1, method]));
  const [version, chosen] = await read(2);
  if (version !== VERSION)
    throw new Failed(exitFailure('the upstream does not answer as a SOCKS5 proxy does'));
  if (chosen === NO_METHOD || chosen !== method) {
    throw new Failed(
      exitFailure(login ? 'the upstream takes no username and password' : 'the upstream wants a login'),
    );
  }
  if (login === undefined) return;
  leg.write(Buffer.concat([Buffer.from([LOGIN_VERSION]), counted(login.username), counted(login.password)]));
  const [, status] = await read(2);
  if (status !== 0) throw new Failed(exitFailure('the upstream refused username and password'));
}

async function readReply(read: Read): Promise<void> {
  const [version, reply, , addressType] = await read(4);
  if (version !== VERSION)
    throw new Failed(exitFailure('the upstream does not answer as a SOCKS5 proxy does'));
  const failure = failureOf(reply!);
  if (failure !== undefined) throw new Failed(failure);
  // The address that the upstream connects from, which nobody needs, and its port.
  if (addressType === IPV4) await read(4 + 2);
  else if (addressType === IPV6) await read(16 + 2);
  else if (addressType === NAME) await read((await read(1))[0]! + 2);
  else throw new Failed(exitFailure('the upstream does not answer as a SOCKS5 proxy does'));
}

function failureOf(reply: number): ExitFailure | undefined {
  const reason = `the upstream answered ${reply}`;
  switch (reply) {
    case 0:
      return undefined;
    case 2:
      return targetFailure('exit-refuses-target', reason);
    case 3:
      return targetFailure('connect-unroutable', reason);
    case 4:
      return targetFailure('connect-failed', reason);
    case 5:
      return targetFailure('connect-refused', reason);
    case 6:
      return targetFailure('connect-timeout', reason);
    default:
      return unclearFailure(reason);
  }
}

function destination({ host, port }: Authority): Buffer {
  const portBytes = Buffer.from([port >> 8, port & 0xff]);
  if (!ipaddr.isValid(host)) return Buffer.concat([Buffer.from([NAME]), counted(host), portBytes]);
  const address = ipaddr.parse(host);
  const type = address.kind() === 'ipv4' ? IPV4 : IPV6;
  return Buffer.concat([Buffer.from([type, ...address.toByteArray()]), portBytes]);
}

function counted(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}
