/** The tree of the credit log against RFC 6962's own definition, over trees of any size. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencyRanges,
  EMPTY_ROOT,
  foldNodes,
  inclusionRanges,
  isConsistent,
  type LeafRange,
  leafHash,
  nodesOf,
  rootOfInclusion,
} from '../../src/core/credits/log/merkle.ts';
import { TreeBatch, TreeEdge } from '../../src/core/credits/log/tree.ts';
import { RfcTree } from '../support/rfc6962.ts';

const MAX_LEAVES = 600;
const LEAVES = Array.from({ length: MAX_LEAVES }, (_, index) => Buffer.from(`leaf ${index}`));
const RFC = new RfcTree(LEAVES);
/** Of every number of leaves. */
const ROOTS = Array.from({ length: MAX_LEAVES + 1 }, (_, size) => RFC.hash(0, size));

/** What a log keeps: the hashes that are complete with each leaf. */
const STORED: Buffer[][] = [];
const grown = new TreeEdge();
for (const leaf of LEAVES) STORED.push(grown.append(leafHash(leaf)));

function hashOf(range: LeafRange): Buffer {
  return foldNodes(nodesOf(range).map(({ level, index }) => STORED[(index + 1) * 2 ** level - 1]![level]!));
}

/** Thousands of trees take their time on a busy machine. */
const PATIENCE = { timeout: 180_000 };

const size = fc.integer({ min: 1, max: MAX_LEAVES });

it('has the published root of no leaves, and of the known example', () => {
  expect(EMPTY_ROOT.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  // RFC 6962's test vectors as certificate transparency's implementations publish them.
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  const edge = new TreeEdge();
  for (const input of inputs) edge.append(leafHash(Buffer.from(input, 'hex')));
  expect(edge.root().toString('hex')).toBe(
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  );
});

it('has the root of every number of leaves', () => {
  const edge = new TreeEdge();
  for (const [index, leaf] of LEAVES.entries()) {
    expect(edge.root()).toEqual(ROOTS[index]);
    edge.append(leafHash(leaf));
    expect(hashOf({ start: 0, end: index + 1 })).toEqual(ROOTS[index + 1]);
  }
});

it('goes on from the right edge of any tree, by batches of any size', PATIENCE, () => {
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 80 }), fc.nat(), (before, count, pick) => {
      const end = Math.min(before + count, MAX_LEAVES);
      const peaks = nodesOf({ start: 0, end: before }).map(
        ({ level, index }) => STORED[(index + 1) * 2 ** level - 1]![level]!,
      );
      const batch = new TreeBatch(new TreeEdge(before, Buffer.concat(peaks)));
      for (let index = before; index < end; index++) {
        expect(batch.append(leafHash(LEAVES[index]!))).toEqual(Buffer.concat(STORED[index]!));
      }
      expect(batch.root()).toEqual(ROOTS[end]);
      if (end === before) return;
      const index = before + (pick % (end - before));
      expect(batch.inclusionProof(index)).toEqual(RFC.auditPath(index, end));
    }),
    { numRuns: 1000 },
  );
});

describe('proofs of inclusion', PATIENCE, () => {
  it('are those of the RFC, and lead to the root', () => {
    fc.assert(
      fc.property(size, fc.nat(), (leaves, pick) => {
        const index = pick % leaves;
        const proof = inclusionRanges(index, leaves).map(hashOf);
        expect(proof).toEqual(RFC.auditPath(index, leaves));
        expect(rootOfInclusion(index, leaves, leafHash(LEAVES[index]!), proof)).toEqual(ROOTS[leaves]);
      }),
      { numRuns: 2000 },
    );
  });

  it('lead nowhere for another leaf, place, size or proof', () => {
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), fc.nat(), (leaves, pick, other, byte) => {
        const index = pick % leaves;
        const leaf = leafHash(LEAVES[index]!);
        const proof = RFC.auditPath(index, leaves);
        const isGood = (...args: Parameters<typeof rootOfInclusion>) =>
          rootOfInclusion(...args)?.equals(ROOTS[leaves]!) ?? false;
        expect(isGood(index, leaves, leafHash('another leaf'), proof)).toBe(false);
        const elsewhere = other % leaves;
        expect(isGood(elsewhere, leaves, leaf, proof)).toBe(elsewhere === index);
        expect(isGood(index, leaves, leaf, [...proof, leaf])).toBe(false);
        expect(isGood(leaves + other, leaves, leaf, proof)).toBe(false);
        if (proof.length === 0) return;
        expect(isGood(index, leaves, leaf, proof.slice(1))).toBe(false);
        const flipped = proof.map((hash) => Buffer.from(hash));
        const at = byte % (flipped.length * 32);
        flipped[Math.floor(at / 32)]![at % 32]! ^= 1;
        expect(isGood(index, leaves, leaf, flipped)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('proofs of consistency', PATIENCE, () => {
  it('are those of the RFC, and hold', () => {
    fc.assert(
      fc.property(size, fc.nat(), (second, pick) => {
        const first = (pick % second) + 1;
        const proof = consistencyRanges(first, second).map(hashOf);
        expect(proof).toEqual(RFC.consistencyProof(first, second));
        const trees = [
          { size: first, root: ROOTS[first]! },
          { size: second, root: ROOTS[second]! },
        ] as const;
        expect(isConsistent(...trees, proof)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('do not hold for a tree that was rewritten, or another proof', () => {
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), (second, pick, byte) => {
        const first = (pick % second) + 1;
        const proof = RFC.consistencyProof(first, second);
        const before = { size: first, root: ROOTS[first]! };
        const after = { size: second, root: ROOTS[second]! };
        const rewritten = LEAVES.slice(0, second);
        rewritten[pick % first] = Buffer.from('rewritten');
        const other = new RfcTree(rewritten);
        const forged = { size: second, root: other.hash(0, second) };
        expect(isConsistent(before, forged, other.consistencyProof(first, second))).toBe(false);
        expect(isConsistent(before, forged, proof)).toBe(false);
        expect(isConsistent(before, after, [...proof, ROOTS[1]!])).toBe(false);
        if (first === second) return;
        expect(isConsistent(after, before, proof)).toBe(false);
        expect(isConsistent(before, after, proof.slice(1))).toBe(false);
        const flipped = proof.map((hash) => Buffer.from(hash));
        const at = byte % (flipped.length * 32);
        flipped[Math.floor(at / 32)]![at % 32]! ^= 1;
        expect(isConsistent(before, after, flipped)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('begin with the tree without leaves, which needs none', () => {
    const none = { size: 0, root: EMPTY_ROOT };
    expect(isConsistent(none, { size: 7, root: ROOTS[7]! }, [])).toBe(true);
    expect(isConsistent({ ...none, root: ROOTS[1]! }, { size: 7, root: ROOTS[7]! }, [])).toBe(false);
  });
});
