/**
 * gateway → peer: what was written, FIN, then silence
 * peer → gateway: read and thrown away, for a bounded time
 *
 * Closing a socket that has unread bytes makes the kernel send an RST, which destroys what the peer has not read yet.
 * Bytes that were counted must arrive, so a connection that we end is emptied before it is closed.
 */
import type { Leg } from './leg.ts';
import type { GatewayLimits } from './limits.ts';
import type { MeteredWriter } from './metered-writer.ts';
import { afterSilence, type Timer, type Timers } from './timers.ts';

export function closeGently(leg: Leg, timers: Timers, limits: GatewayLimits): void {
  if (leg.isClosed) return;
  let discardedBytes = 0;
  let timer: Timer = afterSilence(timers, limits.flushTimeoutMs, () => leg.destroy());
  leg.whenClosed(() => timer.cancel());
  leg.attach({
    data(bytes) {
      discardedBytes += bytes.length;
      return discardedBytes < limits.lingerDiscardBytes;
    },
    end() {},
    closed() {},
  });
  leg.finish(() => {
    timer.cancel();
    if (!leg.isClosed) timer = afterSilence(timers, limits.lingerMs, () => leg.destroy());
  });
}

/** Passes a reset on, behind the bytes that were handed to the connection before. */
export function resetAfterWrites(leg: Leg, writer: MeteredWriter): void {
  writer.abandon();
  const reset = () => leg.reset();
  if (leg.isDrained) reset();
  else leg.onDrained = reset;
}
