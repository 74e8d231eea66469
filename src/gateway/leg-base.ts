import type { Consumer, Leg } from './leg.ts';

/** What every leg does alike: hands bytes, the end and the close to whoever consumes, and holds what nobody has taken yet. */
export abstract class LegBase implements Leg {
  #consumer: Consumer | undefined;
  /** Grows with every attach and detach: tells whether a consumer replaced itself while it was being called. */
  #attachments = 0;
  #flowing = false;
  /** Nobody consumes, and it goes on until bytes come. */
  #isWatched = false;
  #delivering = false;
  #held: Buffer | undefined;
  #ended = false;
  #endDelivered = false;
  #closed = false;
  /** In a row of their own: an array would be grown and shortened several times for every tunnel. */
  #closeListeners: CloseListener | undefined;
  error: Error | undefined;
  onDrained: (() => void) | undefined;

  abstract readonly remoteAddress: string;
  abstract readonly isClosed: boolean;
  abstract readonly isDrained: boolean;
  abstract write(bytes: Buffer): boolean;
  abstract finish(finished?: () => void): void;
  abstract destroy(): void;
  abstract reset(): void;

  protected abstract startReading(): void;
  /** Nobody takes bytes at the moment. Those that come all the same are held. */
  protected abstract stopReading(): void;
  /** A new consumer is to be read for; perhaps nobody has said that the memory last handed out is free. */
  protected renewMemory(): void {}

  release(): void {}

  get hasEnded(): boolean {
    return this.#ended && this.#held === undefined;
  }

  get hasHeldBytes(): boolean {
    return this.#held !== undefined;
  }

  protected get isAttached(): boolean {
    return this.#consumer !== undefined;
  }

  attach(consumer: Consumer): void {
    this.#isWatched = false;
    this.#consumer = consumer;
    const attachment = ++this.#attachments;
    this.#endDelivered = false;
    if (this.#closed) {
      consumer.closed(this.error);
      return;
    }
    this.#flowing = true;
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) this.deliver(held);
    if (this.#attachments !== attachment) return;
    this.#deliverEnd();
    if (this.#attachments !== attachment || !this.#flowing) return;
    this.renewMemory();
    this.startReading();
  }

  detach(rest?: Buffer): void {
    this.#consumer = undefined;
    this.#attachments += 1;
    this.#isWatched = false;
    this.#flowing = false;
    if (rest !== undefined && rest.length > 0) this.#held = rest;
    if (!this.#delivering) this.stopReading();
  }

  watch(): void {
    if (this.#held !== undefined || this.#closed) return;
    this.#consumer = undefined;
    this.#attachments += 1;
    this.#isWatched = true;
    this.renewMemory();
    this.startReading();
  }

  resume(): void {
    if (this.#consumer === undefined || this.#flowing) return;
    this.#flowing = true;
    this.startReading();
  }

  whenClosed(run: () => void): void {
    if (this.#closed) {
      run();
      return;
    }
    const listener = new CloseListener(run);
    let last = this.#closeListeners;
    if (last === undefined) {
      this.#closeListeners = listener;
      return;
    }
    while (last.next !== undefined) last = last.next;
    last.next = listener;
  }

  forgetWhenClosed(run: () => void): void {
    let before: CloseListener | undefined;
    for (let listener = this.#closeListeners; listener !== undefined; listener = listener.next) {
      if (listener.run === run) {
        if (before === undefined) this.#closeListeners = listener.next;
        else before.next = listener.next;
        return;
      }
      before = listener;
    }
  }

  /** Bytes from the peer. Answers whether to go on reading. */
  protected deliver(bytes: Buffer): boolean {
    const consumer = this.#consumer;
    if (consumer === undefined) {
      // The first bytes for a consumer that is still to come, or what was under way when reading stopped. Copied: nobody
      // vouches for the memory.
      this.#isWatched = false;
      this.#held = this.#held === undefined ? Buffer.from(bytes) : Buffer.concat([this.#held, bytes]);
      return false;
    }
    const attachment = this.#attachments;
    const outer = this.#delivering;
    this.#delivering = true;
    const goOn = consumer.data(bytes);
    this.#delivering = outer;
    if (attachment === this.#attachments) this.#flowing = goOn;
    return this.#flowing || this.#isWatched;
  }

  /** The peer's FIN has come. */
  protected markEnded(): void {
    this.#ended = true;
    this.#deliverEnd();
  }

  protected get hasPeerEnded(): boolean {
    return this.#ended;
  }

  /** The connection is gone. */
  protected markClosed(): void {
    this.#closed = true;
    this.#held = undefined;
    // One of them may take back the wish of another.
    for (let listener = this.#closeListeners; listener !== undefined; listener = this.#closeListeners) {
      this.#closeListeners = listener.next;
      listener.run();
    }
    this.#consumer?.closed(this.error);
  }

  #deliverEnd(): void {
    if (!this.hasEnded || this.#endDelivered || this.#consumer === undefined) return;
    this.#endDelivered = true;
    this.#consumer.end();
  }
}

class CloseListener {
  readonly run: () => void;
  next: CloseListener | undefined;

  constructor(run: () => void) {
    this.run = run;
  }
}
