/** What is no HTTP: answered in the envelope of the dialect it was meant for, where its first line can be read. */
import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../support/api.ts';

let api: TestApi;
let port: number;
beforeAll(async () => {
  api = await createTestApi();
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  port = (api.app.server.address() as AddressInfo).port;
});
afterAll(() => api.close());

/** Sends the bytes and answers all that came back until the server hung up. */
function send(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    let answered = '';
    socket.setEncoding('utf8').on('data', (piece: string) => {
      answered += piece;
    });
    socket.on('error', reject).on('close', () => resolve(answered));
    socket.write(text, 'latin1');
  });
}

const answer = (body: object) => {
  const text = JSON.stringify(body);
  const type = 'Content-Type: application/json; charset=utf-8';
  return `HTTP/1.1 400 Bad Request\r\n${type}\r\nContent-Length: ${text.length}\r\nConnection: close\r\n\r\n${text}`;
};
const NO_HTTP = 'The request must be valid HTTP';

describe('bytes that an address cannot have', () => {
  it.each([
    ['/api/reseller/v1/b', { status: 'error', message: NO_HTTP, messageCode: 'BAD_REQUEST', data: null }],
    ['/api/user-api/b', { status: 'error', message: NO_HTTP, data: null }],
    ['/v2/b', { status: { code: 400, message: NO_HTTP } }],
    ['/api/v1/b', { ok: false, error: 'malformed_body', message: NO_HTTP }],
    ['/api/admin/api-keys/b', { ok: false, error: 'malformed_body', message: NO_HTTP }],
    ['/api/v1.0/b', { success: false, message: NO_HTTP, code: 'BAD_REQUEST' }],
    ['/dev/v1.0/b', { success: false, message: NO_HTTP, code: 'BAD_REQUEST' }],
    ['/elsewhere', { error: NO_HTTP }],
  ])('%s', async (path, body) => {
    expect(await send(`GET ${path}\xe9\xff HTTP/1.1\r\nHost: h\r\n\r\n`)).toBe(answer(body));
  });
});

it('headers without end', async () => {
  const answered = await send(`GET /v2/@me HTTP/1.1\r\nHost: h\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`);
  expect(answered).toContain(
    '{"status":{"code":400,"message":"The request must be HTTP with at most 16 KiB of headers"}}',
  );
});

it('a second request that is none, behind a first', async () => {
  const answered = await send('GET /healthz HTTP/1.1\r\nHost: h\r\n\r\nnonsense\r\n\r\n');
  expect(answered).toContain('400 Bad Request');
});

it('no HTTP at all', async () => {
  expect(await send('\x16\x03\x01\x02')).toBe(answer({ error: NO_HTTP }));
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
});
