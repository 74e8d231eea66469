/** The stream of events as it is on the wire: a line of JSON each. */
import type { CarriedEvent } from './events.ts';

/** A place in the stream, and what happened there. A line without an event says that the connection lives. */
export interface News {
  /** Named when the stream is asked for again, so that nothing between is missed. */
  readonly at?: string;
  readonly event?: CarriedEvent;
}

/** Something is sent at least so often. */
export const HEARTBEAT_EVERY_MS = 500;
/** A stream without a line for so long is taken for dead. */
export const SILENCE_LIMIT_MS = 1_500;

/** Cuts what arrives into lines. Throws for one that is longer than any of ours. */
export class Lines {
  readonly #limit: number;
  #rest = '';

  constructor(limit = 64 * 1024) {
    this.#limit = limit;
  }

  add(text: string): string[] {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop()!;
    if (this.#rest.length > this.#limit) throw new Error(`a line of more than ${this.#limit} characters`);
    return lines;
  }
}
