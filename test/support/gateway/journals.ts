/** Journals as gateways leave them behind. */
import { JournalImage, type JournalOwner, LEASE, PLACE_BYTES } from '../../../src/gateway/journal/format.ts';

export type Figures = [sessionId: number, leaseId: number, up: number, down: number];

/** Each lease has a place, in which its figures come one after the other. */
export function imageOf(records: Figures[], owner: JournalOwner): JournalImage {
  const image = new JournalImage(owner);
  const places = new Map<number, number>();
  for (const [sessionId, leaseId, up, down] of records) {
    const place = places.get(leaseId) ?? places.size;
    if (!places.has(leaseId)) image.name(place, LEASE, String(sessionId), String(leaseId));
    places.set(leaseId, place);
    image.set(place, up, down);
  }
  return image;
}

export const journalOf = (...content: Parameters<typeof imageOf>) => imageOf(...content).bytes;

/** What version 2 left of a lease. */
export function journalOfVersion2([sessionId, leaseId, up, down]: Figures, owner: JournalOwner): Buffer {
  const bytes = Buffer.alloc(512 + 248 * PLACE_BYTES);
  bytes.write(`${JSON.stringify({ journal: 2, ...owner })}\n`);
  const place = bytes.subarray(512);
  place.writeUInt32LE(LEASE, 0);
  place.writeBigInt64LE(BigInt(sessionId), 8);
  place.writeBigInt64LE(BigInt(leaseId), 16);
  place.writeDoubleLE(up, 24);
  place.writeDoubleLE(down, 32);
  let check = 0x48474a32;
  for (const at of [0, 8, 12, 16, 20, 24, 28, 32, 36]) {
    check = Math.imul(check ^ place.readInt32LE(at), 0x9e3779b1);
    check ^= check >>> 15;
  }
  place.writeInt32LE(check, 4);
  return bytes;
}

/** Something wrote into its third place. */
export function damaged(journal: Buffer): Buffer {
  return journal.fill(7, 512 + 2 * PLACE_BYTES, 512 + 3 * PLACE_BYTES);
}
