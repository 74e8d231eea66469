/** `headgate log …`: the credit log. `log verify` with files needs nothing but them. */
import { once } from 'node:events';
import { createReadStream, createWriteStream, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { NoteError, readVerifierKey, type Verifier } from '../core/credits/log/note.ts';
import { type LogVerification, verifyCreditLog } from '../core/credits/log/verify-database.ts';
import {
  type FilesVerification,
  type LogState,
  type NamedText,
  STATE_FORMAT,
  verifyFiles,
} from '../core/credits/log/verify-files.ts';
import { formatTime, print, table } from './output.ts';
import { withCore } from './session.ts';

interface VerifyOptions {
  key: string[];
  export?: string;
  receipt: string[];
  checkpoint: string[];
  proof: string[];
  state?: string;
  json?: boolean;
}

const collect = (value: string, before: string[]) => [...before, value];

export function defineLog(program: Command): void {
  const log = program.command('log').description('the credit log: the record that neither side can rewrite');

  log
    .command('verify')
    .description(
      'without files: prove the log from the database. With files: prove receipts, checkpoints and an export against each other and the log’s key, offline. Exit code 1, and the first leaf that does not fit, if they do not hold',
    )
    .option('--key <vkey>', 'the log’s key, or a file of keys (GET /log/key); again for each', collect, [])
    .option('--export <file>', 'an export (GET /log/export)')
    .option('--receipt <file>', 'a receipt, or the answer that holds it; again for each', collect, [])
    .option('--checkpoint <file>', 'a checkpoint (GET /log/checkpoint); again for each', collect, [])
    .option(
      '--proof <file>',
      'a proof of consistency (GET /log/proof/consistency); again for each',
      collect,
      [],
    )
    .option('--state <file>', 'remembers what was proved here, and holds the next check against it')
    .option('--json', 'print JSON')
    .action(async (options: VerifyOptions) => {
      const { key, export: exported, receipt, checkpoint, proof, state, json = false } = options;
      const hasFiles = exported !== undefined || receipt.length + checkpoint.length + proof.length > 0;
      if (!hasFiles && (key.length > 0 || state !== undefined)) {
        throw new Error('there is nothing to check: give --export, --receipt or --checkpoint');
      }
      const problems = hasFiles ? await verifyOffline(options, json) : await verifyDatabase(json);
      if (problems > 0) process.exitCode = 1;
    });

  log
    .command('checkpoint')
    .description('print the last checkpoint, a signed note')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const checkpoint = await withCore(({ core }) => core.creditLog.checkpoint());
      print(options.json ?? false, { checkpoint }, () => checkpoint.trimEnd());
    });

  log
    .command('export')
    .description('write the whole log for one reseller: its own events, and of all others the hashes')
    .requiredOption('--reseller <code>', 'whose: a store code or an email address')
    .option('--output <file>', 'where to; absent: the standard output')
    .action(async (options: { reseller: string; output?: string }) => {
      await withCore(async ({ core }) => {
        const account = await core.accounts.find(options.reseller);
        const output = options.output === undefined ? process.stdout : createWriteStream(options.output);
        for await (const lines of core.creditLog.export(account)) {
          if (!output.write(lines)) await once(output, 'drain');
        }
        if (output !== process.stdout) {
          output.end();
          await once(output, 'finish');
        }
      });
    });

  log
    .command('receipt')
    .description('print the receipt of an event, as JSON')
    .argument('<event>', 'its id, ev_…')
    .action(async (event: string) => {
      const receipt = await withCore(({ core }) => core.creditLog.receipt(event, null));
      print(true, receipt, () => '');
    });

  log
    .command('keys')
    .description('the keys that checkpoints are signed with, the one that signs now first')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const keys = await withCore(({ core }) => core.creditLog.keys());
      print(options.json ?? false, keys, () =>
        table([['SINCE', 'KEY'], ...keys.map(({ vkey, createdAt }) => [formatTime(createdAt), vkey])]),
      );
    });

  log
    .command('rotate-key')
    .description('sign with a new key from now on; its first checkpoint is signed by the old key too')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const key = await withCore(({ core, invocation }) => core.creditLog.rotateKey(invocation));
      print(
        options.json ?? false,
        key,
        () => `Checkpoints are signed with a new key. Tell whoever checks them:\n\n  ${key.vkey}\n`,
      );
    });
}

async function verifyDatabase(json: boolean): Promise<number> {
  const result = await withCore(({ database }) => verifyCreditLog(database.sql));
  const ok = result.problems.length === 0;
  print(json, { ok, ...result }, () =>
    ok
      ? `The credit log holds: ${result.leaves} leaves, ${result.checkpoints} checkpoints, every hash and signature as it should be.`
      : [`The credit log does NOT hold (${result.leaves} leaves):`, ...linesOf(result.problems)].join('\n'),
  );
  return result.problems.length;
}

function linesOf(problems: LogVerification['problems']): string[] {
  return problems.map(({ check, detail }) => `  ${check}: ${detail}`);
}

async function verifyOffline(options: VerifyOptions, json: boolean): Promise<number> {
  const verifiers = options.key.flatMap(readKeys);
  if (verifiers.length === 0) throw new Error('--key is needed: the log’s key, or a file that holds it');
  const { state: stateFile, export: exported } = options;
  const state = stateFile === undefined ? undefined : readState(stateFile);
  const { state: proved, ...result } = await verifyFiles({
    verifiers,
    checkpoints: options.checkpoint.map(readNamed),
    receipts: options.receipt.map(readNamed),
    proofs: options.proof.map(readNamed),
    ...(exported === undefined
      ? {}
      : { export: { name: exported, lines: createInterface({ input: createReadStream(exported) }) } }),
    state,
  });
  if (stateFile !== undefined && proved) writeState(stateFile, proved);
  const ok = result.problems.length === 0;
  print(json, { ok, ...result }, () => (ok ? describe(result) : describeProblems(result)));
  return result.problems.length;
}

function describe({ origin, size, checkpoints, receipts, leaves, ownLeaves }: FilesVerification): string {
  return [
    `All of it holds: ${origin}, ${size} leaves in the largest checkpoint.`,
    `  ${checkpoints} checkpoints signed and of one log, ${receipts} receipts proved, ${leaves} leaves recomputed, ${ownLeaves} of them from their events.`,
  ].join('\n');
}

function describeProblems({ problems }: FilesVerification): string {
  const lines = problems.map(({ file, detail }) => `  ${file}: ${detail}`);
  return ['It does NOT hold:', ...lines].join('\n');
}

function readNamed(name: string): NamedText {
  return { name, text: readFileSync(name, 'utf8') };
}

/** A key itself, or the lines of a file. */
function readKeys(text: string): Verifier[] {
  try {
    return [readVerifierKey(text)];
  } catch (error) {
    if (!(error instanceof NoteError) || /\+[0-9a-f]{8}\+/.test(text)) throw error;
  }
  return readFileSync(text, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(readVerifierKey);
}

/** What was remembered; nothing, where there is no such file yet. */
function readState(file: string): LogState | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const state = JSON.parse(text) as LogState;
  if (state.format !== STATE_FORMAT) throw new Error(`${file} is not a state of the format ${STATE_FORMAT}`);
  return state;
}

function writeState(file: string, state: LogState): void {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify(state)}\n`, { flush: true });
  renameSync(temporary, file);
}
