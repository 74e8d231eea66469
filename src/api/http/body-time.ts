/**
 * How long a client may take to send a body. Node has one time for all requests of a server, and a long ledger over a slow line
 * needs more of it than anybody else may have.
 */
import type { FastifyInstance } from 'fastify';

/** No request takes longer, whatever its route says. */
export const LONGEST_REQUEST_MS = 6 * 3600_000;
/** The whole body of a route that says nothing else. */
const BODY_TIMEOUT_MS = 60_000;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body may take its time (`LONGEST_REQUEST_MS`), as long as something comes within this. */
    bodyIdleMs?: number;
  }
}

/** For all routes that are added after this. `timeoutMs`: for a route that says nothing else. */
export function limitBodies(app: FastifyInstance, timeoutMs = BODY_TIMEOUT_MS): void {
  app.addHook('onRequest', async ({ raw, routeOptions }, reply) => {
    const hasBody =
      raw.headers['transfer-encoding'] !== undefined || raw.headers['content-length'] !== undefined;
    if (!hasBody) return;
    const { bodyIdleMs } = routeOptions.config;
    if (bodyIdleMs !== undefined) {
      // Of the socket: the server sets its own time again for the next request.
      reply.raw.setTimeout(bodyIdleMs, () => raw.destroy());
      return;
    }
    const timer = setTimeout(() => {
      // All of it came, and nobody has read it: the answer may be a long one.
      if (raw.complete) return;
      // As Node says it of the time it keeps itself.
      const error = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
      app.server.emit('clientError', error, raw.socket);
    }, timeoutMs);
    for (const over of ['end', 'close']) raw.once(over, () => clearTimeout(timer));
  });
}
