import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEASE_LAPSE_MS, type LeaseAnswer, LeaseSessionOver, Leases } from '../../src/core/leases/leases.ts';
import { arrayOf } from '../../src/db/array.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';

const clock = new ManualClock('2026-03-01T12:00:30Z');
let api: TestApi;
let store: TestReseller;
let made = 0;

beforeAll(async () => {
  api = await createTestApi({ clock });
  store = await api.reseller({ mb: 1_000_000 });
});
afterAll(async () => {
  await api.assertLedgerHolds();
  await api.close();
});

async function subuser(bytes: bigint): Promise<{ id: bigint; username: string }> {
  const invocation = { actor: { ...api.operator.actor, accountId: store.accountId } };
  const { username } = await api.core.subusers.create(invocation, store.accountId, {
    username: `u${made++}`,
    email: 'u@example.com',
    bytes,
    product: 'residential',
  });
  const [row] = await api.database.sql<{ id: bigint }[]>`SELECT id FROM subuser WHERE username = ${username}`;
  return { id: row!.id, username };
}

function figures(username: string) {
  return api.core.subusers.bandwidth(store.accountId, username, 'residential');
}

/** Asks as a gateway would; `lease` is what it got before. */
function ask(
  sessionId: bigint,
  subuserId: bigint,
  wantBytes: bigint,
  lease?: { leaseId: bigint; grantedBytes: bigint },
  used = 0n,
) {
  return api.core.leases.lease({
    sessionId,
    subuserId,
    product: 'residential',
    leaseId: lease?.leaseId,
    knownGrantedBytes: lease?.grantedBytes ?? 0n,
    usedUpBytes: 0n,
    usedDownBytes: used,
    wantBytes,
  });
}

function granted(answer: LeaseAnswer) {
  if (answer.kind !== 'granted') throw new Error(answer.kind);
  return answer;
}

/** What the series say was used, once by each resolution. */
async function series(subuserId: bigint): Promise<Record<string, bigint>> {
  const rows = await api.database.sql<{ resolution: string; bytes: bigint }[]>`
    SELECT r.resolution, coalesce(sum(u.up_bytes + u.down_bytes), 0)::bigint AS bytes
      FROM unnest(ARRAY['minute', 'hour', 'day']) AS r (resolution)
        LEFT JOIN usage_until_now u ON u.subuser_id = ${subuserId} AND u.resolution = r.resolution GROUP BY 1`;
  return Object.fromEntries(rows.map(({ resolution, bytes }) => [resolution, bytes]));
}

describe('one gateway', () => {
  it('gets what it wants, then what is left, then nothing', async () => {
    const { id, username } = await subuser(1_000n);
    const session = await api.core.leases.openSession('one', false);
    const first = granted(await ask(session, id, 600n));
    expect(first.grantedBytes).toBe(600n);
    const second = granted(await ask(session, id, 600n, first, 500n));
    expect(second).toEqual({ ...first, grantedBytes: 1_000n });
    expect((await ask(session, id, 600n, second, 900n)).kind).toBe('exhausted');
    expect(await figures(username)).toMatchObject({
      allocatedBytes: 1_000n,
      usedBytes: 900n,
      remainingBytes: 100n,
    });
    await api.core.leases.closeSession(session, [
      { leaseId: first.leaseId, usedUpBytes: 0n, usedDownBytes: 950n, close: true },
    ]);
    expect(await figures(username)).toMatchObject({ usedBytes: 950n, remainingBytes: 50n });
  });

  it('is told again what it was granted when the answer was lost', async () => {
    const { id } = await subuser(1_000n);
    const session = await api.core.leases.openSession('lossy', false);
    const first = granted(await ask(session, id, 100n));
    expect(await ask(session, id, 100n)).toEqual(first);
    const second = granted(await ask(session, id, 100n, first));
    expect(second.grantedBytes).toBe(200n);
    expect(await ask(session, id, 100n, first)).toEqual(second);
    await api.core.leases.closeSession(session, []);
  });

  it('counts a report once, whatever the order, and never above the grant', async () => {
    const { id, username } = await subuser(1_000n);
    const session = await api.core.leases.openSession('reports', false);
    const { leaseId } = granted(await ask(session, id, 500n));
    const report = (up: bigint, down: bigint) =>
      api.core.leases.report(session, [{ leaseId, usedUpBytes: up, usedDownBytes: down, close: false }]);
    await report(10n, 100n);
    await report(10n, 100n);
    await report(5n, 50n);
    expect((await figures(username)).usedBytes).toBe(110n);
    await report(10n, 9_999n);
    expect((await figures(username)).usedBytes).toBe(500n);
    const days = await api.core.subusers.usage(
      store.accountId,
      username,
      'residential',
      'day',
      new Date('2026-03-01T00:00:00Z'),
    );
    expect(days.usage).toEqual([{ start: new Date('2026-03-01T00:00:00Z'), upBytes: 10n, downBytes: 490n }]);
    expect(
      await api.core.leases.report(session, [
        { leaseId: 999_999n, usedUpBytes: 1n, usedDownBytes: 1n, close: false },
      ]),
    ).toEqual([{ leaseId: 999_999n, kind: 'ended' }]);
    await api.core.leases.closeSession(session, []);
  });

  it('puts use into the minute, hour and day in which it is reported', async () => {
    const { id, username } = await subuser(1_000n);
    const session = await api.core.leases.openSession('series', false);
    const { leaseId } = granted(await ask(session, id, 1_000n));
    clock.set('2026-03-31T23:59:59.999Z');
    await api.core.leases.report(session, [{ leaseId, usedUpBytes: 1n, usedDownBytes: 100n, close: false }]);
    clock.set('2026-04-01T00:00:00Z');
    await api.core.leases.report(session, [{ leaseId, usedUpBytes: 3n, usedDownBytes: 150n, close: false }]);
    const series = async (resolution: 'minute' | 'hour' | 'day') =>
      (
        await api.core.subusers.usage(
          store.accountId,
          username,
          'residential',
          resolution,
          new Date('2026-03-01'),
          new Date('2026-05-01'),
        )
      ).usage;
    for (const [resolution, before] of [
      ['minute', '2026-03-31T23:59:00Z'],
      ['hour', '2026-03-31T23:00:00Z'],
      ['day', '2026-03-31T00:00:00Z'],
    ] as const) {
      expect(await series(resolution)).toEqual([
        { start: new Date(before), upBytes: 1n, downBytes: 100n },
        { start: new Date('2026-04-01T00:00:00Z'), upBytes: 2n, downBytes: 50n },
      ]);
    }
    await api.core.leases.closeSession(session, []);
  });

  it('has its use in the series once, whether its lease goes on, ends, or the minute turns', async () => {
    const { id, username } = await subuser(1_000n);
    const session = await api.core.leases.openSession('once', false);
    const rows = async () => {
      const [row] = await api.database.sql<{ count: number }[]>`
        SELECT count(*)::int AS count FROM usage_series WHERE subuser_id = ${id}`;
      return row!.count;
    };
    const expectUsed = async (used: bigint) => {
      expect((await figures(username)).usedBytes).toBe(used);
      expect(await series(id)).toEqual({ minute: used, hour: used, day: used });
    };
    clock.set('2026-04-02T10:00:10Z');
    const lease = granted(await ask(session, id, 500n));
    const report = (down: bigint, close = false) =>
      api.core.leases.report(session, [
        { leaseId: lease.leaseId, usedUpBytes: 0n, usedDownBytes: down, close },
      ]);
    await report(100n);
    await report(150n);
    await expectUsed(150n);
    expect(await rows()).toBe(0);
    clock.advance(60_000);
    // A report without news turns the minute, too; and so does a question.
    await api.core.leases.report(session, []);
    await expectUsed(150n);
    expect(await rows()).toBe(3);
    clock.advance(60_000);
    granted(await ask(session, id, 100n, lease, 200n));
    await report(230n);
    await expectUsed(230n);
    const minutes = async () =>
      (
        await api.core.subusers.usage(
          store.accountId,
          username,
          'residential',
          'minute',
          new Date('2026-04-02T10:00:00Z'),
        )
      ).usage.map(({ start, downBytes }) => [start.toISOString(), downBytes]);
    expect(await minutes()).toEqual([
      ['2026-04-02T10:00:00.000Z', 150n],
      ['2026-04-02T10:02:00.000Z', 80n],
    ]);
    expect(await report(240n, true)).toEqual([{ leaseId: lease.leaseId, kind: 'closed' }]);
    await expectUsed(240n);
    // The same once more, and late: on a lease that has ended.
    clock.advance(60_000);
    await report(240n);
    await report(300n);
    await expectUsed(300n);
    await api.core.leases.closeSession(session, []);
    await expectUsed(300n);
    expect((await minutes()).at(-1)).toEqual(['2026-04-02T10:03:00.000Z', 60n]);
  });

  it('with many leases has its minute turned, and its session closed, in several transactions', async () => {
    const leases = new Leases(api.database.sql, clock, 2);
    clock.set('2026-04-03T10:00:10Z');
    const session = await leases.openSession('many', false);
    const subusers = await Promise.all(Array.from({ length: 5 }, () => subuser(1_000n)));
    const ids = subusers.map(({ id }) => id);
    const answers = await Promise.all(ids.map((id) => ask(session, id, 500n)));
    const leaseIds = answers.map((answer) => granted(answer).leaseId);
    const reports = (down: bigint, close = false) =>
      leaseIds.map((leaseId) => ({ leaseId, usedUpBytes: 0n, usedDownBytes: down, close }));
    const minutes = () => api.database.sql<
      { start: Date; rows: number; bytes: bigint; transactions: number }[]
    >`
      SELECT start, count(*)::int AS rows, sum(down_bytes)::bigint AS bytes, count(DISTINCT xmin::text)::int AS transactions
        FROM usage_series WHERE subuser_id = ANY (${arrayOf(ids)}::bigint[]) AND resolution = 'minute' GROUP BY 1 ORDER BY 1`;
    await leases.report(session, reports(100n));
    clock.advance(60_000);
    // What comes with the turn counts in the new minute, all of it.
    expect(await leases.report(session, reports(130n))).toEqual([]);
    const first = { start: new Date('2026-04-03T10:00:00Z'), rows: 5, bytes: 500n, transactions: 3 };
    expect(await minutes()).toEqual([first]);
    await leases.closeSession(session, reports(150n, true));
    const second = { start: new Date('2026-04-03T10:01:00Z'), rows: 5, bytes: 250n, transactions: 3 };
    expect(await minutes()).toEqual([first, second]);
    for (const { username } of subusers) {
      expect(await figures(username)).toMatchObject({ usedBytes: 150n, remainingBytes: 850n });
    }
    await expect(leases.report(session, [])).rejects.toThrow(LeaseSessionOver);
  });

  it('has a lease that is named twice in one report counted once, at the most that was said', async () => {
    const { id, username } = await subuser(1_000n);
    const session = await api.core.leases.openSession('twice', false);
    const { leaseId } = granted(await ask(session, id, 500n));
    const used = (bytes: bigint) => ({ leaseId, usedUpBytes: 0n, usedDownBytes: bytes, close: false });
    expect(await api.core.leases.report(session, [used(10n), used(70n), used(30n)])).toEqual([]);
    expect((await figures(username)).usedBytes).toBe(70n);
    expect(await series(id)).toEqual({ minute: 70n, hour: 70n, day: 70n });
    await api.core.leases.closeSession(session, []);
  });

  it('has its use settled at least hourly, without a new slice', async () => {
    const { id, username } = await subuser(1_000n);
    const session = await api.core.leases.openSession('hourly', false);
    const { leaseId } = granted(await ask(session, id, 1_000n));
    const consumed = async () => {
      const [row] = await api.database.sql<{ balance: bigint }[]>`
        SELECT l.balance FROM subuser_bandwidth b JOIN ledger_account l ON l.id = b.consumed_id WHERE b.subuser_id = ${id} AND b.product = 'residential'`;
      return row!.balance;
    };
    const report = (down: bigint) =>
      api.core.leases.report(session, [{ leaseId, usedUpBytes: 0n, usedDownBytes: down, close: false }]);
    await report(100n);
    expect(await consumed()).toBe(0n);
    clock.advance(3_600_000);
    await report(150n);
    expect(await consumed()).toBe(150n);
    expect((await figures(username)).usedBytes).toBe(150n);
    await api.core.leases.closeSession(session, []);
  });
});

describe('several gateways', () => {
  it('wait while another holds unused bytes, and are exhausted when nobody does', async () => {
    const { id, username } = await subuser(1_000n);
    const a = await api.core.leases.openSession('a', false);
    const b = await api.core.leases.openSession('b', false);
    const held = granted(await ask(a, id, 1_000n));
    expect((await ask(b, id, 100n)).kind).toBe('wait');
    await api.core.leases.report(a, [
      { leaseId: held.leaseId, usedUpBytes: 0n, usedDownBytes: 400n, close: true },
    ]);
    const rest = granted(await ask(b, id, 10_000n));
    expect(rest.grantedBytes).toBe(600n);
    await api.core.leases.report(b, [
      { leaseId: rest.leaseId, usedUpBytes: 0n, usedDownBytes: 600n, close: false },
    ]);
    expect((await ask(a, id, 100n)).kind).toBe('exhausted');
    expect((await figures(username)).usedBytes).toBe(1_000n);
    await api.core.leases.closeSession(a, []);
    await api.core.leases.closeSession(b, []);
  });

  it('share what is left instead of one taking it all', async () => {
    const { id } = await subuser(10_000_000n);
    const a = await api.core.leases.openSession('a', false);
    const b = await api.core.leases.openSession('b', false);
    granted(await ask(a, id, 1_000_000n));
    expect(granted(await ask(b, id, 16_000_000n)).grantedBytes).toBeLessThan(4_500_000n);
    await api.core.leases.closeSession(a, []);
    await api.core.leases.closeSession(b, []);
  });
});

describe('a gateway that falls silent', () => {
  it('loses its session: what it reported is consumed, the rest returns; a late report is still charged', async () => {
    const { id, username } = await subuser(1_000n);
    const session = await api.core.leases.openSession('silent', false);
    const { leaseId } = granted(await ask(session, id, 800n));
    await api.core.leases.report(session, [{ leaseId, usedUpBytes: 0n, usedDownBytes: 300n, close: false }]);
    clock.advance(LEASE_LAPSE_MS);
    await api.core.leases.lapse();
    expect(granted(await ask(session, id, 800n, { leaseId, grantedBytes: 800n }, 300n)).grantedBytes).toBe(
      1_000n,
    );
    clock.advance(1);
    expect(await api.core.leases.lapse()).toBeGreaterThanOrEqual(1);
    expect(await figures(username)).toMatchObject({ usedBytes: 300n, remainingBytes: 700n });
    await expect(
      api.core.leases.report(session, [{ leaseId, usedUpBytes: 0n, usedDownBytes: 450n, close: false }]),
    ).rejects.toThrow(LeaseSessionOver);
    expect(await figures(username)).toMatchObject({ usedBytes: 450n, remainingBytes: 550n });
    await expect(
      api.core.leases.report(session, [{ leaseId, usedUpBytes: 0n, usedDownBytes: 450n, close: false }]),
    ).rejects.toThrow(LeaseSessionOver);
    expect((await figures(username)).usedBytes).toBe(450n);
    expect((await ask(session, id, 1n)).kind).toBe('session-over');
  });

  it('is known to be dead when its only bearer of the name starts again', async () => {
    const { id, username } = await subuser(1_000n);
    const before = await api.core.leases.openSession('only', true);
    const { leaseId } = granted(await ask(before, id, 1_000n));
    await api.core.leases.report(before, [{ leaseId, usedUpBytes: 0n, usedDownBytes: 10n, close: false }]);
    const after = await api.core.leases.openSession('only', true);
    expect(await figures(username)).toMatchObject({ usedBytes: 10n, remainingBytes: 990n });
    expect(granted(await ask(after, id, 1_000n)).grantedBytes).toBe(990n);
    await api.core.leases.closeSession(after, []);
  });
});

describe('what a gateway left in its journal', () => {
  const invocation = () => ({ actor: { ...api.operator.actor, accountId: store.accountId } });
  const used = (leaseId: bigint, bytes: bigint) => [
    { leaseId, usedUpBytes: 0n, usedDownBytes: bytes, close: false },
  ];

  it('counts once while its session is open, and is no sign of life', async () => {
    const { id, username } = await subuser(1_000n);
    const session = await api.core.leases.openSession('journal-open', false);
    const { leaseId } = granted(await ask(session, id, 800n));
    clock.advance(LEASE_LAPSE_MS);
    await api.core.leases.recover(session, used(leaseId, 500n));
    await api.core.leases.recover(session, used(leaseId, 500n));
    expect(await figures(username)).toMatchObject({ usedBytes: 500n, remainingBytes: 500n });
    clock.advance(1);
    await api.core.leases.lapse();
    expect((await ask(session, id, 1n)).kind).toBe('session-over');
    expect(await figures(username)).toMatchObject({ usedBytes: 500n, remainingBytes: 500n });
    await api.core.leases.recover(session, used(leaseId, 600n));
    await api.core.leases.recover(session, used(leaseId, 600n));
    expect(await figures(username)).toMatchObject({ usedBytes: 600n, remainingBytes: 400n });
  });

  it('is charged to what others have left of the balance, and never more than was granted', async () => {
    const { id, username } = await subuser(1_000n);
    const dead = await api.core.leases.openSession('journal-late', true);
    const { leaseId } = granted(await ask(dead, id, 800n));
    const other = await api.core.leases.openSession('journal-late', true);
    const taken = granted(await ask(other, id, 700n));
    await api.core.leases.recover(dead, used(leaseId, 5_000n));
    await api.core.leases.recover(dead, used(leaseId, 5_000n));
    // 300 were there; the rest is with the other gateway, and may be used there.
    await api.core.leases.closeSession(other, used(taken.leaseId, 700n));
    expect((await figures(username)).remainingBytes).toBe(0n);
    const [lease] = await api.database.sql<{ reported: bigint; settled: bigint }[]>`
      SELECT reported_down_bytes AS reported, settled_bytes AS settled FROM lease WHERE id = ${leaseId}`;
    expect(lease).toEqual({ reported: 800n, settled: 300n });
  });

  it('of a subuser that was deleted meanwhile: an open lease is settled, the rest goes to the pool', async () => {
    const { id, username } = await subuser(1_000n);
    const pool = async () =>
      (await api.core.accounts.poolOverview(store.accountId, 'residential')).balanceBytes;
    const before = await pool();
    const session = await api.core.leases.openSession('journal-deleted', false);
    const { leaseId } = granted(await ask(session, id, 400n));
    await api.core.subusers.remove(invocation(), store.accountId, username);
    await api.core.leases.recover(session, used(leaseId, 150n));
    expect(await pool()).toBe(before + 850n);
    // Nothing is left to charge.
    await api.core.leases.recover(session, used(leaseId, 250n));
    expect(await pool()).toBe(before + 850n);
    await api.core.leases.closeSession(session, []);
  });

  it('under a session or a lease that never was, is nothing', async () => {
    const { id, username } = await subuser(1_000n);
    const session = await api.core.leases.openSession('journal-strange', false);
    const { leaseId } = granted(await ask(session, id, 400n));
    await api.core.leases.recover(session + 1_000_000n, used(leaseId, 100n));
    await api.core.leases.recover(session, used(leaseId + 1_000_000n, 100n));
    expect((await figures(username)).usedBytes).toBe(0n);
    await api.core.leases.closeSession(session, []);
  });
});

describe('a subuser that is deleted while a gateway holds its bytes', () => {
  it('gets no more, and what comes back goes to the pool', async () => {
    const { id, username } = await subuser(1_000n);
    const pool = async () =>
      (await api.core.accounts.poolOverview(store.accountId, 'residential')).balanceBytes;
    const before = await pool();
    const session = await api.core.leases.openSession('deleted', false);
    const lease = granted(await ask(session, id, 400n));
    await api.core.subusers.remove(
      { actor: { ...api.operator.actor, accountId: store.accountId } },
      store.accountId,
      username,
    );
    expect(await pool()).toBe(before + 600n);
    expect((await ask(session, id, 100n, lease, 150n)).kind).toBe('revoked');
    const answer = await api.core.leases.report(session, [
      { leaseId: lease.leaseId, usedUpBytes: 0n, usedDownBytes: 250n, close: true },
    ]);
    expect(answer[0]!.kind).toMatch(/closed|ended/);
    // Its lease was closed with what the last question carried; the rest of its use finds no balance to be charged to.
    expect(await pool()).toBe(before + 600n + 250n);
    await api.core.leases.closeSession(session, []);
  });

  it('has its lease ended by the next report of it, among others that go on', async () => {
    const [gone, stays] = [await subuser(1_000n), await subuser(1_000n)];
    const pool = async () =>
      (await api.core.accounts.poolOverview(store.accountId, 'residential')).balanceBytes;
    const session = await api.core.leases.openSession('deleted-and-others', false);
    const leases = [granted(await ask(session, gone.id, 400n)), granted(await ask(session, stays.id, 400n))];
    const before = await pool();
    const report = (bytes: bigint) =>
      api.core.leases.report(
        session,
        leases.map(({ leaseId }) => ({ leaseId, usedUpBytes: 0n, usedDownBytes: bytes, close: false })),
      );
    expect(await report(10n)).toEqual([]);
    await api.core.subusers.remove(
      { actor: { ...api.operator.actor, accountId: store.accountId } },
      store.accountId,
      gone.username,
    );
    expect(await report(30n)).toEqual([{ leaseId: leases[0]!.leaseId, kind: 'ended' }]);
    expect(await pool()).toBe(before + 600n + 370n);
    expect(await figures(stays.username)).toMatchObject({ usedBytes: 30n });
    await api.core.leases.closeSession(session, []);
  });
});

describe('against a plain model', () => {
  const GATEWAYS = 3;
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('ask' as const),
      gateway: fc.nat(GATEWAYS - 1),
      want: fc.integer({ min: 1, max: 300_000 }),
    }),
    fc.record({
      kind: fc.constant('use' as const),
      gateway: fc.nat(GATEWAYS - 1),
      bytes: fc.integer({ min: 1, max: 200_000 }),
    }),
    fc.record({
      kind: fc.constant('report' as const),
      gateway: fc.nat(GATEWAYS - 1),
      close: fc.boolean(),
      lost: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('die' as const), gateway: fc.nat(GATEWAYS - 1) }),
    fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 90_000 }) }),
    fc.record({ kind: fc.constant('add' as const), bytes: fc.integer({ min: 1, max: 300_000 }) }),
    fc.record({ kind: fc.constant('remove' as const), bytes: fc.integer({ min: 1, max: 300_000 }) }),
  );

  it('never grants more than there is, and loses only what died unreported', async () => {
    const invocation = { actor: { ...api.operator.actor, accountId: store.accountId } };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        let allocated = 500_000n;
        const { id, username } = await subuser(allocated);
        interface Held {
          session: bigint;
          lease?: { leaseId: bigint; grantedBytes: bigint } | undefined;
          used: bigint;
          /** What the control side has been told of this lease. */
          told: bigint;
        }
        const open = async (): Promise<Held> => ({
          session: await api.core.leases.openSession('model', false),
          used: 0n,
          told: 0n,
        });
        const gateways: Held[] = [];
        for (let index = 0; index < GATEWAYS; index++) gateways.push(await open());
        let relayed = 0n;
        let lost = 0n;

        for (const each of steps) {
          if (each.kind === 'add') {
            await api.core.subusers.moveBandwidth(
              invocation,
              store.accountId,
              username,
              'residential',
              'ADD',
              BigInt(each.bytes),
            );
            allocated += BigInt(each.bytes);
            continue;
          }
          if (each.kind === 'remove') {
            const { unleased } = (
              await api.database.sql<{ unleased: bigint }[]>`
              SELECT unleased_bytes AS unleased FROM subuser_figures WHERE subuser_id = ${id} AND product = 'residential'`
            )[0]!;
            // More than that would wait for gateways that are not there to answer.
            const bytes = BigInt(each.bytes) < unleased ? BigInt(each.bytes) : unleased;
            if (bytes === 0n) continue;
            await api.core.subusers.moveBandwidth(
              invocation,
              store.accountId,
              username,
              'residential',
              'REMOVE',
              bytes,
            );
            allocated -= bytes;
            continue;
          }
          if (each.kind === 'pass') {
            clock.advance(each.ms);
            continue;
          }
          const gateway = gateways[each.gateway]!;
          if (each.kind === 'ask') {
            const answer = await ask(gateway.session, id, BigInt(each.want), gateway.lease, gateway.used);
            if (answer.kind === 'granted') gateway.lease = answer;
            gateway.told = gateway.lease ? gateway.used : 0n;
          } else if (each.kind === 'use' && gateway.lease) {
            const left = gateway.lease.grantedBytes - gateway.used;
            const bytes = BigInt(each.bytes) < left ? BigInt(each.bytes) : left;
            gateway.used += bytes;
            relayed += bytes;
          } else if (each.kind === 'report' && gateway.lease) {
            const report = {
              leaseId: gateway.lease.leaseId,
              usedUpBytes: 0n,
              usedDownBytes: gateway.used,
              close: each.close,
            };
            await api.core.leases.report(gateway.session, [report]);
            gateway.told = gateway.used;
            // The answer may be lost: then the gateway sends the same again.
            if (each.lost) await api.core.leases.report(gateway.session, [report]);
            if (each.close) Object.assign(gateway, { lease: undefined, used: 0n, told: 0n });
          } else if (each.kind === 'die') {
            lost += gateway.used - gateway.told;
            await api.core.leases.closeSession(gateway.session, []);
            Object.assign(gateway, await open(), { lease: undefined });
          }
          expect(relayed).toBeLessThanOrEqual(allocated);
          if (each.kind !== 'report') continue;
          const { usedBytes: used } = await figures(username);
          expect(await series(id)).toEqual({ minute: used, hour: used, day: used });
        }
        for (const gateway of gateways) {
          const last = gateway.lease
            ? [{ leaseId: gateway.lease.leaseId, usedUpBytes: 0n, usedDownBytes: gateway.used, close: true }]
            : [];
          await api.core.leases.closeSession(gateway.session, last);
        }
        const { usedBytes, remainingBytes, allocatedBytes } = await figures(username);
        expect(usedBytes).toBe(relayed - lost);
        expect(await series(id)).toEqual({ minute: usedBytes, hour: usedBytes, day: usedBytes });
        expect(allocatedBytes).toBe(allocated);
        expect(remainingBytes).toBe(allocated - usedBytes);
        const [leased] = await api.database.sql<{ balance: bigint }[]>`
          SELECT l.balance FROM subuser_bandwidth b JOIN ledger_account l ON l.id = b.leased_id WHERE b.subuser_id = ${id} AND b.product = 'residential'`;
        expect(leased!.balance).toBe(0n);
      }),
      { seed: 20260401, numRuns: 40 },
    );
  });
});
