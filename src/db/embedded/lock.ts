/**
 * Who owns the data folder: one process at a time, by a file that names it.
 *
 * The file appears complete (written under another name, then linked: linking fails when the name is taken), so nobody
 * ever reads half of it. A process killed with -9 leaves it behind; it is stale when no process with that pid and that
 * start time is alive.
 *
 * Taking over a stale lock must not be "delete it, then make mine": a second starter that also read the stale one would
 * delete the lock of the first. Instead there is, for every lock's exact content, one name that stands for the right to
 * succeed it; who links that name first has the right, checks that the lock still holds that content, and replaces it by
 * rename. Nobody else replaces it: a live lock is removed only by its owner, a stale one only by the successor. Should
 * the successor be killed in between, its own claim is succeeded in the same way.
 */
import { createHash, randomBytes } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive, startTimeOf } from '../../shared/processes.ts';

export interface LockHolder {
  readonly pid: number;
  /** As startTimeOf gives it; null when the system did not say. */
  readonly startTime: string | null;
  /** `server` stays; `command` is done soon. */
  readonly command: 'server' | 'command';
  /** ISO 8601, UTC. */
  readonly since: string;
}

export interface DataFolderLock {
  readonly file: string;
  /** Gives the folder free. Safe to call twice, and synchronous, so that it can run while the process exits. */
  release(): void;
}

const LOCK = 'headgate.lock';
const SUCCESSION = `${LOCK}.after-`;
/** Far more rounds than starters that could be in each other's way. */
const MAX_ROUNDS = 100;

/**
 * Takes the lock, or answers the live process that has it. `dataFolder` exists and is writable.
 */
export function tryLock(dataFolder: string, command: LockHolder['command']): DataFolderLock | LockHolder {
  const file = path.join(dataFolder, LOCK);
  const me: LockHolder = {
    pid: process.pid,
    startTime: startTimeOf(process.pid) ?? null,
    command,
    since: new Date().toISOString(),
  };
  const mine = `${JSON.stringify(me)}\n`;
  const draft = path.join(dataFolder, `${LOCK}.${randomBytes(8).toString('hex')}`);
  writeFileSync(draft, mine, { flag: 'wx', mode: 0o644 });
  try {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const outcome = tryOnce(dataFolder, file, draft, mine);
      if (outcome === 'taken') return { file, release: () => release(file, mine) };
      if (outcome !== 'again') return outcome;
    }
    throw new Error(`${file} changes faster than it can be read`);
  } finally {
    removeIfThere(draft);
  }
}

/** The live process that holds the lock, if any. */
export function lockHolder(dataFolder: string): LockHolder | undefined {
  const content = read(path.join(dataFolder, LOCK));
  return content === undefined ? undefined : liveHolder(content);
}

export function isLock(value: DataFolderLock | LockHolder): value is DataFolderLock {
  return 'release' in value;
}

function tryOnce(
  dataFolder: string,
  file: string,
  draft: string,
  mine: string,
): 'taken' | 'again' | LockHolder {
  if (link(draft, file)) return 'taken';
  const stale = read(file);
  if (stale === undefined) return 'again';
  const holder = liveHolder(stale);
  if (holder) return holder;

  let right = successionOf(dataFolder, stale);
  while (!link(draft, right)) {
    const claim = read(right);
    if (claim === undefined) return 'again';
    const claimant = liveHolder(claim);
    // It will have the lock in a moment.
    if (claimant) return claimant;
    right = successionOf(dataFolder, claim);
  }
  // From here on nobody else may replace `stale`. It may have been replaced before we had the right.
  if (read(file) !== stale) {
    removeIfThere(right);
    return 'again';
  }
  const copy = `${draft}.own`;
  writeFileSync(copy, mine, { flag: 'wx', mode: 0o644 });
  renameSync(copy, file);
  // What others hold now are rights to succeed locks that are gone: they find that out by themselves.
  for (const name of readdirSync(dataFolder)) {
    if (name.startsWith(SUCCESSION)) removeIfThere(path.join(dataFolder, name));
  }
  return 'taken';
}

function release(file: string, mine: string): void {
  if (read(file) === mine) removeIfThere(file);
}

function successionOf(dataFolder: string, content: string): string {
  return path.join(dataFolder, SUCCESSION + createHash('sha256').update(content).digest('hex').slice(0, 32));
}

/** The holder a lock's content names, if that very process is alive. What cannot be read was cut off by a crash. */
function liveHolder(content: string): LockHolder | undefined {
  let holder: LockHolder;
  try {
    holder = JSON.parse(content) as LockHolder;
  } catch {
    return undefined;
  }
  if (!Number.isSafeInteger(holder?.pid) || holder.pid <= 0 || !isAlive(holder.pid)) return undefined;
  const startTime = startTimeOf(holder.pid);
  // Where start times are unknown, a live pid has to count as the holder.
  if (startTime !== undefined && holder.startTime !== null && startTime !== holder.startTime)
    return undefined;
  return holder;
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function removeIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
