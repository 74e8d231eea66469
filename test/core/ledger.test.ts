import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  Ledger,
  openLedgerAccounts,
  type PostResult,
  postAll,
  type TransferGroup,
} from '../../src/core/ledger/ledger.ts';
import { verifyLedger } from '../../src/core/ledger/verify.ts';
import { inTransaction } from '../../src/db/client.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
let ledger: Ledger;

beforeAll(async () => {
  database = await createTestDatabase({ maxConnections: 20 });
  ledger = new Ledger(database.sql, systemClock);
});
afterAll(() => database.drop());

const now = new Date('2026-03-01T00:00:00Z');

/** `count` empty accounts of residential bytes, and the account value comes from. */
async function accounts(count: number, asset = 'residential'): Promise<{ source: bigint; ids: bigint[] }> {
  const kind = asset === 'usd' ? 'received' : 'issued';
  const [row] = await database.sql<{ id: bigint }[]>`
    SELECT id FROM ledger_account WHERE asset = ${asset} AND kind = ${kind} AND parent_id IS NULL`;
  const source = row!.id;
  const ids = await inTransaction(database.sql, (tx) =>
    openLedgerAccounts(
      tx,
      Array.from({ length: count }, () => ({ parent: source, asset, kind: 'pool' })),
      now,
    ),
  );
  return { source, ids };
}

async function balanceOf(id: bigint): Promise<bigint> {
  const [row] = await database.sql<
    { balance: bigint }[]
  >`SELECT balance FROM ledger_account WHERE id = ${id}`;
  return row!.balance;
}

function one(debit: bigint, credit: bigint, amount: bigint, idempotencyKey?: string): TransferGroup {
  return { transfers: [{ debit, credit, amount, reason: 'test' }], cause: 'test', idempotencyKey };
}

describe('posting', () => {
  it('moves an amount and says both balances right after', async () => {
    const { source, ids } = await accounts(1);
    const before = await balanceOf(source);
    const result = await ledger.post(one(source, ids[0]!, 700n));
    expect(result).toEqual({
      kind: 'posted',
      replayed: false,
      transfers: [{ id: expect.any(BigInt), debitBalance: before - 700n, creditBalance: 700n }],
    });
  });

  it('refuses what an account does not hold, and moves nothing', async () => {
    const { source, ids } = await accounts(2);
    await ledger.post(one(source, ids[0]!, 10n));
    expect(await ledger.post(one(ids[0]!, ids[1]!, 11n))).toEqual({
      kind: 'refused',
      refusal: 'overdrawn',
      index: 0,
    });
    expect(await balanceOf(ids[0]!)).toBe(10n);
    expect(await balanceOf(ids[1]!)).toBe(0n);
  });

  it('commits a group whole or not at all, whichever of its transfers fails', async () => {
    const { source, ids } = await accounts(3);
    await ledger.post(one(source, ids[0]!, 100n));
    const [a, b, c] = ids as [bigint, bigint, bigint];
    const group = (transfers: [bigint, bigint, bigint][]): TransferGroup => ({
      cause: 'test',
      transfers: transfers.map(([debit, credit, amount]) => ({ debit, credit, amount, reason: 'test' })),
    });
    // The second step needs what the first one brings.
    expect(
      (
        await ledger.post(
          group([
            [a, b, 60n],
            [b, c, 50n],
          ]),
        )
      ).kind,
    ).toBe('posted');
    expect(
      await ledger.post(
        group([
          [a, b, 40n],
          [c, b, 51n],
          [b, c, 1n],
        ]),
      ),
    ).toEqual({
      kind: 'refused',
      refusal: 'overdrawn',
      index: 1,
    });
    expect([await balanceOf(a), await balanceOf(b), await balanceOf(c)]).toEqual([40n, 10n, 50n]);
  });

  it('tells apart the reasons for refusing', async () => {
    const { source, ids } = await accounts(2);
    const dollars = await accounts(1, 'usd');
    const refusal = async (group: TransferGroup) => {
      const result = await ledger.post(group);
      return result.kind === 'refused' ? result.refusal : result.kind;
    };
    expect(await refusal(one(source, 999_999_999n, 1n))).toBe('no-such-account');
    expect(await refusal(one(source, dollars.ids[0]!, 1n))).toBe('other-asset');
    await database.sql`UPDATE ledger_account SET closed = true WHERE id = ${ids[1]!}`;
    expect(await refusal(one(source, ids[1]!, 1n))).toBe('closed');
    expect(await refusal(one(source, ids[0]!, 9_000_000_000_000_000_001n))).toBe('out-of-range');
  });

  it('refuses amounts that are not positive and transfers to oneself before asking the database', async () => {
    const { source, ids } = await accounts(1);
    await expect(ledger.post(one(source, ids[0]!, 0n))).rejects.toThrow('positive');
    await expect(ledger.post(one(source, ids[0]!, -1n))).rejects.toThrow('positive');
    await expect(ledger.post(one(source, source, 1n))).rejects.toThrow('two accounts');
  });
});

describe('idempotency keys', () => {
  it('moves once under one key, also when fifty ask at once', async () => {
    const { source, ids } = await accounts(1);
    const results = await Promise.all(
      Array.from({ length: 50 }, () => ledger.post(one(source, ids[0]!, 5n, 'key-50'))),
    );
    const posted = results.map((result) => (result.kind === 'posted' ? result : undefined)!);
    expect(posted.filter((result) => !result.replayed)).toHaveLength(1);
    expect(new Set(posted.map((result) => result.transfers[0]!.id)).size).toBe(1);
    expect(await balanceOf(ids[0]!)).toBe(5n);
  });

  it('moves once under one key across separate connections', async () => {
    const { source, ids } = await accounts(1);
    const ledgers = Array.from({ length: 8 }, () => new Ledger(database.sql, systemClock));
    const results = await Promise.all(
      ledgers.map((each) => each.post(one(source, ids[0]!, 7n, 'key-across'))),
    );
    expect(results.filter((result) => result.kind === 'posted' && !result.replayed)).toHaveLength(1);
    expect(await balanceOf(ids[0]!)).toBe(7n);
  });

  it('refuses a key that was used for something else', async () => {
    const { source, ids } = await accounts(2);
    await ledger.post(one(source, ids[0]!, 5n, 'key-other'));
    const mismatch = { kind: 'refused', refusal: 'idempotency-mismatch', index: 0 };
    expect(await ledger.post(one(source, ids[0]!, 6n, 'key-other'))).toEqual(mismatch);
    expect(await ledger.post(one(source, ids[1]!, 5n, 'key-other'))).toEqual(mismatch);
    expect(await balanceOf(ids[0]!)).toBe(5n);
  });

  it('does not remember a key whose group was refused', async () => {
    const { source, ids } = await accounts(2);
    expect((await ledger.post(one(ids[0]!, ids[1]!, 5n, 'key-late'))).kind).toBe('refused');
    await ledger.post(one(source, ids[0]!, 5n));
    expect((await ledger.post(one(ids[0]!, ids[1]!, 5n, 'key-late'))).kind).toBe('posted');
  });
});

describe('what the database refuses, whoever asks', () => {
  const refused = async (statement: Promise<unknown>) => {
    await expect(statement).rejects.toMatchObject({ code: expect.stringMatching(/^(23001|23514|23502)$/) });
  };

  it('changing or removing a transfer', async () => {
    const { source, ids } = await accounts(1);
    await ledger.post(one(source, ids[0]!, 5n));
    const { sql } = database;
    await refused(sql`UPDATE ledger_transfer SET amount = 6 WHERE credit_id = ${ids[0]!}`);
    await refused(sql`DELETE FROM ledger_transfer WHERE credit_id = ${ids[0]!}`);
    await refused(sql`TRUNCATE ledger_transfer`);
  });

  it('a balance below zero, value out of nothing, an account that is changed, opened full or removed', async () => {
    const { source, ids } = await accounts(2);
    const { sql } = database;
    await ledger.post(one(source, ids[0]!, 5n));
    await refused(sql`UPDATE ledger_account SET balance = balance + CASE WHEN id = ${ids[0]!} THEN -6 ELSE 6 END
      WHERE id IN (${ids[0]!}, ${ids[1]!})`);
    await refused(sql`UPDATE ledger_account SET balance = balance + 1 WHERE id = ${ids[0]!}`);
    await refused(sql`UPDATE ledger_account SET is_source = true WHERE id = ${ids[0]!}`);
    await refused(sql`UPDATE ledger_account SET asset = 'usd' WHERE id = ${ids[0]!}`);
    await refused(sql`UPDATE ledger_account SET closed = true WHERE id = ${ids[0]!}`);
    await refused(
      sql`INSERT INTO ledger_account (asset, kind, balance, created_at) VALUES ('usd', 'pool', 5, now())`,
    );
    await refused(sql`DELETE FROM ledger_account WHERE id = ${ids[0]!}`);
    await refused(sql`TRUNCATE ledger_account CASCADE`);
  });

  it('opening a closed account again', async () => {
    const { ids } = await accounts(1);
    await database.sql`UPDATE ledger_account SET closed = true WHERE id = ${ids[0]!}`;
    await refused(database.sql`UPDATE ledger_account SET closed = false WHERE id = ${ids[0]!}`);
  });
});

/** The ledger as anyone would write it down: a table of balances, one group after the other. */
class Model {
  readonly balances: Map<number, bigint>;
  readonly #keys = new Map<string, string>();

  constructor(count: number, opening: bigint) {
    this.balances = new Map(Array.from({ length: count }, (_unused, index) => [index, opening]));
  }

  apply(group: ModelGroup): 'posted' | 'overdrawn' | 'idempotency-mismatch' {
    const text = JSON.stringify(group.transfers);
    if (group.key !== undefined) {
      const seen = this.#keys.get(group.key);
      if (seen !== undefined) return seen === text ? 'posted' : 'idempotency-mismatch';
    }
    const before = new Map(this.balances);
    for (const { from, to, amount } of group.transfers) {
      if (this.balances.get(from)! < BigInt(amount)) {
        for (const [index, balance] of before) this.balances.set(index, balance);
        return 'overdrawn';
      }
      this.balances.set(from, this.balances.get(from)! - BigInt(amount));
      this.balances.set(to, this.balances.get(to)! + BigInt(amount));
    }
    if (group.key !== undefined) this.#keys.set(group.key, text);
    return 'posted';
  }
}

interface ModelGroup {
  transfers: { from: number; to: number; amount: number }[];
  key: string | undefined;
}

const ACCOUNTS = 5;
const transfer = fc
  .record({
    from: fc.nat(ACCOUNTS - 1),
    step: fc.integer({ min: 1, max: ACCOUNTS - 1 }),
    amount: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ from, step, amount }) => ({ from, to: (from + step) % ACCOUNTS, amount }));
const group = fc.record({
  transfers: fc.array(transfer, { minLength: 1, maxLength: 4 }),
  // Few keys, so that they meet again; often none.
  key: fc.option(fc.constantFrom('k1', 'k2', 'k3'), { nil: undefined, freq: 2 }),
});

let run = 0;
function toLedger(groups: ModelGroup[], ids: bigint[], source: string): TransferGroup[] {
  return groups.map(({ transfers, key }) => ({
    cause: 'test',
    idempotencyKey: key === undefined ? undefined : `${source}:${key}`,
    transfers: transfers.map(({ from, to, amount }) => ({
      debit: ids[from]!,
      credit: ids[to]!,
      amount: BigInt(amount),
      reason: 'test',
    })),
  }));
}

describe('against a plain model', () => {
  it('decides every group of a batch as if they came one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(group, { minLength: 1, maxLength: 30 }), async (groups) => {
        const { source, ids } = await accounts(ACCOUNTS);
        for (const id of ids) await ledger.post(one(source, id, 100n));
        const model = new Model(ACCOUNTS, 100n);
        const expected = groups.map((each) => model.apply(each));
        const results = await inTransaction(database.sql, (tx) =>
          postAll(tx, toLedger(groups, ids, `run${run++}`), now),
        );
        expect(results.map(kindOf)).toEqual(expected);
        for (const [index, balance] of model.balances) expect(await balanceOf(ids[index]!)).toBe(balance);
      }),
      { seed: 20260301, numRuns: 60 },
    );
  });

  it('keeps every promise under concurrent callers, whatever the order they end up in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(group, { minLength: 20, maxLength: 80 }), async (groups) => {
        const { source, ids } = await accounts(ACCOUNTS);
        for (const id of ids) await ledger.post(one(source, id, 100n));
        const name = `run${run++}`;
        // Three batchers with lanes of their own, as three processes would be.
        const ledgers = [
          ledger,
          new Ledger(database.sql, systemClock),
          new Ledger(database.sql, systemClock),
        ];
        const results = await Promise.all(
          toLedger(groups, ids, name).map((each, index) => ledgers[index % ledgers.length]!.post(each)),
        );
        // The ids of the transfers tell the order; replayed in it, the model must allow each and end at the same balances.
        const posted = results.flatMap((result, index) =>
          result.kind === 'posted' && !result.replayed
            ? [{ first: result.transfers[0]!.id, group: groups[index]! }]
            : [],
        );
        posted.sort((a, b) => (a.first < b.first ? -1 : 1));
        const model = new Model(ACCOUNTS, 100n);
        for (const { group: each } of posted) expect(model.apply(each)).toBe('posted');
        for (const [index, balance] of model.balances) expect(await balanceOf(ids[index]!)).toBe(balance);
        // Who was told "again" must have asked for what stands under the key.
        results.forEach((result, index) => {
          if (result.kind === 'posted' && result.replayed) expect(model.apply(groups[index]!)).toBe('posted');
        });
      }),
      { seed: 20260302, numRuns: 25 },
    );
    expect((await verifyLedger(database.sql)).problems).toEqual([]);
  });
});

function kindOf(result: PostResult): string {
  return result.kind === 'posted' ? 'posted' : result.refusal;
}

describe('verification', () => {
  /** Does something behind the ledger's back, looks, and takes it back. */
  async function afterTampering(tamper: (sql: TestDatabase['sql']) => Promise<unknown>) {
    const copy = await createTestDatabase();
    try {
      const own = new Ledger(copy.sql, systemClock);
      const [issued] = await copy.sql<
        { id: bigint }[]
      >`SELECT id FROM ledger_account WHERE kind = 'issued' AND asset = 'mobile'`;
      const ids = await inTransaction(copy.sql, (tx) =>
        openLedgerAccounts(
          tx,
          [1, 2].map(() => ({ parent: issued!.id, asset: 'mobile', kind: 'pool' })),
          now,
        ),
      );
      await own.post(one(issued!.id, ids[0]!, 100n));
      await own.post(one(ids[0]!, ids[1]!, 30n));
      await own.post(one(ids[0]!, ids[1]!, 20n));
      expect((await verifyLedger(copy.sql)).problems).toEqual([]);
      await tamper(copy.sql);
      return { problems: (await verifyLedger(copy.sql)).problems, ids, issued: issued!.id };
    } finally {
      await copy.drop();
    }
  }

  const withTriggersOff = (statement: string) => async (sql: TestDatabase['sql']) => {
    await sql.begin(async (tx) => {
      await tx`SET LOCAL session_replication_role = replica`;
      await tx.unsafe(statement);
    });
  };

  it('names the account whose balance was changed', async () => {
    const { problems, ids } = await afterTampering(
      withTriggersOff(
        `UPDATE ledger_account SET balance = balance + 1 WHERE asset = 'mobile' AND balance = 50 AND id = (SELECT max(id) FROM ledger_account)`,
      ),
    );
    expect(problems.map((problem) => problem.check)).toEqual(['zero-sum', 'balance']);
    expect(problems[1]!.ledgerAccount).toBe(ids[1]);
  });

  it('notices two balances changed against each other', async () => {
    const { problems, ids } = await afterTampering(
      withTriggersOff(`UPDATE ledger_account SET balance = CASE WHEN id = (SELECT max(id) FROM ledger_account) THEN 51 ELSE 49 END
        WHERE asset = 'mobile' AND balance = 50`),
    );
    expect(problems.map((problem) => problem.ledgerAccount)).toEqual([ids[0], ids[1]]);
  });

  it('notices a transfer that was removed, changed or reordered', async () => {
    const removed = await afterTampering(withTriggersOff('DELETE FROM ledger_transfer WHERE amount = 30'));
    expect(removed.problems.map((problem) => problem.check)).toContain('balance');
    const changed = await afterTampering(
      withTriggersOff('UPDATE ledger_transfer SET amount = 31 WHERE amount = 30'),
    );
    expect(changed.problems.map((problem) => problem.check)).toContain('chain');
    const reordered = await afterTampering(
      withTriggersOff('UPDATE ledger_transfer SET amount = 50 - amount WHERE amount IN (20, 30)'),
    );
    expect(reordered.problems.map((problem) => problem.check)).toContain('chain');
  });
});
