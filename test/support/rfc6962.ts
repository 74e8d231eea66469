/** The Merkle tree as RFC 6962 (and RFC 9162) defines it, by its recursion, over all leaves: what other code is held against. */
import { createHash } from 'node:crypto';

const sha256 = (...parts: Uint8Array[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** k, the largest power of two smaller than n: k < n <= 2k. */
function largestPowerOfTwoBelow(n: number): number {
  let k = 1;
  while (k << 1 < n) k <<= 1;
  return k;
}

/** A list of leaves, D. What was hashed once is remembered, by its range. */
export class RfcTree {
  readonly #leaves: readonly Uint8Array[];
  readonly #hashes = new Map<string, Buffer>();

  constructor(leaves: readonly Uint8Array[]) {
    this.#leaves = leaves;
  }

  /** MTH({}) = SHA-256(). MTH({d0}) = SHA-256(0x00 || d0). MTH(D[n]) = SHA-256(0x01 || MTH(D[0:k]) || MTH(D[k:n])). */
  hash(start: number, end: number): Buffer {
    const name = `${start}:${end}`;
    let hash = this.#hashes.get(name);
    if (!hash) {
      const n = end - start;
      const k = start + largestPowerOfTwoBelow(n);
      if (n === 0) hash = sha256();
      else if (n === 1) hash = sha256(Buffer.of(0), this.#leaves[start]!);
      else hash = sha256(Buffer.of(1), this.hash(start, k), this.hash(k, end));
      this.#hashes.set(name, hash);
    }
    return hash;
  }

  /** PATH(m, D[n]) */
  auditPath(m: number, n: number): Buffer[] {
    return this.#path(m, 0, n);
  }

  #path(m: number, start: number, end: number): Buffer[] {
    if (end - start === 1) return [];
    const k = largestPowerOfTwoBelow(end - start);
    return m < k
      ? [...this.#path(m, start, start + k), this.hash(start + k, end)]
      : [...this.#path(m - k, start + k, end), this.hash(start, start + k)];
  }

  /** PROOF(m, D[n]) */
  consistencyProof(m: number, n: number): Buffer[] {
    return this.#subProof(m, 0, n, true);
  }

  #subProof(m: number, start: number, end: number, isComplete: boolean): Buffer[] {
    if (m === end - start) return isComplete ? [] : [this.hash(start, end)];
    const k = largestPowerOfTwoBelow(end - start);
    return m <= k
      ? [...this.#subProof(m, start, start + k, isComplete), this.hash(start + k, end)]
      : [...this.#subProof(m - k, start + k, end, false), this.hash(start, start + k)];
  }
}

export function merkleTreeHash(leaves: readonly Uint8Array[]): Buffer {
  return new RfcTree(leaves).hash(0, leaves.length);
}

export function auditPath(m: number, leaves: readonly Uint8Array[]): Buffer[] {
  return new RfcTree(leaves).auditPath(m, leaves.length);
}

export function consistencyProof(m: number, leaves: readonly Uint8Array[]): Buffer[] {
  return new RfcTree(leaves).consistencyProof(m, leaves.length);
}

/** The root of n leaves that PATH(m, D[n]) leads to from the m-th. */
export function rootOfPath(m: number, n: number, leaf: Uint8Array, path: readonly Uint8Array[]): Buffer {
  if (n === 1) {
    if (path.length > 0) throw new Error('the path is too long');
    return sha256(Buffer.of(0), leaf);
  }
  const sibling = path.at(-1);
  if (!sibling) throw new Error('the path is too short');
  const k = largestPowerOfTwoBelow(n);
  return m < k
    ? sha256(Buffer.of(1), rootOfPath(m, k, leaf, path.slice(0, -1)), sibling)
    : sha256(Buffer.of(1), sibling, rootOfPath(m - k, n - k, leaf, path.slice(0, -1)));
}

/** The roots of m and of n leaves that PROOF(m, D[n]) leads to, of which the first is known. */
export function rootsOfProof(
  m: number,
  n: number,
  first: Uint8Array,
  proof: readonly Uint8Array[],
  isComplete = true,
): { first: Uint8Array; second: Uint8Array } {
  const last = proof.at(-1);
  if (m === n) {
    if (proof.length !== (isComplete ? 0 : 1)) throw new Error('the proof is of another length');
    const root = last ?? first;
    return { first: root, second: root };
  }
  if (!last) throw new Error('the proof is too short');
  const k = largestPowerOfTwoBelow(n);
  const rest = proof.slice(0, -1);
  if (m <= k) {
    const left = rootsOfProof(m, k, first, rest, isComplete);
    return { first: left.first, second: sha256(Buffer.of(1), left.second, last) };
  }
  const right = rootsOfProof(m - k, n - k, first, rest, false);
  return {
    first: sha256(Buffer.of(1), last, right.first),
    second: sha256(Buffer.of(1), last, right.second),
  };
}
