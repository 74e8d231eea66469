/** Whatever is changed behind the program's back, as the database's superuser, verification names it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyCreditLog } from '../../src/core/credits/log/verify-database.ts';
import type { Tx } from '../../src/db/client.ts';
import { createTestApi, type TestApi } from '../support/api.ts';
import { createReporter, type Reporter } from '../support/credit-log.ts';

const LEAVES = 21;

let api: TestApi;
let reporter: Reporter;

beforeAll(async () => {
  api = await createTestApi();
  reporter = await createReporter(api);
  // One after the other: each is a batch, and has a checkpoint of its own.
  for (let count = 0; count < LEAVES; count++) await reporter.report(BigInt(count));
});
afterAll(() => api.close());
beforeEach(async () => {
  expect(await verifyCreditLog(api.database.sql)).toEqual({
    leaves: LEAVES,
    checkpoints: LEAVES,
    problems: [],
  });
});

/** What verification, and the program, say of rows that were tampered with. Nothing of it stays. */
async function verifyTampered(tamper: (tx: Tx) => Promise<unknown>) {
  const { sql } = api.database;
  await sql.begin(async (tx) => {
    await tx`CREATE TABLE kept_event AS TABLE credit_event`;
    await tx`CREATE TABLE kept_checkpoint AS TABLE credit_log_checkpoint`;
  });
  try {
    await sql.begin(async (tx) => {
      // Triggers and foreign keys are off for this one.
      await tx`SET LOCAL session_replication_role = replica`;
      await tamper(tx);
    });
    return await verifyCreditLog(sql);
  } finally {
    await sql.begin(async (tx) => {
      await tx`SET LOCAL session_replication_role = replica`;
      await tx`DELETE FROM credit_event`;
      await tx`DELETE FROM credit_log_checkpoint`;
      await tx`INSERT INTO credit_event SELECT * FROM kept_event`;
      await tx`INSERT INTO credit_log_checkpoint SELECT * FROM kept_checkpoint`;
      await tx`DROP TABLE kept_event, kept_checkpoint`;
    });
  }
}

describe.each([0, 6, 13, LEAVES - 1])('leaf %i', (leaf) => {
  it.each([
    ['amount_cents', 'amount_cents + 1'],
    ['kind', "'purchase'"],
    ['external_ref', "external_ref || 'x'"],
    ['meta', "'{}'"],
    ['at', "at + interval '1 ms'"],
    ['salt', "decode(repeat('00', 16), 'hex')"],
    ['public_id', "'ev_forged'"],
    ['tree_hashes', 'set_byte(tree_hashes, 3, 255 - get_byte(tree_hashes, 3))'],
  ])('with another %s', async (column, value) => {
    const { problems } = await verifyTampered((tx) =>
      tx.unsafe(`UPDATE credit_event SET ${column} = ${value} WHERE seq = ${leaf}`),
    );
    expect(problems[0]).toMatchObject({ check: 'event', leaf });
  });

  it('that was removed', async () => {
    const { problems } = await verifyTampered((tx) => tx`DELETE FROM credit_event WHERE seq = ${leaf}`);
    expect(problems[0]).toMatchObject({ check: 'missing', leaf });
  });

  it('rewritten together with its own hash', async () => {
    const { problems } = await verifyTampered((tx) => rehash(tx, leaf));
    // Its pair is hashed together with it: the first of both is named, where there is one.
    const first = leaf === LEAVES - 1 ? leaf : leaf - (leaf % 2);
    expect(Math.min(...problems.map((problem) => problem.leaf ?? LEAVES))).toBe(first);
  });
});

/** Another amount, and the leaf's hash to it: what somebody does who knows how leaves are hashed. */
async function rehash(tx: Tx, leaf: number): Promise<void> {
  await tx`UPDATE credit_event SET amount_cents = 99999 WHERE seq = ${leaf}`;
  await tx`
    UPDATE credit_event e SET tree_hashes = sha256('\\x00'::bytea || convert_to('{"account":"' || a.public_id
        || '","amount_cents":"' || e.amount_cents || '","at_ms":' || floor(extract(epoch FROM e.at) * 1000)::bigint
        || ',"event":"' || e.public_id || '","external_ref":"' || e.external_ref
        || '","format":"headgate-credit-event/1","key":"' || k.public_id || '","kind":"' || e.kind
        || '","meta":' || e.meta || ',"salt":"' || encode(e.salt, 'hex') || '"}', 'UTF8')) || substring(e.tree_hashes FROM 33)
      FROM account a, api_key k WHERE a.id = e.account_id AND k.id = e.key_id AND e.seq = ${leaf}`;
}

it('names leaves that changed places', async () => {
  const { problems } = await verifyTampered(async (tx) => {
    await tx`UPDATE credit_event SET seq = seq + 1000 WHERE seq IN (4, 6)`;
    await tx`UPDATE credit_event SET seq = 1010 - seq WHERE seq IN (1004, 1006)`;
  });
  expect(problems.map(({ leaf }) => leaf)).toContain(4);
  expect(Math.min(...problems.map(({ leaf }) => leaf ?? LEAVES))).toBe(4);
});

it('names a leaf that was put in between', async () => {
  const { sql } = api.database;
  const name = 'credit_event_hashes_complete';
  const [constraint] = await sql<{ text: string }[]>`
    SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE conname = ${name}`;
  // The table itself would not take it.
  await sql`ALTER TABLE credit_event DROP CONSTRAINT ${sql(name)}`;
  const { problems } = await verifyTampered(async (tx) => {
    await tx`UPDATE credit_event SET seq = seq + 1000 WHERE seq >= 8`;
    await tx`UPDATE credit_event SET seq = seq - 999 WHERE seq >= 1008`;
    await tx`
      INSERT INTO credit_event (seq, public_id, key_id, key_lineage_id, account_id, kind, amount_cents, external_ref, meta, at,
          salt, tree_hashes)
        SELECT 8, 'ev_forged', key_id, key_lineage_id, account_id, kind, 1, 'forged', meta, at, salt, tree_hashes
          FROM credit_event WHERE seq = 0`;
  });
  await sql.unsafe(`ALTER TABLE credit_event ADD CONSTRAINT ${name} ${constraint!.text}`);
  expect(problems[0]).toMatchObject({ check: 'event', leaf: 8 });
});

describe('the end of the log', () => {
  it('without its last leaves', async () => {
    const { problems } = await verifyTampered((tx) => tx`DELETE FROM credit_event WHERE seq >= 18`);
    expect(problems).toEqual([expect.objectContaining({ check: 'missing', leaf: 18 })]);
  });

  it('with a leaf that is in no checkpoint', async () => {
    const { problems } = await verifyTampered((tx) => tx`DELETE FROM credit_log_checkpoint WHERE size > 20`);
    expect(problems).toEqual([expect.objectContaining({ check: 'unsigned', leaf: 20 })]);
  });

  it('is not extended by the program when it contradicts the last checkpoint', async () => {
    let refused: unknown;
    const { sql } = api.database;
    const last = LEAVES - 1;
    const kept = await sql`SELECT tree_hashes FROM credit_event WHERE seq = ${last}`;
    const put = (value: Uint8Array) =>
      sql.begin(async (tx) => {
        await tx`SET LOCAL session_replication_role = replica`;
        await tx`UPDATE credit_event SET tree_hashes = ${value} WHERE seq = ${last}`;
      });
    await put(Buffer.alloc(kept[0]!.tree_hashes.length, 1));
    try {
      await reporter.report();
    } catch (error) {
      refused = error;
    }
    await put(kept[0]!.tree_hashes);
    expect(String(refused)).toContain('contradict');
  });
});

describe('a checkpoint', () => {
  it('with another root', async () => {
    const { problems } = await verifyTampered(
      (tx) =>
        tx`UPDATE credit_log_checkpoint SET root = set_byte(root, 0, 255 - get_byte(root, 0)) WHERE size = 9`,
    );
    expect(problems.map(({ check }) => check).sort()).toEqual(['checkpoint', 'signature']);
    expect(problems.find(({ check }) => check === 'checkpoint')!.leaf).toBe(8);
  });

  it('with another text', async () => {
    const { problems } = await verifyTampered(
      (tx) =>
        tx`UPDATE credit_log_checkpoint SET note = replace(note, E'\\n9\\n', E'\\n8\\n') WHERE size = 9`,
    );
    expect(problems).toEqual([expect.objectContaining({ check: 'signature' })]);
  });
});
