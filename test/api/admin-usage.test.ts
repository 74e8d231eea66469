/** What was used: by minute, hour and day, of one subuser, of a reseller, of all; and the overviews made of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UsageRollUp } from '../../src/core/usage/roll-up.ts';
import { inTransaction } from '../../src/db/client.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import type { Product } from '../../src/shared/products.ts';
import { createOwnApis, type OwnApis } from '../support/own-api.ts';

const clock = new ManualClock('2026-05-04T10:30:20Z');
const MB = 1_000_000;
const DAY_MS = 86_400_000;

let apis: OwnApis;
let sessionId: bigint;
beforeAll(async () => {
  apis = await createOwnApis({ clock });
});
beforeEach(async () => {
  sessionId = await apis.api.core.leases.openSession('gw', true);
});
afterAll(async () => {
  await apis.api.assertLedgerHolds();
  await apis.close();
});

async function make(whose: 'mine' | 'other', username: string): Promise<{ id: string; internalId: bigint }> {
  const { id } = await apis[whose].client.ok('POST', '/subusers', {
    username,
    bytes: { residential: 100 * MB },
  });
  const [row] = await apis.api.database.sql<{ id: bigint }[]>`SELECT id FROM subuser WHERE public_id = ${id}`;
  return { id, internalId: row!.id };
}

/** A gateway relays bytes of a subuser, and reports them. */
async function use(
  subuserId: bigint,
  up: number,
  down: number,
  product: Product = 'residential',
): Promise<void> {
  const { leases } = apis.api.core;
  const lease = await leases.lease({
    sessionId,
    subuserId,
    product,
    knownGrantedBytes: 0n,
    usedUpBytes: 0n,
    usedDownBytes: 0n,
    wantBytes: BigInt(up + down),
  });
  if (lease.kind !== 'granted') throw new Error(`no lease: ${lease.kind}`);
  const report = {
    leaseId: lease.leaseId,
    usedUpBytes: BigInt(up),
    usedDownBytes: BigInt(down),
    close: true,
  };
  await leases.report(sessionId, [report]);
}

const range = (resolution: string, from: string, to: string) =>
  `resolution=${resolution}&from=${from}&to=${to}`;
const today = range('minute', '2026-05-04T00:00:00Z', '2026-05-05T00:00:00Z');

describe('use', () => {
  it('is summed by minute, hour and day: of a subuser, of its reseller, of all', async () => {
    const { owner, mine, other, api } = apis;
    const anna = await make('mine', 'anna');
    const otto = await make('mine', 'otto');
    const ida = await make('other', 'ida');
    await use(anna.internalId, 1000, 20_000);
    await use(otto.internalId, 500, 700);
    await api.core.usageRollUp.run();
    clock.advance(60_000);
    await use(anna.internalId, 1, 2);
    await use(ida.internalId, 10, 20);
    clock.advance(3600_000);
    await use(anna.internalId, 100, 200);
    await api.core.usageRollUp.run();
    // Once more changes nothing.
    await api.core.usageRollUp.run();

    const points = async (client: typeof owner, path: string) => (await client.ok('GET', path)).points;
    expect(await points(mine.client, `/subusers/${anna.id}/usage?${today}`)).toEqual([
      { product: 'residential', start: '2026-05-04T10:30:00.000Z', upBytes: 1000, downBytes: 20_000 },
      { product: 'residential', start: '2026-05-04T10:31:00.000Z', upBytes: 1, downBytes: 2 },
      { product: 'residential', start: '2026-05-04T11:31:00.000Z', upBytes: 100, downBytes: 200 },
    ]);
    expect(await points(mine.client, `/usage?${today}`)).toEqual([
      { product: 'residential', start: '2026-05-04T10:30:00.000Z', upBytes: 1500, downBytes: 20_700 },
      { product: 'residential', start: '2026-05-04T10:31:00.000Z', upBytes: 1, downBytes: 2 },
      { product: 'residential', start: '2026-05-04T11:31:00.000Z', upBytes: 100, downBytes: 200 },
    ]);
    const hours = range('hour', '2026-05-04T00:00:00Z', '2026-05-05T00:00:00Z');
    const both = [
      { product: 'residential', start: '2026-05-04T10:00:00.000Z', upBytes: 1511, downBytes: 20_722 },
      { product: 'residential', start: '2026-05-04T11:00:00.000Z', upBytes: 100, downBytes: 200 },
    ];
    expect(await points(owner, `/usage?${hours}`)).toEqual(both);
    expect(await points(owner, `/usage?${hours}&resellerId=${other.id}`)).toEqual([
      { product: 'residential', start: '2026-05-04T10:00:00.000Z', upBytes: 10, downBytes: 20 },
    ]);
    const days = range('day', '2026-05-01T00:00:00Z', '2026-06-01T00:00:00Z');
    expect(await points(owner, `/usage?${days}`)).toEqual([
      { product: 'residential', start: '2026-05-04T00:00:00.000Z', upBytes: 1611, downBytes: 20_922 },
    ]);
    // `to` is not part of it.
    const until = range('hour', '2026-05-04T10:00:00Z', '2026-05-04T11:00:00Z');
    expect(await points(owner, `/usage?${until}`)).toEqual(both.slice(0, 1));
  });

  it.each([
    ['to', range('minute', '2026-05-04T00:00:00Z', '2026-05-04T00:00:00Z')],
    ['from', range('minute', '2026-05-01T00:00:00Z', '2026-05-04T00:00:00Z')],
    ['from', range('minute', '2026-05-01', '2026-05-04T00:00:00Z')],
    ['to', range('day', '2026-05-01T00:00:00Z', '2026-02-30T00:00:00Z')],
    ['resolution', range('week', '2026-05-01T00:00:00Z', '2026-05-04T00:00:00Z')],
  ])('is refused, naming %s, for ?%s', async (field, query) => {
    for (const client of [apis.owner, apis.mine.client]) {
      expect((await client.get(`/usage?${query}`)).body).toMatchObject({ status: 400, errors: [{ field }] });
    }
  });

  it('of a time in which the job did not run is summed when it does', async () => {
    const { owner, api } = apis;
    const late = await make('mine', 'late');
    clock.set('2026-05-06T23:59:30Z');
    await use(late.internalId, 5, 5);
    clock.set('2026-05-08T01:00:00Z');
    sessionId = await api.core.leases.openSession('gw', true);
    await use(late.internalId, 7, 7);
    await api.core.usageRollUp.run();
    const days = range('day', '2026-05-06T00:00:00Z', '2026-05-09T00:00:00Z');
    expect((await owner.ok('GET', `/usage?${days}`)).points).toMatchObject([
      { start: '2026-05-06T00:00:00.000Z', upBytes: 5 },
      { start: '2026-05-08T00:00:00.000Z', upBytes: 7 },
    ]);
  });

  it('is lost in no sum when two processes make them', async () => {
    const { api } = apis;
    const busy = await make('other', 'busy');
    await Promise.all([use(busy.internalId, 3, 4), api.core.usageRollUp.run(), api.core.usageRollUp.run()]);
    await Promise.all([api.core.usageRollUp.run(), api.core.usageRollUp.run()]);
    const [sums] = await api.database.sql<{ series: bigint; account: bigint }[]>`
      SELECT (SELECT sum(up_bytes + down_bytes) FROM usage_series WHERE resolution = 'day')::bigint AS series,
          (SELECT sum(up_bytes + down_bytes) FROM account_usage WHERE resolution = 'day')::bigint AS account`;
    expect(sums!.account).toBe(sums!.series);
  });
});

describe('the order of subusers', () => {
  it('follows what they use and are given', async () => {
    const { mine, api } = apis;
    const heavy = await make('mine', 'heavy');
    await use(heavy.internalId, 50 * MB, 1);
    await api.core.usageRollUp.run();
    const first = async (sort: string) =>
      (await mine.client.get(`/subusers?sort=${sort}&limit=1`)).body.data[0].id;
    expect(await first('used')).toBe(heavy.id);
    expect(await first('remaining')).not.toBe(heavy.id);
    await mine.client.ok('POST', `/subusers/${heavy.id}/allocate`, {
      product: 'residential',
      bytes: 90 * MB,
    });
    await api.core.usageRollUp.run();
    expect(await first('remaining')).toBe(heavy.id);
    await mine.client.ok('POST', `/subusers/${heavy.id}/take-back`, {
      product: 'residential',
      bytes: 100 * MB,
    });
    await api.core.usageRollUp.run();
    expect(await first('remaining')).not.toBe(heavy.id);
  });

  it('follows whoever is served, where it is wrong by a megabyte', async () => {
    const { api, other } = apis;
    const names = Array.from({ length: 110 }, (_, n) => `served${n}`);
    await other.client.ok('POST', '/subusers/bulk', {
      subusers: names.map((username) => ({ username, bytes: { residential: 3 * MB } })),
    });
    const [second, first] = await api.database.sql<
      { id: bigint }[]
    >`SELECT id FROM subuser ORDER BY id DESC LIMIT 2`;
    const served = [first!, second!];
    const reports = [];
    for (const [index, { id }] of served.entries()) {
      const lease = await api.core.leases.lease({
        sessionId,
        subuserId: id,
        product: 'residential',
        knownGrantedBytes: 0n,
        usedUpBytes: 0n,
        usedDownBytes: 0n,
        wantBytes: BigInt(3 * MB),
      });
      if (lease.kind !== 'granted') throw new Error(`no lease: ${lease.kind}`);
      const usedDownBytes = [BigInt(MB - 1), BigInt(MB)][index]!;
      reports.push({ leaseId: lease.leaseId, usedUpBytes: 0n, usedDownBytes, close: false });
    }
    // Transfers are looked at twice.
    await api.core.usageRollUp.run();
    await api.core.usageRollUp.run();
    await api.core.leases.report(sessionId, reports);

    // One that begins looks at the first hundred in turn, and these are not among them.
    const rollUp = new UsageRollUp(api.database.sql, clock);
    await rollUp.run();
    const standings = await api.database.sql<{ used: bigint }[]>`
      SELECT used_bytes AS used FROM subuser_standing
        WHERE subuser_id >= ${first!.id} AND product = 'residential' ORDER BY subuser_id`;
    expect(standings.map(({ used }) => Number(used))).toEqual([0, MB]);
    expect(rollUp.restMs).toBe(2);

    await api.core.leases.report(
      sessionId,
      reports.map((report) => ({ ...report, close: true })),
    );
    await rollUp.run();
    expect(rollUp.restMs).toBe(0);
  });

  it('mends itself: whoever was missed is looked at in turn', async () => {
    const { api } = apis;
    await api.database.sql`UPDATE subuser_standing SET used_bytes = 1, remaining_bytes = 1`;
    clock.advance(DAY_MS);
    await api.core.usageRollUp.run();
    await api.core.usageRollUp.run();
    const [wrong] = await api.database.sql<{ count: number }[]>`
      SELECT count(*)::int AS count FROM subuser_standing p JOIN subuser_figures f USING (subuser_id, product)
        WHERE (p.used_bytes, p.remaining_bytes) <> (f.used_bytes, f.remaining_bytes)`;
    expect(wrong!.count).toBe(0);
  });
});

describe('the overview', () => {
  it('of a reseller has its pools, how long they last, who uses most, and its money', async () => {
    const { mine, api } = apis;
    const top = await make('mine', 'top');
    await use(top.internalId, 0, 90 * MB);
    await api.core.usageRollUp.run();
    const overview = await mine.client.ok('GET', '/overview');
    const [residential, mobile] = overview.pools;
    const { rows } = await mine.client.all('/subusers?limit=1000');
    const sum = (figure: string) => rows.reduce((total, row) => total + row.bandwidth.residential[figure], 0);
    expect(residential).toMatchObject({
      product: 'residential',
      allocatedBytes: sum('remainingBytes'),
      usedBytes: sum('usedBytes'),
    });
    expect(residential.pooledBytes + sum('allocatedBytes')).toBe(1000 * MB);
    expect(residential.daysLeft).toBeGreaterThan(0);
    expect(mobile).toMatchObject({ product: 'mobile', dailyBytes: 0, daysLeft: null });
    expect(overview.usage[0]).toMatchObject({
      product: 'residential',
      lastMinutesBytes: 90 * MB,
      todayBytes: 90 * MB,
    });
    expect(overview.topSubusers[0]).toMatchObject({ id: top.id, usedBytes: 90 * MB });
    expect(overview.subusers).toBe(rows.length);
    clock.advance(10 * 60_000);
    expect((await mine.client.ok('GET', '/overview')).usage[0]).toMatchObject({
      lastMinutesBytes: 0,
      todayBytes: 90 * MB,
    });
  });

  it('of the provider accounts for every byte that was sold, and names pools that run low', async () => {
    const { owner, mine, api } = apis;
    await api.core.usageRollUp.run();
    const overview = await owner.ok('GET', '/overview');
    const [stock] = overview.stock;
    expect(stock).toMatchObject({ product: 'residential', soldBytes: 2000 * MB, feeBytes: 0 });
    expect(stock.pooledBytes + stock.allocatedBytes + stock.consumedBytes).toBe(stock.soldBytes);
    const [used] = await api.database.sql<{ bytes: bigint }[]>`
      SELECT sum(used_bytes)::bigint AS bytes FROM subuser_figures WHERE product = 'residential'`;
    expect(stock.consumedBytes).toBe(Number(used!.bytes));
    expect(overview.topResellers[0]).toMatchObject({ id: mine.id, storeCode: 'MINE' });
    expect(overview).toMatchObject({ resellers: 2, gateways: [{ name: 'gw' }] });
    expect(overview.attention.lowPools).toEqual([]);

    await owner.ok('PUT', '/settings', { name: 'lowPoolDays', value: 365 });
    const { attention } = await owner.ok('GET', '/overview');
    expect(attention.lowPools).toMatchObject([{ resellerId: mine.id, product: 'residential' }]);
    clock.advance(30_000);
    expect((await owner.ok('GET', '/overview')).attention.silentGateways).toBe(1);
  });

  it('has the money by day: received, granted, earned', async () => {
    const { owner, mine, api } = apis;
    const path = `/resellers/${mine.id}`;
    await owner.ok('POST', `${path}/top-up`, { asset: 'usd', amount: 10_000 });
    await owner.ok('POST', `${path}/take-back`, { asset: 'usd', amount: 1000 });
    await api.core.credits.grant(api.operator, mine.email, 500n, '');
    clock.advance(DAY_MS);
    await owner.ok('POST', `${path}/top-up`, { asset: 'usd', amount: 700 });
    const choice = { billingCycle: 'WEEKLY', connections: 100, authentications: 1 };
    await mine.client.ok('POST', '/subscriptions', choice);
    const { money } = await owner.ok('GET', '/overview');
    expect(money).toHaveLength(30);
    expect(money.at(-2)).toMatchObject({ receivedCents: 9000, grantedCents: 500, revenueCents: 0 });
    expect(money.at(-1)).toMatchObject({ receivedCents: 700, grantedCents: 0, revenueCents: 1681 });
    expect(money.slice(0, -2).every((day: { receivedCents: number }) => day.receivedCents === 0)).toBe(true);
  });
});

it('minutes are summed again from rows that change late', async () => {
  const { api, mine } = apis;
  const slow = await make('mine', 'slow');
  const at = clock.now();
  await api.core.usageRollUp.run();
  clock.advance(60_000);
  await api.core.usageRollUp.run();
  // A report that was counted in the minute before, and committed now.
  await inTransaction(api.database.sql, async (tx) => {
    await tx`
      INSERT INTO usage_series (subuser_id, product, resolution, start, up_bytes, down_bytes)
        SELECT ${slow.internalId}, 'mobile', r, date_trunc(r, ${at}::timestamptz, 'UTC'), 11, 0
          FROM unnest(ARRAY['minute', 'hour', 'day']) AS r`;
  });
  clock.advance(60_000);
  await api.core.usageRollUp.run();
  const day = at.toISOString().slice(0, 10);
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
  const { points } = await mine.client.ok(
    'GET',
    `/usage?${range('day', `${day}T00:00:00Z`, `${next}T00:00:00Z`)}`,
  );
  expect(points).toContainEqual({
    product: 'mobile',
    start: `${day}T00:00:00.000Z`,
    upBytes: 11,
    downBytes: 0,
  });
});
