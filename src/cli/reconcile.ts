/** `headgate reconcile`: a reseller's ledger held against the credit log, from a file. */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import type { Core } from '../core/core.ts';
import { LEDGER_FORMATS, type LedgerFormat } from '../core/reconciliation/lines.ts';
import { matchAll } from '../core/reconciliation/match.ts';
import type { Difference, Reconciliation } from '../core/reconciliation/reconciliations.ts';
import { parseDate } from './dates.ts';
import { formatUsd, pairs, print, table } from './output.ts';
import { type CommandSession, withCore } from './session.ts';

interface Options {
  file: string;
  from: Date;
  to: Date;
  format?: LedgerFormat;
  output?: string;
  json?: boolean;
}

/** Differences that are printed; `--output` writes all. */
const SHOWN = 100;
const PAGE = 1000;
const PROGRESS_EVERY_MS = 1000;
/** Between two looks at a comparison that another process is at. */
const LOOK_AGAIN_MS = 200;
const BY_ENDING: Record<string, LedgerFormat> = {
  '.csv': 'csv',
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
};

export function defineReconcile(program: Command): void {
  program
    .command('reconcile')
    .description(
      'hold a reseller’s own ledger against the credit log. Exit code 1 when they differ, or lines cannot be read; a review is opened as the settings say',
    )
    .argument('<reseller>', 'a store code, an id or an email address')
    .requiredOption('--file <file>', 'the ledger: CSV with a header, or JSON; - is the standard input')
    .requiredOption('--from <date>', 'the beginning of the period: 2026-05-01, or a UTC time', parseDate)
    .requiredOption('--to <date>', 'its end, not part of it any more', parseDate)
    .addOption(
      new Option('--format <format>', 'what the file is, where its ending does not say').choices(
        LEDGER_FORMATS,
      ),
    )
    .option('--output <file>', 'write all differences there, as CSV')
    .option('--json', `print JSON, with the first ${SHOWN} differences`)
    .action(async (reseller: string, options: Options) => {
      const { run, differences } = await withCore((session) => reconcile(session, reseller, options));
      if (differenceCount(run) + run.unreadableLines > 0n) process.exitCode = 1;
      print(options.json ?? false, { ...run, differences }, () => describe(run, differences));
    });
}

async function reconcile({ core, database, invocation }: CommandSession, reseller: string, options: Options) {
  const { file, from, to, output } = options;
  const format = options.format ?? BY_ENDING[path.extname(file).toLowerCase()];
  if (!format) throw new Error(`--format is needed: the ending of ${file} does not say what it is`);
  const { id: accountId } = await core.accounts.find(reseller);
  const input = file === '-' ? process.stdin : await opened(file);
  const { id } = await core.reconciliations.begin(invocation, accountId, { from, to });
  const look = () => core.reconciliations.get(accountId, id);
  const end = showProgress(look);
  try {
    await core.reconciliations.receive(invocation, accountId, id, input, format);
    const never = new AbortController().signal;
    // A running server compares too: whoever is at it, this waits for the end.
    while ((await look()).status === 'matching') {
      await matchAll(database.sql, core.clock, never);
      if ((await look()).status === 'matching') await pause(LOOK_AGAIN_MS);
    }
  } finally {
    end();
    input.destroy();
  }
  if (output !== undefined) await writeAll(core, id, output);
  const { rows } = await core.reconciliations.differences(accountId, id, { limit: SHOWN });
  return { run: await look(), differences: rows };
}

/** Fails before anything is begun where there is no such file. */
async function opened(file: string): Promise<Readable> {
  const input = createReadStream(file);
  await once(input, 'open');
  return input;
}

/** Says on the standard error how far it is, whenever that has changed. Answers a function that ends it. */
function showProgress(look: () => Promise<Reconciliation>): () => void {
  let said = '';
  const timer = setInterval(async () => {
    // The last look may come when the database is closed already.
    const run = await look().catch(() => undefined);
    if (!run) return;
    const text =
      run.status === 'reading'
        ? `read ${run.theirLines + run.unreadableLines} lines`
        : `compared ${run.percent} %`;
    if (text !== said) process.stderr.write(`headgate: ${text}\n`);
    said = text;
  }, PROGRESS_EVERY_MS);
  return () => clearInterval(timer);
}

async function writeAll(core: Core, id: string, file: string): Promise<void> {
  const { csvText } = await import('../api/own/csv.ts');
  const { DIFFERENCE_COLUMNS, differenceCells } = await import('../api/own/reconciliations.ts');
  const output = createWriteStream(file);
  output.write(csvText([DIFFERENCE_COLUMNS]));
  let after: readonly [bigint] | undefined;
  do {
    const page = await core.reconciliations.differences(null, id, { limit: PAGE, after });
    if (!output.write(csvText(page.rows.map(differenceCells)))) await once(output, 'drain');
    after = page.next;
  } while (after);
  output.end();
  await once(output, 'finish');
}

function differenceCount(run: Reconciliation): bigint {
  return run.missingHere + run.missingThere + run.amountDiffers + run.kindDiffers + run.doubled;
}

function describe(run: Reconciliation, differences: readonly Difference[]): string {
  const count = differenceCount(run);
  const summary = pairs([
    ['reconciliation', run.id],
    ['lines of the ledger', String(run.theirLines)],
    ['events recorded here', String(run.ourEvents)],
    ['matched', String(run.matched)],
    ['missing here', String(run.missingHere)],
    ['missing there', String(run.missingThere)],
    ['amount differs', String(run.amountDiffers)],
    ['kind differs', String(run.kindDiffers)],
    ['doubled', String(run.doubled)],
    ['lagging', String(run.lagging)],
    ['unreadable lines', String(run.unreadableLines)],
  ]);
  if (count === 0n) return summary;
  const side = (part: { kind: string; cents: bigint } | null) =>
    part ? `${part.kind} ${formatUsd(part.cents)}` : '-';
  const shown = table([
    ['DIFFERENCE', 'REFERENCE', 'HERE', 'THERE', 'LINE'],
    ...differences.map(({ sort, externalRef, ours, theirs }) => [
      sort.replaceAll('_', ' '),
      externalRef,
      side(ours),
      side(theirs),
      String(theirs?.line ?? '-'),
    ]),
  ]);
  const rest = count - BigInt(differences.length);
  return `${summary}\n\n${shown}${rest > 0n ? `\n… and ${rest} more: --output writes all` : ''}`;
}
