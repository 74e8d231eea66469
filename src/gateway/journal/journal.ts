/**
 * What this gateway has relayed and may not have reported, on disk, for its successor after `kill -9`.
 *
 * Figures are in the file before the bytes that they count are handed to a socket: stored into memory that is the file's where that can be had,
 * which takes no call of the system, else written with one. The system keeps either when a process is killed, so nothing is synced: a machine that
 * loses power loses the journal's last seconds with it.
 */
import { closeSync, fstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { GatewayLog } from '../log.ts';
import type { Timer, Timers } from '../timers.ts';
import { JournalImage, type JournalOwner, PLACE_BYTES, type RecordKind } from './format.ts';
import { type MappedFile, mapFile } from './mapped-file.ts';

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
  /** How figures get into the file, or would. */
  readonly way: 'mapped' | 'written' | 'none';
}

/** For gateways that have no folder. */
export const noJournal: Journal = { open: () => 0, write() {}, free() {}, end() {}, way: 'none' };

export interface FileJournalOptions {
  readonly file: string;
  readonly owner: JournalOwner;
  readonly timers: Timers;
  readonly log: GatewayLog;
  /** The file may be used as memory: see `canMap`. */
  readonly mayMap: boolean;
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
  #way: 'mapped' | 'written';
  /** The image is in it. */
  #mapped: MappedFile | undefined;
  #isFailing = false;
  #hasEnded = false;

  constructor(options: FileJournalOptions) {
    this.#options = options;
    this.#image = new JournalImage(options.owner);
    this.#way = options.mayMap ? 'mapped' : 'written';
  }

  get way(): 'mapped' | 'written' {
    return this.#way;
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
    // Stored in the file, which is looked after: nothing is left to do.
    if (this.#mapped === undefined || this.#timer === undefined) this.#put(place);
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
    this.#moveOut();
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
      if (this.#mapped !== undefined) return;
      const at = this.#image.offsetOf(place);
      const written = writeSync(this.#descriptor, this.#image.bytes, at, PLACE_BYTES, at);
      if (written !== PLACE_BYTES) throw new Error(`only ${written} bytes could be written`);
    } catch (error) {
      this.#failed(error);
    }
  }

  #grow(): void {
    const before = this.#image.bytes.length;
    this.#moveOut(this.#image.doubled());
    if (this.#descriptor === undefined || this.#isFailing) return;
    try {
      // The room is the file's from now on, however full the disk: so memory of it can always be touched.
      writeAll(this.#descriptor, this.#image.bytes, before);
      this.#moveIn(this.#descriptor);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Under another name first: whoever is killed meanwhile leaves none, or the old one whole. */
  #make(): void {
    const { file } = this.#options;
    const draft = `${file}.new`;
    this.#moveOut();
    const descriptor = openSync(draft, 'w+', 0o600);
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
    this.#moveIn(descriptor);
  }

  /** The file, which holds all of the image, becomes its memory. */
  #moveIn(descriptor: number): void {
    if (this.#way === 'written') return;
    const mapped = mapFile(descriptor, this.#image.bytes.length);
    if (mapped === undefined) {
      const { file, log } = this.#options;
      log.warn({ file }, 'the journal cannot be mapped into memory; it is written instead');
      this.#way = 'written';
      return;
    }
    this.#image.moveTo(mapped.bytes);
    this.#mapped = mapped;
  }

  /** The image is in ordinary memory from now on. */
  #moveOut(memory?: ArrayBuffer): void {
    if (this.#mapped === undefined && memory === undefined) return;
    this.#image.moveTo(memory ?? this.#image.copied());
    this.#mapped?.unmap();
    this.#mapped = undefined;
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
    this.#moveOut();
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
