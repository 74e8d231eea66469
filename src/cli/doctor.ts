/** `headgate doctor`: what could keep this installation from working, looked at one by one. */
import { statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { type Config, loadConfig } from '../config.ts';
import { createCore } from '../core/core.ts';
import { verifyLedger } from '../core/ledger/verify.ts';
import { loadMasterKey } from '../core/secrets.ts';
import type { Sql } from '../db/client.ts';
import { migrate } from '../db/migrate.ts';
import { type Database, openDatabase } from '../db/open.ts';
import { systemClock } from '../shared/clock.ts';
import { print } from './output.ts';

type Status = 'ok' | 'warning' | 'problem';

interface Finding {
  check: string;
  status: Status;
  detail: string;
}

const LEAST_FREE_BYTES = 1_000_000_000;
const MOST_CLOCK_SKEW_MS = 1000;
const DURABLE_SETTINGS = ['fsync', 'synchronous_commit', 'full_page_writes'];

export function defineDoctor(program: Command): void {
  program
    .command('doctor')
    .description('look for what could keep Headgate from working; exit code 1 if something would')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const findings = await examine();
      const healthy = findings.every((finding) => finding.status !== 'problem');
      if (!healthy) process.exitCode = 1;
      print(options.json ?? false, { healthy, findings }, () =>
        findings.map(({ status, check, detail }) => `${MARKS[status]} ${check}: ${detail}`).join('\n'),
      );
    });
}

const MARKS: Record<Status, string> = { ok: '  ok     ', warning: '  warning', problem: '  PROBLEM' };

async function examine(): Promise<Finding[]> {
  const findings: Finding[] = [];
  const note = (check: string, status: Status, detail: string) => findings.push({ check, status, detail });
  note('node', 'ok', process.versions.node);

  let config: Config;
  try {
    config = loadConfig();
    note('settings', 'ok', 'every setting can be used');
  } catch (error) {
    note('settings', 'problem', (error as Error).message.replaceAll('\n', '; '));
    return findings;
  }

  let database: Database;
  try {
    const silent = { info: () => {}, warn: () => {}, error: () => {} };
    database = await openDatabase(config, { purpose: 'command', log: silent });
  } catch (error) {
    note('database', 'problem', (error as Error).message);
    return findings;
  }
  try {
    await examineFolder(config, note);
    await examineDatabase(config, database.sql, note);
  } catch (error) {
    note('examination', 'problem', (error as Error).message);
  } finally {
    await database.stop();
  }
  return findings;
}

type Note = (check: string, status: Status, detail: string) => void;

async function examineFolder(config: Config, note: Note): Promise<void> {
  const { bavail, bsize } = statfsSync(config.dataFolder);
  const free = bavail * bsize;
  const freeText = `${(free / 1e9).toFixed(1)} GB free in ${config.dataFolder}`;
  note('disk', free < LEAST_FREE_BYTES ? 'warning' : 'ok', freeText);
  if (config.masterKey) return note('master key', 'ok', 'from HEADGATE_MASTER_KEY');
  const file = path.join(config.dataFolder, 'master.key');
  const mode = statSync(file, { throwIfNoEntry: false })?.mode;
  if (mode === undefined) note('master key', 'ok', 'none yet; made at the first start');
  else if (mode & 0o077) note('master key', 'problem', `${file} can be read by others: chmod 600 ${file}`);
  else note('master key', 'ok', `${file}; keep a copy of it apart from the database's backups`);
}

async function examineDatabase(config: Config, sql: Sql, note: Note): Promise<void> {
  const before = Date.now();
  const [server] = await sql<
    { version: string; now: Date; fsync: string; synchronous_commit: string; full_page_writes: string }[]
  >`
    SELECT current_setting('server_version') AS version, clock_timestamp() AS now, current_setting('fsync') AS fsync,
      current_setting('synchronous_commit') AS synchronous_commit, current_setting('full_page_writes') AS full_page_writes`;
  note('database', 'ok', `PostgreSQL ${server!.version}${config.databaseUrl ? '' : ', embedded'}`);
  const off = DURABLE_SETTINGS.filter((name) => server![name as 'fsync'] === 'off');
  if (off.length > 0)
    note('durability', 'problem', `${off.join(', ')} off: an acknowledged change can be lost`);
  else note('durability', 'ok', 'what is acknowledged is on disk');
  const skewMs = Math.max(before - server!.now.getTime(), server!.now.getTime() - Date.now(), 0);
  note(
    'clock',
    skewMs > MOST_CLOCK_SKEW_MS ? 'warning' : 'ok',
    `${Math.round(skewMs)} ms apart from the database's`,
  );

  const { version } = await migrate(sql);
  note('schema', 'ok', `version ${version}`);
  await createCore(sql, systemClock, loadMasterKey(config.dataFolder, config.masterKey));
  note('secrets', 'ok', 'the master key opens what this database holds');
  const ledger = await verifyLedger(sql);
  if (ledger.problems.length === 0)
    note('ledger', 'ok', `${ledger.accounts} accounts, ${ledger.transfers} transfers`);
  else note('ledger', 'problem', `${ledger.problems[0]!.detail} (\`headgate ledger verify\` lists all)`);
}
