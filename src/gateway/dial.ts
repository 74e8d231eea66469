import type { RefusalCode } from './answers.ts';
import type { Leg } from './leg.ts';
import type { GatewayLimits } from './limits.ts';
import { afterSilence, type DelayQueue, type Timer, type Timers } from './timers.ts';
import type { DialledLeg, Transport } from './transport.ts';

export type DialResult = { kind: 'connected'; leg: Leg } | { kind: 'failed'; code: RefusalCode };

/** Who waits for a connection. With nobody left, it is given up. */
export type Caller = Pick<Leg, 'isClosed' | 'whenClosed' | 'forgetWhenClosed'>;

export interface Dialler {
  readonly timers: Timers;
  readonly limits: Pick<GatewayLimits, 'connectTimeoutMs'>;
  readonly transport: Transport;
}

/** Least time for one address, however many there are. */
const LEAST_ATTEMPT_MS = 250;

/**
 * Tries the addresses in order, sharing the time among them, until one answers or the client has gone. `sourceOf` says from
 * which local address to connect.
 */
export async function dial(
  addresses: readonly string[],
  port: number,
  client: Caller,
  dialler: Dialler,
  sourceOf?: (address: string) => string | undefined,
): Promise<DialResult> {
  const deadlineMs = dialler.timers.nowMs() + dialler.limits.connectTimeoutMs;
  let failure: RefusalCode = 'connect-failed';
  for (const [index, address] of addresses.entries()) {
    const leftMs = deadlineMs - dialler.timers.nowMs();
    if (client.isClosed || leftMs <= 0) break;
    const shareMs = Math.max(LEAST_ATTEMPT_MS, leftMs / (addresses.length - index));
    const result = await attempt(
      address,
      port,
      Math.min(leftMs, shareMs),
      client,
      dialler,
      sourceOf?.(address),
    );
    if (result.kind === 'connected') return result;
    failure = result.code;
  }
  return { kind: 'failed', code: failure };
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

function attempt(
  address: string,
  port: number,
  timeoutMs: number,
  client: Caller,
  { timers, transport }: Dialler,
  source: string | undefined,
): Promise<DialResult> {
  return new Promise((resolve) => {
    const limit = { after: (run: () => void) => afterSilence(timers, timeoutMs, run) };
    new Attempt(client, resolve).begin(transport, address, port, source, limit);
  });
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
    this.#client.whenClosed(this.#giveUp);
    leg.whenClosed(this.#failed);
  }

  readonly #giveUp = (): void => {
    this.#leg?.destroy();
  };

  readonly #failed = (): void => {
    this.#settle({ kind: 'failed', code: this.#code ?? failureOf(this.#leg?.error) });
  };

  #settle(result: DialResult): void {
    this.#timer?.cancel();
    this.#client.forgetWhenClosed(this.#giveUp);
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
