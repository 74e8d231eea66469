import type { RefusalCode } from './answers.ts';
import type { Leg } from './leg.ts';
import type { GatewayLimits } from './limits.ts';
import type { Timers } from './timers.ts';
import type { Transport } from './transport.ts';

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

function attempt(
  address: string,
  port: number,
  timeoutMs: number,
  client: Caller,
  { timers, transport }: Dialler,
  source: string | undefined,
): Promise<DialResult> {
  return new Promise((resolve) => {
    let code: RefusalCode | undefined;
    const settle = (result: DialResult) => {
      timer.cancel();
      client.forgetWhenClosed(giveUp);
      leg.forgetWhenClosed(failed);
      resolve(result);
    };
    const leg = transport.connect(address, port, () => settle({ kind: 'connected', leg }), source);
    const timer = timers.after(timeoutMs, () => {
      code = 'connect-timeout';
      leg.destroy();
    });
    const giveUp = () => leg.destroy();
    const failed = () => settle({ kind: 'failed', code: code ?? failureOf(leg.error) });
    client.whenClosed(giveUp);
    leg.whenClosed(failed);
  });
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
