/**
 * A journal on disk: a head with one line of JSON that says whose it is, then places of equal size, each with the figures of one lease,
 * subscription or session.
 *
 *   place:   kind u32 | check u32 | session u64 | lease or subscription u64 | two figures as doubles | unused
 *
 * Figures are whole and cumulative, and a place is written over again and again. It lies within one page, so whoever is killed in the middle
 * of that leaves it as it was before or after. The byte order is the machine's: no other reads it.
 */

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

export interface JournalContent {
  readonly owner: JournalOwner;
  /** Written by another version of Headgate, which alone knows what is in it. */
  readonly isForeign: boolean;
  readonly records: JournalRecord[];
  /** Among the records is something that no gateway wrote. */
  readonly isCorrupt: boolean;
}

const VERSION = 2;
const HEAD_BYTES = 512;
export const PLACE_BYTES = 64;
/** Of a place, what is used. */
const RECORD_BYTES = 40;
const FIRST_PLACES = 248;

const RECORD_WORDS = RECORD_BYTES / 4;
const PLACE_WORDS = PLACE_BYTES / 4;
const PLACE_DOUBLES = PLACE_BYTES / 8;

/** Other than 0 for a place of zeros. Tells every change of a single word. */
function checkOf(words: Int32Array, at: number): number {
  let sum = 0x48474a32;
  for (let index = 0; index < RECORD_WORDS; index += 1) {
    // The check itself stands there.
    if (index === 1) continue;
    sum = Math.imul(sum ^ words[at + index]!, 0x9e3779b1);
    sum ^= sum >>> 15;
  }
  return sum;
}

/** A journal in memory, as it is to be on disk. */
export class JournalImage {
  #bytes!: Buffer;
  #words!: Int32Array;
  #doubles!: Float64Array;
  #ids!: BigInt64Array;
  readonly recordBytes = RECORD_BYTES;

  constructor(owner: JournalOwner) {
    const head = Buffer.from(`${JSON.stringify({ journal: VERSION, ...owner })}\n`);
    if (head.length > HEAD_BYTES) throw new Error('the head of a journal has no room for its owner');
    this.#hold(head, HEAD_BYTES + FIRST_PLACES * PLACE_BYTES);
  }

  /** The whole file. Another one when it has grown. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  get places(): number {
    return (this.#bytes.length - HEAD_BYTES) / PLACE_BYTES;
  }

  /** Where a place begins in the file; what is written of it are `RECORD_BYTES`. */
  offsetOf(place: number): number {
    return HEAD_BYTES + place * PLACE_BYTES;
  }

  /** The places that there are stay where they are. */
  grow(): void {
    this.#hold(this.#bytes, 2 * this.#bytes.length);
  }

  name(place: number, kind: RecordKind, sessionId: string, id: string): void {
    const at = this.offsetOf(place);
    this.#words[at / 4] = kind;
    this.#ids[at / 8 + 1] = BigInt(sessionId);
    this.#ids[at / 8 + 2] = BigInt(id);
    this.set(place, 0, 0);
  }

  set(place: number, first: number, second: number): void {
    const double = HEAD_BYTES / 8 + place * PLACE_DOUBLES;
    this.#doubles[double + 3] = first;
    this.#doubles[double + 4] = second;
    const word = HEAD_BYTES / 4 + place * PLACE_WORDS;
    this.#words[word + 1] = checkOf(this.#words, word);
  }

  clear(place: number): void {
    const at = this.offsetOf(place);
    this.#bytes.fill(0, at, at + PLACE_BYTES);
  }

  #hold(beginning: Buffer, size: number): void {
    const memory = new ArrayBuffer(size);
    this.#bytes = Buffer.from(memory);
    this.#words = new Int32Array(memory);
    this.#doubles = new Float64Array(memory);
    this.#ids = new BigInt64Array(memory);
    beginning.copy(this.#bytes);
  }
}

/** Undefined: the head is none of ours. */
export function decodeJournal(bytes: Buffer): JournalContent | undefined {
  const lineEnd = bytes.indexOf(0x0a);
  const head = lineEnd === -1 ? undefined : decodeHead(bytes.toString('utf8', 0, lineEnd));
  if (head === undefined) return undefined;
  if (head.isForeign) return { ...head, records: [], isCorrupt: false };
  const records: JournalRecord[] = [];
  let isCorrupt = false;
  // In memory of its own, where words begin at multiples of four.
  const places = new Uint8Array(bytes.subarray(HEAD_BYTES)).buffer;
  const words = new Int32Array(places, 0, Math.floor(places.byteLength / 4));
  for (let at = 0; at + RECORD_WORDS <= words.length; at += PLACE_WORDS) {
    if (words.subarray(at, at + RECORD_WORDS).every((word) => word === 0)) continue;
    if (words[at + 1] === checkOf(words, at)) records.push(decodeRecord(places, at * 4));
    else isCorrupt = true;
  }
  return { ...head, records, isCorrupt };
}

function decodeRecord(places: ArrayBuffer, at: number): JournalRecord {
  const [kind] = new Int32Array(places, at, 1);
  const [sessionId, id] = new BigInt64Array(places, at + 8, 2);
  const [first, second] = new Float64Array(places, at + 24, 2);
  return {
    kind: kind as RecordKind,
    sessionId: String(sessionId),
    id: String(id),
    first: first!,
    second: second!,
  };
}

function decodeHead(line: string): Pick<JournalContent, 'owner' | 'isForeign'> | undefined {
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
    return {
      owner: { pid, startTime, machine, index, scope } as JournalOwner,
      isForeign: journal !== VERSION,
    };
  } catch {
    return undefined;
  }
}
