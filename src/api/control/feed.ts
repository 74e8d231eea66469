/**
 * The news of the core for gateways on other machines. Each event has a number, and the last ones are kept for a while: who
 * lost the connection for a moment is told what was missed, and whoever was away for longer, or comes from another
 * process, is told to forget what it knows.
 */
import { randomUUID } from 'node:crypto';
import type { Core } from '../../core/core.ts';
import type { CarriedEvent } from '../../gateway/link/events.ts';
import type { News } from '../../gateway/link/news.ts';
import { onGatewayEvent } from './in-process.ts';

const KEPT_EVENTS = 10_000;

export class EventFeed {
  /** Of this process, so that numbers of another one are not taken for ours. */
  readonly #id = randomUUID();
  readonly #kept: News[] = [];
  readonly #listeners = new Set<(news: News) => void>();
  #count = 0;

  constructor(core: Core) {
    onGatewayEvent(core, (event) => this.#tell(event));
  }

  #tell(event: CarriedEvent): void {
    this.#count += 1;
    const news: News = { at: this.#place(this.#count), event };
    this.#kept.push(news);
    if (this.#kept.length > KEPT_EVENTS) this.#kept.shift();
    for (const listener of this.#listeners) listener(news);
  }

  #place(count: number): string {
    return `${this.#id}.${count}`;
  }

  /**
   * Tells what came after the place that `after` names, and then everything that comes. Answers how to hear no more.
   */
  follow(after: string | undefined, listener: (news: News) => void): () => void {
    for (const news of this.#missed(after)) listener(news);
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #missed(after: string | undefined): readonly News[] {
    const [id, count] = after?.split('.') ?? [];
    const behind = this.#count - Number(count);
    const isKnown = id === this.#id && behind >= 0 && behind <= this.#kept.length;
    if (isKnown) return this.#kept.slice(this.#kept.length - behind);
    return [{ at: this.#place(this.#count), event: { kind: 'resync' } }];
  }
}
