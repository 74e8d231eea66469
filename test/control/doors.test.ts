/** Who may ask the control API, and what is made of questions that no gateway asks. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CALL_NAMES } from '../../src/gateway/link/calls.ts';
import type { HttpsCarrier } from '../../src/gateway/link/https.ts';
import { linkOver } from '../../src/gateway/link/link.ts';
import { SessionOver } from '../../src/gateway/session-over.ts';
import { createTestApi, type TestApi } from '../support/api.ts';
import { type ControlSide, heard, startControl } from '../support/control.ts';
import { apiRoutes } from '../support/routes.ts';

const IN_FORCE_WITHIN_MS = 2_000;

let api: TestApi;
let control: ControlSide;
let token: string;
let session: string;
const carriers: HttpsCarrier[] = [];

beforeAll(async () => {
  api = await createTestApi();
  control = await startControl(api);
  token = await control.mint('gw1');
  const opened = await ask('open', { sequence: 1 });
  session = (opened.body as { sessionId: string }).sessionId;
});
afterAll(async () => {
  for (const carrier of carriers) carrier.close();
  await api.close();
});

function carrierOf(secret: string): HttpsCarrier {
  const carrier = control.https(secret);
  carriers.push(carrier);
  return carrier;
}

async function ask(call: string, body: unknown, secret: string | null = token, method = 'POST') {
  const isText = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(new URL(`/api/control/v1/${call}`, control.url), {
    method,
    headers: {
      'content-type': 'application/json',
      ...(secret !== null && { authorization: `Bearer ${secret}` }),
    },
    ...(method === 'POST' && { body: isText ? (body as string) : JSON.stringify(body) }),
  });
  const text = await response.text();
  const type = response.headers.get('content-type');
  return { status: response.status, type, body: text === '' ? undefined : JSON.parse(text) };
}

const PROBLEM = /^application\/problem\+json/;

describe('who may ask', () => {
  test('only a node: no key, and no other secret', async () => {
    const { accountId, key } = await api.reseller();
    const [owner] = await api.database.sql<{ id: bigint }[]>`
      INSERT INTO account (public_id, email, name, is_owner, tier, created_at)
        VALUES ('acc_owner', 'owner@localhost', 'Owner', true, 'STANDARD', now()) RETURNING id`;
    const admin = await api.mintKey(owner!.id, ['admin:read', 'admin:write']);
    const all = await api.mintKey(accountId, ['reseller:read', 'reseller:write', 'user:read', 'user:write']);
    const strangers = [
      '',
      'hg_node_x',
      `${token}x`,
      token.slice(0, -1),
      token.toLowerCase(),
      key,
      admin,
      all,
    ];
    for (const secret of [null, ...strangers, 'x'.repeat(5_000)]) {
      for (const call of [...CALL_NAMES, 'nonsense']) {
        const { status, type } = await ask(call, { sequence: 1 }, secret);
        expect(status).toBe(401);
        expect(type).toMatch(PROBLEM);
      }
      for (const path of ['node', 'events']) expect((await ask(path, '', secret, 'GET')).status).toBe(401);
    }
    expect((await ask('node', '', token, 'GET')).body).toEqual({ name: 'gw1' });
  });

  test("a node's token opens no other door", async () => {
    const routes = await apiRoutes(api.core);
    expect(routes.length).toBeGreaterThan(150);
    const ways = [
      { authorization: `Bearer ${token}` },
      { authorization: `ApiKey ${token}` },
      { authorization: `Basic ${Buffer.from(`${token}:${token}`).toString('base64')}` },
      { 'x-api-key': token },
      { cookie: `headgate_session=${token}; __Host-headgate_session=${token}` },
    ];
    for (const { method, url } of routes) {
      const ask = async (headers: Record<string, string> = {}) => {
        const path = url.replaceAll(/:\w+/g, '1');
        return (await api.app.inject({ method: method as 'GET', url: path, headers })).statusCode;
      };
      // What is open to everybody is so to a node.
      const status = await ask();
      for (const headers of ways) {
        if (status === 401 || status === 403)
          expect([401, 403], `${method} ${url}`).toContain(await ask(headers));
        else expect(await ask(headers), `${method} ${url}`).toBe(status);
      }
    }
  });

  test('a node that is revoked is cut off, its events too, and its session is left to lapse', async () => {
    const secret = await control.mint('leaver');
    const carrier = carrierOf(secret);
    const events = heard(carrier);
    await expect.poll(() => events).toEqual([{ kind: 'resync' }]);
    const link = linkOver(carrier);
    const { sessionId } = await link.open();
    await api.core.nodes.revoke(api.operator, 'leaver');
    const poll = { interval: 20, timeout: IN_FORCE_WITHIN_MS };
    await expect.poll(() => link.report([]).catch((error: Error) => error.name), poll).toBe('NodeRefused');
    const [row] = await api.database.sql<{ closed_at: Date | null }[]>`
      SELECT closed_at FROM gateway_session WHERE id = ${sessionId}`;
    expect(row).toEqual({ closed_at: null });
    // Nothing more is heard: a change that all others hear of passes it by.
    const other = heard(carrierOf(token));
    await expect.poll(() => other.length).toBe(1);
    const { accountId } = await api.reseller();
    const as = { actor: { ...api.operator.actor, accountId } };
    const { username } = await api.core.subusers.create(as, accountId, {
      ...{ username: 'someone', email: 'a@example.com', bytes: 0n, product: 'residential' },
    });
    const hearsOfChange = async () => {
      const counts = [events.length, other.length];
      await api.core.subusers.resetPassword(as, accountId, username);
      await expect.poll(() => other.length).toBeGreaterThan(counts[1]!);
      return events.length > counts[0]!;
    };
    await expect.poll(hearsOfChange, poll).toBe(false);
    expect(await hearsOfChange()).toBe(false);
    await expect(api.core.nodes.rotate(api.operator, 'gone')).rejects.toThrow('No node gone');
    // The name is free again.
    expect(await control.mint('LEAVER')).toMatch(/^hg_node_/);
  });

  test('a token that is rotated works on as long as it was said, and another node keeps its own', async () => {
    const first = await control.mint('turner');
    const second = await api.core.nodes.rotate(api.operator, 'turner', 3600_000);
    expect((await ask('node', '', first, 'GET')).body).toEqual({ name: 'turner' });
    expect((await ask('node', '', second.secret, 'GET')).body).toEqual({ name: 'turner' });
    const third = await api.core.nodes.rotate(api.operator, second.id, 0);
    await expect.poll(async () => (await ask('node', '', first, 'GET')).status).toBe(401);
    await expect.poll(async () => (await ask('node', '', second.secret, 'GET')).status).toBe(401);
    expect((await ask('node', '', third.secret, 'GET')).status).toBe(200);
    expect((await ask('node', '', token, 'GET')).status).toBe(200);
    const record = await api.core.nodes.find('turner');
    expect(record).toMatchObject({ lastUsedFrom: '127.0.0.1', lastUsedAt: expect.any(Date) });
    const text = JSON.stringify(
      await api.database.sql`
      SELECT action, subject, details FROM audit_entry WHERE action LIKE 'node.%'`,
    );
    expect(text).toContain('node.rotate');
    for (const secret of [first, second.secret, third.secret]) expect(text).not.toContain(secret.slice(8));
  });

  test('a node that has expired is cut off, its events too', async () => {
    const expiresAt = new Date(Date.now() + 1_500);
    const { secret } = await api.core.nodes.create(api.operator, { name: 'guest', expiresAt });
    const isKnown = async () => (await ask('node', '', secret, 'GET')).status === 200;
    const stream = await fetch(new URL('/api/control/v1/events', control.url), {
      headers: { authorization: `Bearer ${secret}` },
    });
    // A machine that stood still is late.
    if (Date.now() < expiresAt.getTime()) expect(stream.status).toBe(200);
    await stream.text();
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAt.getTime());
    expect(await isKnown()).toBe(false);
  });

  test('names: one of a kind, and such as a host can have', async () => {
    await expect(control.mint('GW1')).rejects.toThrow('The node name GW1 is taken');
    for (const name of ['', '-x', 'a b', 'a_b', 'ä', 'x'.repeat(64), 'a\0b']) {
      await expect(control.mint(name)).rejects.toThrow('name must be letters');
    }
    const past = new Date('2020-01-01T00:00:00Z');
    await expect(api.core.nodes.create(api.operator, { name: 'late', expiresAt: past })).rejects.toThrow(
      'expiry must be in the future',
    );
    for (const reference of ['a\0b', '', 'none', 'node_none']) {
      await expect(api.core.nodes.find(reference)).rejects.toThrow('No node');
    }
  });

  test("another node's session is unknown here", async () => {
    const thief = linkOver(carrierOf(await control.mint('thief')));
    const stranger = await control.mint('stranger');
    await thief.open();
    for (const [call, fields] of [
      ['report', { reports: [] }],
      ['close', { reports: [] }],
      ['holdSeats', { request: { subscriptionId: '1', seats: 1 } }],
    ] as const) {
      const { status, body } = await ask(call, { session, sequence: 2, ...fields }, stranger);
      expect(status).toBe(409);
      expect(body).toMatchObject({ code: 'session_over' });
    }
    expect((await ask('report', { session, sequence: 3, reports: [] })).body).toEqual([]);
    // What is said of use in it is passed over.
    const reports = [{ sessionId: session, subscriptionId: '1', bytes: 1, requests: 1 }];
    expect((await ask('reportSubscriptions', { sequence: 4, reports }, stranger)).body).toEqual([
      { kind: 'over', subscriptionId: '1' },
    ]);
    const uses = [{ sessionId: session, leaseId: '1', usedUpBytes: 1, usedDownBytes: 1 }];
    expect((await ask('recover', { sequence: 5, uses }, stranger)).body).toEqual({
      strangeSessionIds: [session],
    });
    expect((await ask('recover', { sequence: 6, uses })).body).toEqual({ strangeSessionIds: [] });
    expect((await ask('endSessions', { sequence: 7, sessionIds: [session] }, stranger)).status).toBe(204);
    expect((await ask('report', { session, sequence: 8, reports: [] })).status).toBe(200);
    await expect(thief.report([])).resolves.toEqual([]);
  });
});

describe('questions that no gateway asks', () => {
  const lease = {
    ...{ subuserId: '1', product: 'residential', knownGrantedBytes: 0 },
    ...{ usedUpBytes: 0, usedDownBytes: 0, wantBytes: 1 },
  };
  const report = { leaseId: '1', usedUpBytes: 0, usedDownBytes: 0, close: false };
  const wrong: [string, string, object, string][] = [
    ['an unknown field', 'lease', { request: lease, more: 1 }, 'more'],
    ['an unknown field within', 'lease', { request: { ...lease, extra: true } }, 'request.extra'],
    ['a negative figure', 'lease', { request: { ...lease, wantBytes: -1 } }, 'request.wantBytes'],
    ['half a byte', 'lease', { request: { ...lease, wantBytes: 0.5 } }, 'request.wantBytes'],
    ['a figure as a text', 'lease', { request: { ...lease, usedUpBytes: '7' } }, 'request.usedUpBytes'],
    ['a figure above 2^53', 'lease', { request: { ...lease, usedUpBytes: 2 ** 60 } }, 'request.usedUpBytes'],
    ['an unknown product', 'lease', { request: { ...lease, product: 'gold' } }, 'request.product'],
    ['an id that is none', 'lease', { request: { ...lease, subuserId: "1' OR 1" } }, 'request.subuserId'],
    ['an id too long', 'lease', { request: { ...lease, subuserId: '9'.repeat(40) } }, 'request.subuserId'],
    ['a missing figure', 'report', { reports: [{ leaseId: '1' }] }, 'reports.0.usedUpBytes'],
    ['null in a list', 'report', { reports: [report, null] }, 'reports.1'],
    ['no list', 'report', { reports: {} }, 'reports'],
    ['too many reports', 'report', { reports: Array.from({ length: 50_001 }, () => report) }, 'reports'],
    ['a text for a flag', 'close', { reports: [{ ...report, close: 'yes' }] }, 'reports.0.close'],
    ['too many seats', 'holdSeats', { request: { subscriptionId: '1', seats: 1e9 } }, 'request.seats'],
    ['a NUL in a name', 'authenticate', { username: 'a\0', password: 'x' }, 'username'],
    ['a name without end', 'authenticate', { username: 'a'.repeat(20_000), password: 'x' }, 'username'],
    ['no address', 'identify', { address: 'example.com' }, 'address'],
    ['no session', 'report', { reports: [], session: 'first' }, 'session'],
    ['no sequence', 'exits', { sequence: null }, 'sequence'],
    [
      'a session where none belongs',
      'authenticate',
      { username: 'a', password: 'b', session: '1' },
      'session',
    ],
  ];
  test.each(wrong)('%s is refused, and named', async (_what, call, fields, field) => {
    const isInSession = !['authenticate', 'identify', 'exits'].includes(call);
    const answer = await ask(call, { sequence: 9, ...(isInSession && { session }), ...fields });
    expect(answer.status).toBe(400);
    expect(answer.type).toMatch(PROBLEM);
    expect(answer.body.errors[0].field).toBe(field);
  });

  test('bodies that are none, and bodies without end', async () => {
    const bodies = ['', '{', 'null', '[]', '"x"', '{"sequence":1e999}', new Uint8Array([0xff, 0xfe, 0])];
    for (const body of bodies) {
      const { status, type } = await ask('report', body);
      expect(status).toBe(400);
      expect(type).toMatch(PROBLEM);
    }
    const huge = `{"sequence":1,"session":"${session}","reports":[${' '.repeat(9 * 1024 * 1024)}]}`;
    expect((await ask('report', huge)).status).toBe(413);
    expect((await ask('nonsense', { sequence: 1 })).status).toBe(404);
    expect((await ask('report', '', token, 'GET')).status).toBe(404);
    // It lives.
    expect((await ask('report', { session, sequence: 10, reports: [] })).body).toEqual([]);
  });

  test('a report of as many leases as a gateway may hold is taken', async () => {
    const reports = Array.from({ length: 50_000 }, (_unused, index) => ({
      ...{ leaseId: String(900_000_000 + index), usedUpBytes: 2 ** 50, usedDownBytes: 2 ** 50, close: false },
    }));
    const { status, body } = await ask('report', { session, sequence: 11, reports });
    expect(status).toBe(200);
    expect(body).toHaveLength(50_000);
  });

  test('an answer that is none is no answer', async () => {
    const carrier = control.https(token, new URL('/openapi/', control.url));
    await expect(carrier.introduce()).rejects.toThrow('404');
    await expect(linkOver(carrier).open()).rejects.not.toThrow(SessionOver);
    carrier.close();
  });
});
