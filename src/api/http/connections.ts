/**
 * Ends an HTTP server whose clients keep connections open. Node's own `close` waits for every connection on which a request
 * may still come: one client that connects and says nothing would hold it up for good.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import net, { type Socket } from 'node:net';

export class HttpConnections {
  readonly #server: Server;
  /** How many requests are under way on each connection. */
  readonly #requests = new Map<Socket, number>();
  #isClosing = false;

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket: Socket) => {
      if (this.#isClosing) {
        socket.destroy();
        return;
      }
      this.#requests.set(socket, 0);
      socket.once('close', () => this.#requests.delete(socket));
    });
    server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      this.#count(socket, 1);
      response.once('close', () => this.#count(socket, -1));
    });
  }

  #count(socket: Socket, change: number): void {
    const requests = (this.#requests.get(socket) ?? 0) + change;
    if (this.#requests.has(socket)) this.#requests.set(socket, requests);
    if (this.#isClosing && requests === 0) socket.destroySoon();
  }

  /**
   * Lets `close` end the server. Requests under way are answered within `drainMs`; nothing else is waited for. With `graceMs`, nobody
   * is accepted any more, and who has been may still ask something within that time.
   */
  async drain(
    close: () => Promise<unknown>,
    { drainMs, graceMs = 0 }: { drainMs: number; graceMs?: number },
  ): Promise<void> {
    if (graceMs > 0) await this.#part(graceMs);
    this.#isClosing = true;
    for (const [socket, requests] of this.#requests) if (requests === 0) socket.destroy();
    const timer = setTimeout(() => this.cut(), drainMs);
    try {
      await close();
    } finally {
      clearTimeout(timer);
    }
  }

  /** Of HTTP's own close, idle connections would feel the end at once: new ones are idle too. */
  async #part(graceMs: number): Promise<void> {
    net.Server.prototype.close.call(this.#server);
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    this.#server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
      response.shouldKeepAlive = false;
    });
    const check = () => this.#requests.size === 0 && resolve();
    for (const socket of this.#requests.keys()) socket.once('close', () => setImmediate(check));
    check();
    // On a machine that stood still, what was asked meanwhile is read before the time is up.
    const timer = setTimeout(() => setImmediate(resolve), graceMs);
    await gone;
    clearTimeout(timer);
  }

  /** Closes every connection now. */
  cut(): void {
    this.#server.closeAllConnections();
  }
}
