/**
 * The journals of one data folder. Each gateway process, and each gateway thread of a process, has a file of its own; which are left
 * behind is told by who is alive. So no lock is needed, nor would one help: two that read the same left-behind journal report the
 * same figures, which count once.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { isAlive, startTimeOf } from '../../shared/processes.ts';
import type { GatewayLog } from '../log.ts';
import { decodeJournal, type JournalOwner, type JournalRecord } from './format.ts';

/** Plain data: it is given to threads. */
export interface JournalSettings {
  readonly folder: string;
  /** Which control side it is. Journals of another one are left alone: their ids mean something else here. */
  readonly scope: string;
  /** Which gateway of this process; no two at a time have the same. */
  readonly index: number;
}

export interface LeftBehind {
  readonly file: string;
  readonly records: JournalRecord[];
  /** It is certain that who wrote it is dead; otherwise a process that cannot be seen from here may go on with it. */
  readonly isDead: boolean;
  readonly isCorrupt: boolean;
}

const SUFFIX = '.journal';
const NAME = /^gateway-(\d+)-[0-9a-f]+\.journal(\.new)?$/;

export class JournalFolder {
  readonly #settings: JournalSettings;
  readonly #log: GatewayLog;
  readonly #told = new Set<string>();
  readonly owner: JournalOwner;
  /** This gateway's own. */
  readonly file: string;

  constructor(settings: JournalSettings, log: GatewayLog) {
    this.#settings = settings;
    this.#log = log;
    const { index, scope } = settings;
    const startTime = startTimeOf(process.pid) ?? null;
    this.owner = { pid: process.pid, startTime, machine: thisMachine(), index, scope };
    mkdirSync(settings.folder, { recursive: true, mode: 0o700 });
    const name = `gateway-${process.pid}-${randomBytes(6).toString('hex')}${SUFFIX}`;
    this.file = path.join(settings.folder, name);
  }

  /** The journals of gateways that are dead. */
  leftBehind(): LeftBehind[] {
    const found: LeftBehind[] = [];
    for (const name of readdirSync(this.#settings.folder)) {
      const match = NAME.exec(name);
      const file = path.join(this.#settings.folder, name);
      if (match === null || file === this.file) continue;
      if (match[2] === undefined) {
        const journal = this.#read(file);
        if (journal !== undefined) found.push(journal);
      } else if (!isAlive(Number(match[1]))) this.#tidy(() => rmSync(file, { force: true }), file);
    }
    return found;
  }

  /** It is reported. What could not be read is kept for whoever wants to look. */
  done({ file, isCorrupt }: LeftBehind): void {
    if (isCorrupt) this.#setAside(file);
    else this.#tidy(() => rmSync(file, { force: true }), file);
  }

  #read(file: string): LeftBehind | undefined {
    const bytes = contentOf(file);
    if (bytes === undefined) return undefined;
    const content = decodeJournal(bytes);
    if (content === undefined) {
      this.#setAside(file);
      return undefined;
    }
    const { owner, isForeign, records, isCorrupt } = content;
    if (this.#isInUse(owner)) return undefined;
    if (isForeign) {
      this.#tellOnce(
        file,
        'a journal was left behind by another version of Headgate, which has to report it',
      );
      return undefined;
    }
    if (owner.scope !== this.#settings.scope) {
      this.#tellOnce(file, 'a journal was left behind by a gateway of another control side');
      return undefined;
    }
    const isDead = owner.machine === this.owner.machine;
    return { file, records, isDead, isCorrupt };
  }

  #isInUse({ pid, startTime, index }: JournalOwner): boolean {
    // Of an earlier thread with our number, which we have replaced.
    if (pid === process.pid && startTime === this.owner.startTime) return index !== this.owner.index;
    if (!isAlive(pid)) return false;
    const present = startTimeOf(pid);
    return present === undefined || startTime === null || present === startTime;
  }

  #setAside(file: string): void {
    this.#log.warn(
      { file: `${file}.corrupt` },
      'a journal holds what no gateway wrote; it is set aside, and what could be read of it is reported',
    );
    this.#tidy(() => renameSync(file, `${file}.corrupt`), file);
  }

  #tidy(change: () => void, file: string): void {
    try {
      change();
    } catch (error) {
      // Another gateway was quicker.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      this.#tellOnce(file, `a journal cannot be removed: ${(error as Error).message}`);
    }
  }

  #tellOnce(file: string, text: string): void {
    if (this.#told.has(file)) return;
    this.#told.add(file);
    this.#log.warn({ file }, text);
  }
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Processes have numbers of their own on each machine, and in each container. */
function thisMachine(): string {
  const numbers = process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid') : '';
  return createHash('sha256').update(`${hostname()} ${numbers}`).digest('hex').slice(0, 16);
}
