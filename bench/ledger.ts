/**
 * What the ledger costs: transfers per second, beside pgbench doing the same transfer as a script, on the same server, in the
 * same run. The server is the embedded PostgreSQL with its default, durable settings, in a folder of its own.
 *
 *   npm run bench ledger                 3 rounds of 4 seconds each
 *   npm run bench ledger -- --rounds 5 --seconds 8
 *   npm run bench ledger -- --write      also writes the table into docs/performance.md
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../src/config.ts';
import { Ledger, openLedgerAccounts } from '../src/core/ledger/ledger.ts';
import { verifyLedger } from '../src/core/ledger/verify.ts';
import { inTransaction, type LocalTarget, type Sql } from '../src/db/client.ts';
import { openDatabase } from '../src/db/open.ts';
import { systemClock } from '../src/shared/clock.ts';
import { markdownTable, Rounds, writeSection } from './support/report.ts';
import { findTool } from './support/tools.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write('npm run bench ledger -- [--rounds 3] [--seconds 4] [--write]\n');
  process.exit(0);
}
const ROUNDS = Number(values.rounds);
const SECONDS = Number(values.seconds);
const ACCOUNTS = 10_000;
const SUBUSERS = 200;
const CONNECTIONS = 64;
const PGBENCH = 'pgbench, the same transfer as a script, prepared, 16 clients';

const root = path.dirname(import.meta.dirname);
const pgbench = findTool('pgbench');
if (!pgbench) {
  process.stderr.write(
    'bench: pgbench is needed to compare with. Install PostgreSQL’s client programs (Debian: postgresql-contrib).\n',
  );
  process.exit(1);
}
const wrk = findTool('wrk');

const dataFolder = mkdtempSync(path.join(tmpdir(), 'headgate-bench-'));
const children: ChildProcess[] = [];
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(dataFolder, { recursive: true, force: true });
});

let rounds = new Rounds();
let latency = new Rounds();
const server = await startServer();
const log = { info: () => {}, warn: console.error, error: console.error };
const database = await openDatabase(loadConfig({ HEADGATE_DATA: dataFolder }), {
  purpose: 'command',
  log,
  connect: { maxConnections: 8 },
});
const { sql } = database;
const [version] = await sql<{ text: string }[]>`SELECT current_setting('server_version') AS text`;
process.stderr.write(`PostgreSQL ${version!.text}, Node ${process.versions.node}, ${cpus().length} cores\n`);

await prepareOpponent(sql);
const accounts = await prepareAccounts(sql);
const subusers = await prepareSubusers();
const ledger = new Ledger(sql, systemClock);

// Round 0 is not counted. It leaves a server behind that has been at work for a while: caches are warm, and files of the
// write-ahead log are there to be used again instead of being made, which a new server does in the middle of commits.
for (let round = 0; round <= ROUNDS; round++) {
  process.stderr.write(round === 0 ? 'warming up\n' : `round ${round} of ${ROUNDS}\n`);
  rounds.add(PGBENCH, runPgbench(database.target as LocalTarget));
  await drive('ledger, 64 callers, spread over accounts', 64, () => {
    const from = Math.floor(Math.random() * ACCOUNTS);
    return [accounts[from]!, accounts[(from + 1 + Math.floor(Math.random() * (ACCOUNTS - 1))) % ACCOUNTS]!];
  });
  await drive('ledger, 64 callers, all on one pool', 64, () => [
    accounts[0]!,
    accounts[1 + Math.floor(Math.random() * (ACCOUNTS - 1))]!,
  ]);
  if (wrk) runHttp(wrk, round);
  await sql`CHECKPOINT`;
  if (round === 0) {
    rounds = new Rounds();
    latency = new Rounds();
  }
}

const verification = await verifyLedger(sql);
if (verification.problems.length > 0) throw new Error(verification.problems[0]!.detail);
await database.stop();
await new Promise<void>((resolve) => {
  server.child.once('exit', () => resolve());
  server.child.kill('SIGTERM');
});

const base = rounds.median(PGBENCH);
const count = (value: number) => Math.round(value).toLocaleString('en-US');
const table = markdownTable(
  ['case', 'per second (median)', 'lowest to highest', 'ratio', 'p99 ms'],
  rounds.names().map((name) => {
    const [low, high] = rounds.range(name);
    const p99 = latency.median(name);
    return [
      name,
      count(rounds.median(name)),
      `${count(low)} to ${count(high)}`,
      (rounds.median(name) / base).toFixed(2),
      Number.isNaN(p99) ? '' : p99.toFixed(1),
    ];
  }),
);
const text = `PostgreSQL ${version!.text} embedded, durable settings, Node ${process.versions.node}, ${cpus().length} cores shared by server and callers, ${ROUNDS} interleaved rounds of ${SECONDS} s after one to warm up.\n\n${table}\n${wrk ? '' : '\nNot run: the API over HTTP, because wrk could not be had.\n'}`;
process.stdout.write(`\n${text}\nThe ledger holds: ${verification.transfers} transfers verified.\n`);
if (values.write) writeSection('ledger', text);

/** The whole program, as a provider would start it, so that HTTP is measured through what is shipped. */
async function startServer(): Promise<{ child: ChildProcess; apiUrl: string; key: string }> {
  const child = spawn(process.execPath, [path.join(root, 'bin/headgate.mjs'), 'start'], {
    env: {
      ...process.env,
      HEADGATE_DATA: dataFolder,
      HEADGATE_PORT: '0',
      HEADGATE_GATEWAY_PORT: '0',
      HEADGATE_LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    child.stdout!.on('data', (chunk) => {
      output += chunk;
      if (output.includes('headgate ready')) resolve();
    });
  });
  return { child, apiUrl: /API +(\S+)/.exec(output)![1]!, key: /hg_live_\w+/.exec(output)![0] };
}

async function prepareOpponent(sql: Sql): Promise<void> {
  await sql`CREATE TABLE bench_account (id bigint PRIMARY KEY, balance bigint NOT NULL CHECK (balance >= 0)) WITH (fillfactor = 70)`;
  await sql`CREATE TABLE bench_transfer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, debit_id bigint NOT NULL,
    credit_id bigint NOT NULL, amount bigint NOT NULL, debit_balance bigint NOT NULL, credit_balance bigint NOT NULL,
    reason text NOT NULL, cause text NOT NULL, at timestamptz NOT NULL)`;
  await sql`CREATE INDEX ON bench_transfer (debit_id, id)`;
  await sql`CREATE INDEX ON bench_transfer (credit_id, id)`;
  await sql`INSERT INTO bench_account SELECT i, 1000000000 FROM generate_series(1, ${ACCOUNTS}::int) i`;
  await sql`VACUUM ANALYZE bench_account`;
}

async function prepareAccounts(sql: Sql): Promise<bigint[]> {
  const now = new Date();
  const [source] = await sql<
    { id: bigint }[]
  >`SELECT id FROM ledger_account WHERE kind = 'issued' AND asset = 'mobile'`;
  const ids = await inTransaction(sql, (tx) =>
    openLedgerAccounts(
      tx,
      Array.from({ length: ACCOUNTS }, () => ({ parent: source!.id, asset: 'mobile', kind: 'pool' })),
      now,
    ),
  );
  const filling = new Ledger(sql, systemClock);
  await Promise.all(
    ids.map((credit) =>
      filling.post({
        cause: 'bench',
        transfers: [{ debit: source!.id, credit, amount: 1_000_000_000n, reason: 'bench' }],
      }),
    ),
  );
  await sql`VACUUM ANALYZE ledger_account, ledger_transfer`;
  return ids;
}

async function prepareSubusers(): Promise<string[]> {
  const names: string[] = [];
  for (let index = 0; index < SUBUSERS; index++) {
    const response = await fetch(`${server.apiUrl}/api/reseller/v1/subusers`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ username: `bench${index}`, email: 'bench@example.com', bandwidth: 1 }),
    });
    if (response.status !== 201) throw new Error(await response.text());
    names.push(((await response.json()) as { data: { username: string } }).data.username);
  }
  return names;
}

function runPgbench(target: LocalTarget): number {
  const done = spawnSync(
    pgbench!,
    [
      '-n',
      '-M',
      'prepared',
      '-c',
      '16',
      '-j',
      '2',
      '-T',
      String(SECONDS),
      '-D',
      `accounts=${ACCOUNTS}`,
      '-f',
      path.join(root, 'bench/transfer.pgbench'),
      target.database,
    ],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        PGHOST: target.socketFolder,
        PGPORT: String(target.port),
        PGUSER: target.user,
        PGPASSWORD: target.password,
      },
    },
  );
  const match = /tps = ([\d.]+)/.exec(done.stdout ?? '');
  if (!match) throw new Error(`pgbench failed: ${done.stderr}`);
  return Number(match[1]);
}

/** Callers that each wait for their transfer before they ask for the next. */
async function drive(name: string, callers: number, pick: () => [bigint, bigint]): Promise<void> {
  const times: number[] = [];
  const start = performance.now();
  const end = start + SECONDS * 1000;
  const call = async () => {
    while (performance.now() < end) {
      const asked = performance.now();
      const [debit, credit] = pick();
      const result = await ledger.post({
        cause: 'bench',
        transfers: [{ debit, credit, amount: 1n, reason: 'bench' }],
      });
      if (result.kind === 'refused') throw new Error(result.refusal);
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  rounds.add(name, times.length / ((performance.now() - start) / 1000));
  times.sort((a, b) => a - b);
  latency.add(name, times[Math.floor(times.length * 0.99)]!);
}

function runHttp(wrk: string, round: number): void {
  const name = 'HTTP, POST …/subusers/{id}/bandwidth, 64 connections, one reseller';
  const done = spawnSync(
    wrk,
    [
      '-t1',
      `-c${CONNECTIONS}`,
      `-d${SECONDS}s`,
      '--latency',
      '-s',
      path.join(root, 'bench/allocate.lua'),
      server.apiUrl,
    ],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        BENCH_KEY: server.key,
        BENCH_SUBUSERS: subusers.join(' '),
        BENCH_ROUND: String(round),
      },
    },
  );
  const rate = /Requests\/sec:\s+([\d.]+)/.exec(done.stdout);
  if (!rate || /Non-2xx/.test(done.stdout)) throw new Error(`wrk: ${done.stdout}${done.stderr}`);
  rounds.add(name, Number(rate[1]));
  const p99 = /99%\s+([\d.]+)(us|ms|s)/.exec(done.stdout)!;
  latency.add(name, Number(p99[1]) * { us: 0.001, ms: 1, s: 1000 }[p99[2] as 'us' | 'ms' | 's']);
}
