import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Invocation } from '../../src/core/command.ts';
import type { LedgerFormat } from '../../src/core/reconciliation/lines.ts';
import { matchAll } from '../../src/core/reconciliation/match.ts';
import { compareLedgers } from '../../src/jobs/reconcile.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
const FROM = new Date('2026-06-01T00:00:00.000Z');
const TO = new Date('2026-06-08T00:00:00.000Z');
const NEVER = new AbortController().signal;

const clock = new ManualClock(FROM.toISOString());
let api: TestApi;
beforeAll(async () => {
  api = await createTestApi({ clock });
});
afterAll(() => api.close());

interface Seller extends TestReseller {
  as: Invocation;
  keys: { keyId: bigint; accountId: bigint }[];
}

async function seller(keys = 1): Promise<Seller> {
  const reseller = await api.reseller();
  const identities = [];
  for (let count = 0; count < keys; count++) {
    const secret = await api.mintKey(reseller.accountId, ['reseller:credit']);
    const recognised = await api.core.keys.recognise(secret, '192.0.2.1');
    if (recognised.kind !== 'known') throw new Error(recognised.kind);
    identities.push(recognised.identity);
  }
  const as: Invocation = { actor: { name: 'key:test', accountId: reseller.accountId, door: 'vpsctrl' } };
  return { ...reseller, as, keys: identities };
}

interface Line {
  ref: string;
  kind: string;
  cents: number;
  at?: Date | undefined;
}

/** Records events, each at its time. */
async function record({ as, keys }: Seller, lines: readonly (Line & { key?: number })[]): Promise<void> {
  for (const { ref, kind, cents, at, key = 0 } of lines) {
    if (at) clock.set(at);
    await api.core.creditEvents.record(as, keys[key]!, {
      kind,
      cents: BigInt(cents),
      externalRef: ref,
      meta: null,
    });
  }
}

function fileOf(lines: readonly Line[], format: LedgerFormat): string {
  const dollars = (cents: number) => (cents / 100).toFixed(2);
  if (format === 'csv') {
    const rows = lines.map(
      ({ ref, kind, cents, at }) =>
        `"${ref.replaceAll('"', '""')}",${kind},${dollars(cents)},${at?.toISOString() ?? ''}`,
    );
    return ['external_ref,kind,amount_usd,at', ...rows].join('\r\n');
  }
  const objects = lines.map(({ ref, kind, cents, at }) =>
    JSON.stringify({
      external_ref: ref,
      kind,
      amount_cents: cents,
      ...(at && { at: at.getTime() }),
      note: '}{"',
    }),
  );
  return format === 'json' ? `[${objects.join(',\n')}]` : objects.join('\n');
}

/** In pieces that end anywhere. */
function streamOf(text: string, pieceBytes = 7): Readable {
  const bytes = Buffer.from(text);
  const pieces = [];
  for (let from = 0; from < bytes.length; from += pieceBytes)
    pieces.push(bytes.subarray(from, from + pieceBytes));
  return Readable.from(pieces);
}

async function reconcile(
  { as, accountId }: Seller,
  lines: readonly Line[],
  format: LedgerFormat = 'csv',
  at = TO.getTime() + DAY_MS,
) {
  clock.set(new Date(at));
  const { id } = await api.core.reconciliations.begin(as, accountId, { from: FROM, to: TO });
  await api.core.reconciliations.receive(
    as,
    accountId,
    id,
    streamOf(fileOf(lines, format), 1 + Math.floor(Math.random() * 200)),
    format,
  );
  await matchAll(api.database.sql, clock, NEVER);
  const run = await api.core.reconciliations.get(accountId, id);
  const { rows } = await api.core.reconciliations.differences(accountId, id, { limit: 1000 });
  return {
    run,
    differences: rows
      .map(
        ({ sort, externalRef, ours, theirs }) =>
          `${sort} ${externalRef} ${ours ? ours.cents : '-'}/${theirs ? theirs.cents : '-'}`,
      )
      .sort(),
  };
}

const middle = (index: number) => new Date(FROM.getTime() + 2 * HOUR_MS + index * 60_000);

describe('a reconciliation', () => {
  test('reports exactly the differences that were planted, of every sort, in every format', async () => {
    const sorts = [
      'none',
      'missing_here',
      'missing_there',
      'amount_differs',
      'kind_differs',
      'doubled there',
      'doubled here',
    ] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ sort: fc.constantFrom(...sorts), cents: fc.integer({ min: 0, max: 1_000_000 }) }),
          { minLength: 1, maxLength: 30 },
        ),
        fc.constantFrom('csv' as const, 'json' as const, 'ndjson' as const),
        fc.boolean(),
        async (items, format, hasTimes) => {
          const who = await seller(2);
          const ours: (Line & { key?: number })[] = [];
          const theirs: Line[] = [];
          const expected: string[] = [];
          items.forEach(({ sort, cents }, index) => {
            const at = middle(index);
            const line = { ref: `tx "${index}", ü`, kind: 'topup', cents, at };
            const there = { ...line, at: hasTimes ? at : undefined };
            const planted = (name: string, our: number | '-', their: number | '-') =>
              expected.push(`${name} ${line.ref} ${our}/${their}`);
            if (sort !== 'missing_here') ours.push(line);
            if (sort === 'none') theirs.push(there);
            if (sort === 'missing_here') {
              theirs.push(there);
              planted(sort, '-', cents);
            }
            if (sort === 'missing_there') planted(sort, cents, '-');
            if (sort === 'amount_differs') {
              theirs.push({ ...there, cents: cents + 1 });
              planted(sort, cents, cents + 1);
            }
            if (sort === 'kind_differs') {
              theirs.push({ ...there, kind: 'renewal' });
              planted(sort, cents, cents);
            }
            if (sort === 'doubled there') {
              theirs.push(there, there);
              planted('doubled', '-', cents);
            }
            if (sort === 'doubled here') {
              ours.push({ ...line, key: 1 });
              theirs.push(there);
              planted('doubled', cents, '-');
            }
          });
          await record(who, ours);
          const { run, differences } = await reconcile(who, theirs, format);
          expect(differences).toEqual(expected.sort());
          expect(run).toMatchObject({
            status: 'done',
            percent: 100,
            theirLines: BigInt(theirs.length),
            unreadableLines: 0n,
            ourEvents: BigInt(ours.length),
            lagging: 0n,
          });
          expect(run.matched).toBe(
            BigInt(items.filter(({ sort }) => sort === 'none' || sort.startsWith('doubled')).length),
          );
          const totals = await api.core.reconciliations.totals(who.accountId, run.id);
          expect(totals.reduce((sum, { ourCents }) => sum + ourCents, 0n)).toBe(
            BigInt(ours.reduce((sum, { cents }) => sum + cents, 0)),
          );
          expect(totals.reduce((sum, { theirCents }) => sum + theirCents, 0n)).toBe(
            BigInt(theirs.reduce((sum, { cents }) => sum + cents, 0)),
          );
          const [account] = await api.database.sql`SELECT standing FROM account WHERE id = ${who.accountId}`;
          expect(account!.standing).toBe(expected.length > 0 ? 'under_review' : 'good');
        },
      ),
      { numRuns: 25 },
    );
  });

  test('does not miss what is too near an end of the period, or to now', async () => {
    const who = await seller();
    const near = (ms: number) => new Date(FROM.getTime() + ms);
    const nearEnd = (ms: number) => new Date(TO.getTime() + ms);
    await record(who, [
      { ref: 'before', kind: 'topup', cents: 1, at: near(-HOUR_MS / 2) },
      { ref: 'first', kind: 'topup', cents: 1, at: near(HOUR_MS - 1) },
      { ref: 'second', kind: 'topup', cents: 1, at: near(HOUR_MS) },
      { ref: 'last', kind: 'topup', cents: 1, at: nearEnd(-HOUR_MS) },
      { ref: 'after', kind: 'topup', cents: 1, at: nearEnd(HOUR_MS / 2) },
    ]);
    const { run, differences } = await reconcile(who, [
      { ref: 'before', kind: 'topup', cents: 1, at: near(1) },
      { ref: 'after', kind: 'topup', cents: 1, at: nearEnd(-1) },
      { ref: 'outside', kind: 'topup', cents: 1, at: nearEnd(1) },
    ]);
    expect(differences).toEqual(['missing_there second 1/-']);
    expect(run).toMatchObject({ matched: 2n, lagging: 2n });

    const fresh = await seller();
    const at = new Date(FROM.getTime() + DAY_MS);
    const late = [{ ref: 'late', kind: 'topup', cents: 1, at }];
    expect(await reconcile(fresh, late, 'csv', at.getTime() + HOUR_MS - 1)).toMatchObject({
      differences: [],
      run: { lagging: 1n },
    });
    expect(await reconcile(fresh, late, 'csv', at.getTime() + HOUR_MS)).toMatchObject({
      differences: ['missing_here late -/1'],
    });
  });

  test('has a tolerance, a grace and a threshold, as they were when it began', async () => {
    const who = await seller();
    await record(who, [
      { ref: 'a', kind: 'topup', cents: 100, at: middle(0) },
      { ref: 'b', kind: 'topup', cents: 100, at: middle(1) },
    ]);
    const theirs = [
      { ref: 'a', kind: 'topup', cents: 102, at: middle(0) },
      { ref: 'b', kind: 'topup', cents: 103, at: middle(1) },
    ];
    await api.core.reconciliationSettings.change(api.operator, { toleranceCents: 2n, reviewFrom: 2 });
    const { differences } = await reconcile(who, theirs);
    expect(differences).toEqual(['amount_differs b 100/103']);
    const reviews = () => api.core.reviews.list({ limit: 10, accountId: who.accountId, isOpen: true });
    expect((await reviews()).rows).toEqual([]);
    await api.core.reconciliationSettings.change(api.operator, { toleranceCents: 0n, reviewFrom: 1 });
    await reconcile(who, theirs);
    expect((await reviews()).rows).toMatchObject([{ causes: [{ text: 'amount differs: 2' }] }]);
    await expect(
      api.core.reconciliationSettings.change(api.operator, { reviewFrom: 0 }),
    ).rejects.toMatchObject({ code: 'InvalidField' });
  });

  test('names the lines that cannot be read, and compares the others', async () => {
    const who = await seller();
    await record(who, [{ ref: 'a', kind: 'topup', cents: 100, at: middle(0) }]);
    clock.set(new Date(TO.getTime() + DAY_MS));
    const { id } = await api.core.reconciliations.begin(who.as, who.accountId, { from: FROM, to: TO });
    const text = [
      '\uFEFFReference;Type;Amount;Time'.replaceAll(';', ','),
      `a,topup,$1.00,${middle(0).toISOString()}`,
      ',topup,1,',
      'b,topup,1.001,',
      'c,topup,NaN,',
      'd,topup,1e999,',
      'e,topup,1,yesterday',
      'f,topup,1,2026-06-02T10:00:00',
      'g',
      'h,topup,99999999999999999999,',
    ].join('\n');
    await api.core.reconciliations.receive(api.operator, who.accountId, id, streamOf(text), 'csv');
    await matchAll(api.database.sql, clock, NEVER);
    expect(await api.core.reconciliations.get(who.accountId, id)).toMatchObject({
      matched: 1n,
      unreadableLines: 8n,
      theirLines: 1n,
      missingHere: 0n,
    });
    const unreadable = await api.core.reconciliations.unreadable(who.accountId, id);
    expect(unreadable.map(({ line }) => line)).toEqual([2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n]);
    expect(unreadable[0]!.why).toContain('external_ref');
    expect(unreadable[1]!.why).toContain('amount');
    expect(unreadable[4]!.why).toContain('at must be');
  });

  test('is separated by what separates its names, and no part of an amount is taken for the whole', async () => {
    const who = await seller();
    await record(who, [{ ref: 'a;1', kind: 'topup', cents: 102_506, at: middle(0) }]);
    clock.set(new Date(TO.getTime() + DAY_MS));
    const read = async (text: string) => {
      const { id } = await api.core.reconciliations.begin(who.as, who.accountId, { from: FROM, to: TO });
      await api.core.reconciliations.receive(api.operator, who.accountId, id, streamOf(text, 7), 'csv');
      await matchAll(api.database.sql, clock, NEVER);
      const { matched, amountDiffers, unreadableLines } = await api.core.reconciliations.get(
        who.accountId,
        id,
      );
      return [matched, amountDiffers, unreadableLines];
    };
    const [matched, unreadable] = [
      [1n, 0n, 0n],
      [0n, 0n, 1n],
    ];
    expect(await read('\uFEFFexternal_ref;kind;amount_usd\r\n"a;1";topup;1025,06\r\n')).toEqual(matched);
    expect(await read('\uFEFFexternal_ref;kind;amount_usd\r\n"a;1";topup;1.025,06')).toEqual(unreadable);
    expect(await read('external_ref\tkind\tamount_usd\na;1\ttopup\t1025.06\n')).toEqual(matched);
    expect(await read('external_ref,kind,amount_usd\na;1,topup,1025.06\n')).toEqual(matched);
    expect(await read('external_ref,kind,amount_usd\na;1,topup,1,025.06\n')).toEqual(unreadable);
  });

  test.each<[LedgerFormat, string]>([
    ['csv', 'a,b,c\n1,2,3'],
    ['csv', 'external_ref,kind,amount\n"never ends'],
    ['json', 'hello'],
    ['json', '[{"external_ref":"a"'],
    ['json', '[1,2]'],
    ['json', `[{"a":"${'x'.repeat(70_000)}"}]`],
  ])('waits again after a file that is no %s: %.30s', async (format, text) => {
    const who = await seller();
    const { id } = await api.core.reconciliations.begin(who.as, who.accountId, { from: FROM, to: TO });
    await expect(
      api.core.reconciliations.receive(api.operator, who.accountId, id, streamOf(text, 1000), format),
    ).rejects.toMatchObject({ code: 'MalformedBody' });
    expect(await api.core.reconciliations.get(who.accountId, id)).toMatchObject({
      status: 'waiting',
      error: expect.any(String),
    });
    await api.core.reconciliations.receive(
      api.operator,
      who.accountId,
      id,
      streamOf('external_ref,kind,amount\n'),
      'csv',
    );
    await matchAll(api.database.sql, clock, NEVER);
    expect(await api.core.reconciliations.get(who.accountId, id)).toMatchObject({
      status: 'done',
      theirLines: 0n,
      error: null,
    });
  });

  test('is given one ledger: of two that come at once one is refused, and none after the comparison began', async () => {
    const who = await seller();
    const { id } = await api.core.reconciliations.begin(who.as, who.accountId, { from: FROM, to: TO });
    const send = () =>
      api.core.reconciliations.receive(
        who.as,
        who.accountId,
        id,
        streamOf('external_ref,kind,amount\nx,topup,1\n'),
        'csv',
      );
    const results = await Promise.allSettled([send(), send()]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(send()).rejects.toMatchObject({ code: 'ReconciliationState' });
  });

  test('is finished by whoever comes, whoever began, and nothing is counted twice', async () => {
    const who = await seller();
    const lines = Array.from({ length: 100 }, (_, index) => ({
      ref: `r${index}`,
      kind: 'topup',
      cents: index,
      at: middle(index),
    }));
    await record(who, lines.slice(0, 90));
    clock.set(new Date(TO.getTime() + DAY_MS));
    const { id } = await api.core.reconciliations.begin(who.as, who.accountId, { from: FROM, to: TO });
    await api.core.reconciliations.receive(
      who.as,
      who.accountId,
      id,
      streamOf(fileOf(lines, 'ndjson'), 1000),
      'ndjson',
    );
    const run = () => compareLedgers.run(api.core, { outgoing: undefined as never, ending: NEVER });
    await Promise.all([run(), run(), run()]);
    await run();
    expect(await api.core.reconciliations.get(who.accountId, id)).toMatchObject({
      status: 'done',
      matched: 90n,
      missingHere: 10n,
    });
    const [left] = await api.database.sql`SELECT count(*)::int AS n FROM reconciliation_line`;
    expect(left!.n).toBe(0);
  });

  test('leaves no lines behind: neither of an empty ledger, nor of one whose sender went away', async () => {
    const who = await seller();
    await record(who, [{ ref: 'a', kind: 'topup', cents: 1, at: middle(0) }]);
    clock.set(new Date(TO.getTime() + DAY_MS));
    const compare = () => compareLedgers.run(api.core, { outgoing: undefined as never, ending: NEVER });
    const begin = () => api.core.reconciliations.begin(who.as, who.accountId, { from: FROM, to: TO });
    const { id } = await begin();
    await api.core.reconciliations.receive(who.as, who.accountId, id, streamOf('[]'), 'json');
    await compare();
    const gone = await begin();
    async function* cutOff() {
      yield 'external_ref,kind,amount\n';
      for (let n = 0; n < 6000; n++) yield `r${n},topup,1\n`;
      throw new Error('gone');
    }
    const receive = (input: Readable) =>
      api.core.reconciliations.receive(who.as, who.accountId, gone.id, input, 'csv');
    await expect(receive(Readable.from(cutOff()))).rejects.toThrow('gone');
    const closed = new Readable({ read() {} });
    closed.destroy();
    await expect(receive(closed)).rejects.toThrow();
    expect(await api.core.reconciliations.get(who.accountId, gone.id)).toMatchObject({
      status: 'waiting',
      error: 'the file could not be read to its end',
    });
    await compare();
    const [left] = await api.database.sql`SELECT count(*)::int AS n FROM reconciliation_line`;
    expect(left!.n).toBe(0);
  });

  test('waits again when the process that read the ledger has died; a slow sender is seen to be there', async () => {
    const who = await seller();
    clock.set(new Date(TO.getTime() + DAY_MS));
    const { id } = await api.core.reconciliations.begin(who.as, who.accountId, { from: FROM, to: TO });
    const input = new Readable({ read() {} });
    const reading = api.core.reconciliations.receive(who.as, who.accountId, id, input, 'ndjson');
    const line = (ref: string) => input.push(`{"external_ref":"${ref}","kind":"topup","amount_cents":1}\n`);
    const look = () => api.core.reconciliations.get(who.accountId, id);
    const compare = () => compareLedgers.run(api.core, { outgoing: undefined as never, ending: NEVER });
    await expect.poll(look).toMatchObject({ status: 'reading' });
    clock.advance(100_000);
    line('a');
    await expect.poll(look).toMatchObject({ theirLines: 1n });
    clock.advance(100_000);
    await compare();
    expect(await look()).toMatchObject({ status: 'reading' });
    clock.advance(100_000);
    await compare();
    expect(await look()).toMatchObject({
      status: 'waiting',
      error: expect.stringContaining('send it again'),
    });
    line('b');
    await expect(reading).rejects.toMatchObject({ code: 'ReconciliationState' });
    const again = streamOf('[{"external_ref":"c","kind":"topup","amount_cents":1}]');
    expect(await api.core.reconciliations.receive(who.as, who.accountId, id, again, 'json')).toMatchObject({
      status: 'matching',
      theirLines: 1n,
      error: null,
    });
    const entries = await api.core.auditLog.page({ subject: `reconciliation:${id}` }, { limit: 10 });
    expect(entries.rows.map(({ action, actor, details }) => [action, actor, details.after])).toEqual([
      ['reconciliation.receive', 'key:test', { status: 'reading', attempt: 2 }],
      ['reconciliation.receive', 'key:test', { status: 'reading', attempt: 1 }],
      ['reconciliation.begin', 'key:test', expect.objectContaining({ status: 'waiting' })],
    ]);
  });
});

describe('a review', () => {
  test('is opened once, collects what comes up, and is closed by a person with a note', async () => {
    const who = await seller();
    const at = middle(0);
    await record(who, [{ ref: 'a', kind: 'topup', cents: 100, at }]);
    // The same reference with another amount is a mismatch at once.
    await record(who, [{ ref: 'a', kind: 'topup', cents: 101 }]);
    await record(who, [{ ref: 'a', kind: 'topup', cents: 101 }]);
    await reconcile(who, []);
    const { rows } = await api.core.reviews.list({ limit: 10, accountId: who.accountId });
    expect(rows).toHaveLength(1);
    expect(rows[0]!.causes.map(({ subject }) => subject.split(':')[0])).toEqual([
      'credit-event',
      'reconciliation',
    ]);
    await expect(api.core.reviews.resolve(api.operator, rows[0]!.id, '  ')).rejects.toMatchObject({
      code: 'InvalidField',
    });
    const person: Invocation = { actor: { name: 'person:prs_x', accountId: null, door: 'console' } };
    const closed = await api.core.reviews.resolve(person, rows[0]!.id, 'A double click; paid back.');
    expect(closed).toMatchObject({ resolvedBy: 'person:prs_x', note: 'A double click; paid back.' });
    const [account] = await api.database.sql`SELECT standing FROM account WHERE id = ${who.accountId}`;
    expect(account!.standing).toBe('good');
    await expect(api.core.reviews.resolve(person, rows[0]!.id, 'again')).rejects.toMatchObject({
      code: 'ReviewResolved',
    });
    const [entry] = await api.database
      .sql`SELECT * FROM audit_entry WHERE action = 'review.resolve' ORDER BY id DESC LIMIT 1`;
    expect(entry).toMatchObject({ actor: 'person:prs_x', subject: `review:${rows[0]!.id}` });
    await reconcile(who, []);
    expect(
      (await api.core.reviews.list({ limit: 10, accountId: who.accountId, isOpen: true })).rows,
    ).toHaveLength(1);
  });
});
