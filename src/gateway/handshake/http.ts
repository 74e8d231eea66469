/** HTTP/1 on the proxy port: CONNECT, and requests with a whole URL. One connection may carry many of the latter. */
import { type RefusalCode, refusal, TUNNEL_ESTABLISHED } from '../answers.ts';
import { Exchange, type ForwardRequest, isRepeatable } from '../forward.ts';
import { bodyReader, type Framing, requestFraming } from '../http/body.ts';
import { fieldValues, MalformedMessage, type RequestHead } from '../http/head.ts';
import { asksForWebSocket, clientKeepsAlive, requestToTarget } from '../http/rewrite.ts';
import { type Authority, parseAbsoluteTarget, parseAuthority, UnsupportedTarget } from '../http/target.ts';
import type { Leg } from '../leg.ts';
import { closeGently } from '../linger.ts';
import type { RuleBook } from '../rules.ts';
import {
  type ClientIdentity,
  type Connection,
  prohibitionFor,
  reach,
  refusalOf,
  type Seat,
  type Service,
  takeSeat,
} from '../service.ts';
import { relayTunnel } from '../tunnel.ts';
import { identifyClient } from './proxy-authentication.ts';
import { readRequest } from './read-request.ts';
import { serveTunnel, type TunnelDoor } from './serve-tunnel.ts';

const CONNECT_DOOR: TunnelDoor = { protocol: 'connect', established: TUNNEL_ESTABLISHED };

export async function serveHttp(connection: Connection, service: Service): Promise<void> {
  const session = new HttpSession(connection, service);
  try {
    await session.serve();
  } finally {
    session.close();
  }
}

interface KeptTarget {
  readonly origin: string;
  /** Judged by these. */
  readonly rules: RuleBook | undefined;
  readonly addresses: readonly string[];
  readonly leg: Leg;
}

/** What became of the client connection. */
type Next = 'next-request' | 'close' | 'gone';

class HttpSession {
  readonly #connection: Connection;
  readonly #client: Leg;
  readonly #service: Service;
  /** For the next request to the same host and port; never for another client. */
  #kept: KeptTarget | undefined;

  constructor(connection: Connection, service: Service) {
    this.#connection = connection;
    this.#client = connection.client;
    this.#service = service;
  }

  async serve(): Promise<void> {
    for (let isFirst = true; ; isFirst = false) {
      const reading = readRequest(this.#connection, this.#service, isFirst);
      const read = reading instanceof Promise ? await reading : reading;
      let next: Next = 'close';
      if (read.kind === 'request') next = await this.#serveRequest(read.head);
      else if (read.kind === 'refused')
        this.#answer(read.code, { details: read.details, keepsClient: false });
      if (next === 'next-request' && !this.#client.isClosed) continue;
      if (next !== 'gone') closeGently(this.#client, this.#service.timers, this.#service.limits);
      return;
    }
  }

  close(): void {
    this.#kept?.leg.destroy();
  }

  async #serveRequest(head: RequestHead): Promise<Next> {
    try {
      const framing = requestFraming(head.minor, head.fields);
      if (fieldValues(head.fields, 'host').length > 1) throw new MalformedMessage('more than one Host');
      if (head.method === 'CONNECT') {
        if (framing.kind !== 'none') throw new MalformedMessage('a CONNECT with a body');
        return await this.#connect(head, parseAuthority(head.target));
      }
      const target = parseAbsoluteTarget(head.method, head.target);
      const withUpgrade = asksForWebSocket(head, framing);
      const outgoingHead = requestToTarget(head, target, withUpgrade);
      const keepsClient = clientKeepsAlive(head);
      return await this.#forward({ head, target, framing, keepsClient, outgoingHead, withUpgrade });
    } catch (error) {
      if (error instanceof MalformedMessage) {
        this.#answer('malformed-request', {
          details: error.message,
          method: head.method,
          keepsClient: false,
        });
      } else if (error instanceof UnsupportedTarget) {
        this.#answer('unsupported-target', {
          details: error.message,
          method: head.method,
          keepsClient: false,
        });
      } else {
        throw error;
      }
      return 'close';
    }
  }

  async #connect(head: RequestHead, authority: Authority): Promise<Next> {
    this.#client.watch();
    const identifying = identifyClient(head, this.#connection.clientAddress, this.#service);
    const identity = identifying instanceof Promise ? await identifying : identifying;
    if ('code' in identity) return this.#refuseConnect(head, identity.code, identity.details);
    const code = await serveTunnel(identity, authority, CONNECT_DOOR, this.#client, this.#service);
    return code === undefined ? 'gone' : this.#refuseConnect(head, code);
  }

  /**
   * After a 407 the same connection may try again with credentials, as browsers do. After any other refusal it may not:
   * a client that did not wait for our answer has sent its tunnel's first bytes, which must not be read as a request.
   */
  #refuseConnect(head: RequestHead, code: RefusalCode, details?: string): Next {
    const isChallenge = code === 'credentials-missing' || code === 'credentials-wrong';
    const keepsClient =
      isChallenge && clientKeepsAlive(head) && !this.#client.hasHeldBytes && !this.#service.isStopping;
    this.#answer(code, { details, keepsClient });
    return keepsClient ? 'next-request' : 'close';
  }

  async #forward(request: ForwardRequest): Promise<Next> {
    if (request.framing.kind === 'none') this.#client.watch();
    const identifying = identifyClient(request.head, this.#connection.clientAddress, this.#service);
    const identity = identifying instanceof Promise ? await identifying : identifying;
    if ('code' in identity) return this.#refuse(request, identity.code, identity.details);
    const prohibition = prohibitionFor(identity, request.target, this.#service);
    if (prohibition !== undefined) return this.#refuse(request, prohibition);
    return await this.#exchangeAs(identity, request);
  }

  async #exchangeAs(identity: ClientIdentity, request: ForwardRequest): Promise<Next> {
    const seating = takeSeat(identity, 'http', this.#client, this.#service);
    const seat = seating instanceof Promise ? await seating : seating;
    if (typeof seat === 'string') return this.#refuse(request, seat);
    try {
      return await this.#exchange(seat, request);
    } finally {
      seat.leaveUnlessTaken();
    }
  }

  async #exchange(seat: Seat, request: ForwardRequest): Promise<Next> {
    const { host, port } = request.target;
    const origin = `${host} ${port} ${this.#service.exits.keyFor(seat.client)}`;
    for (let isFirst = true; ; isFirst = false) {
      const kept = this.#takeKept(origin, seat, request);
      const target = kept?.leg ?? (await reach(request.target, seat, this.#client, this.#service));
      if (typeof target === 'string') return this.#refuse(request, target);
      if (kept !== undefined) {
        seat.target = request.target;
        seat.targetAddresses = kept.addresses;
      }
      if (seat.endedBy !== undefined) {
        target.destroy();
        return this.#refuse(request, refusalOf(seat.endedBy));
      }
      if (this.#client.isClosed) {
        target.destroy();
        return 'gone';
      }
      // One that is sent again on a new connection is still one.
      if (isFirst) {
        seat.holder.countRequest();
        this.#service.counters.opened.http += 1;
      }
      const exchange = new Exchange(request, this.#client, target, seat, this.#service, kept !== undefined);
      const outcome = await exchange.run();
      switch (outcome.kind) {
        case 'stale':
          continue;
        case 'done':
          if (outcome.keepsTarget) this.#keep(origin, seat, target);
          return outcome.keepsClient ? 'next-request' : 'close';
        case 'refused':
          this.#answer(outcome.code, {
            details: outcome.details,
            method: request.head.method,
            keepsClient: false,
          });
          return 'close';
        case 'upgraded':
          relayTunnel(this.#client, target, seat, this.#service);
          return 'gone';
        case 'broken':
          return 'close';
        case 'over':
          return 'gone';
      }
    }
  }

  #keep(origin: string, { party, targetAddresses }: Seat, leg: Leg): void {
    this.#kept = { origin, rules: party.rules, addresses: targetAddresses, leg };
  }

  /** A request that could not be sent again when the kept connection turns out dead gets a fresh one from the start. */
  #takeKept(origin: string, seat: Seat, request: ForwardRequest): KeptTarget | undefined {
    const kept = this.#kept;
    this.#kept = undefined;
    if (kept === undefined) return undefined;
    const isSame = kept.origin === origin && kept.rules === seat.party.rules;
    if (isSame && !kept.leg.isClosed && isRepeatable(request)) return kept;
    kept.leg.destroy();
    return undefined;
  }

  async #refuse(request: ForwardRequest, code: RefusalCode, details?: string): Promise<Next> {
    const { head, framing } = request;
    // A client that waits for a 100 may, or may not, send its body after our refusal: nobody could tell what follows.
    const isCertain = fieldValues(head.fields, 'expect').length === 0;
    const isShort =
      framing.kind === 'none' ||
      framing.kind === 'chunked' ||
      (framing.kind === 'length' && framing.bytes <= this.#service.limits.refusedBodyBytes);
    const keepsClient = request.keepsClient && isCertain && isShort && !this.#service.isStopping;
    this.#answer(code, { details, method: head.method, keepsClient });
    if (!keepsClient) return 'close';
    return (await this.#discardBody(framing)) ? 'next-request' : 'close';
  }

  /** Reads past the body of a refused request, to the next request. */
  #discardBody(framing: Framing): Promise<boolean> {
    const body = bodyReader(framing);
    if (body.isComplete) return Promise.resolve(true);
    const { timers, limits } = this.#service;
    return new Promise((resolve) => {
      let discardedBytes = 0;
      const settle = (isDone: boolean) => {
        timer.cancel();
        resolve(isDone);
      };
      const timer = timers.after(limits.headTimeoutMs, () => settle(false));
      this.#client.attach({
        data: (bytes) => {
          let length: number;
          try {
            length = body.read(bytes);
          } catch {
            settle(false);
            return false;
          }
          discardedBytes += length;
          if (body.isComplete) {
            this.#client.detach(bytes.subarray(length));
            settle(true);
            return false;
          }
          if (discardedBytes <= limits.refusedBodyBytes) return true;
          settle(false);
          return false;
        },
        end: () => settle(false),
        closed: () => settle(false),
      });
    });
  }

  #answer(
    code: RefusalCode,
    options: { details?: string | undefined; method?: string; keepsClient: boolean },
  ): void {
    const { details, method, keepsClient } = options;
    this.#service.counters.refused(code);
    this.#client.write(
      refusal(code, {
        keepsClient,
        ...(details === undefined ? {} : { details }),
        ...(method === undefined ? {} : { method }),
      }),
    );
  }
}
