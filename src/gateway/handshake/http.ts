/** HTTP/1 on the proxy port: CONNECT, and requests with a whole URL. One connection may carry many of the latter. */
import { type RefusalCode, type Refused, refusal, TUNNEL_ESTABLISHED } from '../answers.ts';
import { Exchange, type ForwardRequest, isRepeatable, type Outcome } from '../forward.ts';
import { bodyReader, type Framing, requestFraming } from '../http/body.ts';
import { fieldValues, MalformedMessage, type RequestHead } from '../http/head.ts';
import { asksForWebSocket, clientKeepsAlive, requestToTarget } from '../http/rewrite.ts';
import { type Authority, parseAbsoluteTarget, parseAuthority, UnsupportedTarget } from '../http/target.ts';
import type { Leg } from '../leg.ts';
import { closeGently } from '../linger.ts';
import { reach } from '../reach.ts';
import type { RuleBook } from '../rules.ts';
import {
  type ClientIdentity,
  type Connection,
  prohibitionFor,
  refusalOf,
  type Seat,
  type Service,
  type Soon,
  takeSeat,
} from '../service.ts';
import { relayTunnel } from '../tunnel.ts';
import { identifyClient } from './proxy-authentication.ts';
import { type RequestRead, RequestReader } from './read-request.ts';
import { serveTunnelThen, type TunnelDoor, type TunnelOutcome } from './serve-tunnel.ts';

const CONNECT_DOOR: TunnelDoor = { protocol: 'connect', established: TUNNEL_ESTABLISHED };

/** Until the connection is closed, or somebody else's. */
export function serveHttp(connection: Connection, service: Service, failed: (error: unknown) => void): void {
  new HttpSession(connection, service, failed).begin();
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

/**
 * What is nearly always there at once is not waited for: a request that goes to the same target as the one before it passes here
 * without a promise.
 */
class HttpSession {
  readonly #connection: Connection;
  readonly #client: Leg;
  readonly #service: Service;
  readonly #failed: (error: unknown) => void;
  readonly #reader: RequestReader;
  /** The request under way, if any; where it goes, and by which exits. */
  #exchange: Exchange | undefined;
  #origin = '';
  #isWatchedForEnd = false;
  /** For the next request to the same host and port; never for another client. */
  #kept: KeptTarget | undefined;

  constructor(connection: Connection, service: Service, failed: (error: unknown) => void) {
    this.#connection = connection;
    this.#client = connection.client;
    this.#service = service;
    this.#failed = failed;
    this.#reader = new RequestReader(connection, service, this.#read);
  }

  begin(): void {
    this.#reader.next(true);
  }

  readonly #read = (read: RequestRead): void => {
    try {
      if (read.kind === 'request') {
        this.#serveRequest(read.head);
        return;
      }
      if (read.kind === 'refused') this.#answer(read.code, { details: read.details, keepsClient: false });
      this.#goOn('close');
    } catch (error) {
      this.#fail(error);
    }
  };

  /** What goes wrong with this one connection must not reach the others. */
  readonly #fail = (error: unknown): void => {
    this.#kept?.leg.destroy();
    this.#failed(error);
  };

  readonly #goOn = (next: Next | undefined): void => {
    if (next === undefined) return;
    if (next === 'next-request' && !this.#client.isClosed) {
      this.#reader.next(false);
      return;
    }
    if (next !== 'gone') closeGently(this.#client, this.#service.timers, this.#service.limits);
    this.#kept?.leg.destroy();
  };

  #serveRequest(head: RequestHead): void {
    let going: Soon<Next | undefined>;
    try {
      going = this.#route(head);
    } catch (error) {
      going = this.#refuseMalformed(head, error);
    }
    // Undefined: the exchange will say. What was refused at once is not gone on from here, but from the loop: there may be thousands.
    if (going !== undefined) this.#await(Promise.resolve(going), head);
  }

  #await(going: Promise<Next | undefined>, head: RequestHead): void {
    going
      .catch((error: unknown) => this.#refuseMalformed(head, error))
      .then(this.#goOn)
      .catch(this.#fail);
  }

  #route(head: RequestHead): Soon<Next | undefined> {
    const framing = requestFraming(head.minor, head.fields);
    if (fieldValues(head.fields, 'host').length > 1) throw new MalformedMessage('more than one Host');
    if (head.method === 'CONNECT') {
      if (framing.kind !== 'none') throw new MalformedMessage('a CONNECT with a body');
      return this.#connect(head, parseAuthority(head.target));
    }
    const target = parseAbsoluteTarget(head.method, head.target);
    const withUpgrade = asksForWebSocket(head, framing);
    const outgoingHead = requestToTarget(head, target, withUpgrade);
    const keepsClient = clientKeepsAlive(head);
    return this.#forward({ head, target, framing, keepsClient, outgoingHead, withUpgrade });
  }

  #refuseMalformed(head: RequestHead, error: unknown): Next {
    const isMalformed = error instanceof MalformedMessage;
    if (!isMalformed && !(error instanceof UnsupportedTarget)) throw error;
    this.#answer(isMalformed ? 'malformed-request' : 'unsupported-target', {
      details: error.message,
      method: head.method,
      keepsClient: false,
    });
    return 'close';
  }

  #connect(head: RequestHead, authority: Authority): Soon<Next | undefined> {
    this.#client.watch();
    const identifying = identifyClient(head, this.#connection.clientAddress, this.#service);
    return identifying instanceof Promise
      ? identifying.then((identity) => this.#connectFor(identity, head, authority))
      : this.#connectFor(identifying, head, authority);
  }

  #connectFor(identity: ClientIdentity | Refused, head: RequestHead, authority: Authority): Next | undefined {
    if ('code' in identity) return this.#refuseConnect(head, identity.code, identity.details);
    this.#connection.becomesKnown();
    const done = (outcome: TunnelOutcome) =>
      this.#goOn(outcome === undefined ? 'gone' : this.#refuseConnect(head, outcome));
    serveTunnelThen(identity, authority, CONNECT_DOOR, this.#client, this.#service, done, this.#fail);
    return undefined;
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

  #forward(request: ForwardRequest): Soon<Next | undefined> {
    if (request.framing.kind === 'none') this.#client.watch();
    const identifying = identifyClient(request.head, this.#connection.clientAddress, this.#service);
    return identifying instanceof Promise
      ? identifying.then((identity) => this.#forwardFor(identity, request))
      : this.#forwardFor(identifying, request);
  }

  #forwardFor(identity: ClientIdentity | Refused, request: ForwardRequest): Soon<Next | undefined> {
    if ('code' in identity) return this.#refuse(request, identity.code, identity.details);
    this.#connection.becomesKnown();
    const prohibition = prohibitionFor(identity, request.target, this.#service);
    if (prohibition !== undefined) return this.#refuse(request, prohibition);
    const seating = takeSeat(identity, 'http', this.#client, this.#service);
    return seating instanceof Promise
      ? seating.then((seat) => this.#forwardOn(seat, request))
      : this.#forwardOn(seating, request);
  }

  #forwardOn(seat: Seat | RefusalCode, request: ForwardRequest): Soon<Next | undefined> {
    if (typeof seat === 'string') return this.#refuse(request, seat);
    if (!this.#isWatchedForEnd) {
      this.#isWatchedForEnd = true;
      this.#client.whenClosed(() => this.#exchange?.clientGone());
    }
    const { host, port } = request.target;
    this.#origin = `${host} ${port} ${this.#service.exits.keyFor(seat.client)}`;
    const kept = this.#takeKept(this.#origin, seat, request);
    if (kept === undefined) return this.#forwardAnew(request, seat, true);
    seat.target = request.target;
    seat.targetAddresses = kept.addresses;
    return this.#forwardOver(kept.leg, request, seat, true);
  }

  /** Over a new connection. */
  async #forwardAnew(request: ForwardRequest, seat: Seat, isCounted: boolean): Promise<Next | undefined> {
    let target: Leg | RefusalCode;
    try {
      target = await reach(request.target, seat, this.#client, this.#service);
    } catch (error) {
      seat.leave();
      throw error;
    }
    if (typeof target !== 'string') return this.#forwardOver(target, request, seat, false, isCounted);
    seat.leave();
    return this.#refuse(request, target);
  }

  /** Undefined: the exchange goes on from here. One that is sent again on a new connection is still one, and not counted. */
  #forwardOver(
    target: Leg,
    request: ForwardRequest,
    seat: Seat,
    isReused: boolean,
    isCounted = true,
  ): Soon<Next | undefined> {
    const { endedBy } = seat;
    if (endedBy !== undefined || this.#client.isClosed) {
      target.destroy();
      seat.leave();
      return endedBy === undefined ? 'gone' : this.#refuse(request, refusalOf(endedBy));
    }
    if (isCounted) {
      seat.holder.countRequest();
      this.#service.counters.opened.http += 1;
    }
    const exchange = new Exchange(
      request,
      this.#client,
      target,
      seat,
      this.#service,
      isReused,
      this.#exchanged,
    );
    this.#exchange = exchange;
    exchange.start();
    return undefined;
  }

  readonly #exchanged = (outcome: Outcome, exchange: Exchange): void => {
    this.#exchange = undefined;
    const { request, seat } = exchange;
    try {
      if (outcome.kind === 'stale') {
        this.#await(this.#forwardAnew(request, seat, false), request.head);
        return;
      }
      let next: Next;
      try {
        next = this.#after(outcome, exchange);
      } finally {
        seat.leaveUnlessTaken();
      }
      this.#goOn(next);
    } catch (error) {
      this.#fail(error);
    }
  };

  #after(outcome: Exclude<Outcome, { kind: 'stale' }>, { request, seat, target }: Exchange): Next {
    switch (outcome.kind) {
      case 'done':
        if (outcome.keepsTarget) this.#keep(seat, target);
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

  #keep({ party, targetAddresses }: Seat, leg: Leg): void {
    this.#kept = { origin: this.#origin, rules: party.rules, addresses: targetAddresses, leg };
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
