/**
 * client → gateway → target   the request: its head written anew, its body as it comes
 * client ← gateway ← target   the responses to it: each head written anew, the body as it comes
 *
 * One exchange at a time on a client connection. Requests behind it stay unread, so pipelined ones are answered in order.
 */
import type { RefusalCode } from './answers.ts';
import { type BodyReader, bodyReader, type Framing, responseFraming } from './http/body.ts';
import {
  HeadCollector,
  listValues,
  MalformedMessage,
  OversizedHead,
  parseResponseHead,
  type RequestHead,
  type ResponseHead,
} from './http/head.ts';
import { responseToClient, targetKeepsAlive } from './http/rewrite.ts';
import type { AbsoluteTarget } from './http/target.ts';
import type { Consumer, Leg } from './leg.ts';
import { closeGently, resetAfterWrites } from './linger.ts';
import type { EndReason } from './meter.ts';
import { StepWriter } from './metered-writer.ts';
import { type Occupant, refusalOf, type Seat, type Service } from './service.ts';
import { type Idler, IdleTimer } from './timers.ts';

export interface ForwardRequest {
  readonly head: RequestHead;
  readonly target: AbsoluteTarget;
  readonly framing: Framing;
  readonly keepsClient: boolean;
  /** The head as the target gets it. */
  readonly outgoingHead: Buffer;
  readonly withUpgrade: boolean;
}

export type Outcome =
  /** The response is with the client. */
  | { kind: 'done'; keepsClient: boolean; keepsTarget: boolean }
  /** 101: both connections are now a tunnel's. */
  | { kind: 'upgraded' }
  /** The kept connection turned out dead, and the request may be sent again. */
  | { kind: 'stale' }
  /** It failed before the client was told anything: an answer of our own fits. */
  | { kind: 'refused'; code: RefusalCode; details?: string }
  /** It failed in the middle of the response; what was relayed leaves, then the connection ends. */
  | { kind: 'broken' }
  /** The client connection is closed or closing. */
  | { kind: 'over' };

/** The final response, once its head is read. */
interface Response {
  readonly body: BodyReader;
  readonly framing: Framing;
  readonly unchunk: boolean;
  readonly keepsClient: boolean;
  readonly keepsTarget: boolean;
}

/** Many may come in one read. Who waits long is told so now and then, not more often than that. */
const MOST_INTERIM_RESPONSES = 100;
/** Copying more costs as much as a write of its own. */
const ONE_WRITE_BYTES = 16 * 1024;

const REPEATABLE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** Sending it twice does what sending it once does (RFC 9110, 9.2.2), and nothing of it is gone already. */
export function isRepeatable(request: ForwardRequest): boolean {
  return request.framing.kind === 'none' && REPEATABLE_METHODS.has(request.head.method);
}

/**
 * One request and its responses. It consumes the target's bytes itself: most exchanges are one read and one write on either side, and
 * what is made for each of them anew costs more than those.
 */
export class Exchange implements Consumer, Occupant, Idler {
  readonly request: ForwardRequest;
  readonly target: Leg;
  readonly seat: Seat;
  readonly #client: Leg;
  readonly #service: Service;
  /** The target connection has served before, and may have been closed by the target meanwhile. */
  readonly #isReused: boolean;
  readonly #settled: (outcome: Outcome, exchange: Exchange) => void;
  readonly #requestBody: BodyReader;
  readonly #up: StepWriter;
  readonly #down: StepWriter;
  readonly #idle: IdleTimer;
  #head: HeadCollector | undefined;
  #response: Response | undefined;
  #isSettled = false;
  #isRequestSent = false;
  #interimResponses = 0;
  #hasResponseBytes = false;
  /** The client stands between two whole messages. */
  #isBetweenMessages = true;

  /** `settled` is called once, after `start`. */
  constructor(
    request: ForwardRequest,
    client: Leg,
    target: Leg,
    seat: Seat,
    service: Service,
    isReused: boolean,
    settled: (outcome: Outcome, exchange: Exchange) => void,
  ) {
    this.request = request;
    this.target = target;
    this.seat = seat;
    this.#client = client;
    this.#service = service;
    this.#isReused = isReused;
    this.#settled = settled;
    this.#requestBody = bodyReader(request.framing);
    this.#up = new StepWriter(target, seat, 'up', this);
    this.#down = new StepWriter(client, seat, 'down', this);
    this.#idle = new IdleTimer(service.timers, service.delays.idle, this);
    seat.occupant = this;
  }

  start(): void {
    this.#readResponseHead();
    const sendBody = () => this.#sendBody();
    if (!this.#isSettled && this.#up.step(this.request.outgoingHead, sendBody)) sendBody();
  }

  clientGone(): void {
    this.#settle({ kind: 'over' });
  }

  #sendBody(): void {
    if (this.#requestBody.isComplete) {
      this.#requestSent();
      return;
    }
    this.#idle.touch();
    const goOn = () => {
      this.#idle.touch();
      this.#client.resume();
    };
    this.#client.attach({
      data: (bytes) => this.#relayRequestBytes(bytes, goOn),
      end: () => this.clientGone(),
      closed: () => {},
    });
  }

  #relayRequestBytes(bytes: Buffer, goOn: () => void): boolean {
    this.#idle.touch();
    let length: number;
    try {
      length = this.#requestBody.read(bytes);
    } catch (error) {
      this.#fail('malformed-request', error);
      return false;
    }
    if (!this.#requestBody.isComplete) return this.#up.step(bytes, goOn);
    this.#client.detach(bytes.subarray(length));
    const sent = () => this.#requestSent();
    if (this.#up.step(bytes.subarray(0, length), sent)) sent();
    return false;
  }

  #requestSent(): void {
    this.#isRequestSent = true;
    this.#client.release();
    // A client that resets while it waits is noticed; one that only ends its sending still gets its response.
    this.#client.watch();
  }

  #readResponseHead(): void {
    this.#head ??= new HeadCollector(this.#service.limits.responseHeadBytes);
    this.target.attach(this);
  }

  /** From the target. */
  data(bytes: Buffer): boolean {
    this.#idle.touch();
    if (this.#response !== undefined) return this.#relayBody(this.#response, bytes);
    this.#hasResponseBytes = true;
    try {
      const head = this.#head!.push(bytes);
      if (head === undefined) return true;
      const parsed = parseResponseHead(head.text, this.#service.limits.responseHeadFields);
      if (parsed.status >= 200) {
        this.#relayFinal(parsed, head.rest);
      } else {
        this.target.detach(head.rest);
        if (parsed.status === 101) this.#upgrade(parsed);
        else this.#relayInterim(parsed);
      }
    } catch (error) {
      this.#fail(error instanceof OversizedHead ? 'target-head-too-large' : 'target-malformed', error);
    }
    return false;
  }

  end(): void {
    if (this.#response === undefined) this.#targetGone();
    else if (this.#response.framing.kind === 'close') this.#responseDone(this.#response);
    else this.#settle({ kind: 'broken' });
  }

  closed(error: Error | undefined): void {
    if (this.#response === undefined) {
      this.#targetGone();
      return;
    }
    // Where only the close says that the body is whole, the client must see that this was none.
    if (this.#response.framing.kind === 'close' && error !== undefined)
      resetAfterWrites(this.#client, this.#down);
    this.#settle({ kind: 'broken' });
  }

  #upgrade(head: ResponseHead): void {
    if (!this.request.withUpgrade || listValues(head.fields, 'upgrade').join() !== 'websocket') {
      throw new MalformedMessage('an upgrade that was not asked for');
    }
    const passage = { isUpgrade: true, unchunk: false, keepsClient: true, clientMinor: 1 } as const;
    this.#writeHead(responseToClient(head, passage), () => this.#settle({ kind: 'upgraded' }));
  }

  #relayInterim(head: ResponseHead): void {
    const { minor } = this.request.head;
    this.#interimResponses += 1;
    if (this.#interimResponses > MOST_INTERIM_RESPONSES)
      throw new MalformedMessage('too many interim responses');
    // HTTP/1.0 has no interim responses (RFC 9110, 15.2).
    if (minor === 0) {
      this.#readResponseHead();
      return;
    }
    const passage = { isUpgrade: false, unchunk: false, keepsClient: true, clientMinor: minor };
    this.#writeHead(responseToClient(head, passage), () => {
      this.#isBetweenMessages = true;
      this.#readResponseHead();
    });
  }

  /** `rest` is what came behind the head. */
  #relayFinal(head: ResponseHead, rest: Buffer): void {
    const { request } = this;
    const clientMinor = request.head.minor;
    const framing = responseFraming(head, request.head.method);
    const unchunk = framing.kind === 'chunked' && clientMinor === 0;
    const isDelimited = framing.kind !== 'close' && !unchunk;
    const keepsClient = request.keepsClient && isDelimited && !this.#service.isStopping;
    const keepsTarget = targetKeepsAlive(head) && framing.kind !== 'close';
    let body = bodyReader(framing);
    let restBytes = 0;
    // Most bodies are short and come with their heads: one write for both. What is wrong with one is found out again, behind the head.
    if (!unchunk && rest.length > 0 && rest.length <= ONE_WRITE_BYTES) {
      try {
        restBytes = body.read(rest);
      } catch {
        body = bodyReader(framing);
      }
    }
    const passage = { isUpgrade: false, unchunk, keepsClient, clientMinor };
    const withHead = restBytes === rest.length ? rest : rest.subarray(0, restBytes);
    const relayed = responseToClient(head, passage, withHead);
    const response = { body, framing, unchunk, keepsClient, keepsTarget };
    this.#response = response;
    this.target.detach(restBytes === rest.length ? undefined : rest.subarray(restBytes));
    this.#writeHead(relayed, () => {
      if (body.isComplete) this.#responseDone(response);
      else this.target.attach(this);
    });
  }

  #relayBody(response: Response, bytes: Buffer): boolean {
    const { body, unchunk } = response;
    const content: Buffer[] = [];
    let length: number;
    try {
      length = body.read(bytes, unchunk ? (piece) => content.push(piece) : undefined);
    } catch {
      this.#settle({ kind: 'broken' });
      return false;
    }
    const relayed = unchunk ? Buffer.concat(content) : bytes.subarray(0, length);
    if (!body.isComplete) return this.#down.step(relayed, this.#goOn);
    this.target.detach(bytes.subarray(length));
    const done = () => this.#responseDone(response);
    if (this.#down.step(relayed, done)) done();
    return false;
  }

  readonly #goOn = (): void => {
    this.#idle.touch();
    this.target.resume();
  };

  #writeHead(bytes: Buffer, next: () => void): void {
    this.#isBetweenMessages = false;
    if (this.#down.step(bytes, next)) next();
  }

  #responseDone({ keepsClient, keepsTarget }: Response): void {
    // A response before the end of the request: the rest of its body has no receiver.
    const isWhole = this.#isRequestSent;
    this.target.release();
    this.#settle({
      kind: 'done',
      keepsClient: keepsClient && isWhole,
      keepsTarget: keepsTarget && isWhole && !this.target.hasHeldBytes && !this.target.hasEnded,
    });
  }

  /** An answer of our own would be understood: perhaps because nothing of a head that waits for allowance has left. */
  get #isUntold(): boolean {
    return this.#isBetweenMessages || !this.#down.hasHanded;
  }

  #targetGone(): void {
    if (this.#isReused && !this.#hasResponseBytes && isRepeatable(this.request))
      this.#settle({ kind: 'stale' });
    else this.#fail('target-terminated');
  }

  timedOut(): void {
    if (this.#isBetweenMessages) this.#settle({ kind: 'refused', code: 'target-timeout' });
    else this.#settle({ kind: 'over' });
  }

  /** No more allowance, or no more service. */
  giveUp(reason: EndReason): void {
    if (reason === 'revoked') this.#settle({ kind: 'over' });
    else if (this.#isUntold) this.#settle({ kind: 'refused', code: refusalOf(reason) });
    else this.#settle({ kind: 'broken' });
  }

  #fail(code: RefusalCode, error?: unknown): void {
    if (!this.#isBetweenMessages) this.#settle({ kind: 'broken' });
    else if (error instanceof MalformedMessage)
      this.#settle({ kind: 'refused', code, details: error.message });
    else this.#settle({ kind: 'refused', code });
  }

  #settle(outcome: Outcome): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#idle.stop();
    this.seat.occupant = undefined;
    this.#up.abandon();
    this.#down.abandon();
    this.#releaseLegs(outcome);
    this.#settled(outcome, this);
  }

  #releaseLegs(outcome: Outcome): void {
    if (outcome.kind === 'upgraded') return;
    if (outcome.kind === 'over') {
      this.#client.destroy();
      this.target.destroy();
      return;
    }
    if (!this.#client.isClosed && !this.#isRequestSent) this.#client.detach();
    if (outcome.kind === 'done' && outcome.keepsTarget) this.target.attach(new KeptForLater(this.target));
    // What was counted as sent to the target must reach it.
    else closeGently(this.target, this.#service.timers, this.#service.limits);
  }
}

/** Between two requests the target has nothing to say: whatever it sends, and its FIN, ends the connection. */
class KeptForLater implements Consumer {
  readonly #target: Leg;

  constructor(target: Leg) {
    this.#target = target;
  }

  data(): boolean {
    this.#target.destroy();
    return false;
  }

  end(): void {
    this.#target.destroy();
  }

  closed(): void {}
}
