/**
 * The places of a journal of version 2, to be read and no more: a gateway that was killed, and upgraded before it was started again, left one.
 *
 *   place:   kind u32 | check u32 | session u64 | lease or subscription u64 | two figures as doubles | unused
 */
import type { JournalRecord, JournalRecords, RecordKind } from './format.ts';

const PLACE_WORDS = 16;
/** Of a place, what is used. */
const RECORD_WORDS = 10;

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

export function decodePlaces2(places: ArrayBuffer): JournalRecords {
  const records: JournalRecord[] = [];
  let isCorrupt = false;
  const words = new Int32Array(places, 0, Math.floor(places.byteLength / 4));
  for (let at = 0; at + RECORD_WORDS <= words.length; at += PLACE_WORDS) {
    if (words.subarray(at, at + RECORD_WORDS).every((word) => word === 0)) continue;
    if (words[at + 1] === checkOf(words, at)) records.push(decodeRecord(places, at * 4));
    else isCorrupt = true;
  }
  return { records, isCorrupt };
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
