/**
 * How long a reconciliation takes, and how much memory: as many events here as lines there, all but a few the same.
 *
 *   npm run bench reconcile                     1,000,000 on either side
 *   npm run bench reconcile -- --lines 100000
 *   npm run bench reconcile -- --write          also writes the result into docs/performance.md
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { loadConfig } from '../src/config.ts';
import { createCore } from '../src/core/core.ts';
import { matchAll } from '../src/core/reconciliation/match.ts';
import { migrate } from '../src/db/migrate.ts';
import { openDatabase } from '../src/db/open.ts';
import { ManualClock } from '../src/shared/clock.ts';
import { writeSection } from './support/report.ts';

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '1000000' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write('npm run bench reconcile -- [--lines 1000000] [--write]\n');
  process.exit(0);
}
const LINES = Number(values.lines);
const FROM = new Date('2026-06-01T00:00:00Z');
const TO = new Date('2026-07-01T00:00:00Z');
const SPAN_MS = TO.getTime() - FROM.getTime() - 4 * 3600_000;
const timeOf = (n: number) => new Date(FROM.getTime() + 2 * 3600_000 + Math.floor((n * SPAN_MS) / LINES));
/** One line in ten thousand is of another amount. */
const differs = (n: number) => n % 10_000 === 0;

const dataFolder = mkdtempSync(path.join(tmpdir(), 'headgate-bench-'));
process.on('exit', () => rmSync(dataFolder, { recursive: true, force: true }));
const log = { info: () => {}, warn: console.error, error: console.error };
const database = await openDatabase(loadConfig({ HEADGATE_DATA: dataFolder }), { purpose: 'server', log });
await migrate(database.sql);
const clock = new ManualClock(new Date(TO.getTime() + 24 * 3600_000).toISOString());
const core = await createCore(database.sql, clock, Buffer.alloc(32, 1));
const operator = { actor: { name: 'bench', accountId: null, door: 'command-line' as const } };
await core.accounts.createReseller(operator, {
  storeCode: 'BENCH',
  storeName: 'Bench',
  email: 'b@example.com',
});
const { id: accountId } = await core.accounts.find('BENCH');
const { id: keyId } = await core.keys.mint(operator, {
  accountId,
  name: 'bench',
  scopes: ['reseller:credit'],
});

process.stderr.write(`writing ${LINES.toLocaleString('en-US')} events…\n`);
// Straight into the table: how events get there is not what is measured, and their hashes are not looked at.
await database.sql.begin(async (tx) => {
  await tx`SET LOCAL statement_timeout = 0`;
  await tx`SET LOCAL session_replication_role = replica`;
  await tx`ALTER TABLE credit_event DROP CONSTRAINT credit_event_hashes_complete`;
  await tx`
    INSERT INTO credit_event (seq, public_id, key_id, key_lineage_id, account_id, kind, amount_cents, external_ref, at, salt, tree_hashes)
      SELECT n, 'ev_' || n, k.id, k.id, ${accountId}, 'topup', n % 10000, 'txn_' || n,
          ${FROM}::timestamptz + interval '2 hours' + make_interval(secs => floor(n * ${SPAN_MS}::float8 / ${LINES}::float8) / 1000),
          '\\x00000000000000000000000000000000'::bytea, sha256(n::text::bytea)
        FROM generate_series(0, ${LINES - 1}::bigint) n, api_key k WHERE k.public_id = ${keyId}`;
});
await database.sql`ANALYZE credit_event`;

function* ledger() {
  yield 'external_ref,kind,amount_usd,at\n';
  let text = '';
  for (let n = 0; n < LINES; n++) {
    const cents = (n % 10_000) + (differs(n) ? 1 : 0);
    text += `txn_${n},topup,${(cents / 100).toFixed(2)},${timeOf(n).toISOString()}\n`;
    if (text.length < 65_536) continue;
    yield text;
    text = '';
  }
  yield text;
}

const rssMib = () => Math.round(process.memoryUsage.rss() / 1024 ** 2);
let highestMib = 0;
const watch = setInterval(() => {
  highestMib = Math.max(highestMib, rssMib());
}, 20);
const atRestMib = rssMib();
const started = performance.now();
const { id } = await core.reconciliations.begin(operator, accountId, { from: FROM, to: TO });
const reading = core.reconciliations.receive(operator, accountId, id, Readable.from(ledger()), 'csv');
const progress = setInterval(async () => {
  const { status, theirLines, percent } = await core.reconciliations.get(accountId, id);
  process.stderr.write(`  ${status}: ${theirLines} lines, ${percent} %\n`);
}, 2000);
await reading;
const read = performance.now();
await matchAll(database.sql, clock, new AbortController().signal);
const matched = performance.now();
clearInterval(progress);
clearInterval(watch);
const run = await core.reconciliations.get(accountId, id);
const planted = Math.ceil(LINES / 10_000);
if (run.amountDiffers !== BigInt(planted) || run.matched !== BigInt(LINES - planted))
  throw new Error(`${run.amountDiffers} differences were found, ${planted} were planted`);
await database.stop();

const seconds = (ms: number) => (ms / 1000).toFixed(1);
const text = `${LINES.toLocaleString('en-US')} lines against as many events: read in ${seconds(read - started)} s, compared in ${seconds(matched - read)} s. The program's memory grew from ${atRestMib} MiB to at most ${highestMib} MiB.\n`;
process.stdout.write(`\n${text}`);
if (values.write) writeSection('reconcile', text);
process.exit(0);
