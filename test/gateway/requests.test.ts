import { afterEach, beforeEach, expect, test } from 'vitest';
import { basic, type Rig, startRig } from '../support/gateway/harness.ts';
import { startHeadOrigin } from '../support/gateway/origins.ts';
import type { RawClient } from '../support/gateway/raw-client.ts';

let rig: Rig;

beforeEach(async () => {
  rig = await startRig();
  rig.link.addUser('alice', 1_000_000_000);
});
afterEach(() => rig.dispose());

const AUTH = basic('alice');

/** Each is refused with 400 and costs the connection; the target sees nothing of it. */
const MALFORMED: [string, string][] = [
  [
    'both lengths',
    `POST http://T/ HTTP/1.1\r\n${AUTH}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  [
    'two lengths that differ',
    `POST http://T/ HTTP/1.1\r\n${AUTH}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`,
  ],
  ['a list of lengths', `POST http://T/ HTTP/1.1\r\n${AUTH}Content-Length: 3, 3\r\n\r\nabc`],
  ['a signed length', `POST http://T/ HTTP/1.1\r\n${AUTH}Content-Length: +3\r\n\r\nabc`],
  ['a hexadecimal length', `POST http://T/ HTTP/1.1\r\n${AUTH}Content-Length: 0x3\r\n\r\nabc`],
  ['an empty length', `POST http://T/ HTTP/1.1\r\n${AUTH}Content-Length:\r\n\r\n`],
  [
    'a coding before chunked',
    `POST http://T/ HTTP/1.1\r\n${AUTH}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
  ],
  [
    'chunked twice',
    `POST http://T/ HTTP/1.1\r\n${AUTH}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  ['identity', `POST http://T/ HTTP/1.1\r\n${AUTH}Transfer-Encoding: identity\r\n\r\n`],
  [
    'a vertical tab in the coding',
    `POST http://T/ HTTP/1.1\r\n${AUTH}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n`,
  ],
  ['chunks in HTTP/1.0', `POST http://T/ HTTP/1.0\r\n${AUTH}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  [
    'a length twice, the same',
    `POST http://T/ HTTP/1.1\r\n${AUTH}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc`,
  ],
  ['a length of 16 digits', `POST http://T/ HTTP/1.1\r\n${AUTH}Content-Length: 9999999999999999\r\n\r\n`],
  ['a negative length', `POST http://T/ HTTP/1.1\r\n${AUTH}Content-Length: -1\r\n\r\n`],
  ['a length with a fraction', `POST http://T/ HTTP/1.1\r\n${AUTH}Content-Length: 3.0\r\n\r\nabc`],
  ['a length in two parts', `POST http://T/ HTTP/1.1\r\n${AUTH}Content-Length: 3 3\r\n\r\nabc`],
  ['a folded length', `POST http://T/ HTTP/1.1\r\n${AUTH}Content-Length:\r\n 3\r\n\r\nabc`],
  ['space before the colon of a length', `POST http://T/ HTTP/1.1\r\n${AUTH}Content-Length : 3\r\n\r\nabc`],
  [
    'chunked before another coding',
    `POST http://T/ HTTP/1.1\r\n${AUTH}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`,
  ],
  [
    'chunked twice in a list',
    `POST http://T/ HTTP/1.1\r\n${AUTH}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`,
  ],
  ['chunked with a comma', `POST http://T/ HTTP/1.1\r\n${AUTH}Transfer-Encoding: chunked,\r\n\r\n0\r\n\r\n`],
  [
    'chunked with a parameter',
    `POST http://T/ HTTP/1.1\r\n${AUTH}Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n`,
  ],
  ['quoted chunked', `POST http://T/ HTTP/1.1\r\n${AUTH}Transfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n`],
  ['an empty coding', `POST http://T/ HTTP/1.1\r\n${AUTH}Transfer-Encoding:\r\n\r\n`],
  ['a folded coding', `POST http://T/ HTTP/1.1\r\n${AUTH}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n`],
  [
    'space before the colon of a coding',
    `POST http://T/ HTTP/1.1\r\n${AUTH}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
  ],
  [
    'a coding behind a bare CR',
    `POST http://T/ HTTP/1.1\r\n${AUTH}X: a\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  [
    'a coding behind a bare LF',
    `POST http://T/ HTTP/1.1\r\n${AUTH}X: a\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  [
    'a coding named hop-by-hop',
    `POST http://T/ HTTP/1.1\r\n${AUTH}Connection: transfer-encoding\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  ['a folded field', `GET http://T/ HTTP/1.1\r\n${AUTH}X: a\r\n b\r\n\r\n`],
  ['a fold behind the request line', `GET http://T/ HTTP/1.1\r\n X: a\r\n${AUTH}\r\n`],
  ['space before the colon', `GET http://T/ HTTP/1.1\r\n${AUTH}X : a\r\n\r\n`],
  ['no colon', `GET http://T/ HTTP/1.1\r\n${AUTH}X\r\n\r\n`],
  ['an empty field name', `GET http://T/ HTTP/1.1\r\n${AUTH}: a\r\n\r\n`],
  ['bare LF everywhere', `GET http://T/ HTTP/1.1\n${AUTH.replace('\r', '')}\n`],
  ['bare LF in one line', `GET http://T/ HTTP/1.1\r\nX: a\nY: b\r\n${AUTH}\r\n`],
  ['bare CR', `GET http://T/ HTTP/1.1\r\nX: a\rY: b\r\n${AUTH}\r\n`],
  ['NUL in a value', `GET http://T/ HTTP/1.1\r\nX: a\0b\r\n${AUTH}\r\n`],
  ['a control character in a name', `GET http://T/ HTTP/1.1\r\nX\x01: a\r\n${AUTH}\r\n`],
  ['DEL in a value', `GET http://T/ HTTP/1.1\r\nX: \x7f\r\n${AUTH}\r\n`],
  [
    'a framing field named hop-by-hop',
    `POST http://T/ HTTP/1.1\r\n${AUTH}Connection: Content-Length\r\nContent-Length: 3\r\n\r\nabc`,
  ],
  ['two hosts', `GET http://T/ HTTP/1.1\r\nHost: T\r\nHost: other\r\n${AUTH}\r\n`],
  ['two Proxy-Authorizations', `GET http://T/ HTTP/1.1\r\n${AUTH}${AUTH}\r\n`],
  ['credentials in the URL', `GET http://user:pass@T/ HTTP/1.1\r\n${AUTH}\r\n`],
  ['a fragment', `GET http://T/#x HTTP/1.1\r\n${AUTH}\r\n`],
  ['no host', `GET http:///x HTTP/1.1\r\n${AUTH}\r\n`],
  ['port 0', `GET http://127.0.0.1:0/ HTTP/1.1\r\n${AUTH}\r\n`],
  ['port 65536', `GET http://127.0.0.1:65536/ HTTP/1.1\r\n${AUTH}\r\n`],
  ['a port of letters', `GET http://127.0.0.1:http/ HTTP/1.1\r\n${AUTH}\r\n`],
  ['a host with a slash in escape', `GET http://a%2fb/ HTTP/1.1\r\n${AUTH}\r\n`],
  ['a host of bytes above ASCII', `GET http://b\xfccher.example/ HTTP/1.1\r\n${AUTH}\r\n`],
  ['a malformed IPv6 address', `GET http://[::g]/ HTTP/1.1\r\n${AUTH}\r\n`],
  ['an IPv6 zone', `GET http://[fe80::1%25eth0]/ HTTP/1.1\r\n${AUTH}\r\n`],
  ['a number that is no address', `GET http://1.2.3.4.5/ HTTP/1.1\r\n${AUTH}\r\n`],
  ['the form for a server', `GET / HTTP/1.1\r\nHost: T\r\n${AUTH}\r\n`],
  ['OPTIONS *', `OPTIONS * HTTP/1.1\r\nHost: T\r\n${AUTH}\r\n`],
  ['two spaces', `GET  http://T/ HTTP/1.1\r\n${AUTH}\r\n`],
  ['a tab', `GET\thttp://T/ HTTP/1.1\r\n${AUTH}\r\n`],
  ['no version', `GET http://T/\r\n${AUTH}\r\n`],
  ['HTTP/1.2', `GET http://T/ HTTP/1.2\r\n${AUTH}\r\n`],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['a method that is no token', `G(T http://T/ HTTP/1.1\r\n${AUTH}\r\n`],
  ['CONNECT without a port', `CONNECT T.example HTTP/1.1\r\n${AUTH}\r\n`],
  ['CONNECT with port 0', `CONNECT 127.0.0.1:0 HTTP/1.1\r\n${AUTH}\r\n`],
  ['CONNECT with a port too large', `CONNECT 127.0.0.1:70000 HTTP/1.1\r\n${AUTH}\r\n`],
  ['CONNECT to a URL', `CONNECT http://T/ HTTP/1.1\r\n${AUTH}\r\n`],
  ['CONNECT with a path', `CONNECT T/x HTTP/1.1\r\n${AUTH}\r\n`],
  ['CONNECT with credentials', `CONNECT a@T HTTP/1.1\r\n${AUTH}\r\n`],
  ['CONNECT with a body', `CONNECT T HTTP/1.1\r\n${AUTH}Content-Length: 3\r\n\r\nabc`],
];

test.each(MALFORMED)('400 and the connection ends: %s', async (_name, request) => {
  const target = rig.adopt(await startHeadOrigin(() => 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
  const client = await rig.connect();
  client.send(request.replaceAll('//T/', `//${target.authority}/`).replaceAll(' T', ` ${target.authority}`));
  const { status, head } = await client.readResponse();
  expect(status).toBe(400);
  expect(head).toMatch(/\r\nProxy-Status: headgate; error=http_request_error; details="[ -~]+"\r\n/);
  expect(head).toContain('Connection: close');
  expect(await client.readAll()).toHaveLength(0);
  expect(target.receivedBytes).toBe(0);
});

/** The head is good, so the request is on its way; the target never gets a whole one. */
const MALFORMED_BODIES: [string, string][] = [
  ['a size that is no number', 'x\r\n'],
  ['an empty size', '\r\n'],
  ['a size with a sign', '+3\r\nabc\r\n'],
  ['a size behind a space', ' 3\r\nabc\r\n'],
  ['a size before a space', '3 \r\nabc\r\n'],
  ['a size in 0x', '0x3\r\nabc\r\n'],
  ['an enormous size', 'fffffffffffffff\r\n'],
  ['a bare LF behind the size', '3\nabc\r\n'],
  ['a bare LF behind the data', '3\r\nabc\n0\r\n\r\n'],
  ['data longer than its size', '3\r\nabcd\r\n0\r\n\r\n'],
  ['a size of 14 digits', '00000000000003\r\nabc\r\n0\r\n\r\n'],
  ['a negative size', '-3\r\nabc\r\n'],
  ['a size with an underscore', '1_0\r\n'],
  ['a size with a fraction', '3.0\r\nabc\r\n'],
  ['a bare CR behind the size', '3\rabc\r\n'],
  ['a bare LF in an extension', '3;a\nabc\r\n'],
  ['a bare CR in an extension', '3;a\rb\r\nabc\r\n'],
  ['a bare LF for the end', '0\r\n\n'],
  ['a folded trailer', '0\r\nX: a\r\n b\r\n\r\n'],
  ['space before the colon in a trailer', '0\r\nX : a\r\n\r\n'],
  ['a coding in the trailer', '0\r\nTransfer-Encoding: chunked\r\n\r\n'],
  ['credentials in the trailer', '0\r\nProxy-Authorization: x\r\n\r\n'],
  ['an oversize trailer', `0\r\n${'X: a\r\n'.repeat(5_000)}`],
  ['an oversize extension', `3;${'x'.repeat(1025)}\r\nabc\r\n`],
  ['a control character in an extension', '3;\x01\r\nabc\r\n'],
  ['a framing field in the trailer', '0\r\nContent-Length: 3\r\n\r\n'],
  ['a malformed trailer', '0\r\nnothing\r\n\r\n'],
];

test.each(MALFORMED_BODIES)('400 and the connection ends, chunked body: %s', async (_name, body) => {
  const target = rig.adopt(await startHeadOrigin(() => undefined));
  const client = await rig.connect();
  client.send(
    `POST http://${target.authority}/ HTTP/1.1\r\n${AUTH}Transfer-Encoding: chunked\r\n\r\n${body}`,
  );
  const { status } = await client.readResponse();
  expect(status).toBe(400);
  expect(await client.readAll()).toHaveLength(0);
});

test('an empty line before a request is forgiven', async () => {
  const target = rig.adopt(await startHeadOrigin(() => 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
  const client = await rig.connect();
  client.send(`\r\nGET http://${target.authority}/ HTTP/1.1\r\n${AUTH}\r\n`);
  expect((await client.readResponse()).status).toBe(200);
});

test('https:// is answered with what to do instead', async () => {
  const client = await rig.connect();
  client.send(`GET https://example.com/ HTTP/1.1\r\n${AUTH}\r\n`);
  const { status, body } = await client.readResponse();
  expect(status).toBe(501);
  expect(body).toContain('use CONNECT');
});

test('the form for a server is answered with what to do instead', async () => {
  const client = await rig.connect();
  client.send('GET / HTTP/1.1\r\nHost: example.com\r\n\r\n');
  expect((await client.readResponse()).body).toContain('this is a proxy');
});

test.each([
  ['one long field', `X: ${'x'.repeat(20_000)}\r\n`],
  ['many fields', 'X: y\r\n'.repeat(101)],
])('431: %s', async (_name, fields) => {
  const client = await rig.connect();
  client.send(`GET http://127.0.0.1:1/ HTTP/1.1\r\n${AUTH}${fields}\r\n`);
  expect((await client.readResponse()).status).toBe(431);
  await client.closed();
});

test('a head that never ends is answered 408; a connection that asks nothing is closed', async () => {
  await rig.dispose();
  rig = await startRig({ limits: { headTimeoutMs: 80 } });
  const slow = await rig.connect();
  slow.send('GET http://');
  const { status } = await slow.readResponse();
  expect(status).toBe(408);
  const silent = await rig.connect();
  await silent.closed();
  await slow.closed();
  await rig.settled();
});

test('a kept connection without a request is closed', async () => {
  await rig.dispose();
  rig = await startRig({ limits: { keepAliveTimeoutMs: 80 } });
  rig.link.addUser('alice', 1_000_000);
  const target = rig.adopt(await startHeadOrigin(() => 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
  const client = await rig.connect();
  client.send(`GET http://${target.authority}/ HTTP/1.1\r\n${AUTH}\r\n`);
  await client.readResponse();
  expect(await client.readAll()).toHaveLength(0);
  client.finish();
  await rig.settled();
});

test('where there is no room, the connection that was kept longest makes some', async () => {
  await rig.dispose();
  rig = await startRig({ limits: { clientConnections: 2 } });
  rig.link.addUser('alice', 1_000_000);
  const target = rig.adopt(await startHeadOrigin(() => 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
  const ask = async (client: RawClient) => {
    client.send(`GET http://${target.authority}/ HTTP/1.1\r\n${AUTH}\r\n`);
    expect((await client.readResponse()).status).toBe(200);
  };
  const first = await rig.connect();
  await ask(first);
  const second = await rig.connect();
  await ask(second);
  await ask(first);
  const third = await rig.connect();
  await ask(third);
  expect(await second.readAll()).toHaveLength(0);
  await ask(first);
});

test('what is not HTTP is closed', async () => {
  const client = await rig.connect();
  client.send(Buffer.of(0x16, 0x03, 0x01));
  await client.closed();
  await rig.settled();
});

test.each([
  'Basic',
  'Basic !!!',
  `Basic ${Buffer.from('nocolon').toString('base64')}`,
  `Basic ${Buffer.from([0x61, 0x3a, 0xff]).toString('base64')}`,
  'Bearer abc',
  'Digest username="alice"',
])('407 for credentials of another form: %s', async (value) => {
  const client = await rig.connect();
  client.send(`CONNECT 127.0.0.1:1 HTTP/1.1\r\nProxy-Authorization: ${value}\r\n\r\n`);
  expect((await client.readResponse()).status).toBe(407);
});

test('an answer of ours to HEAD has no body', async () => {
  const client = await rig.connect();
  client.send('HEAD http://127.0.0.1:1/ HTTP/1.1\r\n\r\n');
  expect(await client.readHead()).toMatch(/^HTTP\/1.1 407 /);
  client.send('HEAD http://127.0.0.1:1/ HTTP/1.1\r\n\r\n');
  expect(await client.readHead()).toMatch(/^HTTP\/1.1 407 /);
});
