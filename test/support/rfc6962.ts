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

/** MTH({}) = SHA-256(). MTH({d0}) = SHA-256(0x00 || d0). MTH(D[n]) = SHA-256(0x01 || MTH(D[0:k]) || MTH(D[k:n])). */
export function merkleTreeHash(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return sha256(Buffer.of(0), leaves[0]!);
  const k = largestPowerOfTwoBelow(leaves.length);
  return sha256(Buffer.of(1), merkleTreeHash(leaves.slice(0, k)), merkleTreeHash(leaves.slice(k)));
}

/** PATH(m, D[n]) */
export function auditPath(m: number, leaves: readonly Uint8Array[]): Buffer[] {
  if (leaves.length === 1) return [];
  const k = largestPowerOfTwoBelow(leaves.length);
  return m < k
    ? [...auditPath(m, leaves.slice(0, k)), merkleTreeHash(leaves.slice(k))]
    : [...auditPath(m - k, leaves.slice(k)), merkleTreeHash(leaves.slice(0, k))];
}

/** PROOF(m, D[n]) */
export function consistencyProof(m: number, leaves: readonly Uint8Array[]): Buffer[] {
  return subProof(m, leaves, true);
}

function subProof(m: number, leaves: readonly Uint8Array[], isComplete: boolean): Buffer[] {
  if (m === leaves.length) return isComplete ? [] : [merkleTreeHash(leaves)];
  const k = largestPowerOfTwoBelow(leaves.length);
  return m <= k
    ? [...subProof(m, leaves.slice(0, k), isComplete), merkleTreeHash(leaves.slice(k))]
    : [...subProof(m - k, leaves.slice(k), false), merkleTreeHash(leaves.slice(0, k))];
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
