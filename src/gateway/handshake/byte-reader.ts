import type { Leg } from '../leg.ts';
import type { Connection } from '../service.ts';
import { afterSilence, type Timers } from '../timers.ts';

/** What of a service bounds the reading. */
interface Bounds {
  readonly timers: Timers;
  readonly limits: { readonly headTimeoutMs: number };
}

/** Reads a binary handshake piece by piece, and not a byte beyond, for a bounded time. */
export class ByteReader {
  readonly #client: Leg;
  readonly #service: Bounds;
  #deadlineMs: number;

  constructor(connection: Pick<Connection, 'client' | 'acceptedAtMs'>, service: Bounds) {
    this.#client = connection.client;
    this.#service = service;
    this.#deadlineMs = connection.acceptedAtMs + service.limits.headTimeoutMs;
  }

  /** The client has waited for us; its own time starts again. */
  restartClock(): void {
    this.#deadlineMs = this.#service.timers.nowMs() + this.#service.limits.headTimeoutMs;
  }

  /** Undefined: they are not coming. The client has ended or closed, or took too long. */
  read(count: number): Promise<Buffer | undefined> {
    if (count === 0) return Promise.resolve(Buffer.alloc(0));
    return this.readUntil((received) => (received.length >= count ? count : undefined));
  }

  /** What stands before the next zero byte, which is read as well. Undefined also for more than `maxBytes`. */
  async readToZero(maxBytes: number): Promise<Buffer | undefined> {
    const bytes = await this.readUntil((received) => {
      const zero = received.indexOf(0);
      if (zero >= 0) return zero + 1;
      return received.length > maxBytes ? received.length : undefined;
    });
    if (bytes === undefined || bytes.length > maxBytes + 1 || bytes.at(-1) !== 0) return undefined;
    return bytes.subarray(0, -1);
  }

  /** `lengthOf` tells how many of the received bytes are meant (one at least), once enough have come. */
  readUntil(lengthOf: (received: Buffer) => number | undefined): Promise<Buffer | undefined> {
    const { timers } = this.#service;
    const client = this.#client;
    return new Promise((resolve) => {
      let received = Buffer.alloc(0);
      const settle = (bytes: Buffer | undefined, rest?: Buffer) => {
        timer.cancel();
        client.detach(rest);
        resolve(bytes);
      };
      const timer = afterSilence(timers, Math.max(0, this.#deadlineMs - timers.nowMs()), () =>
        settle(undefined),
      );
      client.attach({
        data(bytes) {
          // Copied: the memory may be the reader's.
          received = Buffer.concat([received, bytes]);
          const length = lengthOf(received);
          if (length === undefined) return true;
          settle(received.subarray(0, length), received.subarray(length));
          return false;
        },
        end: () => settle(undefined),
        closed: () => settle(undefined),
      });
    });
  }
}
