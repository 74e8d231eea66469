/** What there is before a dialect's wire fixtures begin, and the variables they know it by. */

import { addUsage } from '../../../src/core/usage/usage.ts';
import { inTransaction } from '../../../src/db/client.ts';
import type { ManualClock } from '../../../src/shared/clock.ts';
import { BYTES_PER_MB } from '../../../src/shared/units.ts';
import type { TestApi } from '../api.ts';
import type { DialectName } from '../routes.ts';

type Stage = (api: TestApi, clock: ManualClock) => Promise<Record<string, unknown>>;

const DAY_MS = 24 * 3600_000;
const HOUR_MS = 3600_000;
const READ_WRITE = ['reseller:read', 'reseller:write'];

export const STAGES: Record<DialectName, Stage> = {
  async eclipseproxy(api, clock) {
    const { core, operator } = api;
    const store = await common(api, { mb: 1500 });
    await core.accounts.createReseller(operator, {
      storeCode: 'USER',
      storeName: 'User',
      email: 'user@example.com',
      password: 'a-good-password',
    });
    await core.accounts.topUp(operator, 'USER', 'residential', 5_321_400_000n);
    const { busyKey, subuserId } = await busyStore(api);
    const session = await core.leases.openSession('test', false);
    const lease = await core.leases.lease({
      sessionId: session,
      subuserId,
      product: 'residential',
      knownGrantedBytes: 0n,
      usedUpBytes: 0n,
      usedDownBytes: 0n,
      wantBytes: 4_000_000n,
    });
    if (lease.kind !== 'granted') throw new Error(lease.kind);
    const report = { leaseId: lease.leaseId, usedUpBytes: 10_000n, usedDownBytes: 1_234_567n };
    await core.leases.closeSession(session, [{ ...report, close: true }]);
    return { ...store, busyKey, today: clock.now().toISOString().slice(0, 10) };
  },

  async infiniteproxies(api, clock) {
    const { core, operator, database } = api;
    const store = await common(api, { mb: 1000 });
    const { id } = await core.accounts.find('MYSTORE');
    await core.accounts.topUp(operator, 'MYSTORE', 'mobile', 500n * BYTES_PER_MB);
    const revoked = await core.keys.mint(operator, { accountId: id, name: 'old', scopes: READ_WRITE });
    await core.keys.revoke(operator, revoked.id);
    const expiredKey = await api.mintKey(id, READ_WRITE, new Date(clock.now().getTime() + 1));
    clock.advance(1);
    const poor = await api.reseller({ storeCode: 'POOR', mb: 99 });
    const { busyKey, subuserId } = await busyStore(api);
    const dayBefore = (days: number) => new Date(clock.now().getTime() - days * DAY_MS);
    const use = (days: number, bytes: bigint) =>
      inTransaction(database.sql, (tx) =>
        addUsage(tx, [{ subuserId, product: 'residential', upBytes: 0n, downBytes: bytes }], dayBefore(days)),
      );
    await use(14, 9_000_000n);
    await use(13, 3_500_000n);
    await use(2, 65_759_999n);
    await use(1, 19_999n);
    await use(0, 1_000_000n);
    const days = Array.from({ length: 14 }, (_, index) => [
      `day${index}`,
      dayBefore(index).toISOString().slice(0, 10),
    ]);
    return {
      ...store,
      revokedKey: revoked.secret,
      expiredKey,
      poorKey: poor.key,
      busyKey,
      ...Object.fromEntries(days),
    };
  },

  async vpsctrl(api, clock) {
    const { core, operator } = api;
    const { adminKey } = await owner(api);
    await core.accounts.createReseller(operator, {
      storeCode: 'MYSTORE',
      storeName: 'My Store',
      email: 'r@example.com',
    });
    const reseller = await core.accounts.find('r@example.com');
    const mint = (...scopes: string[]) => api.mintKey(reseller.id, scopes);
    const resellerKey = await mint('reseller:signup', 'reseller:credit');
    const { keyId } = (await core.keys.authenticate(resellerKey))!;
    const person = async (email: string, name: string) => {
      const { id } = await core.accounts.signUp(
        operator,
        { email, name, password: 'a-good-password' },
        keyId,
      );
      return { id, key: await api.mintKey(id, ['user:read', 'user:write']) };
    };
    const sam = await person('person@example.com', 'Sam Roe');
    const other = await person('other@example.com', 'Kim Roe');
    return {
      adminKey,
      resellerKey,
      signupKey: await mint('reseller:signup'),
      creditKey: await mint('reseller:credit'),
      resellerId: Number(reseller.id),
      personKey: sam.key,
      otherPersonKey: other.key,
      otherPersonId: Number(other.id),
      inAnHour: clock.now().getTime() + HOUR_MS,
    };
  },

  async ghostealth(api) {
    const { core, operator } = api;
    const store = await common(api, {});
    await core.accounts.topUp(operator, 'MYSTORE', 'usd', 10_000n);
    const fresh = await api.reseller({ storeCode: 'NEW' });
    const rich = await api.reseller({ storeCode: 'RICH' });
    await core.accounts.topUp(operator, 'RICH', 'usd', 200_000n);
    await busyStore(api);
    return { ...store, newKey: fresh.key, richKey: rich.key };
  },
};

/** The reseller whose fixtures they are, and keys that may not do everything. */
async function common(api: TestApi, { mb = 0 }: { mb?: number }) {
  const store = await api.reseller({ storeCode: 'MYSTORE', mb });
  const { personKey } = await owner(api);
  return { key: store.key, readKey: await api.mintKey(store.accountId, ['reseller:read']), personKey };
}

/** An account that is no reseller, and its keys. */
async function owner({ core, operator, mintKey }: TestApi) {
  await core.accounts.ensureOwner(operator, 'owner@example.com', 'a-good-password');
  const { id } = await core.accounts.find('owner@example.com');
  return {
    personKey: await mintKey(id, READ_WRITE),
    adminKey: await mintKey(id, ['admin:read', 'admin:write']),
  };
}

/** Another reseller, whose subuser BUSY_user1 holds 203.0.113.9. */
async function busyStore({ core, operator, reseller, database }: TestApi) {
  const { accountId, key } = await reseller({ storeCode: 'BUSY', mb: 1000 });
  const { username } = await core.subusers.create(operator, accountId, {
    username: 'user1',
    email: 'busy@example.com',
    bytes: 100n * BYTES_PER_MB,
    product: 'residential',
  });
  await core.subusers.addAddress(operator, accountId, username, '203.0.113.9');
  const [row] = await database.sql<{ id: bigint }[]>`SELECT id FROM subuser WHERE username = ${username}`;
  return { busyKey: key, subuserId: row!.id };
}
