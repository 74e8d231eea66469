/**
 * What this gateway has relayed and may not have reported, on disk, for its successor after `kill -9`.
 *
 * Figures are written before the bytes that they count are handed to a socket. The system keeps what was written when a process is killed, so
 * nothing is synced: a machine that loses power loses the journal's last seconds with it. Writing is synchronous: it is a microsecond into the
 * system's cache.
 */
import { closeSync, fstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { GatewayLog } from '../log.ts';
import type { Timer, Timers } from '../timers.ts';
import { JournalImage, type JournalOwner, type RecordKind } from './format.ts';

/** Where figures stand that may not be reported yet. */
export interface Journal {
  /** A place for the figures of a lease, a subscription or a session, which are 0 so far. */
  open(kind: RecordKind, sessionId: string, id: string): number;
  /** When it returns, the figures outlive this process. */
  write(place: number, first: number, second: number): void;
  /** They are reported. */
  free(place: number): void;
  /** Leaves nothing behind, unless something is not reported. */
  end(): void;
}

/** For gateways that have no folder. */
export const noJournal: Journal = { open: () => 0, write() {}, free() {}, end() {} };

export interface FileJournalOptions {
  readonly file: string;
  readonly owner: JournalOwner;
  readonly timers: Timers;
  readonly log: GatewayLog;
}

/** Between looks whether somebody has removed the file, and attempts to write one that cannot be written. */
const LOOK_EVERY_MS = 1_000;

export class FileJournal implements Journal {
  readonly #options: FileJournalOptions;
  readonly #image: JournalImage;
  #free: number[] = [];
  /** Places that were ever used. */
  #reached = 0;
  #timer: Timer | undefined;
  #descriptor: number | undefined;
  #isFailing = false;
  #hasEnded = false;

  constructor(options: FileJournalOptions) {
    this.#options = options;
    this.#image = new JournalImage(options.owner);
  }

  open(kind: RecordKind, sessionId: string, id: string): number {
    const place = this.#free.pop() ?? this.#reached++;
    if (place === this.#image.places) this.#grow();
    this.#image.name(place, kind, sessionId, id);
    this.#put(place);
    return place;
  }

  write(place: number, first: number, second: number): void {
    this.#image.set(place, first, second);
    this.#put(place);
  }

  free(place: number): void {
    this.#image.clear(place);
    this.#free.push(place);
    this.#put(place);
  }

  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#timer?.cancel();
    const { file, log } = this.#options;
    try {
      if (this.#reached === this.#free.length) rmSync(file, { force: true });
      else if (this.#isFailing) this.#make();
    } catch (error) {
      log.warn({ err: error, file }, 'the journal could not be ended');
    }
    this.#close();
  }

  #put(place: number): void {
    if (this.#hasEnded) return;
    this.#timer ??= this.#options.timers.after(LOOK_EVERY_MS, this.#look);
    if (this.#isFailing) return;
    try {
      if (this.#descriptor === undefined) {
        this.#make();
        return;
      }
      const { bytes, recordBytes } = this.#image;
      const at = this.#image.offsetOf(place);
      const written = writeSync(this.#descriptor, bytes, at, recordBytes, at);
      if (written !== recordBytes) throw new Error(`only ${written} bytes could be written`);
    } catch (error) {
      this.#failed(error);
    }
  }

  #grow(): void {
    const before = this.#image.bytes.length;
    this.#image.grow();
    if (this.#descriptor === undefined || this.#isFailing) return;
    const { bytes } = this.#image;
    try {
      // The room is the file's from now on, however full the disk.
      writeAll(this.#descriptor, bytes, before);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Under another name first: whoever is killed meanwhile leaves none, or the old one whole. */
  #make(): void {
    const { file } = this.#options;
    const draft = `${file}.new`;
    const descriptor = openSync(draft, 'w', 0o600);
    try {
      writeAll(descriptor, this.#image.bytes, 0);
      renameSync(draft, file);
    } catch (error) {
      closeSync(descriptor);
      rmSync(draft, { force: true });
      throw error;
    }
    this.#close();
    this.#descriptor = descriptor;
  }

  readonly #look = (): void => {
    this.#timer = undefined;
    const { file, log } = this.#options;
    try {
      // One that somebody has removed would be written for nobody.
      if (this.#isFailing || fstatSync(this.#descriptor!).nlink === 0) this.#make();
      if (this.#isFailing) log.info({ file }, 'the journal is written again');
      this.#isFailing = false;
    } catch (error) {
      this.#failed(error);
    }
  };

  /** Relaying goes on: what is relayed is metered and reported all the same, only a kill would cost more. */
  #failed(error: unknown): void {
    const { file, log, timers } = this.#options;
    if (!this.#isFailing) log.warn({ err: error, file }, 'the journal cannot be written; trying again');
    this.#isFailing = true;
    this.#timer ??= timers.after(LOOK_EVERY_MS, this.#look);
  }

  #close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

function writeAll(descriptor: number, bytes: Buffer, from: number): void {
  for (let at = from; at < bytes.length; ) at += writeSync(descriptor, bytes, at, bytes.length - at, at);
}
