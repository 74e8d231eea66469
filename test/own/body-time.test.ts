/** How long a body may take: the whole of most, and only the pauses of a ledger. */
import { once } from 'node:events';
import net from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LONGEST_REQUEST_MS, limitBodies } from '../../src/api/http/body-time.ts';
import { answerUnreadable } from '../../src/api/http/unreadable.ts';

const LIMIT_MS = 300;
let app: FastifyInstance;
let port: number;

beforeAll(async () => {
  app = Fastify({
    requestTimeout: LONGEST_REQUEST_MS,
    clientErrorHandler: answerUnreadable((_path, error) => ({ status: 400, body: { error: error.message } })),
  });
  limitBodies(app, LIMIT_MS);
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  const count = async ({ body }: { body: unknown }) => {
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) bytes += chunk.length;
    return { bytes };
  };
  app.post('/whole', count);
  app.post('/slow', { config: { bodyIdleMs: 30_000 } }, count);
  app.post('/unread', async (_request, reply) => {
    reply.raw.writeHead(200);
    setTimeout(() => reply.raw.end('{"done":true}'), 3 * LIMIT_MS);
    await once(reply.raw, 'close');
    return reply.hijack();
  });
  app.post('/paused', { config: { bodyIdleMs: LIMIT_MS } }, count);
  await app.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = app.server.address() as net.AddressInfo);
});
afterAll(() => app.close());

/** Sends a part of a body now and then until it is whole, and answers all that came back. */
async function send(path: string, bytes: number, pauseMs: number): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (data) => {
    answer += data;
    if (answer.includes('}')) socket.end();
  });
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: here\r\nContent-Type: text/csv\r\nContent-Length: ${bytes}\r\n\r\n`,
  );
  let sent = 0;
  const timer = setInterval(() => {
    if (sent < bytes && socket.writable) socket.write('x');
    sent += 1;
  }, pauseMs);
  await once(socket, 'close');
  clearInterval(timer);
  return answer;
}

it('ends a request whose body is not whole in time', async () => {
  expect(await send('/whole', 1_000_000, 50)).toMatch(/^HTTP\/1.1 400 .*complete in time/s);
});

it('lets a ledger come slowly', async () => {
  expect(await send('/slow', 20, LIMIT_MS / 10)).toMatch(/^HTTP\/1.1 200 .*{"bytes":20}/s);
});

it('leaves alone what has come whole, however long the answer takes', async () => {
  expect(await send('/unread', 0, 3600_000)).toMatch(/{"done":true}/);
});

it('ends a ledger of which nothing comes any more', async () => {
  expect(await send('/paused', 1_000_000, 3600_000)).toBe('');
});
