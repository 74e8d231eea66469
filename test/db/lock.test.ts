import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isLock, lockHolder, tryLock } from '../../src/db/embedded/lock.ts';
import { startTimeOf } from '../../src/shared/processes.ts';
import { Child } from './child.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'headgate-lock-'));
  file = path.join(folder, 'headgate.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The pid of a process that has ended. */
function deadPid(): number {
  return spawnSync('true').pid;
}

function lockText(fields: Record<string, unknown>): string {
  return JSON.stringify({
    pid: process.pid,
    startTime: startTimeOf(process.pid),
    command: 'server',
    since: '2026-01-01T00:00:00.000Z',
    ...fields,
  });
}

test('the file says who holds the folder; it is gone after release, and nothing else stays', () => {
  const lock = tryLock(folder, 'command');
  if (!isLock(lock)) throw new Error('not taken');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    pid: process.pid,
    startTime: startTimeOf(process.pid),
    command: 'command',
    since: expect.stringMatching(/^\d{4}-.*Z$/),
  });
  expect(lockHolder(folder)?.pid).toBe(process.pid);
  lock.release();
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
  expect(lockHolder(folder)).toBeUndefined();
});

test('a live holder is answered, and keeps the lock', async () => {
  const child = new Child('child-lock.ts', folder);
  await child.next();
  expect(await child.ask('go')).toEqual({ event: 'taken' });
  expect(tryLock(folder, 'server')).toMatchObject({ pid: child.pid, command: 'server' });
  // Killed, it leaves the file behind, which then counts for nothing.
  await child.kill();
  expect(readdirSync(folder)).toEqual(['headgate.lock']);
  expect(isLock(tryLock(folder, 'server'))).toBe(true);
});

test.each([
  ['of a dead process', () => lockText({ pid: deadPid() })],
  ['whose pid has gone to another process', () => lockText({ startTime: 'another time' })],
  ['cut off by a power failure', () => ''],
  ['that is no lock at all', () => 'null'],
])('a lock %s is taken over', (_what, text) => {
  writeFileSync(file, text());
  expect(isLock(tryLock(folder, 'server'))).toBe(true);
  expect(lockHolder(folder)?.pid).toBe(process.pid);
  expect(readdirSync(folder)).toEqual(['headgate.lock']);
});

test('a successor that was killed while taking over is itself succeeded; a live one is waited for', () => {
  const stale = lockText({ pid: deadPid() });
  const claim = path.join(
    folder,
    `headgate.lock.after-${createHash('sha256').update(stale).digest('hex').slice(0, 32)}`,
  );
  writeFileSync(file, stale);
  writeFileSync(claim, lockText({ pid: process.ppid, startTime: startTimeOf(process.ppid) }));
  expect(tryLock(folder, 'server')).toMatchObject({ pid: process.ppid });
  expect(readFileSync(file, 'utf8')).toBe(stale);

  writeFileSync(claim, lockText({ pid: deadPid() }));
  expect(isLock(tryLock(folder, 'server'))).toBe(true);
  expect(readdirSync(folder)).toEqual(['headgate.lock']);
});

test('of several that start at once on a stale lock, one wins, every time', async () => {
  const children = Array.from({ length: 5 }, () => new Child('child-lock.ts', folder));
  try {
    await Promise.all(children.map((child) => child.next()));
    for (let round = 0; round < 40; round += 1) {
      writeFileSync(file, lockText({ pid: deadPid(), since: String(round) }));
      const outcomes = await Promise.all(children.map((child) => child.ask('go')));
      const winners = children.filter((_child, index) => outcomes[index]?.event === 'taken');
      expect(winners).toHaveLength(1);
      expect(lockHolder(folder)?.pid).toBe(winners[0]?.pid);
      expect(await winners[0]?.ask('release')).toEqual({ event: 'free' });
      expect(readdirSync(folder)).toEqual([]);
    }
  } finally {
    await Promise.all(children.map((child) => child.kill()));
  }
}, 60_000);
