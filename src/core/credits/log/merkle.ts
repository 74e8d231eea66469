/**
 * The Merkle tree of RFC 6962 (and 9162), as pure functions. Leaves are numbered from 0; numbers stay below 2^53.
 *
 * A range of leaves is hashed from its perfect subtrees, which never change once they are full: node (level, index) stands over
 * the leaves index × 2^level up to, not including, (index + 1) × 2^level.
 */
import { createHash } from 'node:crypto';

export const HASH_BYTES = 32;

const LEAF_PREFIX = Buffer.of(0);
const NODE_PREFIX = Buffer.of(1);

export interface TreeNode {
  level: number;
  index: number;
}

/** Leaves from `start` up to, not including, `end`. */
export interface LeafRange {
  start: number;
  end: number;
}

export function leafHash(leaf: string | Uint8Array): Buffer {
  return createHash('sha256').update(LEAF_PREFIX).update(leaf).digest();
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE_PREFIX).update(left).update(right).digest();
}

/** The root of a tree without leaves. */
export const EMPTY_ROOT = createHash('sha256').digest();

/** The largest power of two below `count`, which is at least 2. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** The perfect subtrees that make up a range of a proof or a whole tree, from left to right. */
export function nodesOf({ start, end }: LeafRange): TreeNode[] {
  const nodes: TreeNode[] = [];
  let at = start;
  while (at < end) {
    let level = 0;
    let leaves = 1;
    while (at % (leaves * 2) === 0 && at + leaves * 2 <= end) {
      leaves *= 2;
      level += 1;
    }
    nodes.push({ level, index: at / leaves });
    at += leaves;
  }
  return nodes;
}

/** The hash of a range from those of its perfect subtrees, from left to right. */
export function foldNodes(hashes: readonly Uint8Array[]): Buffer {
  if (hashes.length === 0) return EMPTY_ROOT;
  return Buffer.from(hashes.reduceRight((right, left) => nodeHash(left, right)));
}

/** The ranges whose hashes prove that leaf `index` is in the tree of `size` leaves: PATH of the RFC, in its order. */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  const path: LeafRange[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  return path.reverse();
}

/** The ranges whose hashes prove that the tree of `second` leaves begins with that of `first`: PROOF of the RFC. */
export function consistencyRanges(first: number, second: number): LeafRange[] {
  if (first === 0) return [];
  const path: LeafRange[] = [];
  let start = 0;
  let end = second;
  while (first < end) {
    const middle = start + splitOf(end - start);
    if (first <= middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  // Where the first tree is whole in the second, its root is known to who asks.
  if (start > 0) path.push({ start, end });
  return path.reverse();
}

const half = (value: number) => Math.floor(value / 2);

/** The root that a proof of inclusion leads to (RFC 9162, 2.1.3.2); undefined when the proof is of another length. */
export function rootOfInclusion(
  index: number,
  size: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
): Buffer | undefined {
  if (index >= size) return undefined;
  let node = index;
  let last = size - 1;
  let hash: Buffer = Buffer.from(leaf);
  for (const sibling of proof) {
    if (last === 0) return undefined;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 ? hash : undefined;
}

/** Whether a proof shows that one tree begins with another (RFC 9162, 2.1.4.2). */
export function isConsistent(
  first: { size: number; root: Uint8Array },
  second: { size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (first.size > second.size) return false;
  if (first.size === second.size) return proof.length === 0 && isEqual(first.root, second.root);
  if (first.size === 0) return proof.length === 0 && isEqual(first.root, EMPTY_ROOT);
  let node = first.size - 1;
  let last = second.size - 1;
  while (node % 2 === 1) {
    node = half(node);
    last = half(last);
  }
  // A first tree that is perfect is a node of the second, and not repeated in the proof.
  const [seed, ...rest] = node === 0 ? [first.root, ...proof] : proof;
  if (!seed) return false;
  let firstHash: Buffer = Buffer.from(seed);
  let secondHash: Buffer = firstHash;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      firstHash = nodeHash(sibling, firstHash);
      secondHash = nodeHash(sibling, secondHash);
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      secondHash = nodeHash(secondHash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && isEqual(firstHash, first.root) && isEqual(secondHash, second.root);
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
