/** Reconciliation over HTTP: a ledger that is sent, and one that is fetched. */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { compareLedgers, fetchLedgers } from '../../src/jobs/reconcile.ts';
import { Outgoing } from '../../src/outgoing/outgoing.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';

const HOUR_MS = 3600_000;
const clock = new ManualClock('2026-06-10T00:00:00.000Z');
const PERIOD = { from: '2026-06-01T00:00:00Z', to: '2026-06-08T00:00:00Z' };
let api: TestApi;
let ownerKey: string;
let staffless: TestReseller;
let creditKey: string;

beforeAll(async () => {
  api = await createTestApi({ clock });
  await api.core.accounts.ensureOwner(api.operator, 'owner@example.com', 'a-good-password');
  ownerKey = await api.mintKey((await api.core.accounts.find('owner@example.com')).id, [
    'admin:read',
    'admin:write',
  ]);
  staffless = await api.reseller({ storeCode: 'LEDGER' });
  creditKey = await api.mintKey(staffless.accountId, ['reseller:credit']);
});
afterAll(() => api.close());

async function ask(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  payload?: object | string,
  key = creditKey,
  type = 'application/json',
) {
  const prefix = key === ownerKey ? '/api/admin' : '/api/account';
  const headers = { authorization: `Bearer ${key}`, ...(payload !== undefined && { 'content-type': type }) };
  const response = await api.app.inject({
    method,
    url: `${prefix}${path}`,
    headers,
    ...(payload !== undefined && { payload }),
  });
  const text = response.payload;
  return { status: response.statusCode, text, body: text.startsWith('{') ? JSON.parse(text) : undefined };
}

async function job(which: typeof fetchLedgers, allow: string[] = []) {
  await which.run(api.core, { outgoing: new Outgoing(allow), ending: new AbortController().signal });
}

describe('a ledger that is sent', () => {
  test('by the reseller is compared, and what differs can be read in pages and as CSV', async () => {
    const begun = await ask('POST', '/reconciliations', PERIOD);
    expect(begun).toMatchObject({
      status: 201,
      body: { status: 'waiting', account: expect.any(String), graceSeconds: 3600 },
    });
    const { id } = begun.body;
    const csv =
      'external_ref,kind,amount_usd,at\n=1+1,topup,25.00,2026-06-03T10:00:00Z\nb,topup,1.00,2026-06-03T10:00:00Z\n';
    expect(
      await ask('PUT', `/reconciliations/${id}/ledger`, csv, creditKey, 'text/csv; charset=utf-8'),
    ).toMatchObject({
      status: 200,
      body: { status: 'matching', theirLines: 2 },
    });
    await job(compareLedgers);
    expect((await ask('GET', `/reconciliations/${id}`)).body).toMatchObject({
      status: 'done',
      percent: 100,
      missingHere: 2,
    });
    const first = await ask('GET', `/reconciliations/${id}/differences?limit=1`);
    expect(first.body.data).toHaveLength(1);
    const second = await ask(
      'GET',
      `/reconciliations/${id}/differences?limit=1&cursor=${first.body.nextCursor}`,
    );
    expect(second.body).toMatchObject({ data: [{ sort: 'missing_here', ours: null }], nextCursor: null });
    expect((await ask('GET', `/reconciliations/${id}/differences.csv`)).text).toContain(
      "missing_here,'=1+1,",
    );
    expect((await ask('GET', `/reconciliations/${id}/totals`)).body.data).toEqual([
      { day: '2026-06-03', kind: 'topup', ourCount: 0, ourCents: 0, theirCount: 2, theirCents: 2600 },
    ]);
    expect((await ask('GET', `/reconciliations/${id}/unreadable`)).body.data).toEqual([]);
    const { body } = await ask('GET', '/reviews?status=open', undefined, ownerKey);
    expect(body.data).toMatchObject([{ storeCode: 'LEDGER', causes: [{ subject: `reconciliation:${id}` }] }]);
    const review = body.data[0].id;
    expect((await ask('POST', `/reviews/${review}/resolve`, { note: 'Fine.' }, ownerKey)).body).toMatchObject(
      { note: 'Fine.' },
    );
    expect((await ask('POST', `/reviews/${review}/resolve`, { note: 'Fine.' }, ownerKey)).status).toBe(409);
    expect((await ask('GET', `/reviews/${review}`)).body).toMatchObject({ note: 'Fine.' });
  });

  test('by the owner, for a reseller', async () => {
    const { body } = await ask('POST', '/reconciliations', { reseller: 'LEDGER', ...PERIOD }, ownerKey);
    const sent = await ask('PUT', `/reconciliations/${body.id}/ledger`, '[]', ownerKey);
    expect(sent.body).toMatchObject({ status: 'matching' });
    expect((await ask('GET', '/reconciliations?limit=1', undefined, ownerKey)).body.data[0].id).toBe(body.id);
  });

  test('is refused in a form that is none, or to a reconciliation that is not there or another’s', async () => {
    const { body } = await ask('POST', '/reconciliations', PERIOD);
    expect(
      (await ask('PUT', `/reconciliations/${body.id}/ledger`, 'x', creditKey, 'text/plain')).status,
    ).toBe(415);
    const rows = 'a,b,c\n1,2,3\n';
    // Also while most of it is still on its way, it is said what was wrong.
    for (const text of [rows, rows.repeat(400_000)])
      expect(
        await ask('PUT', `/reconciliations/${body.id}/ledger`, text, creditKey, 'text/csv'),
      ).toMatchObject({
        status: 400,
        body: { code: 'malformed_body', detail: expect.stringContaining('external_ref') },
      });
    const other = await api.mintKey((await api.reseller()).accountId, ['reseller:credit']);
    for (const path of ['', '/differences', '/totals', '/unreadable', '/differences.csv'])
      expect((await ask('GET', `/reconciliations/${body.id}${path}`, undefined, other)).status).toBe(404);
    expect((await ask('PUT', `/reconciliations/${body.id}/ledger`, '[]', other)).status).toBe(404);
    expect((await ask('PUT', '/reconciliations/rec_x/ledger', '[]', ownerKey)).status).toBe(404);
    expect((await ask('GET', '/reconciliations', undefined, staffless.key)).status).toBe(403);
  });

  test.each([
    [{ from: '2026-06-08T00:00:00Z', to: '2026-06-01T00:00:00Z' }, 'to'],
    [{ from: '2020-06-01T00:00:00Z', to: '2026-06-01T00:00:00Z' }, 'to'],
    [{ from: 'yesterday', to: '2026-06-01T00:00:00Z' }, 'from'],
    [{ to: '2026-06-01T00:00:00Z' }, 'from'],
  ])('for the period %j is refused', async (period, field) => {
    const { status, body } = await ask('POST', '/reconciliations', period);
    expect(status).toBe(400);
    expect(body.errors[0].field).toBe(field);
  });
});

describe('a ledger that is fetched', () => {
  test('is asked for by a signed request, for periods that overlap; failures are told and tried again', async () => {
    const asked: { url: string; headers: Record<string, string> }[] = [];
    let answer: [number, string, string] = [200, 'application/x-ndjson', ''];
    const server = http.createServer((request, response) => {
      asked.push({ url: request.url!, headers: request.headers as Record<string, string> });
      response.writeHead(answer[0], { 'content-type': answer[1] }).end(answer[2]);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const set = (settings: object) => ask('PUT', '/resellers/LEDGER/ledger-source', settings, ownerKey);
    const source = async () => {
      const { status, body } = await ask('GET', '/resellers/LEDGER/ledger-source', undefined, ownerKey);
      return { status, body: body.source };
    };
    expect((await source()).body).toBeNull();
    const { body } = await set({ url: `${base}/ledger?shop=1`, everyHours: 24 });
    expect(body.secret).toMatch(/^whsec_/);
    expect((await set({ url: `${base}/ledger?shop=1`, everyHours: 24 })).body.secret).toBeNull();

    // Private, and not allowed.
    await job(fetchLedgers);
    expect(asked).toEqual([]);
    expect((await source()).body.lastError).toContain('private');

    clock.advance(HOUR_MS);
    await job(fetchLedgers, ['127.0.0.0/8']);
    await job(fetchLedgers, ['127.0.0.0/8']);
    expect(asked).toHaveLength(1);
    const [first] = asked as [(typeof asked)[0]];
    expect(first.url).toMatch(
      /^\/ledger\?shop=1&from=2026-06-08T22%3A00%3A00.000Z&to=2026-06-10T01%3A00%3A00.000Z$/,
    );
    vi.useFakeTimers({ toFake: ['Date'], now: clock.now() });
    try {
      new Webhook(body.secret).verify(
        JSON.stringify({ method: 'GET', url: `${base}${first.url}` }),
        first.headers,
      );
    } finally {
      vi.useRealTimers();
    }
    await job(compareLedgers);
    const list = async () => (await ask('GET', '/reconciliations?limit=1')).body.data[0];
    expect(await list()).toMatchObject({ source: 'pull', status: 'done' });
    expect((await source()).body).toMatchObject({ lastError: null, fetchedTo: '2026-06-10T01:00:00.000Z' });

    for (const [wrong, error] of [
      [[500, 'text/csv', ''], 'answered 500'],
      [[200, 'text/html', '<p>'], 'text/html'],
      [[200, 'text/csv', 'a,b\n'], 'ledger'],
    ] as const) {
      answer = [...wrong];
      clock.set(new Date((await source()).body.nextAt));
      await job(fetchLedgers, ['127.0.0.0/8']);
      expect((await source()).body).toMatchObject({
        lastError: expect.stringContaining(error),
        fetchedTo: '2026-06-10T01:00:00.000Z',
      });
      expect(await list()).toMatchObject({ status: 'failed', error: expect.stringContaining(error) });
    }
    expect((await ask('DELETE', '/resellers/LEDGER/ledger-source', undefined, ownerKey)).status).toBe(200);
    server.closeAllConnections();
    server.close();
  });

  test('is fetched again within the hour when the process that fetched it has died', async () => {
    const server = http.createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('[]');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await ask('PUT', '/resellers/LEDGER/ledger-source', { url, everyHours: 24 }, ownerKey);
    const dead = await api.core.ledgerSources.takeDue();
    await job(fetchLedgers, ['127.0.0.0/8']);
    clock.advance(HOUR_MS);
    await job(fetchLedgers, ['127.0.0.0/8']);
    await job(compareLedgers);
    const [next, first] = (await ask('GET', '/reconciliations?limit=2')).body.data;
    expect(first).toMatchObject({
      id: dead!.reconciliationId,
      status: 'failed',
      error: expect.stringContaining('stopped'),
    });
    expect(next).toMatchObject({ status: 'done', from: first.from });
    const source = await ask('GET', '/resellers/LEDGER/ledger-source', undefined, ownerKey);
    expect(Date.parse(source.body.source.nextAt)).toBe(clock.now().getTime() + 24 * HOUR_MS);
    await ask('DELETE', '/resellers/LEDGER/ledger-source', undefined, ownerKey);
    const account = await api.core.accounts.find('LEDGER');
    const entries = await api.core.auditLog.page(
      { subject: `account:${account.publicId}`, action: 'reconciliation-source.' },
      { limit: 2 },
    );
    const settings = { url, everyHours: 24, enabled: true, secret: 'not shown' };
    expect(entries.rows.map(({ details }) => details)).toEqual([
      { before: settings, after: null },
      { before: null, after: settings },
    ]);
    server.closeAllConnections();
    server.close();
  });

  test.each([
    [{ url: 'ftp://example.com', everyHours: 1 }, 'url'],
    [{ url: 'https://example.com', everyHours: 0 }, 'everyHours'],
    [{ url: 'https://example.com', everyHours: 1.5 }, 'everyHours'],
    [{ url: 'https://example.com' }, 'everyHours'],
  ])('cannot be set to %j', async (settings, field) => {
    const { status, body } = await ask('PUT', '/resellers/LEDGER/ledger-source', settings, ownerKey);
    expect(status).toBe(400);
    expect(body.errors[0].field).toBe(field);
  });

  test('is judged by settings that the owner changes', async () => {
    const change = { graceSeconds: 7200, toleranceCents: 5 };
    expect((await ask('PATCH', '/reconciliation-settings', change, ownerKey)).body).toEqual({
      ...change,
      reviewFrom: 1,
    });
    expect((await ask('GET', '/reconciliation-settings', undefined, ownerKey)).body).toEqual({
      ...change,
      reviewFrom: 1,
    });
    expect((await ask('PATCH', '/reconciliation-settings', { reviewFrom: 0 }, ownerKey)).status).toBe(400);
  });
});
