/**
 * A journal on disk: a head with one line of JSON that says whose it is, then places of equal size, each with the figures of one lease,
 * subscription or session.
 *
 *   place:   kind u32 | name check u32 | session u64 | lease or subscription u64
 *            | figures A: two doubles | figures B: two doubles | check A u32 | check B u32
 *
 * Figures are whole and cumulative, and a place is written over again and again, maybe store by store. So there are two copies of them,
 * written by turns: whoever is killed in the middle leaves the other one. A place is used while its name check is not 0; that is the last to be
 * stored when it is named, and the first when it is cleared. The byte order is the machine's: no other reads it.
 */
import { decodePlaces2 } from './format-2.ts';

/** Whose journal it is. */
export interface JournalOwner {
  readonly pid: number;
  /** As startTimeOf gives it; null when the system did not say. */
  readonly startTime: string | null;
  /** Where numbers of processes mean what they mean there. */
  readonly machine: string;
  /** Which gateway of the process. */
  readonly index: number;
  /** Which control side its sessions are of. */
  readonly scope: string;
}

export const LEASE = 1;
export const SUBSCRIPTION = 2;
/** Says only that the session was open. */
export const SESSION = 3;
export type RecordKind = typeof LEASE | typeof SUBSCRIPTION | typeof SESSION;

export interface JournalRecord {
  readonly kind: RecordKind;
  readonly sessionId: string;
  /** Of the lease, or of the subscription. */
  readonly id: string;
  /** Bytes up of a lease; bytes of a subscription. */
  readonly first: number;
  /** Bytes down of a lease; requests of a subscription. */
  readonly second: number;
}

export interface JournalRecords {
  readonly records: JournalRecord[];
  /** Among the records is something that no gateway wrote. */
  readonly isCorrupt: boolean;
}

export interface JournalContent extends JournalRecords {
  readonly owner: JournalOwner;
  /** Written by another version of Headgate, which alone knows what is in it. */
  readonly isForeign: boolean;
}

const VERSION = 3;
/** What a gateway left that was killed before it was upgraded. */
const READABLE_VERSION = 2;
const HEAD_BYTES = 512;
export const PLACE_BYTES = 64;
const FIRST_PLACES = 248;

const HEAD_WORDS = HEAD_BYTES / 4;
const PLACE_WORDS = PLACE_BYTES / 4;
/** Within a place, in words. */
const NAME_CHECK = 1;
const FIGURES = 6;
const FIGURES_WORDS = 4;
const CHECKS = 14;

function mixed(sum: number, word: number): number {
  const product = Math.imul(sum ^ word, 0x9e3779b1);
  return product ^ (product >>> 15);
}

/** Of a place's kind and ids; never 0. Tells every change of a single word. */
function nameCheckOf(words: Int32Array, at: number): number {
  let sum = mixed(0x48474a33, words[at]!);
  for (let index = NAME_CHECK + 1; index < FIGURES; index += 1) sum = mixed(sum, words[at + index]!);
  return sum === 0 ? 1 : sum;
}

/** Of figures that begin at a word, which are good under this name alone. Tells every change of a single word. */
function checkOf(words: Int32Array, at: number, nameCheck: number): number {
  let sum = nameCheck;
  for (let index = 0; index < FIGURES_WORDS; index += 1) sum = mixed(sum, words[at + index]!);
  return sum;
}

/** A journal in memory, as it is to be on disk; or the file itself, as memory. */
export class JournalImage {
  #bytes!: Buffer;
  #words!: Int32Array;
  #doubles!: Float64Array;
  #ids!: BigInt64Array;
  /** Of each place, which copy of its figures is written next. */
  #turns!: Uint8Array;

  constructor(owner: JournalOwner) {
    const head = Buffer.from(`${JSON.stringify({ journal: VERSION, ...owner })}\n`);
    if (head.length > HEAD_BYTES) throw new Error('the head of a journal has no room for its owner');
    const memory = new ArrayBuffer(HEAD_BYTES + FIRST_PLACES * PLACE_BYTES);
    head.copy(new Uint8Array(memory));
    this.#turns = new Uint8Array(FIRST_PLACES);
    this.moveTo(memory);
  }

  /** The whole file. Another buffer when it has moved. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  get places(): number {
    return this.#turns.length;
  }

  /** Where a place begins in the file. */
  offsetOf(place: number): number {
    return HEAD_BYTES + place * PLACE_BYTES;
  }

  /** All of it in ordinary memory, and behind that as many places as there are. */
  doubled(): ArrayBuffer {
    const places = 2 * this.places;
    return this.#copied(HEAD_BYTES + places * PLACE_BYTES);
  }

  /** All of it in ordinary memory. */
  copied(): ArrayBuffer {
    return this.#copied(this.#bytes.length);
  }

  /** Goes on in memory that begins with all that is here. Nothing of the old one is touched any more. */
  moveTo(memory: ArrayBuffer): void {
    const bytes = Buffer.from(memory);
    const words = new Int32Array(memory);
    const doubles = new Float64Array(memory);
    const ids = new BigInt64Array(memory);
    const turns = new Uint8Array((memory.byteLength - HEAD_BYTES) / PLACE_BYTES);
    turns.set(this.#turns);
    this.#bytes = bytes;
    this.#words = words;
    this.#doubles = doubles;
    this.#ids = ids;
    this.#turns = turns;
  }

  /** A place that is clear, for figures that are 0 so far. */
  name(place: number, kind: RecordKind, sessionId: string, id: string): void {
    const at = this.offsetOf(place);
    const word = at / 4;
    this.#words[word] = kind;
    this.#ids[at / 8 + 1] = BigInt(sessionId);
    this.#ids[at / 8 + 2] = BigInt(id);
    const nameCheck = nameCheckOf(this.#words, word);
    for (const copy of [0, 1]) this.#setCopy(place, copy, 0, 0, nameCheck);
    this.#words[word + NAME_CHECK] = nameCheck;
  }

  /** Figures that are not lower than before. */
  set(place: number, first: number, second: number): void {
    const copy = this.#turns[place]!;
    this.#turns[place] = copy ^ 1;
    const nameCheck = this.#words[HEAD_WORDS + place * PLACE_WORDS + NAME_CHECK]!;
    this.#setCopy(place, copy, first, second, nameCheck);
  }

  clear(place: number): void {
    this.#words[HEAD_WORDS + place * PLACE_WORDS + NAME_CHECK] = 0;
  }

  #setCopy(place: number, copy: number, first: number, second: number, nameCheck: number): void {
    const word = HEAD_WORDS + place * PLACE_WORDS;
    const figures = word + FIGURES + copy * FIGURES_WORDS;
    this.#doubles[figures >> 1] = first;
    this.#doubles[(figures >> 1) + 1] = second;
    this.#words[word + CHECKS + copy] = checkOf(this.#words, figures, nameCheck);
  }

  #copied(size: number): ArrayBuffer {
    const memory = new ArrayBuffer(size);
    this.#bytes.copy(new Uint8Array(memory));
    return memory;
  }
}

/** Undefined: the head is none of ours. */
export function decodeJournal(bytes: Buffer): JournalContent | undefined {
  const lineEnd = bytes.indexOf(0x0a);
  const head = lineEnd === -1 ? undefined : decodeHead(bytes.toString('utf8', 0, lineEnd));
  if (head === undefined) return undefined;
  const { version, owner } = head;
  // In memory of its own, where words begin at multiples of four.
  const places = new Uint8Array(bytes.subarray(HEAD_BYTES)).buffer;
  if (version === VERSION) return { owner, isForeign: false, ...decodePlaces(places) };
  if (version === READABLE_VERSION) return { owner, isForeign: false, ...decodePlaces2(places) };
  return { owner, isForeign: true, records: [], isCorrupt: false };
}

function decodePlaces(places: ArrayBuffer): JournalRecords {
  const records: JournalRecord[] = [];
  let isCorrupt = false;
  const words = new Int32Array(places, 0, Math.floor(places.byteLength / 4));
  for (let at = 0; at + PLACE_WORDS <= words.length; at += PLACE_WORDS) {
    if (words[at + NAME_CHECK] === 0) continue;
    const record = decodeRecord(words, at);
    if (record === undefined) isCorrupt = true;
    else records.push(record);
  }
  return { records, isCorrupt };
}

function decodeRecord(words: Int32Array<ArrayBuffer>, at: number): JournalRecord | undefined {
  const nameCheck = nameCheckOf(words, at);
  if (words[at + NAME_CHECK] !== nameCheck) return undefined;
  const [sessionId, id] = new BigInt64Array(words.buffer, at * 4 + 8, 2);
  // The later ones are the higher ones.
  const latest = [0, 1]
    .filter((copy) => {
      const figures = at + FIGURES + copy * FIGURES_WORDS;
      return words[at + CHECKS + copy] === checkOf(words, figures, nameCheck);
    })
    .map((copy) => new Float64Array(words.buffer, (at + FIGURES + copy * FIGURES_WORDS) * 4, 2))
    .sort((one, other) => other[0]! + other[1]! - one[0]! - one[1]!)[0];
  if (latest === undefined) return undefined;
  return {
    kind: words[at] as RecordKind,
    sessionId: String(sessionId),
    id: String(id),
    first: latest[0]!,
    second: latest[1]!,
  };
}

function decodeHead(line: string): { version: number; owner: JournalOwner } | undefined {
  try {
    const { journal, pid, startTime, machine, index, scope } = JSON.parse(line) as Record<string, unknown>;
    const isOwner =
      Number.isSafeInteger(journal) &&
      Number.isSafeInteger(pid) &&
      (pid as number) > 0 &&
      (startTime === null || typeof startTime === 'string') &&
      Number.isSafeInteger(index) &&
      typeof scope === 'string';
    if (!isOwner) return undefined;
    return { version: journal as number, owner: { pid, startTime, machine, index, scope } as JournalOwner };
  } catch {
    return undefined;
  }
}
