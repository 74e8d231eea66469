import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { basic, eventually, type Rig, startRig } from '../support/gateway/harness.ts';
import { type Origin, startHeadOrigin, startOrigin } from '../support/gateway/origins.ts';

const PLENTY = 1_000_000_000;
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
let rig: Rig;

beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.dispose());

function get(origin: Origin, path = '/', fields = ''): string {
  return `GET http://${origin.authority}${path} HTTP/1.1\r\nHost: ${origin.authority}\r\n${basic('alice')}${fields}\r\n`;
}

test('a request and its response are counted as they were relayed', async () => {
  const alice = rig.link.addUser('alice', PLENTY);
  const target = rig.adopt(await startHeadOrigin(() => OK));
  const client = await rig.connect();
  client.send(get(target, '/a?b=c'));
  const { status, body } = await client.readResponse();
  expect([status, body]).toEqual([200, 'ok']);
  expect(target.heads).toEqual([`GET /a?b=c HTTP/1.1\r\nHost: ${target.authority}\r\n\r\n`]);
  client.finish();
  await client.readAll();
  await rig.settled();
  expect(rig.link.used(alice)).toEqual({
    up: target.receivedBytes,
    down: client.receivedBytes,
    total: target.receivedBytes + client.receivedBytes,
  });
});

test('kept alive on both sides, pipelined requests are answered in order', async () => {
  rig.link.addUser('alice', PLENTY);
  const target = rig.adopt(
    await startHeadOrigin(({ lines }) => {
      const path = lines[0]!.split(' ')[1]!;
      return `HTTP/1.1 200 OK\r\nContent-Length: ${path.length}\r\n\r\n${path}`;
    }),
  );
  const client = await rig.connect();
  client.send(['/1', '/22', '/333', '/4444'].map((path) => get(target, path)).join(''));
  const bodies: string[] = [];
  for (let count = 0; count < 4; count += 1) bodies.push((await client.readResponse()).body);
  expect(bodies).toEqual(['/1', '/22', '/333', '/4444']);
  expect(target.connections).toBe(1);
});

test('who has asked for everything and ends its sending is answered all the same', async () => {
  rig.link.addUser('alice', PLENTY);
  let asked = 0;
  const target = rig.adopt(
    await startHeadOrigin(({ socket }) => {
      asked += 1;
      const answer = `HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n${asked}`;
      setTimeout(() => socket.write(answer), 20);
      return undefined;
    }),
  );
  const client = await rig.connect();
  client.send(get(target).repeat(3));
  client.finish();
  for (const body of ['1', '2', '3'])
    expect(await client.readResponse()).toMatchObject({ status: 200, body });
  expect(await client.readAll()).toHaveLength(0);
});

test('each request on a connection needs credentials of its own', async () => {
  rig.link.addUser('alice', PLENTY);
  const bob = rig.link.addUser('bob', PLENTY);
  const target = rig.adopt(await startHeadOrigin(() => OK));
  const client = await rig.connect();
  client.send(get(target));
  expect((await client.readResponse()).status).toBe(200);
  client.send(`GET http://${target.authority}/ HTTP/1.1\r\n\r\n`);
  expect((await client.readResponse()).status).toBe(407);
  const before = client.receivedBytes;
  client.send(`GET http://${target.authority}/ HTTP/1.1\r\n${basic('bob')}\r\n`);
  expect((await client.readResponse()).status).toBe(200);
  await eventually(() => expect(rig.link.used(bob).down).toBe(client.receivedBytes - before));
});

test('a refused request with a body leaves the connection usable', async () => {
  rig.link.addUser('alice', PLENTY);
  const target = rig.adopt(await startHeadOrigin(() => OK));
  const client = await rig.connect();
  client.send(
    `POST http://${target.authority}/ HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello` +
      `POST http://${target.authority}/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
  );
  expect((await client.readResponse()).status).toBe(407);
  expect((await client.readResponse()).status).toBe(407);
  client.send(get(target));
  expect((await client.readResponse()).status).toBe(200);
});

test('no target speaks in the name of the gateway', async () => {
  rig.link.addUser('alice', PLENTY);
  const target = rig.adopt(
    await startHeadOrigin(
      () =>
        'HTTP/1.1 407 Pay\r\nProxy-Status: headgate; error=http_request_denied\r\nproxy-status:  cdn, "Headgate"\r\n' +
        'Proxy-Status: cdn; fwd=miss\r\nProxy-Authenticate: Basic realm="evil"\r\nContent-Length: 2\r\n\r\nok',
    ),
  );
  const client = await rig.connect();
  client.send(`GET http://${target.authority}/ HTTP/1.1\r\n${basic('alice')}\r\n`);
  const { head } = await client.readResponse();
  expect(head).toBe('HTTP/1.1 407 Pay\r\nProxy-Status: cdn; fwd=miss\r\nContent-Length: 2\r\n\r\n');
});

test('hop-by-hop fields stay here, both ways, and nothing betrays the proxy', async () => {
  rig.link.addUser('alice', PLENTY);
  const target = rig.adopt(
    await startHeadOrigin(
      () =>
        'HTTP/1.1 200 OK\r\nConnection: X-Secret, keep-alive\r\nX-Secret: 1\r\nKeep-Alive: timeout=5\r\n' +
        'Proxy-Authenticate: Basic\r\nUpgrade: h2c\r\nX-Kept: 1\r\nContent-Length: 2\r\n\r\nok',
    ),
  );
  const client = await rig.connect();
  client.send(
    `GET http://${target.authority}/ HTTP/1.1\r\nHost: elsewhere.example\r\n${basic('alice')}` +
      'Connection: X-Mine, Upgrade, HTTP2-Settings\r\nX-Mine: 1\r\nHTTP2-Settings: AAA\r\nUpgrade: h2c\r\n' +
      'Proxy-Connection: keep-alive\r\nKeep-Alive: 5\r\nTE: trailers, gzip\r\nX-Kept: a\r\nX-Kept: b\r\n\r\n',
  );
  const { head } = await client.readResponse();
  expect(target.heads[0]).toBe(
    `GET / HTTP/1.1\r\nHost: ${target.authority}\r\nX-Kept: a\r\nX-Kept: b\r\nTE: trailers\r\nConnection: TE\r\n\r\n`,
  );
  expect(head).toBe('HTTP/1.1 200 OK\r\nX-Kept: 1\r\nContent-Length: 2\r\n\r\n');
});

test.each([
  ['http://HOST', '/'],
  ['http://HOST?q', '/?q'],
  ['HTTP://HOST/x//y', '/x//y'],
])('%s is asked for as %s', async (url, path) => {
  rig.link.addUser('alice', PLENTY);
  const target = rig.adopt(await startHeadOrigin(() => OK));
  const client = await rig.connect();
  client.send(`GET ${url.replace('HOST', target.authority)} HTTP/1.1\r\n${basic('alice')}\r\n`);
  await client.readResponse();
  expect(target.heads[0]).toContain(`GET ${path} HTTP/1.1\r\n`);
});

describe('bodies', () => {
  test('chunked both ways, with extensions and trailers, byte for byte', async () => {
    const alice = rig.link.addUser('alice', PLENTY);
    const wire = '5;x=y\r\nhello\r\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\nX-Sum: 1\r\n\r\n';
    const target = rig.adopt(
      await startOrigin((socket, origin) => {
        socket.once('data', () =>
          socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n'),
        );
        let received = '';
        socket.on('data', (bytes) => {
          received += bytes.toString('latin1');
          if (received.endsWith('X-Sum: 1\r\n\r\n')) socket.write(wire);
        });
        socket.on('end', () => socket.end());
        expect(origin.connections).toBe(1);
      }),
    );
    const client = await rig.connect();
    const send = `POST http://${target.authority}/ HTTP/1.1\r\n${basic('alice')}Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n`;
    client.send(send);
    for (const byte of Buffer.from(wire)) {
      client.send(Buffer.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const head = await client.readHead();
    expect(head).toBe('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n');
    expect((await client.readBytes(wire.length)).toString()).toBe(wire);
    client.finish();
    await client.readAll();
    await rig.settled();
    expect(rig.link.used(alice)).toEqual({
      up: target.receivedBytes,
      down: client.receivedBytes,
      total: target.receivedBytes + client.receivedBytes,
    });
  });

  test('a large body both ways, behind it the next request', async () => {
    rig.link.addUser('alice', PLENTY);
    const size = 5_000_000;
    const target = rig.adopt(
      await startOrigin((socket) => {
        let got = 0;
        socket.on('data', (bytes) => {
          got += bytes.length;
          if (got < size) return;
          got = 0;
          socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`);
          socket.write(Buffer.alloc(size, 'r'));
        });
      }),
    );
    const client = await rig.connect();
    for (let round = 0; round < 2; round += 1) {
      client.send(
        `PUT http://${target.authority}/ HTTP/1.1\r\n${basic('alice')}Content-Length: ${size}\r\n\r\n`,
      );
      client.send(Buffer.alloc(size, 's'));
      expect((await client.readResponse()).body).toHaveLength(size);
    }
  });

  test('100-continue is asked and answered through the gateway', async () => {
    rig.link.addUser('alice', PLENTY);
    const target = rig.adopt(
      await startOrigin((socket) => {
        socket.once('data', (head) => {
          expect(head.toString()).toContain('Expect: 100-continue');
          socket.write('HTTP/1.1 100 Continue\r\n\r\n');
          socket.once('data', (body) =>
            socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`),
          );
        });
      }),
    );
    const client = await rig.connect();
    client.send(
      `POST http://${target.authority}/ HTTP/1.1\r\n${basic('alice')}Expect: 100-continue\r\nContent-Length: 4\r\n\r\n`,
    );
    expect(await client.readHead()).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    client.send('body');
    expect((await client.readResponse()).body).toBe('body');
  });

  test('a response without a length ends with the connection', async () => {
    rig.link.addUser('alice', PLENTY);
    const target = rig.adopt(
      await startHeadOrigin(({ socket }) => {
        socket.end('HTTP/1.0 200 OK\r\nX: 1\r\n\r\nuntil the end');
        return undefined;
      }),
    );
    const client = await rig.connect();
    client.send(get(target));
    expect((await client.readAll()).toString()).toBe(
      'HTTP/1.1 200 OK\r\nX: 1\r\nConnection: close\r\n\r\nuntil the end',
    );
  });

  test('HEAD, 204 and 304 have none, whatever their head says', async () => {
    rig.link.addUser('alice', PLENTY);
    const answers: Record<string, string> = {
      HEAD: 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n',
      DELETE: 'HTTP/1.1 204 No Content\r\n\r\n',
      GET: 'HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n',
    };
    const target = rig.adopt(await startHeadOrigin(({ lines }) => answers[lines[0]!.split(' ')[0]!]));
    const client = await rig.connect();
    for (const [method, answer] of Object.entries(answers)) {
      client.send(`${method} http://${target.authority}/ HTTP/1.1\r\n${basic('alice')}\r\n`);
      expect(await client.readHead()).toBe(answer);
    }
    expect(target.connections).toBe(1);
  });

  test('an HTTP/1.0 client gets no chunks, no interim responses, and the end by the close', async () => {
    rig.link.addUser('alice', PLENTY);
    const target = rig.adopt(
      await startHeadOrigin(
        () =>
          'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n' +
          'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n',
      ),
    );
    const client = await rig.connect();
    client.send(`GET http://${target.authority}/ HTTP/1.0\r\n${basic('alice')}\r\n`);
    expect((await client.readAll()).toString()).toBe('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabcdefg');
  });

  test('an HTTP/1.0 client may ask to keep the connection', async () => {
    rig.link.addUser('alice', PLENTY);
    const target = rig.adopt(await startHeadOrigin(() => OK));
    const client = await rig.connect();
    for (let round = 0; round < 2; round += 1) {
      client.send(
        `GET http://${target.authority}/ HTTP/1.0\r\nProxy-Connection: keep-alive\r\n${basic('alice')}\r\n`,
      );
      expect((await client.readResponse()).head).toContain('Connection: keep-alive');
    }
  });
});

describe('upgrade', () => {
  test('101 makes a tunnel of it, counted', async () => {
    const alice = rig.link.addUser('alice', PLENTY);
    const target = rig.adopt(
      await startOrigin((socket) => {
        socket.once('data', (head) => {
          expect(head.toString()).toContain('Upgrade: websocket\r\nConnection: Upgrade\r\n');
          socket.write(
            'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nfirst',
          );
          socket.pipe(socket);
        });
      }),
    );
    const client = await rig.connect();
    client.send(
      get(target, '/ws', 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n'),
    );
    expect(await client.readHead()).toBe(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    );
    expect((await client.readBytes(5)).toString()).toBe('first');
    client.send(Buffer.alloc(100_000, 'w'));
    expect(await client.readBytes(100_000)).toHaveLength(100_000);
    client.finish();
    await client.readAll();
    await rig.settled();
    expect(rig.link.used(alice)).toEqual({
      up: target.receivedBytes,
      down: client.receivedBytes,
      total: target.receivedBytes + client.receivedBytes,
    });
  });

  test('101 without having been asked is no answer', async () => {
    rig.link.addUser('alice', PLENTY);
    const target = rig.adopt(
      await startHeadOrigin(() => 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n'),
    );
    const client = await rig.connect();
    client.send(get(target));
    expect((await client.readResponse()).status).toBe(502);
  });
});

describe('a target that fails', () => {
  test('closes a kept connection: what is safe to repeat is repeated on a new one', async () => {
    rig.link.addUser('alice', PLENTY);
    const target = rig.adopt(
      await startHeadOrigin(({ socket, lines }) => {
        if (lines[0]!.includes('/second') && target.connections === 1) {
          socket.end();
          return undefined;
        }
        return OK;
      }),
    );
    const client = await rig.connect();
    client.send(get(target, '/first'));
    await client.readResponse();
    client.send(get(target, '/second'));
    expect((await client.readResponse()).status).toBe(200);
    expect(target.connections).toBe(2);
  });

  test('a request that is not safe to repeat gets a connection of its own from the start', async () => {
    rig.link.addUser('alice', PLENTY);
    const target = rig.adopt(await startHeadOrigin(() => OK));
    const client = await rig.connect();
    client.send(get(target));
    await client.readResponse();
    client.send(`POST http://${target.authority}/ HTTP/1.1\r\n${basic('alice')}\r\n`);
    await client.readResponse();
    expect(target.connections).toBe(2);
  });

  test.each([
    ['closes without an answer', (socket: { end(): void }) => socket.end(), 502, 'connection_terminated'],
    [
      'resets',
      (socket: { resetAndDestroy(): void }) => socket.resetAndDestroy(),
      502,
      'connection_terminated',
    ],
  ] as const)('%s: %s', async (_name, act, status, error) => {
    rig.link.addUser('alice', PLENTY);
    const target = rig.adopt(
      await startHeadOrigin(({ socket }) => {
        act(socket);
        return undefined;
      }),
    );
    const client = await rig.connect();
    client.send(get(target));
    const response = await client.readResponse();
    expect(response.status).toBe(status);
    expect(response.head).toContain(`error=${error}`);
  });

  test('never answers: 504', async () => {
    await rig.dispose();
    rig = await startRig({ limits: { tunnelIdleMs: 80 } });
    rig.link.addUser('alice', PLENTY);
    const target = rig.adopt(await startHeadOrigin(() => undefined));
    const client = await rig.connect();
    client.send(get(target));
    const response = await client.readResponse();
    expect(response.status).toBe(504);
    expect(response.head).toContain('error=http_response_timeout');
  });

  test('ends in the middle of a body: so does the client connection', async () => {
    rig.link.addUser('alice', PLENTY);
    const target = rig.adopt(
      await startHeadOrigin(({ socket }) => {
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf');
        return undefined;
      }),
    );
    const client = await rig.connect();
    client.send(get(target));
    expect((await client.readAll()).toString()).toMatch(/\r\n\r\nhalf$/);
  });

  test('answers before it has the whole request: the answer is relayed, then the connection ends', async () => {
    rig.link.addUser('alice', PLENTY);
    const target = rig.adopt(
      await startOrigin((socket) => {
        socket.once('data', () => socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig'));
        socket.on('end', () => socket.end());
      }),
    );
    const client = await rig.connect();
    client.send(
      `POST http://${target.authority}/ HTTP/1.1\r\n${basic('alice')}Content-Length: 1000000\r\n\r\nsome`,
    );
    expect((await client.readAll()).toString()).toMatch(/^HTTP\/1.1 413 [\s\S]*\r\n\r\nbig$/);
    client.finish();
    await rig.settled();
  });

  test.each([
    ['both lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd'],
    ['a negative length', 'HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nabc'],
    ['another coding', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['a folded field', 'HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 0\r\n\r\n'],
    ['space before the colon', 'HTTP/1.1 200 OK\r\nContent-Length : 0\r\n\r\n'],
    ['bare LF', 'HTTP/1.1 200 OK\nContent-Length: 0\n\n'],
    ['NUL', 'HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n'],
    ['no HTTP', 'SSH-2.0-OpenSSH_9.7\r\n\r\n'],
    ['HTTP/2', 'HTTP/2 200\r\n\r\n'],
    ['chunks in HTTP/1.0', 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    [
      'a framing field named hop-by-hop',
      'HTTP/1.1 200 OK\r\nConnection: Content-Length\r\nContent-Length: 2\r\n\r\nok',
    ],
  ])('malformed response, %s: 502', async (_name, response) => {
    rig.link.addUser('alice', PLENTY);
    const target = rig.adopt(await startHeadOrigin(() => response));
    const client = await rig.connect();
    client.send(get(target));
    const { status, head } = await client.readResponse();
    expect(status).toBe(502);
    expect(head).toContain('error=http_protocol_error');
    await client.closed();
  });

  test.each([0, 1])('interim responses without end, many in one read, HTTP/1.%i: 502', async (minor) => {
    rig.link.addUser('alice', PLENTY);
    const interim = 'HTTP/1.1 103 Early Hints\r\n\r\n';
    const target = rig.adopt(await startHeadOrigin(() => interim.repeat(50_000)));
    const client = await rig.connect();
    client.send(`GET http://${target.authority}/ HTTP/1.${minor}\r\n${basic('alice')}\r\n`);
    const answer = (await client.readAll()).toString();
    expect(answer.startsWith(interim.repeat(minor * 100))).toBe(true);
    expect(answer.slice(minor * 100 * interim.length)).toMatch(
      /^HTTP\/1.1 502 [\s\S]*too many interim responses/,
    );
    client.finish();
    await rig.settled();
  });

  test('a response head without end: 502', async () => {
    rig.link.addUser('alice', PLENTY);
    const target = rig.adopt(await startHeadOrigin(() => `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}`));
    const client = await rig.connect();
    client.send(get(target));
    const { status, head } = await client.readResponse();
    expect(status).toBe(502);
    expect(head).toContain('error=http_response_header_section_size');
  });
});
