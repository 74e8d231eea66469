/**
 * near → far   bytes of a bulk transfer, with pauses, FIN
 * near ← far   the same bytes, FIN; both close
 *
 * Does a transport do what relays rely on? Tried on two connected legs before clients are given to it.
 */
import { randomFillSync } from 'node:crypto';
import type { Consumer, Leg } from './leg.ts';
import { afterSilence, systemTimers } from './timers.ts';
import type { Transport } from './transport.ts';

const WITHIN_MS = 5_000;
/** Enough that large buffers, and writes that the kernel does not take at once, come into it. */
const BYTES = 2 * 1024 * 1024;
const PAUSE_EVERY_BYTES = 512 * 1024;

/** Rejects when bytes are lost or changed, when an end does not arrive, or when nothing happens for long. */
export async function checkTransport(transport: Transport): Promise<void> {
  const { promise: far, resolve: accepted } = Promise.withResolvers<Leg>();
  const { promise: failure, reject } = Promise.withResolvers<never>();
  const tooLong = () => reject(new Error('the check took too long'));
  const timer = afterSilence(systemTimers, WITHIN_MS, tooLong);
  const listening = await transport.listen(
    { host: '127.0.0.1', port: 0 },
    { accepted, failed: (error) => reject(error) },
  );
  const legs: Leg[] = [];
  try {
    const { host, port } = listening.address;
    const { promise: standing, resolve: connected } = Promise.withResolvers<void>();
    const near = transport.connect(host, port, connected);
    legs.push(near);
    await Promise.race([standing, failure]);
    legs.push(await Promise.race([far, failure]));
    const sent = randomFillSync(Buffer.allocUnsafe(BYTES));
    const received = await Promise.race([Promise.all(legs.map((leg) => exchange(leg, sent))), failure]);
    if (!received.every((bytes) => bytes.equals(sent))) throw new Error('bytes were lost or changed');
  } finally {
    timer.cancel();
    for (const leg of legs) leg.destroy();
    listening.close();
  }
}

/** Sends all of `bytes` and a FIN; answers what came until the close. */
function exchange(leg: Leg, bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let leftToPause = PAUSE_EVERY_BYTES;
    const consumer: Consumer = {
      data(piece) {
        pieces.push(Buffer.from(piece));
        leftToPause -= piece.length;
        if (leftToPause > 0) return true;
        leftToPause = PAUSE_EVERY_BYTES;
        setImmediate(() => leg.resume());
        return false;
      },
      end() {},
      closed(error) {
        if (error === undefined) resolve(Buffer.concat(pieces));
        else reject(error);
      },
    };
    leg.attach(consumer);
    const finish = () => leg.finish();
    leg.onDrained = finish;
    if (leg.write(bytes)) leg.finish();
  });
}
