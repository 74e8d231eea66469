/**
 * One side of a relay: a TCP connection read by at most one consumer at a time, and written without a queue of our own.
 * Handshakes, tunnels and forwarding know this interface only, so that a second implementation on other handles fits in.
 */
export interface Consumer {
  /**
   * Bytes from the peer. True: done with them, go on. False: stop; the memory stays as it is until `resume()`.
   * The memory is the reader's: it may be overwritten as soon as true was answered.
   */
  data(bytes: Buffer): boolean;
  /** The peer has sent its FIN, and every byte before it was delivered. */
  end(): void;
  /** The connection is gone; with an error when it was reset or timed out. Called once, whether or not `end` was. */
  closed(error: Error | undefined): void;
}

export interface Leg {
  /** The peer's address as the socket tells it. */
  readonly remoteAddress: string;
  readonly isClosed: boolean;
  /** The peer has sent its FIN, and nothing it sent is left unread. */
  readonly hasEnded: boolean;
  /** Bytes read from the socket that no consumer has taken yet. */
  readonly hasHeldBytes: boolean;

  /** Hands the incoming bytes to `consumer`, held ones first. */
  attach(consumer: Consumer): void;
  /** Stops reading. `rest` is what the consumer leaves of the bytes it was given; the next consumer gets it first. */
  detach(rest?: Buffer): void;
  /** Reads until the first bytes arrive and holds those: a reset is noticed meanwhile. */
  watch(): void;
  resume(): void;
  /** What the last consumer did not say it was done with is free now. Only spares a copy where another one is to follow. */
  release(): void;

  /** True: the kernel has taken everything, the memory is free again. False: `onDrained` will be called. */
  write(bytes: Buffer): boolean;
  readonly isDrained: boolean;
  onDrained: (() => void) | undefined;
  /** FIN after everything written. */
  finish(finished?: () => void): void;
  destroy(): void;
  /** Like `destroy`, and tells the peer by an RST. */
  reset(): void;
  whenClosed(run: () => void): void;
  /** Takes that wish back. */
  forgetWhenClosed(run: () => void): void;
}
