import type { RefusalCode } from './answers.ts';
import type { Leg } from './leg.ts';
import type { GatewayLimits } from './limits.ts';
import { afterSilence, type DelayQueue, type Timer, type Timers } from './timers.ts';
import type { DialledLeg, Transport } from './transport.ts';

export type DialResult =
  | { kind: 'connected'; leg: Leg }
  /** `source`: the local address that it failed from at last. */
  | { kind: 'failed'; code: RefusalCode; source?: string };

/** Who waits for a connection. With nobody left, it is given up. */
export type Caller = Pick<Leg, 'isClosed' | 'whenClosed' | 'forgetWhenClosed'>;

export interface Dialler {
  readonly timers: Timers;
  readonly limits: Pick<GatewayLimits, 'connectTimeoutMs'>;
  readonly transport: Transport;
}

/** So long an address is tried alone; then the next one beside it (RFC 8305). */
const HEAD_START_MS = 250;

/**
 * Tries the addresses in order, the next one when one has failed or does not answer soon, until one answers, the time is over, or the
 * client has gone. `sourceOf` says from which local address to connect.
 */
export function dial(
  addresses: readonly string[],
  port: number,
  client: Caller,
  dialler: Dialler,
  sourceOf?: (address: string) => string | undefined,
): Promise<DialResult> {
  return new Promise((dialled) => {
    new Race(addresses, port, client, dialler, sourceOf, dialled).tryNext();
  });
}

/** One address, and all the time there is. */
export function dialOne(
  address: string,
  port: number,
  limit: DelayQueue,
  client: Caller,
  transport: Transport,
  dialled: (result: DialResult) => void,
): void {
  new Attempt(client, dialled).begin(transport, address, port, undefined, limit);
}

class Race {
  readonly #addresses: readonly string[];
  readonly #port: number;
  readonly #client: Caller;
  readonly #dialler: Dialler;
  readonly #sourceOf: ((address: string) => string | undefined) | undefined;
  readonly #dialled: (result: DialResult) => void;
  readonly #deadlineMs: number;
  readonly #running = new Set<Attempt>();
  #tried = 0;
  #headStart: Timer | undefined;
  #isOver = false;

  constructor(
    addresses: readonly string[],
    port: number,
    client: Caller,
    dialler: Dialler,
    sourceOf: ((address: string) => string | undefined) | undefined,
    dialled: (result: DialResult) => void,
  ) {
    this.#addresses = addresses;
    this.#port = port;
    this.#client = client;
    this.#dialler = dialler;
    this.#sourceOf = sourceOf;
    this.#dialled = dialled;
    this.#deadlineMs = dialler.timers.nowMs() + dialler.limits.connectTimeoutMs;
  }

  readonly tryNext = (): void => {
    const { timers, transport } = this.#dialler;
    const address = this.#addresses[this.#tried];
    if (address === undefined || this.#client.isClosed) {
      if (this.#running.size === 0) this.#end({ kind: 'failed', code: 'connect-failed' });
      return;
    }
    this.#tried += 1;
    const isLast = this.#tried === this.#addresses.length;
    this.#headStart = isLast ? undefined : timers.after(HEAD_START_MS, this.tryNext);
    const source = this.#sourceOf?.(address);
    const attempt = new Attempt(this.#client, (result) => this.#attempted(attempt, result, source));
    this.#running.add(attempt);
    const leftMs = Math.max(0, this.#deadlineMs - timers.nowMs());
    const limit = { after: (run: () => void) => afterSilence(timers, leftMs, run) };
    attempt.begin(transport, address, this.#port, source, limit);
  };

  #attempted(attempt: Attempt, result: DialResult, source: string | undefined): void {
    this.#running.delete(attempt);
    if (this.#isOver) {
      if (result.kind === 'connected') result.leg.destroy();
    } else if (result.kind === 'connected') this.#end(result);
    else {
      this.#headStart?.cancel();
      const isTimeOver = this.#dialler.timers.nowMs() >= this.#deadlineMs;
      const isMore = this.#tried < this.#addresses.length && !isTimeOver && !this.#client.isClosed;
      if (isMore) this.tryNext();
      else if (this.#running.size === 0) this.#end(source === undefined ? result : { ...result, source });
    }
  }

  #end(result: DialResult): void {
    this.#isOver = true;
    this.#headStart?.cancel();
    this.#dialled(result);
    for (const attempt of this.#running) attempt.giveUp();
  }
}

class Attempt {
  readonly #client: Caller;
  readonly #resolve: (result: DialResult) => void;
  #leg: DialledLeg | undefined;
  #timer: Timer | undefined;
  #code: RefusalCode | undefined;

  constructor(client: Caller, resolve: (result: DialResult) => void) {
    this.#client = client;
    this.#resolve = resolve;
  }

  begin(
    transport: Transport,
    address: string,
    port: number,
    source: string | undefined,
    limit: { after(run: () => void): Timer },
  ): void {
    this.#timer = limit.after(() => {
      this.#code = 'connect-timeout';
      this.#leg?.destroy();
    });
    const leg = transport.connect(address, port, () => this.#settle({ kind: 'connected', leg }), source);
    this.#leg = leg;
    this.#client.whenClosed(this.giveUp);
    leg.whenClosed(this.#failed);
  }

  readonly giveUp = (): void => {
    this.#leg?.destroy();
  };

  readonly #failed = (): void => {
    this.#settle({ kind: 'failed', code: this.#code ?? failureOf(this.#leg?.error) });
  };

  #settle(result: DialResult): void {
    this.#timer?.cancel();
    this.#client.forgetWhenClosed(this.giveUp);
    this.#leg?.forgetWhenClosed(this.#failed);
    this.#resolve(result);
  }
}

function failureOf(error: Error | undefined): RefusalCode {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (syscall === 'bind') return 'exit-failed';
  switch (code) {
    case 'ECONNREFUSED':
      return 'connect-refused';
    case 'ETIMEDOUT':
      return 'connect-timeout';
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'EADDRNOTAVAIL':
      return 'connect-unroutable';
    default:
      return 'connect-failed';
  }
}
