import type { Leg } from './leg.ts';
import type { Allowance, Direction, EndReason, Waiter } from './meter.ts';

/**
 * The only way for payload out of the gateway: writes to a leg exactly what the allowance grants, keeps the rest unsent,
 * and goes on when there is more. It holds one piece at a time; its source stops reading meanwhile.
 */
export class MeteredWriter implements Waiter {
  readonly #leg: Leg;
  readonly #allowance: Allowance;
  readonly #direction: Direction;
  readonly #onGiveUp: (reason: EndReason) => void;
  /** Not yet granted. Its memory belongs to the source, which is paused. */
  #pending: Buffer | undefined;
  #draining = false;
  #ending = false;
  #finished = false;
  #abandoned = false;
  #next: (() => void) | undefined;
  writtenBytes = 0;

  constructor(leg: Leg, allowance: Allowance, direction: Direction, onGiveUp: (reason: EndReason) => void) {
    this.#leg = leg;
    this.#allowance = allowance;
    this.#direction = direction;
    this.#onGiveUp = onGiveUp;
    leg.onDrained = () => {
      this.#draining = false;
      this.#settle();
    };
  }

  /** True: all of it is with the kernel. False: `next` is called when it is; until then, no other write. */
  write(bytes: Buffer, next: () => void): boolean {
    if (this.#abandoned) return false;
    if (this.#pending !== undefined || this.#draining)
      throw new Error('a metered writer takes one piece at a time');
    this.#pending = bytes.length > 0 ? bytes : undefined;
    this.#send();
    if (this.#pending === undefined && !this.#draining) return true;
    this.#next = next;
    return false;
  }

  /** FIN, after what is pending. */
  end(): void {
    this.#ending = true;
    if (this.#pending === undefined && !this.#abandoned) this.#finish();
  }

  /** Forgets what was not granted. What was granted is with the leg, and leaves. */
  abandon(): void {
    this.#abandoned = true;
    this.#next = undefined;
    if (this.#pending === undefined) return;
    this.#pending = undefined;
    this.#allowance.stopWaiting(this);
  }

  wake(): void {
    this.#send();
    this.#settle();
  }

  giveUp(reason: EndReason): void {
    this.#onGiveUp(reason);
  }

  #send(): void {
    const bytes = this.#pending;
    if (bytes === undefined) return;
    const grantedBytes = this.#leg.isClosed ? 0 : this.#allowance.take(this.#direction, bytes.length);
    if (grantedBytes > 0) {
      this.writtenBytes += grantedBytes;
      const granted = grantedBytes === bytes.length ? bytes : bytes.subarray(0, grantedBytes);
      if (!this.#leg.write(granted)) this.#draining = true;
    }
    this.#pending = grantedBytes === bytes.length ? undefined : bytes.subarray(grantedBytes);
    if (this.#pending !== undefined && !this.#leg.isClosed) this.#allowance.wait(this);
  }

  #settle(): void {
    if (this.#pending !== undefined || this.#abandoned) return;
    if (this.#ending) {
      this.#finish();
      return;
    }
    if (this.#draining) return;
    const next = this.#next;
    this.#next = undefined;
    next?.();
  }

  #finish(): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#leg.finish();
  }
}
