/**
 * What this gateway has relayed and may not have reported, on disk, for its successor after `kill -9`.
 *
 * The system keeps what was written when a process is killed, so nothing is synced: a machine that loses power loses the journal's last
 * seconds with it. Writing is synchronous: it is a few microseconds into the system's cache, and an asynchronous one would wait
 * behind name lookups in the thread pool, which is what the bound cannot have.
 */
import { closeSync, fstatSync, ftruncateSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { GatewayLog } from '../log.ts';
import type { Timer, Timers } from '../timers.ts';
import { encodeOwner, Frame, type JournalOwner } from './format.ts';

/** Something whose figures are remembered. */
export interface Noted {
  /** It waits to be written. Only the journal clears it. */
  isNoted: boolean;
  /** Its figures as they are now. */
  writeTo(frame: Frame): void;
}

/** Where figures are noted. */
export interface Journal {
  /** Called when figures have changed and `isNoted` is not set. */
  note(item: Noted): void;
  /** Writes what is noted now. */
  flush(): void;
  /** Whatever may not be reported yet, whenever the journal is written anew. */
  remembers(source: () => Iterable<Noted>): void;
  /** Leaves nothing behind, unless something is not reported. */
  end(): void;
}

/** For gateways that have no folder. */
export const noJournal: Journal = {
  note(item) {
    item.isNoted = true;
  },
  flush() {},
  remembers() {},
  end() {},
};

export interface FileJournalOptions {
  readonly file: string;
  readonly owner: JournalOwner;
  readonly timers: Timers;
  readonly log: GatewayLog;
  /** From the first change to its writing. */
  readonly everyMs: number;
  /** It is written anew when it has grown larger, or to four times of what it had to hold then. */
  readonly rewriteBytes?: number;
}

const REWRITE_BYTES = 1024 * 1024;
const RETRY_MS = 1_000;

export class FileJournal implements Journal {
  readonly #options: FileJournalOptions;
  readonly #sources: (() => Iterable<Noted>)[] = [];
  readonly #frame = new Frame();
  #noted: Noted[] = [];
  #timer: Timer | undefined;
  #descriptor: number | undefined;
  #bytes = 0;
  #rewriteAtBytes = 0;
  #isFailing = false;
  #hasEnded = false;

  constructor(options: FileJournalOptions) {
    this.#options = options;
  }

  note(item: Noted): void {
    item.isNoted = true;
    this.#noted.push(item);
    if (!this.#hasEnded) this.#timer ??= this.#options.timers.after(this.#options.everyMs, this.#due);
  }

  remembers(source: () => Iterable<Noted>): void {
    this.#sources.push(source);
  }

  flush(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    if (this.#noted.length === 0) return;
    try {
      this.#write();
    } catch (error) {
      this.#failed(error);
      return;
    }
    if (this.#isFailing) this.#options.log.info({ file: this.#options.file }, 'the journal is written again');
    this.#isFailing = false;
    for (const item of this.#noted) item.isNoted = false;
    this.#noted.length = 0;
  }

  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#timer?.cancel();
    this.#noted = [];
    const { file, log } = this.#options;
    try {
      if (this.#isAnythingLeft()) this.#rewrite();
      else rmSync(file, { force: true });
    } catch (error) {
      log.warn({ err: error, file }, 'the journal could not be ended');
    }
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
  }

  readonly #due = (): void => {
    this.#timer = undefined;
    this.flush();
  };

  #write(): void {
    const descriptor = this.#descriptor;
    // One that somebody has removed would be written for nobody.
    if (
      descriptor === undefined ||
      this.#bytes >= this.#rewriteAtBytes ||
      fstatSync(descriptor).nlink === 0
    ) {
      this.#rewrite();
      return;
    }
    this.#frame.clear();
    for (const item of this.#noted) item.writeTo(this.#frame);
    const frame = this.#frame.encoded();
    if (frame !== undefined) this.#append(descriptor, frame);
  }

  /** What is cut off by a full disk is written over by the next attempt. */
  #append(descriptor: number, piece: Buffer): void {
    try {
      for (let done = 0; done < piece.length; ) {
        done += writeSync(descriptor, piece, done, piece.length - done, this.#bytes + done);
      }
    } catch (error) {
      ftruncateSync(descriptor, this.#bytes);
      throw error;
    }
    this.#bytes += piece.length;
  }

  /** Under another name first: whoever is killed meanwhile leaves the old one whole. */
  #rewrite(): void {
    const { file, owner, rewriteBytes = REWRITE_BYTES } = this.#options;
    const draft = `${file}.new`;
    const before = { descriptor: this.#descriptor, bytes: this.#bytes };
    const descriptor = openSync(draft, 'w', 0o600);
    try {
      this.#bytes = 0;
      this.#append(descriptor, encodeOwner(owner));
      this.#frame.clear();
      for (const source of this.#sources) for (const item of source()) item.writeTo(this.#frame);
      for (const item of this.#noted) item.writeTo(this.#frame);
      const frame = this.#frame.encoded();
      if (frame !== undefined) this.#append(descriptor, frame);
      renameSync(draft, file);
    } catch (error) {
      this.#bytes = before.bytes;
      closeSync(descriptor);
      rmSync(draft, { force: true });
      throw error;
    }
    this.#descriptor = descriptor;
    this.#rewriteAtBytes = Math.max(rewriteBytes, 4 * this.#bytes);
    if (before.descriptor !== undefined) closeSync(before.descriptor);
  }

  #isAnythingLeft(): boolean {
    this.#frame.clear();
    for (const source of this.#sources) for (const item of source()) item.writeTo(this.#frame);
    return this.#frame.encoded() !== undefined;
  }

  /** Relaying goes on: what is relayed is metered and reported all the same, only a kill would cost more. */
  #failed(error: unknown): void {
    const { file, log, timers } = this.#options;
    if (!this.#isFailing) log.warn({ err: error, file }, 'the journal cannot be written; trying again');
    this.#isFailing = true;
    this.#timer = timers.after(RETRY_MS, this.#due);
  }
}
