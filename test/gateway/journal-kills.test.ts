/** `kill -9` at any instruction: whatever a program had put into its journal is read from it, and nothing else. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeJournal } from '../../src/gateway/journal/format.ts';
import { RELAY } from '../support/gateway/harness.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { randomFrom } from '../support/traffic.ts';

/** As the gateway with this relay does it. */
const WAY = RELAY === 'fast' ? 'mapped' : 'written';
/** Of the mapped one a kill may leave half of what was to be stored, so it is shown more often. */
const KILLS = RELAY === 'fast' ? 100 : 10;
const AT_ONCE = 4;
const MOST_LIFE_MS = 10;
/** By the program. */
const OPENED_EACH_ROUND = 50;

const program = path.join(import.meta.dirname, '../support/gateway/journal-writer.ts');
const random = randomFrom(11);

let folder: string;

beforeEach(() => {
  folder = makeTempFolder('headgate-journal-kills-');
});
afterEach(() => rmSync(folder, { recursive: true }));

function start(name: string, ...more: string[]): ChildProcess {
  const args = [
    program,
    path.join(folder, `${name}.journal`),
    path.join(folder, `${name}.told`),
    WAY,
    ...more,
  ];
  // What Node has made of the program's files once serves all of them; it is kept by a program that ends in peace.
  const env = { ...process.env, NODE_COMPILE_CACHE: path.join(folder, 'compiled') };
  return spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Answers the round in which it died. */
async function killOne(name: string): Promise<number> {
  const writer = start(name);
  const over = once(writer, 'exit');
  const told = path.join(folder, `${name}.told`);
  await begins(writer, told);
  await pause(random() * MOST_LIFE_MS);
  writer.kill('SIGKILL');
  expect(await over).toEqual([null, 'SIGKILL']);
  return checked(path.join(folder, `${name}.journal`), told);
}

async function begins(writer: ChildProcess, told: string): Promise<void> {
  const hasTold = () => existsSync(told) && statSync(told).size > 0;
  while (!hasTold() && writer.exitCode === null) await pause(2);
}

function checked(file: string, told: string): number {
  const [freed, opened, round] = new Float64Array(new Uint8Array(readFileSync(told)).buffer) as unknown as [
    number,
    number,
    number,
  ];
  const { records, isCorrupt } = decodeJournal(readFileSync(file))!;
  expect(isCorrupt).toBe(false);
  const byLease = new Map(records.map((record) => [Number(record.id), record]));
  expect(byLease.size).toBe(records.length);
  // Since it last told, it has at most freed some, opened some, and written what it told in the next round.
  const [oldest, newest] = [Math.min(...byLease.keys()), Math.max(...byLease.keys())];
  expect(oldest).toBeGreaterThanOrEqual(freed);
  expect(newest).toBeGreaterThanOrEqual(opened - 1);
  expect(newest).toBeLessThan(opened + OPENED_EACH_ROUND);
  expect(records.length).toBe(newest - oldest + 1);
  for (const { sessionId, id, first, second } of records) {
    expect(sessionId).toBe('5');
    expect(second).toBe(3 * first);
    if (Number(id) < opened) expect(first).toBeGreaterThanOrEqual(round);
    else expect([0, round + 1]).toContain(first);
    expect(first).toBeLessThanOrEqual(round + 1);
  }
  return round;
}

test(`a journal that is ${WAY} never says less than it was told, nor anything else`, async () => {
  expect(await once(start('first', '2'), 'exit')).toEqual([0, null]);
  const rounds: number[] = [];
  const killNext = async () => {
    for (let index = rounds.push(0) - 1; index < KILLS; index = rounds.push(0) - 1)
      rounds[index] = await killOne(String(index));
  };
  // Nobody is left running when one of them fails.
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, killNext));
  expect(ends).toEqual(ends.map(() => ({ status: 'fulfilled', value: undefined })));
  // They were killed in the midst of it.
  expect(Math.max(...rounds)).toBeGreaterThan(1);
});
