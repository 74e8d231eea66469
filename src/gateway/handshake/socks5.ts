/**
 * client → gateway   05, methods
 * client ← gateway   05, the method: none (00) or username and password (02)
 * client → gateway   01, username, password         with 02 only (RFC 1929)
 * client ← gateway   01, whether they are right
 * client → gateway   05, command, destination
 * client ← gateway   05, reply; behind a 00, the tunnel
 *
 * RFC 1928. Only CONNECT is served. What the client sends behind its request waits for the tunnel.
 */
import { isUtf8 } from 'node:buffer';
import { addressText } from '../addresses.ts';
import type { RefusalCode, Refused } from '../answers.ts';
import { MalformedMessage } from '../http/head.ts';
import { type Authority, parseEndpoint } from '../http/target.ts';
import { closeGently } from '../linger.ts';
import type { ClientIdentity, Connection, Service } from '../service.ts';
import { ByteReader } from './byte-reader.ts';
import { identifyByAddress, identifyByLogin } from './identify.ts';
import { serveTunnel, type TunnelDoor } from './serve-tunnel.ts';

const VERSION = 0x05;
const NO_LOGIN = 0x00;
const USERNAME_AND_PASSWORD = 0x02;
const NO_METHOD = 0xff;
const LOGIN_VERSION = 0x01;
const CONNECT = 0x01;

const REPLY = {
  succeeded: 0x00,
  failure: 0x01,
  notAllowed: 0x02,
  networkUnreachable: 0x03,
  hostUnreachable: 0x04,
  refused: 0x05,
  expired: 0x06,
  commandUnsupported: 0x07,
  addressUnsupported: 0x08,
} as const;

/** A refusal in the few words that the protocol has. */
const REPLY_OF: Record<RefusalCode, number> = {
  'malformed-request': REPLY.failure,
  'unsupported-target': REPLY.failure,
  'parameters-malformed': REPLY.failure,
  'head-too-large': REPLY.failure,
  'head-timeout': REPLY.failure,
  'credentials-missing': REPLY.notAllowed,
  'credentials-wrong': REPLY.notAllowed,
  'too-many-guesses': REPLY.notAllowed,
  'quota-exhausted': REPLY.notAllowed,
  'quota-held-elsewhere': REPLY.failure,
  'connection-limit': REPLY.notAllowed,
  'tunnel-limit': REPLY.notAllowed,
  'tunnel-rate': REPLY.notAllowed,
  'destination-denied': REPLY.notAllowed,
  'subuser-revoked': REPLY.notAllowed,
  'control-away': REPLY.failure,
  'too-many-connections': REPLY.failure,
  'too-many-handshakes': REPLY.failure,
  'no-exit-there': REPLY.networkUnreachable,
  'no-exit': REPLY.failure,
  'exits-full': REPLY.failure,
  'exit-failed': REPLY.failure,
  'exit-refuses-target': REPLY.notAllowed,
  'address-prohibited': REPLY.notAllowed,
  'port-prohibited': REPLY.notAllowed,
  'name-not-found': REPLY.hostUnreachable,
  'name-timeout': REPLY.hostUnreachable,
  'connect-refused': REPLY.refused,
  'connect-unroutable': REPLY.networkUnreachable,
  'connect-failed': REPLY.hostUnreachable,
  'connect-timeout': REPLY.expired,
  'target-terminated': REPLY.failure,
  'target-malformed': REPLY.failure,
  'target-head-too-large': REPLY.failure,
  'target-timeout': REPLY.failure,
};

/** Anything but 0 means no to a client; people who read it in its messages can tell these apart. */
const LOGIN_STATUS = { right: 0, wrong: 1, away: 2, malformedParameters: 3, tooManyGuesses: 4 } as const;

/** Where the exit is, is not the client's business: its address is given as 0.0.0.0, port 0. */
function reply(code: number): Buffer {
  return Buffer.from([VERSION, code, 0, 1, 0, 0, 0, 0, 0, 0]);
}

const DOOR: TunnelDoor = { protocol: 'socks5', established: reply(REPLY.succeeded) };

/** The client has been told no, or is not to be told anything. */
class Over extends Error {}

export async function serveSocks5(connection: Connection, service: Service): Promise<void> {
  const session = new Socks5Session(connection, service);
  try {
    await session.serve();
  } catch (error) {
    if (!(error instanceof Over)) throw error;
    closeGently(connection.client, service.timers, service.limits);
  }
}

class Socks5Session {
  readonly #connection: Connection;
  readonly #service: Service;
  readonly #reader: ByteReader;

  constructor(connection: Connection, service: Service) {
    this.#connection = connection;
    this.#service = service;
    this.#reader = new ByteReader(connection, service);
  }

  async serve(): Promise<void> {
    const identity = await this.#identify(await this.#readMethods());
    if (!('code' in identity)) this.#connection.becomesKnown();
    this.#reader.restartClock();
    const authority = await this.#readRequest();
    const { client } = this.#connection;
    client.watch();
    // The login was right, and could not be told what else is wrong.
    if ('code' in identity) this.#refuseFor(identity.code);
    const code = await serveTunnel(identity, authority, DOOR, client, this.#service);
    if (code !== undefined) this.#refuseFor(code);
  }

  /** Whether it is able to give a username and a password. */
  async #readMethods(): Promise<Buffer> {
    const [, count] = await this.#read(2);
    return this.#read(count!);
  }

  /**
   * A client that could give credentials is asked for them, also at an address that would be let in without: if it means to be
   * somebody else, the owner of the address must not pay for it.
   */
  async #identify(methods: Buffer): Promise<ClientIdentity | Refused> {
    if (methods.includes(USERNAME_AND_PASSWORD)) return this.#login();
    if (!methods.includes(NO_LOGIN)) this.#refuse(Buffer.from([VERSION, NO_METHOD]));
    const identity = await identifyByAddress(this.#connection.clientAddress, this.#service);
    if ('code' in identity) {
      this.#service.counters.refused(identity.code);
      this.#refuse(Buffer.from([VERSION, NO_METHOD]));
    }
    this.#say([VERSION, NO_LOGIN]);
    return identity;
  }

  async #login(): Promise<ClientIdentity | Refused> {
    this.#say([VERSION, USERNAME_AND_PASSWORD]);
    const version = (await this.#read(1))[0];
    if (version !== LOGIN_VERSION) throw new Over();
    const username = await this.#readCounted();
    const password = await this.#readCounted();
    const isText = username.length > 0 && isUtf8(username) && isUtf8(password);
    const identity: ClientIdentity | Refused = isText
      ? await identifyByLogin(
          { username: username.toString(), password: password.toString() },
          this.#connection.clientAddress,
          this.#service,
        )
      : { code: 'credentials-wrong' };
    const status = 'code' in identity ? statusOf(identity.code) : LOGIN_STATUS.right;
    if ('code' in identity && status !== LOGIN_STATUS.right) {
      this.#service.counters.refused(identity.code);
      this.#refuse(Buffer.from([LOGIN_VERSION, status]));
    }
    this.#say([LOGIN_VERSION, status]);
    return identity;
  }

  async #readRequest(): Promise<Authority> {
    const [version, command, reserved, addressType] = await this.#read(4);
    if (version !== VERSION || reserved !== 0) this.#refuse(reply(REPLY.failure));
    const host = await this.#readHost(addressType!);
    const port = (await this.#read(2)).readUInt16BE();
    if (command !== CONNECT) this.#refuse(reply(REPLY.commandUnsupported));
    try {
      return parseEndpoint(host, port);
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error;
      this.#refuse(reply(REPLY.failure));
    }
  }

  async #readHost(addressType: number): Promise<string> {
    switch (addressType) {
      case 0x01:
        return addressText(await this.#read(4));
      case 0x03:
        return (await this.#readCounted()).toString('latin1');
      case 0x04:
        return addressText(await this.#read(16));
      default:
        return this.#refuse(reply(REPLY.addressUnsupported));
    }
  }

  async #readCounted(): Promise<Buffer> {
    const [count] = await this.#read(1);
    return this.#read(count!);
  }

  async #read(count: number): Promise<Buffer> {
    const bytes = await this.#reader.read(count);
    if (bytes === undefined) throw new Over();
    return bytes;
  }

  #say(bytes: readonly number[]): void {
    this.#connection.client.write(Buffer.from(bytes));
  }

  #refuseFor(code: RefusalCode): never {
    this.#service.counters.refused(code);
    this.#refuse(reply(REPLY_OF[code]));
  }

  #refuse(answer: Buffer): never {
    this.#connection.client.write(answer);
    throw new Over();
  }
}

/** Right credentials stay right when there is no exit where they ask for one: that is told in reply to the request. */
function statusOf(code: RefusalCode): number {
  switch (code) {
    case 'no-exit-there':
      return LOGIN_STATUS.right;
    case 'control-away':
      return LOGIN_STATUS.away;
    case 'parameters-malformed':
      return LOGIN_STATUS.malformedParameters;
    case 'too-many-guesses':
      return LOGIN_STATUS.tooManyGuesses;
    default:
      return LOGIN_STATUS.wrong;
  }
}
