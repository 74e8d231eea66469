/** The credit log on a database: what is answered is proved, to an independent judge. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyCreditLog } from '../../src/core/credits/log/verify-database.ts';
import { createTestApi, type TestApi } from '../support/api.ts';
import { createReporter, judgeReceipt, openNote, type Reporter } from '../support/credit-log.ts';
import { consistencyProof, merkleTreeHash, rootOfPath, rootsOfProof } from '../support/rfc6962.ts';

let api: TestApi;
let mine: Reporter;
let other: Reporter;
/** Through a second server, which is gone after the first test. */
let third: Reporter;
let vkey: string;

beforeAll(async () => {
  api = await createTestApi();
  [mine, other] = await Promise.all([createReporter(api), createReporter(api)]);
  vkey = (await api.core.creditLog.keys())[0]!.vkey;
});
afterAll(() => api.close());

async function exportLines(reporter: Reporter): Promise<Record<string, unknown>[]> {
  let text = '';
  const account = { id: reporter.identity.accountId, publicId: reporter.identity.accountPublicId };
  for await (const piece of api.core.creditLog.export(account)) text += piece;
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** All leaves, of every account. */
async function leaves(): Promise<Buffer[]> {
  const texts: string[] = [];
  for (const reporter of [mine, other, third]) {
    const [, ...lines] = await exportLines(reporter);
    for (const { leaf, leaf_index } of lines) if (leaf) texts[leaf_index as number] = leaf as string;
  }
  return texts.map((text) => Buffer.from(text));
}

it('has a checkpoint before it has leaves', async () => {
  const { size, root, origin } = openNote(await api.core.creditLog.checkpoint(), vkey);
  expect({ size, root }).toEqual({ size: 0, root: merkleTreeHash([]) });
  expect(origin).toBe(vkey.split('+')[0]);
});

it('numbers the events of 64 callers and two servers densely; every receipt proves its event', async () => {
  const second = await createTestApi({ database: api.database });
  third = await createReporter(second);
  const reporters = [mine, other, third];
  const receipts = (
    await Promise.all(
      Array.from({ length: 64 }, async (_, caller) => {
        const own = [];
        for (let count = 0; count < 5; count++) own.push(await reporters[caller % 3]!.report());
        return own;
      }),
    )
  ).flat();
  await second.close();
  expect(receipts.map(({ receipt }) => receipt.leaf_index).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 320 }, (_, index) => index),
  );
  for (const { id, receipt } of receipts) {
    expect(judgeReceipt(receipt, vkey).size).toBeGreaterThan(receipt.leaf_index);
    expect(JSON.parse(receipt.leaf)).toMatchObject({ event: id, amount_cents: '2500', kind: 'topup' });
  }
  expect(await verifyCreditLog(api.database.sql)).toMatchObject({ leaves: 320, problems: [] });
  // The same receipt is made again from the database.
  for (const { id, receipt } of receipts.slice(0, 40)) {
    expect(await api.core.creditLog.receipt(id, null)).toEqual(receipt);
  }
});

it('proves every event in every later tree, and every tree in every later one', async () => {
  const all = await leaves();
  const { core } = api;
  const { id, receipt } = await mine.report();
  const index = receipt.leaf_index;
  for (let count = 0; count < 20; count++) await other.report();
  for (let size = index + 1; size <= index + 21; size++) {
    const proof = await core.creditLog.inclusion(id, mine.identity.accountId, size);
    const { size: signedSize, root } = openNote(await core.creditLog.checkpoint(), vkey);
    const path = proof.inclusion_proof.map((hash) => Buffer.from(hash, 'base64'));
    const found = rootOfPath(index, size, Buffer.from(proof.leaf), path);
    const { proof: steps } = await core.creditLog.consistency(size, signedSize);
    const hashes = steps.map((hash) => Buffer.from(hash, 'base64'));
    expect(rootsOfProof(size, signedSize, found, hashes)).toEqual({ first: found, second: root });
  }
  for (const [first, second] of [
    [1, 320],
    [13, 50],
    [128, 200],
    [319, 320],
  ] as const) {
    const { proof } = await core.creditLog.consistency(first, second);
    const expected = consistencyProof(first, all.slice(0, second));
    expect(proof).toEqual(expected.map((hash) => hash.toString('base64')));
  }
});

describe('a reseller', () => {
  it('gets its own events whole, and of the others no more than hashes', async () => {
    const [header, ...lines] = await exportLines(mine);
    const { size } = openNote(header!.checkpoint as string, vkey);
    expect(header).toMatchObject({ account: mine.identity.accountPublicId, tree_size: size });
    expect(lines.map(({ leaf_index }) => leaf_index)).toEqual(
      Array.from({ length: size }, (_, index) => index),
    );
    const own = lines.filter(({ leaf }) => leaf !== undefined);
    const [count] = await api.database.sql<{ count: bigint }[]>`
      SELECT count(*) FROM credit_event WHERE account_id = ${mine.identity.accountId}`;
    expect(BigInt(own.length)).toBe(count!.count);
    for (const { leaf } of own)
      expect(JSON.parse(leaf as string).account).toBe(mine.identity.accountPublicId);
    const others = lines.filter(({ leaf }) => leaf === undefined);
    expect(others.length).toBeGreaterThan(0);
    for (const line of others) expect(Object.keys(line)).toEqual(['leaf_index', 'leaf_hash']);
  });

  it('cannot ask for another’s event, nor learn that there is one', async () => {
    const { id } = await other.report();
    const ask = (event: string) => api.core.creditLog.receipt(event, mine.identity.accountId);
    const theirs = await ask(id).catch((error: Error) => error);
    const nobodys = await ask('ev_nobodys').catch((error: Error) => error);
    expect(theirs).toEqual(nobodys);
    expect(theirs).toMatchObject({ code: 'CreditEventNotFound' });
  });

  it('finds a salt in every leaf, and no two the same', async () => {
    const [, ...lines] = await exportLines(mine);
    const salts = lines.flatMap(({ leaf }) => (leaf ? [JSON.parse(leaf as string).salt] : []));
    expect(salts.every((salt) => /^[0-9a-f]{32}$/.test(salt))).toBe(true);
    expect(new Set(salts).size).toBe(salts.length);
  });
});

it('hands over to a new key, in a checkpoint that both sign', async () => {
  const { core, operator } = api;
  const old = vkey;
  const made = await core.creditLog.rotateKey(operator);
  expect((await core.creditLog.keys()).map((key) => key.vkey)).toEqual([made.vkey, old]);
  const handOver = await core.creditLog.checkpoint();
  expect(openNote(handOver, made.vkey)).toEqual(openNote(handOver, old));
  const { receipt } = await mine.report();
  judgeReceipt(receipt, made.vkey);
  expect(() => judgeReceipt(receipt, old)).toThrow('no signature');
  vkey = made.vkey;
  const [entry] = await api.database.sql<{ details: unknown }[]>`
    SELECT details FROM audit_entry WHERE action = 'credit-log.rotate-key'`;
  expect(entry!.details).toEqual({ before: { vkey: old }, after: { vkey: made.vkey } });
  expect((await verifyCreditLog(api.database.sql)).problems).toEqual([]);
});

it('keeps the signing key sealed', async () => {
  const rows = await api.database.sql<{ seed_sealed: Uint8Array }[]>`SELECT seed_sealed FROM credit_log_key`;
  // Version, nonce, tag, and 32 bytes that are not the seed.
  for (const { seed_sealed } of rows) expect(seed_sealed.length).toBe(1 + 12 + 16 + 32);
});

it('is refused any change by the database', async () => {
  const { sql } = api.database;
  const refused = { code: '23001' };
  await expect(sql`UPDATE credit_event SET salt = salt`).rejects.toMatchObject(refused);
  await expect(sql`UPDATE credit_event SET tree_hashes = tree_hashes`).rejects.toMatchObject(refused);
  for (const table of ['credit_event', 'credit_log_checkpoint', 'credit_log_key']) {
    await expect(sql`DELETE FROM ${sql(table)}`).rejects.toMatchObject(refused);
    await expect(sql`TRUNCATE ${sql(table)} CASCADE`).rejects.toMatchObject(refused);
  }
  await expect(sql`UPDATE credit_log_checkpoint SET note = note`).rejects.toMatchObject(refused);
  await expect(sql`UPDATE credit_log_key SET origin = origin`).rejects.toMatchObject(refused);
  await expect(sql`
    INSERT INTO credit_log_checkpoint SELECT 1, key_id, root, note, at FROM credit_log_checkpoint ORDER BY size DESC LIMIT 1
  `).rejects.toMatchObject(refused);
});
