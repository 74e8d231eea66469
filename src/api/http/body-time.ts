/**
 * How long a client may take to send a body. Node has one time for all requests of a server, and a long ledger over a slow line
 * needs more of it than anybody else may have.
 */
import type { IncomingMessage } from 'node:http';
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
  /** Bodies that have just begun. */
  let begun: IncomingMessage[] = [];
  // Most bodies have come with their headers, and need no watch.
  const watchUnfinished = () => {
    const all = begun;
    begun = [];
    for (const raw of all) if (!raw.complete && !raw.destroyed) watch(raw);
  };
  const timers = new Set<NodeJS.Timeout>();
  const watch = (raw: IncomingMessage) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      // All of it came, and nobody has read it: the answer may be a long one.
      if (raw.complete) return;
      // As Node says it of the time it keeps itself.
      const error = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
      app.server.emit('clientError', error, raw.socket);
    }, timeoutMs);
    timers.add(timer);
    const end = () => {
      clearTimeout(timer);
      timers.delete(timer);
    };
    for (const over of ['end', 'close']) raw.once(over, end);
  };
  // Nobody is watched for a server that is no more.
  app.addHook('onClose', (_app, done) => {
    for (const timer of timers) clearTimeout(timer);
    done();
  });
  app.addHook('onRequest', ({ raw, routeOptions }, reply, done) => {
    const { headers } = raw;
    if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) {
      const { bodyIdleMs } = routeOptions.config;
      // Of the socket: the server sets its own time again for the next request.
      if (bodyIdleMs !== undefined) reply.raw.setTimeout(bodyIdleMs, () => raw.destroy());
      else if (begun.push(raw) === 1) setImmediate(watchUnfinished);
    }
    done();
  });
}
