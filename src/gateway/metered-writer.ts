import type { Leg } from './leg.ts';
import type { Allowance, Direction, EndReason, Waiter } from './meter.ts';
import type { Occupant } from './service.ts';

/**
 * The only way for payload out of the gateway: writes to a leg exactly what the allowance grants, keeps the rest unsent,
 * and goes on when there is more. It holds one piece at a time; its source stops reading meanwhile.
 */
export abstract class MeteredWriter implements Waiter {
  readonly #leg: Leg;
  readonly #allowance: Allowance;
  readonly #direction: Direction;
  /** Not yet granted. Its memory belongs to the source, which is paused. */
  #pending: Buffer | undefined;
  #draining = false;
  #owesWord = false;
  #ending = false;
  #finished = false;
  #abandoned = false;
  #hasHanded = false;

  constructor(leg: Leg, allowance: Allowance, direction: Direction) {
    this.#leg = leg;
    this.#allowance = allowance;
    this.#direction = direction;
    // Whoever wrote before is through, or has given up.
    leg.onDrained = undefined;
  }

  /** What `write` did not take at once is with the kernel now. */
  protected abstract taken(): void;
  abstract giveUp(reason: EndReason): void;

  /** True: all of it is with the kernel. False: `taken` is called when it is; until then, no other write. */
  write(bytes: Buffer): boolean {
    if (this.#abandoned) return false;
    if (this.#pending !== undefined || this.#draining)
      throw new Error('a metered writer takes one piece at a time');
    this.#pending = bytes.length > 0 ? bytes : undefined;
    this.#send();
    this.#owesWord = this.#pending !== undefined || this.#draining;
    return !this.#owesWord;
  }

  /** Something of what it was given has left. */
  get hasHanded(): boolean {
    return this.#hasHanded;
  }

  /** FIN, after what is pending. */
  end(): void {
    this.#ending = true;
    if (this.#pending === undefined && !this.#abandoned) this.#finish();
  }

  /** Forgets what was not granted. What was granted is with the leg, and leaves. */
  abandon(): void {
    this.#abandoned = true;
    this.#owesWord = false;
    if (this.#pending === undefined) return;
    this.#pending = undefined;
    this.#allowance.stopWaiting(this);
  }

  wake(): void {
    this.#send();
    this.#settle();
  }

  #send(): void {
    const bytes = this.#pending;
    if (bytes === undefined) return;
    const grantedBytes = this.#leg.isClosed ? 0 : this.#allowance.take(this.#direction, bytes.length);
    if (grantedBytes === bytes.length) {
      this.#pending = undefined;
      this.#hand(bytes);
      return;
    }
    this.#pending = bytes.subarray(grantedBytes);
    if (grantedBytes > 0) this.#hand(bytes.subarray(0, grantedBytes));
    if (!this.#leg.isClosed) this.#allowance.wait(this);
  }

  #hand(bytes: Buffer): void {
    this.#hasHanded = true;
    if (this.#leg.write(bytes)) return;
    this.#draining = true;
    const drained = () => {
      this.#draining = false;
      this.#settle();
    };
    this.#leg.onDrained = drained;
  }

  #settle(): void {
    if (this.#pending !== undefined || this.#abandoned) return;
    if (this.#ending) {
      this.#finish();
      return;
    }
    if (this.#draining || !this.#owesWord) return;
    this.#owesWord = false;
    this.taken();
  }

  #finish(): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#leg.finish();
  }
}

/** For one piece after the other, each with what comes after it. */
export class StepWriter extends MeteredWriter {
  readonly #owner: Occupant;
  #next: (() => void) | undefined;

  constructor(leg: Leg, allowance: Allowance, direction: Direction, owner: Occupant) {
    super(leg, allowance, direction);
    this.#owner = owner;
  }

  /** True: all of it is with the kernel. False: `next` is called when it is; until then, no other write. */
  step(bytes: Buffer, next: () => void): boolean {
    if (this.write(bytes)) return true;
    this.#next = next;
    return false;
  }

  giveUp(reason: EndReason): void {
    this.#owner.giveUp(reason);
  }

  protected taken(): void {
    const next = this.#next;
    this.#next = undefined;
    next?.();
  }
}
