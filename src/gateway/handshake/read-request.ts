import type { RefusalCode } from '../answers.ts';
import {
  HeadCollector,
  MalformedMessage,
  OversizedHead,
  parseRequestHead,
  type RequestHead,
} from '../http/head.ts';
import type { Consumer } from '../leg.ts';
import type { Connection, Service } from '../service.ts';
import type { Timer } from '../timers.ts';

export type RequestRead =
  | { kind: 'request'; head: RequestHead }
  | { kind: 'refused'; code: RefusalCode; details?: string }
  /** No request is coming: the client closed, waited too long between two, or the gateway stops. */
  | { kind: 'over' };

const OVER: RequestRead = { kind: 'over' };

/** Reads request heads of one connection, one when it is told to, and not a byte beyond. Most often all of it is there at once. */
export class RequestReader implements Consumer {
  readonly #connection: Connection;
  readonly #service: Service;
  readonly #collector: HeadCollector;
  readonly #read: (read: RequestRead) => void;
  #isFirst = true;
  #isReading = false;
  #hasBegun = false;
  #timer: Timer | undefined;

  /** `read` is called once for each `next`, perhaps before that returns. */
  constructor(connection: Connection, service: Service, read: (read: RequestRead) => void) {
    this.#connection = connection;
    this.#service = service;
    this.#read = read;
    this.#collector = new HeadCollector(service.limits.requestHeadBytes);
  }

  next(isFirst: boolean): void {
    this.#isFirst = isFirst;
    this.#isReading = true;
    this.#hasBegun = false;
    this.#connection.client.attach(this);
    if (this.#isReading) this.#wait();
  }

  #wait(): void {
    const { timers, limits, delays } = this.#service;
    if (this.#isFirst) {
      const deadlineMs = this.#connection.acceptedAtMs + limits.headTimeoutMs;
      this.#timer = timers.after(Math.max(0, deadlineMs - timers.nowMs()), this.#tooLate);
    } else {
      this.#timer = (this.#hasBegun ? delays.head : delays.keepAlive).after(this.#tooLate);
    }
    this.#connection.onStop = this.#stop;
    if (this.#service.isStopping) this.#stop();
  }

  data(bytes: Buffer): boolean {
    const { client } = this.#connection;
    const { limits, delays } = this.#service;
    const isFirstPiece = !this.#hasBegun;
    this.#hasBegun = true;
    let read: RequestRead;
    try {
      const head = this.#collector.push(bytes);
      if (head === undefined) {
        if (isFirstPiece && !this.#isFirst && this.#timer !== undefined) {
          this.#timer.cancel();
          this.#timer = delays.head.after(this.#tooLate);
        }
        return true;
      }
      client.detach(head.rest);
      read = { kind: 'request', head: parseRequestHead(head.text, limits.requestHeadFields) };
    } catch (error) {
      client.detach();
      read = refusalOfError(error);
    }
    this.#settle(read);
    return false;
  }

  end(): void {
    this.#settle(OVER);
  }

  closed(): void {
    this.#settle(OVER);
  }

  readonly #stop = (): void => {
    if (!this.#hasBegun) this.#settle(OVER);
  };

  readonly #tooLate = (): void => {
    this.#connection.client.detach();
    // A connection on which nothing was asked needs no answer.
    this.#settle(this.#hasBegun ? { kind: 'refused', code: 'head-timeout' } : OVER);
  };

  #settle(read: RequestRead): void {
    if (!this.#isReading) return;
    this.#isReading = false;
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#connection.onStop = undefined;
    this.#read(read);
  }
}

function refusalOfError(error: unknown): RequestRead {
  if (error instanceof OversizedHead)
    return { kind: 'refused', code: 'head-too-large', details: error.message };
  if (error instanceof MalformedMessage)
    return { kind: 'refused', code: 'malformed-request', details: error.message };
  throw error;
}
