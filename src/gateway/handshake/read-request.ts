import type { RefusalCode } from '../answers.ts';
import {
  HeadCollector,
  MalformedMessage,
  OversizedHead,
  parseRequestHead,
  type RequestHead,
} from '../http/head.ts';
import type { Consumer } from '../leg.ts';
import type { Connection, Service, Soon } from '../service.ts';
import type { Timer } from '../timers.ts';

export type RequestRead =
  | { kind: 'request'; head: RequestHead }
  | { kind: 'refused'; code: RefusalCode; details?: string }
  /** No request is coming: the client closed, waited too long between two, or the gateway stops. */
  | { kind: 'over' };

const OVER: RequestRead = { kind: 'over' };

/** Reads one request head, and not a byte beyond. Most often all of it is there. */
export function readRequest(connection: Connection, service: Service, isFirst: boolean): Soon<RequestRead> {
  const reader = new RequestReader(connection, service, isFirst);
  connection.client.attach(reader);
  return reader.result ?? reader.wait();
}

class RequestReader implements Consumer {
  readonly #connection: Connection;
  readonly #service: Service;
  readonly #isFirst: boolean;
  readonly #collector: HeadCollector;
  #hasBegun = false;
  #timer: Timer | undefined;
  #resolve: ((read: RequestRead) => void) | undefined;
  result: RequestRead | undefined;

  constructor(connection: Connection, service: Service, isFirst: boolean) {
    this.#connection = connection;
    this.#service = service;
    this.#isFirst = isFirst;
    this.#collector = new HeadCollector(service.limits.requestHeadBytes);
  }

  wait(): Promise<RequestRead> {
    return new Promise((resolve) => {
      this.#resolve = resolve;
      const { timers, limits, delays } = this.#service;
      if (this.#isFirst) {
        const deadlineMs = this.#connection.acceptedAtMs + limits.headTimeoutMs;
        this.#timer = timers.after(Math.max(0, deadlineMs - timers.nowMs()), () => this.#tooLate());
      } else {
        this.#timer = (this.#hasBegun ? delays.head : delays.keepAlive).after(() => this.#tooLate());
      }
      this.#connection.onStop = () => {
        if (!this.#hasBegun) this.#settle(OVER);
      };
      if (this.#service.isStopping) this.#connection.onStop();
    });
  }

  data(bytes: Buffer): boolean {
    const { client } = this.#connection;
    const { limits, delays } = this.#service;
    if (!this.#hasBegun && !this.#isFirst && this.#timer !== undefined) {
      this.#timer.cancel();
      this.#timer = delays.head.after(() => this.#tooLate());
    }
    this.#hasBegun = true;
    try {
      const head = this.#collector.push(bytes);
      if (head === undefined) return true;
      client.detach(head.rest);
      this.#settle({ kind: 'request', head: parseRequestHead(head.text, limits.requestHeadFields) });
    } catch (error) {
      client.detach();
      this.#settle(refusalOfError(error));
    }
    return false;
  }

  end(): void {
    this.#settle(OVER);
  }

  closed(): void {
    this.#settle(OVER);
  }

  #tooLate(): void {
    this.#connection.client.detach();
    // A connection on which nothing was asked needs no answer.
    this.#settle(this.#hasBegun ? { kind: 'refused', code: 'head-timeout' } : OVER);
  }

  #settle(read: RequestRead): void {
    this.#timer?.cancel();
    this.#connection.onStop = undefined;
    this.result ??= read;
    this.#resolve?.(this.result);
  }
}

function refusalOfError(error: unknown): RequestRead {
  if (error instanceof OversizedHead)
    return { kind: 'refused', code: 'head-too-large', details: error.message };
  if (error instanceof MalformedMessage)
    return { kind: 'refused', code: 'malformed-request', details: error.message };
  throw error;
}
