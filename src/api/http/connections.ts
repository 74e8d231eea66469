/**
 * Ends an HTTP server whose clients keep connections open. Node's own `close` waits for every connection on which a request
 * may still come: one client that connects and says nothing would hold it up for good.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

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

  /** Lets `close` end the server. Requests under way are answered within `drainMs`; nothing else is waited for. */
  async drain(close: () => Promise<unknown>, drainMs: number): Promise<void> {
    this.#isClosing = true;
    for (const [socket, requests] of this.#requests) if (requests === 0) socket.destroy();
    const timer = setTimeout(() => this.cut(), drainMs);
    try {
      await close();
    } finally {
      clearTimeout(timer);
    }
  }

  /** Closes every connection now. */
  cut(): void {
    this.#server.closeAllConnections();
  }
}
