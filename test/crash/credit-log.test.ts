/**
 * The server is killed with SIGKILL while resellers report. What was acknowledged is in the log, at the place that its receipt says,
 * and the log only grew: checked as a reseller does, by `headgate log verify` on files, with no database in reach.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openNote } from '../support/credit-log.ts';
import { cleanEnvironment } from '../support/run.ts';
import { createInstallation, runCli, type ServerProcess } from '../support/server-process.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const CALLERS = 8;
const ROUNDS = [{ postgresDiesToo: false }, { postgresDiesToo: true }];
/** Reports that must have been acknowledged before the server is killed. */
const LEAST_ACKNOWLEDGED = 60;

interface Answer {
  ok: true;
  id: string;
  receipt: { leaf_index: number; checkpoint: string };
}

const installation = createInstallation();
const folder = makeTempFolder('headgate-log-');
const file = (name: string) => path.join(folder, name);
const acknowledged: Answer[] = [];
let key = '';
let server: ServerProcess;

/** As a reseller runs it: whatever it would want of a data folder is not there. */
const verify = (...args: string[]) =>
  runCli(
    cleanEnvironment({ HEADGATE_DATA: path.join(folder, 'nothing') }),
    'log',
    'verify',
    ...args,
    '--json',
  );

beforeAll(async () => {
  server = await installation.start();
  const args = ['--owner', 'DEMO', '--name', 'panel', '--scopes', 'reseller:credit', '--json'];
  key = (await installation.cli('key', 'create', ...args)).json<{ secret: string }>().secret;
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await installation.remove();
});

async function fetchTo(name: string, route: string): Promise<string> {
  const response = await fetch(`${server.apiUrl}${route}`, { headers: { authorization: `Bearer ${key}` } });
  expect(response.status, route).toBe(200);
  const text = await response.text();
  writeFileSync(file(name), text);
  return text;
}

async function reportUntilItEnds(name: string): Promise<void> {
  for (let count = 0; ; count++) {
    const body = { kind: 'topup', amount_usd: count / 100, external_ref: `${name}_${count}` };
    try {
      const response = await fetch(`${server.apiUrl}/api/v1/reseller/credit-event`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const answer = (await response.json()) as Answer;
      if (response.status !== 200) return;
      acknowledged.push(answer);
    } catch {
      return;
    }
  }
}

describe.each(ROUNDS)('killed under reports (PostgreSQL too: $postgresDiesToo)', ({ postgresDiesToo }) => {
  test('every acknowledged event is in the log, and the log only grew', async () => {
    const before = acknowledged.length;
    const round = `r${before}`;
    const callers = Array.from({ length: CALLERS }, (_, index) => reportUntilItEnds(`${round}c${index}`));
    await expect.poll(() => acknowledged.length - before).toBeGreaterThan(LEAST_ACKNOWLEDGED);
    await server.kill9({ postgres: postgresDiesToo });
    await Promise.all(callers);
    server = await installation.start();

    await fetchTo('key', '/log/key');
    await fetchTo('checkpoint', '/log/checkpoint');
    const lines = (await fetchTo('export', '/log/export')).trimEnd().split('\n');
    writeFileSync(file('receipts'), JSON.stringify(acknowledged));
    const files = [
      '--export',
      file('export'),
      '--receipt',
      file('receipts'),
      '--checkpoint',
      file('checkpoint'),
    ];
    const result = await verify(...files, '--key', file('key'), '--state', file('state'));
    expect(result.stderr).toBe('');
    expect(result.json()).toMatchObject({
      ok: true,
      receipts: acknowledged.length,
      leaves: lines.length - 1,
      problems: [],
    });
    expect(result.code).toBe(0);

    // No number is given twice, and reports that were not acknowledged are there whole or not at all.
    const numbers = acknowledged.map(({ receipt }) => receipt.leaf_index);
    expect(new Set(numbers).size).toBe(numbers.length);
    const proved = (await installation.cli('log', 'verify', '--json')).json<{ leaves: number }>();
    expect(proved).toMatchObject({ ok: true, problems: [] });
    expect(proved.leaves).toBe(lines.length - 1);
  });
});

describe('`headgate log verify` on files', () => {
  const tampered = () => {
    const lines = readFileSync(file('export'), 'utf8').split('\n');
    lines[8] = lines[8]!.replace('topup', 'refund');
    writeFileSync(file('tampered'), lines.join('\n'));
    return file('tampered');
  };

  test('names the first leaf that does not fit', async () => {
    const result = await verify('--export', tampered(), '--key', file('key'));
    expect(result.code).toBe(1);
    expect(JSON.parse(result.stdout)).toMatchObject({ ok: false, problems: [{ leaf: 7 }] });
    const text = await runCli(
      cleanEnvironment(),
      ...['log', 'verify', '--export', file('tampered'), '--key', readFileSync(file('key'), 'utf8').trim()],
    );
    expect(text.code).toBe(1);
    expect(text.stdout).toContain('leaf 7 does not have its leaf_hash');
  });

  test('leaves the state as it was when something does not hold', async () => {
    const before = readFileSync(file('state'), 'utf8');
    expect((await verify('--export', tampered(), '--key', file('key'), '--state', file('state'))).code).toBe(
      1,
    );
    expect(readFileSync(file('state'), 'utf8')).toBe(before);
  });

  test('says what it lacks', async () => {
    for (const [args, sentence] of [
      [['--export', file('export')], /--key is needed/],
      [['--key', file('key')], /nothing to check/],
      [['--export', file('export'), '--key', 'a+00000000+AAAA'], /not an Ed25519 key/],
      [['--receipt', file('nowhere'), '--key', file('key')], /nowhere/],
      [['--export', file('nowhere'), '--key', file('key')], /nowhere/],
    ] as const) {
      const { code, stdout, stderr } = await verify(...args);
      expect({ code, stdout }, args.join(' ')).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(sentence);
    }
  });
});

test('the other commands: checkpoint, keys, receipt, export, rotate-key', async () => {
  const { cli } = installation;
  const [{ vkey }] = (await cli('log', 'keys', '--json')).json<[{ vkey: string }]>();
  const checkpoint = (await cli('log', 'checkpoint')).stdout;
  const { size } = openNote(checkpoint, vkey);
  const { id, receipt } = acknowledged[3]!;
  expect((await cli('log', 'receipt', id)).json()).toEqual(receipt);
  expect((await cli('log', 'export', '--reseller', 'DEMO', '--output', file('own'))).code).toBe(0);
  const printed = (await cli('log', 'export', '--reseller', 'DEMO')).stdout;
  expect(readFileSync(file('own'), 'utf8')).toBe(printed);
  expect(JSON.parse(printed.split('\n', 1)[0]!)).toMatchObject({ tree_size: size, checkpoint });
  const next = (await cli('log', 'rotate-key', '--json')).json<{ vkey: string }>();
  const handOver = (await cli('log', 'checkpoint', '--json')).json<{ checkpoint: string }>().checkpoint;
  expect(openNote(handOver, next.vkey)).toEqual(openNote(handOver, vkey));
});
