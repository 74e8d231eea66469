/** Limits of service: who may set what, what holds for whom, and how gateways share it. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CoreEvent } from '../../src/core/events.ts';
import type { LimitSubject } from '../../src/core/limits/service-limits.ts';
import { RATE_UNITS, type Shared } from '../../src/core/limits/shares.ts';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';
import { createSeller } from '../support/subscriptions.ts';

let api: TestApi;
let reseller: TestReseller;
let lastName = 0;

beforeAll(async () => {
  api = await createTestApi();
  reseller = await api.reseller({ mb: 100 });
});
afterAll(() => api.close());

async function makeSubuser(owner = reseller): Promise<{ username: string; subject: LimitSubject }> {
  lastName += 1;
  const made = await api.core.subusers.create(api.operator, owner.accountId, {
    username: `limited${lastName}`,
    email: null,
    bytes: 1_000_000n,
    product: 'residential',
  });
  const [row] = await api.database.sql<{ id: bigint }[]>`SELECT id FROM subuser WHERE public_id = ${made.id}`;
  return { username: made.username, subject: `subuser:${row!.id}` };
}

const change = (username: string, limits: Record<string, unknown>) =>
  api.core.limits.setSubuserLimits(api.operator, reseller.accountId, username, limits);

describe('setting', () => {
  test('changes what is named, keeps the rest, lifts what is null', async () => {
    const { username, subject } = await makeSubuser();
    const { limits } = api.core;
    const none = { maxTunnels: null, tunnelsPerSecond: null, bytesPerSecond: null, allow: [], deny: [] };
    expect(await limits.subuser(reseller.accountId, username)).toEqual(none);
    expect(await limits.effective([subject])).toEqual([undefined]);
    await change(username, { maxTunnels: 5, bytesPerSecond: 1_000_000n });
    expect(
      await change(username, { tunnelsPerSecond: 7, deny: ['Example.com', 'example.com.', ':25'] }),
    ).toEqual({
      maxTunnels: 5,
      tunnelsPerSecond: 7,
      bytesPerSecond: 1_000_000n,
      allow: [],
      deny: ['example.com', '*:25'],
    });
    expect(await limits.effective([subject])).toEqual([
      {
        maxTunnels: 5,
        tunnelsPerSecond: 7,
        bytesPerSecond: 1_000_000,
        rules: [{ allow: [], deny: ['example.com', '*:25'] }],
      },
    ]);
    expect(
      await change(username, { maxTunnels: null, tunnelsPerSecond: null, bytesPerSecond: null, deny: [] }),
    ).toEqual(none);
    const [left] = await api.database.sql`SELECT 1 FROM service_limit WHERE subject = ${subject}`;
    expect(left).toBeUndefined();
  });

  test('is audited, and tells the gateways', async () => {
    const { username, subject } = await makeSubuser();
    const seen: CoreEvent[] = [];
    api.core.events.on((event) => {
      if (event.kind === 'limits-changed') seen.push(event);
    });
    await change(username, { maxTunnels: 5 });
    await api.core.limits.setResellerLimits(api.operator, reseller.storeCode, { deny: ['*:26'] });
    await api.core.limits.setResellerLimits(api.operator, reseller.storeCode, { deny: null });
    await expect
      .poll(() => seen)
      .toEqual([{ kind: 'limits-changed', subject }, { kind: 'limits-changed' }, { kind: 'limits-changed' }]);
    const [entry] = await api.database.sql<{ actor: string; details: unknown }[]>`
      SELECT actor, details FROM audit_entry WHERE action = 'limits.set-subuser' ORDER BY id DESC LIMIT 1`;
    expect(entry).toMatchObject({
      actor: 'command-line',
      details: { username, before: { maxTunnels: null }, after: { maxTunnels: 5 } },
    });
  });

  test.each([
    [{ maxTunnels: 0 }, 'maxTunnels'],
    [{ maxTunnels: 1.5 }, 'maxTunnels'],
    [{ maxTunnels: '5' }, 'maxTunnels'],
    [{ maxTunnels: Number.NaN }, 'maxTunnels'],
    [{ tunnelsPerSecond: -1 }, 'tunnelsPerSecond'],
    [{ tunnelsPerSecond: Number.POSITIVE_INFINITY }, 'tunnelsPerSecond'],
    [{ bytesPerSecond: 7_999 }, 'bytesPerSecond'],
    [{ bytesPerSecond: 10n ** 18n }, 'bytesPerSecond'],
    [{ allow: 'example.com' }, 'allow'],
    [{ allow: ['not a host'] }, 'allow'],
    [{ deny: [5] }, 'deny'],
    [{ deny: Array.from({ length: 501 }, (_unused, index) => `h${index}.test`) }, 'deny'],
  ])('%o is refused, and changes nothing', async (limits, field) => {
    const { username, subject } = await makeSubuser();
    await expect(async () => change(username, { ...limits })).rejects.toMatchObject({
      code: 'InvalidField',
      parameters: { field },
    });
    expect(await api.core.limits.effective([subject])).toEqual([undefined]);
  });

  test('another reseller’s subuser is not there', async () => {
    const stranger = await api.reseller();
    const { username } = await makeSubuser();
    const { limits } = api.core;
    await expect(limits.subuser(stranger.accountId, username)).rejects.toMatchObject({
      code: 'SubuserNotFound',
    });
    await expect(
      limits.setSubuserLimits(api.operator, stranger.accountId, username, { maxTunnels: 1 }),
    ).rejects.toMatchObject({ code: 'SubuserNotFound' });
    await expect(limits.setResellerLimits(api.operator, 'NOBODY', {})).rejects.toMatchObject({
      code: 'AccountNotFound',
    });
    await expect(limits.subscription(reseller.accountId, 'su_0')).rejects.toMatchObject({
      code: 'SubscriptionNotFound',
    });
  });

  test('the rules of all levels come together, and with the answer to a login', async () => {
    const owner = await api.reseller({ mb: 10 });
    const { username, subject } = await makeSubuser(owner);
    const { limits } = api.core;
    await limits.setInstallationLimits(api.operator, { deny: ['*:25'] });
    await limits.setResellerLimits(api.operator, owner.email, { allow: ['*.example.com'] });
    await limits.setSubuserLimits(api.operator, owner.accountId, username, {
      deny: ['x.example.com'],
      maxTunnels: 3,
    });
    const rules = [
      { allow: ['*.example.com'], deny: [] },
      { allow: [], deny: ['*:25'] },
      { allow: [], deny: ['x.example.com'] },
    ];
    expect(await limits.effective([subject])).toEqual([{ maxTunnels: 3, rules }]);
    const { password } = await api.core.subusers.setPassword(
      api.operator,
      owner.accountId,
      username,
      'Secret-pass-1',
    );
    expect(await api.core.access.byPassword(username, password)).toMatchObject({
      limits: { maxTunnels: 3, rules },
    });
    await limits.setInstallationLimits(api.operator, { deny: null });
  });
});

test('a subscription: rates and destinations, with the answer about its address', async () => {
  const seller = await createSeller(api);
  const { id } = await seller.create();
  await seller.bind(id, '198.51.100.77');
  const { limits } = api.core;
  const set = { tunnelsPerSecond: 20, bytesPerSecond: 1_000_000, deny: ['*:25'] };
  expect(await limits.setSubscriptionLimits(api.operator, seller.accountId, id, set)).toEqual({
    tunnelsPerSecond: 20,
    bytesPerSecond: 1_000_000n,
    allow: [],
    deny: ['*:25'],
  });
  expect(await api.core.subscriptionAccess.byAddress('198.51.100.77')).toMatchObject({
    limits: {
      tunnelsPerSecond: 20,
      bytesPerSecond: 1_000_000,
      rules: [{ allow: [], deny: ['*:25'] }],
    },
  });
  await expect(limits.setSubscriptionLimits(api.operator, reseller.accountId, id, set)).rejects.toMatchObject(
    { code: 'SubscriptionNotFound' },
  );
});

describe('sharing', () => {
  let sequence = 0;
  const open = (name: string) => api.core.leases.openSession(name, false);
  const hold = (sessionId: bigint, subject: LimitSubject, what: Shared, units: number) =>
    api.core.limitShares.hold({ sessionId, subject, what, units, sequence: ++sequence });

  test('never more than the limit over all sessions; what is given back is there for others', async () => {
    const { username, subject } = await makeSubuser();
    await change(username, { maxTunnels: 10 });
    const [one, two] = [await open('one'), await open('two')];
    expect(await hold(one, subject, 'tunnels', 8)).toEqual({ kind: 'held', units: 8, isRecalled: false });
    expect(await hold(two, subject, 'tunnels', 5)).toEqual({ kind: 'held', units: 2, isRecalled: true });
    expect(await hold(one, subject, 'tunnels', 4)).toEqual({ kind: 'held', units: 4, isRecalled: false });
    expect(await hold(two, subject, 'tunnels', 5)).toEqual({ kind: 'held', units: 5, isRecalled: false });
    await change(username, { maxTunnels: 6 });
    expect(await hold(one, subject, 'tunnels', 4)).toEqual({ kind: 'held', units: 1, isRecalled: true });
    await api.core.leases.closeSession(two, []);
    expect(await hold(one, subject, 'tunnels', 9)).toEqual({ kind: 'held', units: 6, isRecalled: false });
    expect(await hold(two, subject, 'tunnels', 1)).toEqual({ kind: 'session-over' });
    await change(username, { maxTunnels: null });
    expect(await hold(one, subject, 'tunnels', 1)).toEqual({ kind: 'unlimited' });
    expect(await hold(one, subject, 'rate', 1)).toEqual({ kind: 'unlimited' });
  });

  test('a question that comes late changes nothing', async () => {
    const { username, subject } = await makeSubuser();
    await change(username, { maxTunnels: 10 });
    const session = await open('late');
    const late = { sessionId: session, subject, what: 'tunnels', units: 8, sequence: ++sequence } as const;
    expect(await hold(session, subject, 'tunnels', 3)).toMatchObject({ units: 3 });
    expect(await api.core.limitShares.hold(late)).toEqual({ kind: 'held', units: 3, isRecalled: false });
    expect(await hold(await open('other'), subject, 'tunnels', 10)).toMatchObject({ units: 7 });
  });

  test('sessions that ask for a whole rate come to equal parts', async () => {
    const { username, subject } = await makeSubuser();
    await change(username, { bytesPerSecond: 1_000_000 });
    const sessions = [await open('a'), await open('b'), await open('c')];
    const held = new Map<bigint, number>();
    const ask = async (session: bigint, units: number) => {
      const answer = await hold(session, subject, 'rate', units);
      if (answer.kind !== 'held') throw new Error(answer.kind);
      held.set(session, answer.units);
      return answer;
    };
    const recalled: number[] = [];
    api.core.events.on((event) => {
      if (event.kind === 'share-recall' && event.subject === subject) recalled.push(event.fairUnits);
    });
    expect((await ask(sessions[0]!, RATE_UNITS)).units).toBe(RATE_UNITS);
    expect(await ask(sessions[1]!, RATE_UNITS)).toEqual({ kind: 'held', units: 0, isRecalled: true });
    await expect.poll(() => recalled).toEqual([500]);
    await ask(sessions[0]!, 500);
    expect(await ask(sessions[1]!, RATE_UNITS)).toEqual({ kind: 'held', units: 500, isRecalled: false });
    expect(await ask(sessions[2]!, RATE_UNITS)).toEqual({ kind: 'held', units: 0, isRecalled: true });
    for (const session of sessions.slice(0, 2)) await ask(session, 333);
    expect((await ask(sessions[2]!, RATE_UNITS)).units).toBe(333);
    expect([...held.values()].reduce((sum, units) => sum + units, 0)).toBeLessThanOrEqual(RATE_UNITS);
  });

  test('whatever is asked in whatever order, the sum stays within the limit', async () => {
    const ask = fc.record({
      session: fc.integer({ min: 0, max: 3 }),
      units: fc.integer({ min: 0, max: 1200 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('tunnels' as const, 'rate' as const),
        fc.array(ask, { minLength: 1, maxLength: 25 }),
        async (what, asks) => {
          const { username, subject } = await makeSubuser();
          await change(username, { maxTunnels: 50, tunnelsPerSecond: 5 });
          const sessions = await Promise.all(['p', 'q', 'r', 's'].map(open));
          const held = new Map<number, number>();
          // Some at once, some one after the other.
          for (let from = 0; from < asks.length; from += 3) {
            const group = asks.slice(from, from + 3);
            const answers = await Promise.all(
              group.map(({ session, units }) => hold(sessions[session]!, subject, what, units)),
            );
            answers.forEach((answer, index) => {
              if (answer.kind !== 'held') throw new Error(answer.kind);
              expect(answer.units).toBeLessThanOrEqual(group[index]!.units);
              held.set(group[index]!.session, answer.units);
            });
            const sum = [...held.values()].reduce((total, units) => total + units, 0);
            expect(sum).toBeLessThanOrEqual(what === 'tunnels' ? 50 : RATE_UNITS);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});
