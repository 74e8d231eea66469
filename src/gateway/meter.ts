/**
 * The metered allowance: bytes may go out only against it, and each is counted at that moment, once.
 * up: client → target. down: target → client.
 */
export type Direction = 'up' | 'down';

export class Meter {
  grantedBytes = 0;
  upBytes = 0;
  downBytes = 0;

  get usedBytes(): number {
    return this.upBytes + this.downBytes;
  }

  get leftBytes(): number {
    return this.grantedBytes - this.usedBytes;
  }

  /** Takes what there is, at most `wantedBytes`, and answers how much that was. */
  take(direction: Direction, wantedBytes: number): number {
    const takenBytes = Math.min(wantedBytes, this.leftBytes);
    if (takenBytes <= 0) return 0;
    if (direction === 'up') this.upBytes += takenBytes;
    else this.downBytes += takenBytes;
    return takenBytes;
  }
}

/** Why service to a tunnel ends. */
export type EndReason =
  /** The quota is used up everywhere. */
  | 'exhausted'
  /** The subuser or subscription is gone, may not be served, or its credentials or addresses changed. */
  | 'revoked'
  /** The control link is away and nothing granted is left. */
  | 'away'
  /** What is left of the quota is held by other gateways. */
  | 'held-elsewhere'
  /** The subscription has as many tunnels as it may have. */
  | 'crowded'
  /** The limit of tunnels at once is reached. */
  | 'too-many'
  /** The limit of new tunnels a second is reached. */
  | 'too-fast';

/** Someone without allowance. Exactly one of the two is called, once. */
export interface Waiter {
  /** Not served yet: told at once when the control link does not answer. */
  readonly isNewcomer?: boolean;
  wake(): void;
  giveUp(reason: EndReason): void;
}

/** The allowance as a relay sees it. */
export interface Allowance {
  /** Answers 0 to `wantedBytes`; that much must be handed to the outgoing socket at once. */
  take(direction: Direction, wantedBytes: number): number;
  /** Called back in order of arrival, when there is allowance again or it is certain that there will be none. */
  wait(waiter: Waiter): void;
  stopWaiting(waiter: Waiter): void;
}
