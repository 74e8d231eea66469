/** One scenario through every dialect that can express it: the ledger cannot tell which it was, but for the creation fee. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../support/api.ts';
import { callDialect } from '../support/dialect-calls.ts';
import { type Store, TRADES, type Trade } from './trade.ts';

const FEE_MB = 100;

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi({ infiniteCreationFeeMb: FEE_MB });
});
afterAll(async () => {
  await api.assertLedgerHolds();
  await api.close();
});

interface Movement {
  reason: string;
  from: string;
  to: string;
  mb: number;
}

/** What moved in and out of a reseller's pool of residential, in order. */
async function movements({ storeCode }: Store): Promise<Movement[]> {
  const rows = await api.database.sql<{ reason: string; from: string; to: string; bytes: bigint }[]>`
    SELECT t.reason, debit.kind AS from, credit.kind AS to, t.amount AS bytes
      FROM account a JOIN account_holding h ON h.account_id = a.id AND h.asset = 'residential'
        JOIN ledger_transfer t ON h.ledger_id IN (t.debit_id, t.credit_id)
        JOIN ledger_account debit ON debit.id = t.debit_id JOIN ledger_account credit ON credit.id = t.credit_id
      WHERE a.store_code = ${storeCode} ORDER BY t.id`;
  return rows.map(({ bytes, ...row }) => ({ ...row, mb: Number(bytes) / 1e6 }));
}

const isFee = ({ reason }: Movement) => reason === 'subuser.creation-fee';

interface Outcome {
  pool: number;
  fees: number;
  movements: Movement[];
  customers: { name: string; balance: number }[];
}

/** The whole trade of a reseller with two customers. Every step asks which dialect shall make it. */
async function runScenario(store: Store, next: () => Trade): Promise<Outcome> {
  const { password } = await next().make('bob', 200);
  expect(await next().read('bob')).toEqual({ name: 'bob', balance: 200, password });
  expect(await next().add('bob', 50)).toBe(250);
  expect(await next().takeBack('bob', 130)).toBe(120);
  const changed = await next().changePassword('bob');
  expect(changed).not.toBe(password);
  expect(await next().read('bob')).toEqual({ name: 'bob', balance: 120, password: changed });
  await next().make('amy', 10);
  const customers = await next().list();
  // Only one dialect deletes; what is deleted is gone from all of them.
  const { status } = await callDialect(
    api,
    'eclipseproxy',
    store.key,
    'DELETE',
    `/api/reseller/v1/subusers/${store.storeCode}_amy`,
  );
  expect(status).toBe(200);
  expect(await next().list()).toEqual([{ name: 'bob', balance: 120 }]);
  const all = await movements(store);
  const fees = all.filter(isFee).reduce((sum, { mb }) => sum + mb, 0);
  return { pool: await next().pool(), fees, movements: all.filter((row) => !isFee(row)), customers };
}

const EXPECTED_MOVEMENTS: Movement[] = [
  { reason: 'reseller.topup', from: 'issued', to: 'pool', mb: 1000 },
  { reason: 'subuser.allocate', from: 'pool', to: 'balance', mb: 200 },
  { reason: 'subuser.allocate', from: 'pool', to: 'balance', mb: 50 },
  { reason: 'subuser.withdraw', from: 'balance', to: 'pool', mb: 130 },
  { reason: 'subuser.allocate', from: 'pool', to: 'balance', mb: 10 },
  { reason: 'subuser.delete', from: 'balance', to: 'pool', mb: 10 },
];

const { eclipseproxy, infiniteproxies } = TRADES;

describe.each([
  ['EclipseProxy', [eclipseproxy], 0],
  ['InfiniteProxies', [infiniteproxies], 2 * FEE_MB],
  ['both in turn, EclipseProxy making the customers', [eclipseproxy, infiniteproxies], 0],
  ['both in turn, InfiniteProxies making the customers', [infiniteproxies, eclipseproxy], 2 * FEE_MB],
  [
    'both, two steps each, each making one',
    [eclipseproxy, eclipseproxy, infiniteproxies, infiniteproxies],
    FEE_MB,
  ],
])('through %s', (_name, trades, fees) => {
  it('the same balances, customers and transfers', async () => {
    const store = await api.reseller({ mb: 1000 });
    const inTurn = trades.map((trade) => trade(api, store));
    let step = 0;
    const outcome = await runScenario(store, () => inTurn[step++ % inTurn.length]!);
    expect(outcome).toEqual({
      pool: 880 - fees,
      fees,
      movements: EXPECTED_MOVEMENTS,
      customers: [
        { name: 'bob', balance: 120 },
        { name: 'amy', balance: 10 },
      ],
    });
  });
});

describe.each(Object.entries(TRADES))('refusals through %s', (dialect, trade) => {
  it('move nothing', async () => {
    const store = await api.reseller({ mb: 500 });
    await trade(api, store).make('bob', 100);
    const before = await movements(store);
    const urls =
      dialect === 'eclipseproxy'
        ? [
            [`/subusers/${store.storeCode}_bob/bandwidth`, { action: 'ADD', amountMb: 510 }],
            [`/subusers/${store.storeCode}_bob/bandwidth`, { action: 'REMOVE', amountMb: 110 }],
            ['/subusers', { username: 'bob', email: 'b@example.com', bandwidth: 10 }],
          ].map(([path, body]) => [`/api/reseller/v1${path}`, body] as const)
        : [
            ['/v2/customer/add_balance?username=bob&balance=510', undefined] as const,
            ['/v2/customer/remove_balance?username=bob&balance=110', undefined] as const,
            ['/v2/customer/create?username=bob', undefined] as const,
          ];
    for (const [url, body] of urls) {
      const answer = await callDialect(api, dialect as keyof typeof TRADES, store.key, 'POST', url, body);
      expect([400, 409]).toContain(answer.status);
    }
    expect(await movements(store)).toEqual(before);
  });
});
