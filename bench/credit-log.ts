/**
 * What the credit log costs: events recorded per second as the log grows, and what proofs and verification take at its end. The
 * server is the embedded PostgreSQL with its default, durable settings, in a folder of its own.
 *
 *   npm run bench credit-log                       100,000 events, 64 callers
 *   npm run bench credit-log -- --events 1000000 --callers 512
 *   npm run bench credit-log -- --write            also writes the table into docs/performance.md
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../src/config.ts';
import { createCore } from '../src/core/core.ts';
import { readVerifierKey } from '../src/core/credits/log/note.ts';
import { verifyCreditLog } from '../src/core/credits/log/verify-database.ts';
import { verifyFiles } from '../src/core/credits/log/verify-files.ts';
import { migrate } from '../src/db/migrate.ts';
import { openDatabase } from '../src/db/open.ts';
import { systemClock } from '../src/shared/clock.ts';
import { markdownTable, writeSection } from './support/report.ts';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    callers: { type: 'string', default: '64' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write('npm run bench credit-log -- [--events 100000] [--callers 64] [--write]\n');
  process.exit(0);
}
const EVENTS = Number(values.events);
const CALLERS = Number(values.callers);
const PARTS = 5;
const PROOFS = 200;

const dataFolder = mkdtempSync(path.join(tmpdir(), 'headgate-bench-'));
process.on('exit', () => rmSync(dataFolder, { recursive: true, force: true }));
const database = await openDatabase(loadConfig({ HEADGATE_DATA: dataFolder }), {
  purpose: 'command',
  log: { info: () => {}, warn: console.error, error: console.error },
  connect: { maxConnections: 8 },
});
const rows: string[][] = [];
try {
  await migrate(database.sql);
  const { accounts, keys, creditEvents, creditLog } = await createCore(
    database.sql,
    systemClock,
    Buffer.alloc(32, 7),
  );
  const operator = { actor: { name: 'command-line', accountId: null, door: 'command-line' as const } };
  await accounts.createReseller(operator, {
    storeCode: 'BENCH',
    storeName: 'Bench',
    email: 'bench@example.com',
  });
  const account = await accounts.find('BENCH');
  const { secret } = await keys.mint(operator, {
    accountId: account.id,
    name: 'bench',
    scopes: ['reseller:credit'],
  });
  const recognition = await keys.recognise(secret, '127.0.0.1');
  if (recognition.kind !== 'known') throw new Error('the key was not recognised');
  const { identity } = recognition;

  let recorded = 0;
  let lastId = '';
  const recordUntil = async (end: number) => {
    while (recorded < end) {
      recorded += 1;
      const externalRef = `txn_${recorded}`;
      const event = { kind: 'topup', cents: 2500n, externalRef, meta: { downstream_user: 'a@example.com' } };
      lastId = (await creditEvents.record(operator, identity, event)).id;
    }
  };
  for (let part = 1; part <= PARTS; part++) {
    const from = recorded;
    const cpu = process.cpuUsage();
    const startedMs = performance.now();
    await Promise.all(Array.from({ length: CALLERS }, () => recordUntil((EVENTS * part) / PARTS)));
    const events = recorded - from;
    const { user, system } = process.cpuUsage(cpu);
    const perSecond = Math.round((events * 1000) / (performance.now() - startedMs));
    const what = `events ${from.toLocaleString('en-US')} to ${recorded.toLocaleString('en-US')}`;
    rows.push([
      what,
      `${perSecond.toLocaleString('en-US')} per second, ${Math.round((user + system) / events)} µs of this process each`,
    ]);
  }

  const timed = async (what: string, times: number, work: () => Promise<unknown>) => {
    const startedMs = performance.now();
    for (let time = 0; time < times; time++) await work();
    rows.push([what, `${((performance.now() - startedMs) / times).toFixed(times > 1 ? 2 : 0)} ms`]);
  };
  await timed('receipt of an event, made again', PROOFS, () => creditLog.receipt(lastId, null));
  await timed('proof of consistency', PROOFS, () =>
    creditLog.consistency(1 + Math.floor(Math.random() * recorded), recorded),
  );
  await timed('verification of the database', 1, async () => {
    const { problems } = await verifyCreditLog(database.sql);
    if (problems.length > 0) throw new Error(problems[0]!.detail);
  });
  const verifiers = (await creditLog.keys()).map(({ vkey }) => readVerifierKey(vkey));
  const lines = async function* () {
    for await (const page of creditLog.export(account)) yield* page.split('\n');
  };
  await timed('export, and its verification', 1, async () => {
    const given = { verifiers, checkpoints: [], receipts: [], proofs: [] };
    const { problems } = await verifyFiles({ ...given, export: { name: 'export', lines: lines() } });
    if (problems.length > 0) throw new Error(problems[0]!.detail);
  });
} finally {
  await database.stop();
}
const text = `${EVENTS.toLocaleString('en-US')} events of one reseller, ${CALLERS} callers.\n\n${markdownTable(['case', 'cost'], rows)}\n`;
process.stdout.write(`\n${text}`);
if (values.write) writeSection('credit-log', text);
