/**
 * A journal on disk: one line of JSON that says whose it is, then frames, each written at once.
 *
 *   frame:   magic u32 | records u32 | CRC-32 of the records u32 | records
 *   record:  kind u64 | session u64 | lease or subscription u64 | two figures as doubles      (little endian)
 *
 * Figures are whole and cumulative: the last record of a lease or subscription says all of it.
 */
import { crc32 } from 'node:zlib';

/** Whose journal it is. */
export interface JournalOwner {
  readonly pid: number;
  /** As startTimeOf gives it; null when the system did not say. */
  readonly startTime: string | null;
  /** Which gateway of the process. */
  readonly index: number;
  /** Which control side its sessions are of. */
  readonly scope: string;
}

export const LEASE = 1;
export const SUBSCRIPTION = 2;
export type RecordKind = typeof LEASE | typeof SUBSCRIPTION;

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
  readonly records: JournalRecord[];
  /** Beyond the records is something that no gateway wrote. A last frame that was cut off is not meant. */
  readonly isCorrupt: boolean;
}

const VERSION = 1;
const MAGIC = 0x314a4748;
const FRAME_HEAD_BYTES = 12;
export const RECORD_BYTES = 40;

export function encodeOwner(owner: JournalOwner): Buffer {
  return Buffer.from(`${JSON.stringify({ journal: VERSION, ...owner })}\n`);
}

/** A frame that is filled again and again. */
export class Frame {
  #buffer = Buffer.allocUnsafe(FRAME_HEAD_BYTES + 64 * RECORD_BYTES);
  #bytes = FRAME_HEAD_BYTES;

  clear(): void {
    this.#bytes = FRAME_HEAD_BYTES;
  }

  add(kind: RecordKind, sessionId: bigint, id: bigint, first: number, second: number): void {
    const at = this.#bytes;
    if (at + RECORD_BYTES > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(this.#buffer.length * 2);
      this.#buffer.copy(larger, 0, 0, at);
      this.#buffer = larger;
    }
    const buffer = this.#buffer;
    buffer.writeUInt32LE(kind, at);
    buffer.writeUInt32LE(0, at + 4);
    buffer.writeBigUInt64LE(sessionId, at + 8);
    buffer.writeBigUInt64LE(id, at + 16);
    buffer.writeDoubleLE(first, at + 24);
    buffer.writeDoubleLE(second, at + 32);
    this.#bytes = at + RECORD_BYTES;
  }

  /** Valid until the frame is cleared. Undefined: it holds nothing. */
  encoded(): Buffer | undefined {
    if (this.#bytes === FRAME_HEAD_BYTES) return undefined;
    const buffer = this.#buffer.subarray(0, this.#bytes);
    buffer.writeUInt32LE(MAGIC, 0);
    buffer.writeUInt32LE((this.#bytes - FRAME_HEAD_BYTES) / RECORD_BYTES, 4);
    buffer.writeUInt32LE(crc32(buffer.subarray(FRAME_HEAD_BYTES)), 8);
    return buffer;
  }
}

/** Undefined: the first line is none of ours. */
export function decodeJournal(bytes: Buffer): JournalContent | undefined {
  const lineEnd = bytes.indexOf(0x0a);
  const owner = lineEnd === -1 ? undefined : decodeOwner(bytes.toString('utf8', 0, lineEnd));
  if (owner === undefined) return undefined;
  const latest = new Map<string, JournalRecord>();
  let at = lineEnd + 1;
  let isCorrupt = false;
  while (at + FRAME_HEAD_BYTES <= bytes.length) {
    const start = at + FRAME_HEAD_BYTES;
    const end = start + bytes.readUInt32LE(at + 4) * RECORD_BYTES;
    const isFrame = bytes.readUInt32LE(at) === MAGIC;
    const isWhole =
      isFrame && end <= bytes.length && crc32(bytes.subarray(start, end)) === bytes.readUInt32LE(at + 8);
    if (!isWhole) {
      isCorrupt = !isFrame || end < bytes.length;
      break;
    }
    for (let record = start; record < end; record += RECORD_BYTES) {
      const decoded = decodeRecord(bytes, record);
      latest.set(`${decoded.kind} ${decoded.sessionId} ${decoded.id}`, decoded);
    }
    at = end;
  }
  return { owner, records: [...latest.values()], isCorrupt };
}

function decodeRecord(bytes: Buffer, at: number): JournalRecord {
  return {
    kind: bytes.readUInt32LE(at) as RecordKind,
    sessionId: String(bytes.readBigUInt64LE(at + 8)),
    id: String(bytes.readBigUInt64LE(at + 16)),
    first: bytes.readDoubleLE(at + 24),
    second: bytes.readDoubleLE(at + 32),
  };
}

function decodeOwner(line: string): JournalOwner | undefined {
  try {
    const { journal, pid, startTime, index, scope } = JSON.parse(line) as Record<string, unknown>;
    const isOwner =
      journal === VERSION &&
      Number.isSafeInteger(pid) &&
      (pid as number) > 0 &&
      (startTime === null || typeof startTime === 'string') &&
      Number.isSafeInteger(index) &&
      typeof scope === 'string';
    return isOwner ? ({ pid, startTime, index, scope } as JournalOwner) : undefined;
  } catch {
    return undefined;
  }
}
