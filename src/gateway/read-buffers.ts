/**
 * Memory to read into. A connection starts with a small buffer, and is given a large one once it has shown to be a bulk
 * transfer: large reads halve the processor time per byte, small buffers keep many quiet tunnels cheap.
 *
 * Buffers are never handed from one connection to another: a write under way may still refer to one.
 */
const SMALL_BYTES = 32 * 1024;
const LARGE_BYTES = 256 * 1024;
const LARGE_AFTER_BYTES = 256 * 1024;
const LARGE_BUFFERS = 512;

export interface ConnectionBuffer {
  current(): Buffer;
  moved(bytes: number): void;
  release(): void;
}

export class ReadBuffers {
  #largeLeft = LARGE_BUFFERS;

  forConnection(): ConnectionBuffer {
    let buffer: Buffer | undefined;
    let movedBytes = 0;
    let isLarge = false;
    return {
      current: () => {
        if (!isLarge && movedBytes >= LARGE_AFTER_BYTES && this.#largeLeft > 0) {
          this.#largeLeft -= 1;
          isLarge = true;
          buffer = Buffer.allocUnsafeSlow(LARGE_BYTES);
        }
        buffer ??= Buffer.allocUnsafeSlow(SMALL_BYTES);
        return buffer;
      },
      moved: (bytes) => {
        movedBytes += bytes;
      },
      release: () => {
        if (isLarge) this.#largeLeft += 1;
        isLarge = false;
      },
    };
  }
}
