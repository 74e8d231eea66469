import type { Caller } from '../dial.ts';

/** Whoever dials for himself, not for a client: until he closes. */
export class StandingCaller implements Caller {
  readonly #listeners = new Set<() => void>();
  isClosed = false;

  whenClosed(run: () => void): void {
    this.#listeners.add(run);
  }

  forgetWhenClosed(run: () => void): void {
    this.#listeners.delete(run);
  }

  /** Everything that is being dialled is given up. */
  close(): void {
    this.isClosed = true;
    for (const run of this.#listeners) run();
  }
}
