import net from 'node:net';

/** A client that sends exactly the bytes it is told to, and reads at the pace it is told to. */
export class RawClient {
  readonly socket: net.Socket;
  #received = Buffer.alloc(0);
  #isEnded = false;
  #error: NodeJS.ErrnoException | undefined;
  #isClosed = false;
  #changed = Promise.withResolvers<void>();
  receivedBytes = 0;

  static async connect(port: number, host = '127.0.0.1'): Promise<RawClient> {
    const socket = net.connect({ port, host, allowHalfOpen: true });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return new RawClient(socket);
  }

  constructor(socket: net.Socket) {
    this.socket = socket;
    socket.on('data', (bytes: Buffer) => {
      this.receivedBytes += bytes.length;
      this.#received = Buffer.concat([this.#received, bytes]);
      this.#wake();
    });
    socket.on('end', () => {
      this.#isEnded = true;
      this.#wake();
    });
    socket.on('error', (error) => {
      this.#error = error;
    });
    socket.on('close', () => {
      this.#isClosed = true;
      this.#wake();
    });
  }

  get error(): NodeJS.ErrnoException | undefined {
    return this.#error;
  }

  send(bytes: string | Buffer): void {
    this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  /** FIN. */
  finish(): void {
    this.socket.end();
  }

  destroy(): void {
    this.socket.destroy();
  }

  reset(): void {
    this.socket.resetAndDestroy();
  }

  /** Hands the socket over to another reader, with what was read already. */
  release(): { socket: net.Socket; first: Buffer } {
    this.socket.pause();
    this.socket.removeAllListeners('data');
    const first = this.#received;
    // Even an empty part of it would keep all the memory that it was cut from.
    this.#received = Buffer.alloc(0);
    return { socket: this.socket, first };
  }

  async readBytes(count: number): Promise<Buffer> {
    await this.#until(() => this.#received.length >= count, `${count} bytes`);
    const bytes = this.#received.subarray(0, count);
    this.#received = this.#received.subarray(count);
    return bytes;
  }

  /** A message head, with its final empty line. */
  async readHead(): Promise<string> {
    await this.#until(() => this.#received.includes('\r\n\r\n'), 'a head');
    return (await this.readBytes(this.#received.indexOf('\r\n\r\n') + 4)).toString('latin1');
  }

  /** A response whose body has a Content-Length. */
  async readResponse(): Promise<{ status: number; head: string; body: string }> {
    const head = await this.readHead();
    const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
    const body = (await this.readBytes(length)).toString('latin1');
    return { status: Number(head.split(' ')[1]), head, body };
  }

  /** Everything until the FIN. */
  async readAll(): Promise<Buffer> {
    while (!this.#isEnded) {
      if (this.#isClosed) throw this.#error ?? new Error('closed without a FIN');
      await this.#changed.promise;
    }
    const bytes = this.#received;
    this.#received = Buffer.alloc(0);
    return bytes;
  }

  /** However it comes about. */
  async closed(): Promise<void> {
    while (!this.#isClosed) {
      if (this.#isEnded) this.socket.end();
      await this.#changed.promise;
    }
  }

  async #until(isMet: () => boolean, what: string): Promise<void> {
    while (!isMet()) {
      if (this.#isEnded || this.#isClosed) {
        const got = this.#received.toString('latin1').slice(0, 300);
        throw new Error(`the connection ended before ${what} came; it sent ${JSON.stringify(got)}`);
      }
      await this.#changed.promise;
    }
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}
