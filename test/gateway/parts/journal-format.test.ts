/** What is read from a journal that was cut off, damaged, or left in the middle of a change. */
import { expect, test } from 'vitest';
import { decodeJournal, PLACE_BYTES, SUBSCRIPTION } from '../../../src/gateway/journal/format.ts';
import { imageOf, journalOf, journalOfVersion2 } from '../../support/gateway/journals.ts';

const OWNER = { pid: 1, startTime: 'then', machine: 'here', index: 0, scope: 'here' };

const figuresOf = (bytes: Buffer) =>
  decodeJournal(bytes)?.records.map((record) => [record.first, record.second]);

/** Every one that has some of the words from before, and the others from after. */
function* mixturesOf(before: Buffer, after: Buffer): Generator<Buffer> {
  const changed: number[] = [];
  for (let at = 0; at < before.length; at += 4)
    if (before.readUInt32LE(at) !== after.readUInt32LE(at)) changed.push(at);
  for (let choice = 0; choice < 2 ** changed.length; choice += 1) {
    const mixture = Buffer.from(before);
    changed.forEach((at, index) => {
      if (choice & (1 << index)) after.copy(mixture, at, at, at + 4);
    });
    yield mixture;
  }
}

test('one that is cut off anywhere holds every place before that', () => {
  const two = journalOf(
    [
      [1, 2, 3, 4],
      [1, 5, 30, 40],
    ],
    OWNER,
  );
  for (let bytes = 512; bytes < 512 + 3 * PLACE_BYTES; bytes += 1) {
    const content = decodeJournal(two.subarray(0, bytes))!;
    expect(content.isCorrupt).toBe(false);
    expect(content.records.length).toBeLessThanOrEqual(2);
    if (bytes >= 512 + PLACE_BYTES) expect(content.records[0]).toMatchObject({ first: 3, second: 4 });
    if (bytes >= 512 + 2 * PLACE_BYTES) expect(content.records[1]).toMatchObject({ first: 30, second: 40 });
  }
});

test('no flipped bit is taken for a figure', () => {
  const whole = journalOf(
    [
      [1, 2, 3, 4],
      [1, 2, 5, 6],
    ],
    OWNER,
  );
  const named = 24;
  for (let bit = 512 * 8; bit < (512 + PLACE_BYTES) * 8; bit += 1) {
    const broken = Buffer.from(whole);
    broken[bit >> 3]! ^= 1 << (bit & 7);
    const isOfName = bit < (512 + named) * 8;
    expect(decodeJournal(broken)!.isCorrupt).toBe(isOfName);
    // With one copy of the figures gone, the other counts: as after a kill in the middle.
    expect(isOfName ? [[]] : [[[5, 6]], [[3, 4]]]).toContainEqual(figuresOf(broken));
  }
});

test('figures of which only a part was stored do not count, in whatever order: those before do', () => {
  const image = imageOf([[1, 2, 3, 4]], OWNER);
  for (let count = 1; count <= 4; count += 1) {
    const before = Buffer.from(image.bytes);
    const { first, second } = decodeJournal(before)!.records[0]!;
    image.set(0, first + 77_777_777_777 * count, second + 1 / 3);
    const after = decodeJournal(image.bytes)!.records[0]!;
    expect(after).toMatchObject({ first: first + 77_777_777_777 * count, second: second + 1 / 3 });
    for (const mixture of mixturesOf(before, image.bytes)) {
      const isWhole = mixture.equals(image.bytes);
      const figures = isWhole ? [after.first, after.second] : [first, second];
      expect(decodeJournal(mixture)).toMatchObject({ isCorrupt: false });
      expect(figuresOf(mixture)).toEqual([figures]);
    }
  }
});

test('a place of which only a part was named anew says nothing, and never what another lease used', () => {
  const image = imageOf(
    [
      [1, 2, 3, 4],
      [1, 2, 5, 6],
    ],
    OWNER,
  );
  image.clear(0);
  expect(figuresOf(image.bytes)).toEqual([]);
  const before = Buffer.from(image.bytes);
  image.name(0, SUBSCRIPTION, '8', '9');
  const named = { kind: SUBSCRIPTION, sessionId: '8', id: '9', first: 0, second: 0 };
  expect(decodeJournal(image.bytes)!.records).toEqual([named]);
  for (const mixture of mixturesOf(before, image.bytes))
    expect([[], [named]]).toContainEqual(decodeJournal(mixture)!.records);
});

test('of the version before, a flipped bit is told too', () => {
  const whole = journalOfVersion2([1, 2, 3, 4], OWNER);
  expect(figuresOf(whole)).toEqual([[3, 4]]);
  whole[512 + 30]! ^= 1;
  expect(decodeJournal(whole)).toMatchObject({ isCorrupt: true, records: [] });
});
