/** A tree that grows at its right edge: what appending needs of the leaves before is the hashes of log(n) perfect subtrees. */
import {
  foldNodes,
  HASH_BYTES,
  inclusionRanges,
  type LeafRange,
  nodeHash,
  nodesOf,
  type TreeNode,
} from './merkle.ts';

/** The right edge of a tree. */
export class TreeEdge {
  #size: number;
  /** The perfect subtrees that the tree consists of, from left to right. */
  readonly #peaks: Buffer[];

  /** `peaks`: of the tree of `size` leaves, from left to right, one behind the other. */
  constructor(size = 0, peaks: Uint8Array = Buffer.alloc(0)) {
    const bytes = Buffer.from(peaks);
    this.#size = size;
    this.#peaks = Array.from({ length: bytes.length / HASH_BYTES }, (_, index) =>
      bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
    );
    const expected = nodesOf({ start: 0, end: size }).length;
    if (bytes.length !== expected * HASH_BYTES) {
      throw new Error(`the edge of ${size} leaves has ${expected} hashes, not ${bytes.length} bytes`);
    }
  }

  get size(): number {
    return this.#size;
  }

  get peaks(): readonly Buffer[] {
    return this.#peaks;
  }

  /** Answers the hashes that are complete with this leaf: its own, and those of the perfect subtrees it is the last of, upward. */
  append(leaf: Buffer): Buffer[] {
    const complete = [leaf];
    let hash = leaf;
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      hash = nodeHash(this.#peaks.pop()!, hash);
      complete.push(hash);
    }
    this.#peaks.push(hash);
    this.#size += 1;
    return complete;
  }

  root(): Buffer {
    return foldNodes(this.#peaks);
  }
}

/** Leaves that are appended together, with what proves each of them in the tree they make. */
export class TreeBatch {
  readonly #edge: TreeEdge;
  readonly #known = new Map<string, Buffer>();

  constructor(edge: TreeEdge) {
    this.#edge = edge;
    nodesOf({ start: 0, end: edge.size }).forEach((node, position) => {
      this.#known.set(nameOf(node), edge.peaks[position]!);
    });
  }

  get size(): number {
    return this.#edge.size;
  }

  /** What is stored with the leaf (see `TreeEdge.append`), one hash behind the other. */
  append(leaf: Buffer): Buffer {
    const index = this.#edge.size;
    const complete = this.#edge.append(leaf);
    complete.forEach((hash, level) => {
      this.#known.set(nameOf({ level, index: Math.floor(index / 2 ** level) }), hash);
    });
    return Buffer.concat(complete);
  }

  root(): Buffer {
    return this.#edge.root();
  }

  /** For a leaf of this batch: to its left are peaks of the tree before, to its right leaves of the batch. */
  inclusionProof(index: number): Buffer[] {
    return inclusionRanges(index, this.#edge.size).map((range) => this.#hashOf(range));
  }

  #hashOf(range: LeafRange): Buffer {
    const name = `${range.start}-${range.end}`;
    const known = this.#known.get(name);
    if (known) return known;
    const hash = foldNodes(nodesOf(range).map((node) => this.#known.get(nameOf(node))!));
    this.#known.set(name, hash);
    return hash;
  }
}

function nameOf({ level, index }: TreeNode): string {
  return `${level}:${index}`;
}
