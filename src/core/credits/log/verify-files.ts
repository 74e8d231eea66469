/** Checks receipts, checkpoints and exports against each other, with the log's key and nothing else. */
import { readLeaf } from './leaf.ts';
import { isConsistent, leafHash, rootOfInclusion } from './merkle.ts';
import { type Checkpoint, NoteError, openCheckpoint, type Verifier } from './note.ts';
import { EXPORT_FORMAT, type ExportHeader, type ExportLine } from './receipt.ts';
import { TreeEdge } from './tree.ts';

export interface NamedText {
  name: string;
  text: string;
}

/** What is known of the log from earlier checks. It is the checker's own, and believed. */
export interface LogState {
  format: typeof STATE_FORMAT;
  origin: string;
  size: number;
  /** In base64. */
  root: string;
  /** Hashes of leaves that were seen whole, by their number. */
  leaves: Record<string, string>;
}

export const STATE_FORMAT = 'headgate-credit-log-state/1';

export interface FilesToVerify {
  verifiers: readonly Verifier[];
  checkpoints: readonly NamedText[];
  receipts: readonly NamedText[];
  /** Consistency proofs, as the API answers them. */
  proofs: readonly NamedText[];
  export?: { name: string; lines: AsyncIterable<string> };
  state?: LogState | undefined;
}

export interface FileProblem {
  /** The file at fault. */
  file: string;
  /** The first leaf that does not fit, as near as it can be told. */
  leaf?: number;
  detail: string;
}

export interface FilesVerification {
  origin: string | undefined;
  /** Leaves of the largest checkpoint. */
  size: number;
  checkpoints: number;
  receipts: number;
  /** Leaves of the export, and those of them that are shown whole. */
  leaves: number;
  ownLeaves: number;
  problems: FileProblem[];
  /** What is to be remembered; absent when there are problems, or no checkpoint. */
  state?: LogState;
}

interface Root {
  root: Buffer;
  file: string;
}

const MAX_PROBLEMS = 100;

/** Never throws for what is in the files: that is a problem of its file. */
export async function verifyFiles(files: FilesToVerify): Promise<FilesVerification> {
  const check = new FileCheck(files);
  for (const file of files.checkpoints) check.guard(file.name, () => check.checkpoint(file.name, file.text));
  const bare = files.receipts.flatMap((file) => check.receipts(file));
  // Those whose checkpoint may be in another file.
  for (const retry of bare) retry();
  if (files.export) await check.export(files.export.name, files.export.lines);
  for (const file of files.proofs) check.guard(file.name, () => check.proof(file));
  return check.finish();
}

class FileCheck {
  readonly #verifiers: readonly Verifier[];
  readonly #problems: FileProblem[] = [];
  /** By number of leaves. */
  readonly #roots = new Map<number, Root>();
  /** Hashes of leaves that were seen whole. */
  readonly #leaves = new Map<number, { hash: string; file: string }>();
  /** Sizes that are proved to begin a larger tree, with that tree's size. */
  readonly #proved: { first: number; second: number }[] = [];
  #origin: string | undefined;
  #receipts = 0;
  #exported = 0;
  #own = 0;

  constructor({ verifiers, state }: FilesToVerify) {
    this.#verifiers = verifiers;
    if (!state) return;
    this.#origin = state.origin;
    this.#roots.set(state.size, { root: Buffer.from(state.root, 'base64'), file: 'the state' });
    for (const [index, hash] of Object.entries(state.leaves))
      this.#leaves.set(Number(index), { hash, file: 'the state' });
  }

  guard(file: string, work: () => void, leaf?: number): void {
    try {
      work();
    } catch (error) {
      this.#fail(file, error instanceof Error ? error.message : String(error), leaf);
    }
  }

  #fail(file: string, detail: string, leaf?: number): void {
    if (this.#problems.length < MAX_PROBLEMS)
      this.#problems.push({ file, ...(leaf === undefined ? {} : { leaf }), detail });
  }

  /** Believes a note's root from now on. Throws NoteError. */
  checkpoint(file: string, note: unknown): Checkpoint {
    if (typeof note !== 'string') throw new NoteError('there is no checkpoint');
    const checkpoint = openCheckpoint(note, this.#verifiers);
    const { origin, size, root } = checkpoint;
    this.#origin ??= origin;
    if (origin !== this.#origin) throw new NoteError(`a checkpoint of ${origin}, not of ${this.#origin}`);
    const before = this.#roots.get(size);
    if (before && !before.root.equals(root)) {
      throw new NoteError(
        `two roots were signed for ${size} leaves, here and in ${before.file}: the log shows two faces`,
      );
    }
    this.#roots.set(size, before ?? { root, file });
    return checkpoint;
  }

  /** Answers what is left to be checked once all checkpoints are known. */
  receipts({ name, text }: NamedText): (() => void)[] {
    const later: (() => void)[] = [];
    this.guard(name, () => {
      for (const value of readJsonValues(text)) {
        this.#receipts += 1;
        const receipt = asObject(asObject(value).receipt ?? value);
        const leaf = asIndex(receipt.leaf_index, 'leaf_index');
        const work = () => this.#receipt(name, receipt, leaf);
        if (receipt.checkpoint === undefined) later.push(() => this.guard(name, work, leaf));
        else this.guard(name, work, leaf);
      }
    });
    return later;
  }

  #receipt(file: string, receipt: Record<string, unknown>, index: number): void {
    const hash = this.#ownLeaf(file, index, receipt.leaf, receipt.leaf_hash);
    const { size, root } =
      receipt.checkpoint === undefined
        ? this.#rootOf(asIndex(receipt.tree_size, 'tree_size'))
        : this.checkpoint(file, receipt.checkpoint);
    const proof = asHashes(receipt.inclusion_proof, 'inclusion_proof');
    if (!rootOfInclusion(index, size, hash, proof)?.equals(root)) {
      throw new Error(`leaf ${index} is not in the tree of its checkpoint of ${size} leaves`);
    }
  }

  /** A leaf that is shown whole: its text must be well-formed, have its hash, and be the same everywhere. */
  #ownLeaf(file: string, index: number, text: unknown, hashText: unknown): Buffer {
    if (typeof text !== 'string') throw new Error(`leaf ${index} has no text`);
    const hash = leafHash(text);
    if (hash.toString('base64') !== hashText) throw new Error(`leaf ${index} does not have its leaf_hash`);
    readLeaf(text);
    this.#sameLeaf(file, index, hashText);
    this.#leaves.set(index, { hash: hashText, file });
    return hash;
  }

  #sameLeaf(file: string, index: number, hash: string): void {
    const before = this.#leaves.get(index);
    if (before && before.hash !== hash)
      throw new Error(`leaf ${index} is another one in ${before.file} than in ${file}`);
  }

  #rootOf(size: number): { size: number; root: Buffer } {
    const known = this.#roots.get(size);
    if (!known) throw new Error(`no checkpoint of ${size} leaves was given`);
    return { size, root: known.root };
  }

  async export(file: string, lines: AsyncIterable<string>): Promise<void> {
    const edge = new TreeEdge();
    let header: ExportHeader | undefined;
    let good = 0;
    for await (const line of lines) {
      if (line === '') continue;
      try {
        if (!header) {
          header = readHeader(line);
          this.checkpoint(file, header.checkpoint);
          good = this.#compareRoot(file, edge, 0);
          continue;
        }
        edge.append(this.#exportLine(file, header, line, edge.size));
      } catch (error) {
        this.#fail(file, error instanceof Error ? error.message : String(error), header && edge.size);
        return;
      }
      good = this.#compareRoot(file, edge, good);
    }
    this.#exported = edge.size;
    if (!header) return this.#fail(file, 'the export is empty');
    if (edge.size !== header.tree_size) {
      const detail = `the export ends before leaf ${edge.size} of ${header.tree_size}`;
      this.#fail(file, detail, edge.size);
    }
  }

  #exportLine(file: string, header: ExportHeader, line: string, index: number): Buffer {
    const { leaf_index, leaf_hash, leaf } = parse(line) as Partial<ExportLine>;
    if (leaf_index !== index) throw new Error(`leaf ${index} is not where it should be: ${leaf_index} is`);
    if (index >= header.tree_size) throw new Error(`leaf ${index} is one too many`);
    if (leaf !== undefined) {
      this.#own += 1;
      const hash = this.#ownLeaf(file, index, leaf, leaf_hash);
      if (readLeaf(leaf).account !== header.account) throw new Error(`leaf ${index} is of another account`);
      return hash;
    }
    const [hash] = asHashes([leaf_hash], 'leaf_hash');
    this.#sameLeaf(file, index, leaf_hash!);
    return hash!;
  }

  /** Compares with the checkpoint of this size, if there is one. Answers the last size that was good. */
  #compareRoot(file: string, edge: TreeEdge, good: number): number {
    const known = this.#roots.get(edge.size);
    if (!known) return good;
    if (edge.root().equals(known.root)) {
      // Every checkpoint that agrees begins the tree of the next that does.
      this.#proved.push({ first: good, second: edge.size });
      return edge.size;
    }
    const which =
      edge.size === good + 1 ? `leaf ${good} is` : `one of the leaves ${good} to ${edge.size - 1} is`;
    const detail = `${which} another one than in the checkpoint of ${edge.size} leaves (${known.file})`;
    this.#fail(file, detail, good);
    return good;
  }

  proof({ name, text }: NamedText): void {
    for (const value of readJsonValues(text)) {
      const { first, second, proof } = asObject(value);
      const from = this.#rootOf(asIndex(first, 'first'));
      const to = this.#rootOf(asIndex(second, 'second'));
      if (!isConsistent(from, to, asHashes(proof, 'proof'))) {
        this.#fail(name, `the tree of ${to.size} leaves does not begin with that of ${from.size}`);
        continue;
      }
      this.#proved.push({ first: from.size, second: to.size });
    }
  }

  finish(): FilesVerification {
    const sizes = [...this.#roots.keys()].sort((a, b) => b - a);
    const [size = 0] = sizes;
    if (this.#problems.length === 0) this.#connect(sizes);
    const root = this.#roots.get(size)?.root;
    const isGood = this.#problems.length === 0 && root && this.#origin !== undefined;
    return {
      origin: this.#origin,
      size,
      checkpoints: this.#roots.size,
      receipts: this.#receipts,
      leaves: this.#exported,
      ownLeaves: this.#own,
      problems: this.#problems,
      ...(isGood
        ? {
            state: {
              format: STATE_FORMAT,
              origin: this.#origin!,
              size,
              root: root.toString('base64'),
              leaves: Object.fromEntries([...this.#leaves].map(([index, { hash }]) => [index, hash])),
            },
          }
        : {}),
    };
  }

  /** Every checkpoint must be proved to begin the largest. `sizes`: the largest first. */
  #connect(sizes: readonly number[]): void {
    const connected = new Set(sizes.slice(0, 1));
    const steps = this.#proved.toSorted((a, b) => b.second - a.second);
    for (const { first, second } of steps) if (connected.has(second)) connected.add(first);
    for (const size of sizes) {
      if (connected.has(size) || size === 0) continue;
      const detail = `nothing proves that the tree of ${sizes[0]} leaves begins with this one of ${size}: give an export of the larger, or the proof of consistency`;
      this.#fail(this.#roots.get(size)!.file, detail);
    }
  }
}

function readHeader(line: string): ExportHeader {
  const header = asObject(parse(line));
  if (header.format !== EXPORT_FORMAT) throw new Error(`the export is not of the format ${EXPORT_FORMAT}`);
  asIndex(header.tree_size, 'tree_size');
  return header as unknown as ExportHeader;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('this is not JSON');
  }
}

/** One JSON value, a list of them, or one on each line. */
function readJsonValues(text: string): unknown[] {
  try {
    const value = JSON.parse(text);
    return Array.isArray(value) ? value : [value];
  } catch {
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(parse);
  }
}

function asObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new Error('an object was expected');
  return value as Record<string, unknown>;
}

function asIndex(value: unknown, name: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new Error(`${name} is not a whole number`);
  return value as number;
}

function asHashes(value: unknown, name: string): Buffer[] {
  const texts = Array.isArray(value) ? value : [undefined];
  return texts.map((text) => {
    const hash = typeof text === 'string' ? Buffer.from(text, 'base64') : Buffer.alloc(0);
    if (hash.length !== 32 || hash.toString('base64') !== text)
      throw new Error(`${name} is not of SHA-256 hashes in base64`);
    return hash;
  });
}
