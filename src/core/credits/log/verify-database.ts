/** Proves the credit log from its rows: nothing that is stored is trusted here, only compared. */
import type { Queryable, Sql } from '../../../db/client.ts';
import { leafText } from './leaf.ts';
import { foldNodes, HASH_BYTES, leafHash, nodeHash } from './merkle.ts';
import { NoteError, openCheckpoint, readVerifierKey, type Verifier } from './note.ts';
import { readKeys } from './signing.ts';
import { leafColumns, type StoredLeaf } from './store.ts';

export interface LogProblem {
  /** Which promise is broken. */
  check: 'missing' | 'event' | 'tree' | 'checkpoint' | 'signature' | 'unsigned';
  /** The first leaf that does not fit, as near as it can be told. */
  leaf?: number;
  detail: string;
}

export interface LogVerification {
  leaves: number;
  checkpoints: number;
  problems: LogProblem[];
}

const PAGE = 5000;
/** Most problems listed of one kind: one that was changed can be seen from many places. */
const MAX_LISTED = 50;

type LeafRow = Omit<StoredLeaf, 'index'> & { index: bigint };

interface CheckpointRow {
  size: bigint;
  root: Uint8Array;
  note: string;
}

/**
 * Reads every event and checkpoint in one consistent snapshot, while the server goes on working. An empty list of problems
 * means: leaves are dense, every event has the hash recorded for it, every hash of the tree follows from those below, the tree
 * leads to every checkpoint that was signed, and the last of them stands for every leaf.
 */
export async function verifyCreditLog(sql: Sql): Promise<LogVerification> {
  return sql.begin('ISOLATION LEVEL REPEATABLE READ READ ONLY', async (tx) => {
    await tx`SET LOCAL statement_timeout = 0`;
    const keys = await readKeys(tx);
    const walk = new Walk(
      keys.map(({ vkey }) => readVerifierKey(vkey)),
      keys[0]?.origin,
    );
    const [totals] = await tx<{ end: bigint; checkpoints: bigint; signed: bigint | null }[]>`
      SELECT coalesce((SELECT max(seq) + 1 FROM credit_event), 0) AS end,
        (SELECT count(*) FROM credit_log_checkpoint) AS checkpoints,
        (SELECT max(size) FROM credit_log_checkpoint) AS signed`;
    const end = Number(totals!.end);
    walk.checkpoints(await readCheckpoints(tx, -1, 0));
    for (let from = 0; from < end; from += PAGE) {
      const to = Math.min(from + PAGE, end);
      const [rows, checkpoints] = await Promise.all([readRows(tx, from, to), readCheckpoints(tx, from, to)]);
      walk.leaves(rows, checkpoints, to);
    }
    walk.finish(end, totals!.signed === null ? null : Number(totals!.signed));
    return { leaves: walk.seen, checkpoints: Number(totals!.checkpoints), problems: walk.problems };
  }) as Promise<LogVerification>;
}

async function readRows(sql: Queryable, from: number, to: number): Promise<LeafRow[]> {
  return sql<LeafRow[]>`
    SELECT ${leafColumns(sql)} FROM credit_event e LEFT JOIN account a ON a.id = e.account_id
        LEFT JOIN api_key k ON k.id = e.key_id
      WHERE e.seq >= ${from} AND e.seq < ${to} ORDER BY e.seq`;
}

async function readCheckpoints(sql: Queryable, above: number, to: number): Promise<CheckpointRow[]> {
  return sql<CheckpointRow[]>`
    SELECT size, root, note FROM credit_log_checkpoint WHERE size > ${above} AND size <= ${to} ORDER BY size, key_id`;
}

/** From leaf to leaf. */
class Walk {
  readonly problems: LogProblem[] = [];
  seen = 0;
  readonly #verifiers: readonly Verifier[];
  readonly #origin: string | undefined;
  readonly #listed = new Map<LogProblem['check'], number>();
  #next = 0;
  /** The last number of leaves whose root is that of a checkpoint. */
  #proved = 0;
  /** As recorded, so that one wrong hash is told once. Undefined behind leaves that are missing. */
  #peaks: Uint8Array[] | undefined = [];

  constructor(verifiers: readonly Verifier[], origin: string | undefined) {
    this.#verifiers = verifiers;
    this.#origin = origin;
  }

  leaves(rows: readonly LeafRow[], checkpoints: readonly CheckpointRow[], to: number): void {
    let position = 0;
    for (const row of rows) {
      const index = Number(row.index);
      if (index !== this.#next) this.#miss(index);
      this.#leaf(row, index);
      this.#next = index + 1;
      this.seen += 1;
      const start = position;
      while (position < checkpoints.length && Number(checkpoints[position]!.size) <= this.#next)
        position += 1;
      this.checkpoints(checkpoints.slice(start, position));
    }
    if (this.#next < to) this.#miss(to);
    this.#next = to;
  }

  #miss(until: number): void {
    const first = this.#next;
    const text = until === first + 1 ? `leaf ${first} is` : `leaves ${first} to ${until - 1} are`;
    this.#note({ check: 'missing', leaf: first, detail: `${text} missing` });
    this.#peaks = undefined;
  }

  #leaf(row: LeafRow, index: number): void {
    const recorded = split(row.treeHashes);
    const hash = row.account && row.key ? leafHash(leafText(row)) : undefined;
    if (!recorded[0] || !hash?.equals(recorded[0])) {
      const detail = `leaf ${index} (${row.event}) does not have the hash that was recorded for it`;
      this.#note({ check: 'event', leaf: index, detail });
    }
    if (this.#peaks) this.#grow(this.#peaks, index, recorded[0] ?? leafHash(''), recorded);
  }

  #grow(peaks: Uint8Array[], index: number, leaf: Uint8Array, recorded: readonly Uint8Array[]): void {
    let top = leaf;
    let level = 0;
    for (let rest = index; rest % 2 === 1; rest = (rest - 1) / 2) {
      level += 1;
      const computed = nodeHash(peaks.pop()!, top);
      const stored = recorded[level];
      if (!stored || !computed.equals(stored)) {
        const leaf = index + 1 - 2 ** level;
        const detail = `leaves ${leaf} to ${index}: their hashes do not lead to the one that was recorded over them`;
        this.#note({ check: 'tree', leaf, detail });
      }
      top = stored ?? computed;
    }
    if (recorded.length !== level + 1) {
      const detail = `leaf ${index} has ${recorded.length} hashes of the tree, not ${level + 1}: it was in another place`;
      this.#note({ check: 'tree', leaf: index, detail });
    }
    peaks.push(top);
  }

  checkpoints(rows: readonly CheckpointRow[]): void {
    for (const { size, root, note } of rows) {
      this.#signature(Number(size), root, note);
      if (!this.#peaks || Number(size) !== this.#next) continue;
      if (foldNodes(this.#peaks).equals(root)) {
        this.#proved = this.#next;
      } else {
        const detail = `the checkpoint of ${size} leaves is of another tree: one of the leaves ${this.#proved} to ${this.#next - 1} was another when it was signed`;
        this.#note({ check: 'checkpoint', leaf: this.#proved, detail });
      }
    }
  }

  #signature(size: number, root: Uint8Array, note: string): void {
    try {
      const signed = openCheckpoint(note, this.#verifiers);
      if (signed.size !== size || !signed.root.equals(root) || signed.origin !== this.#origin)
        throw new NoteError(`the checkpoint of ${size} leaves is signed for something else`);
    } catch (error) {
      if (!(error instanceof NoteError)) throw error;
      this.#note({ check: 'signature', detail: error.message });
    }
  }

  /** `signed`: leaves of the last checkpoint; null: there is none. */
  finish(end: number, signed: number | null): void {
    if (signed === null) return;
    if (signed > end) {
      const detail = `${signed} leaves were signed and there are ${end}: leaf ${end} and those behind it are missing`;
      this.#note({ check: 'missing', leaf: end, detail });
    }
    if (signed < end) {
      const detail = `leaf ${signed} and those behind it are in no checkpoint: they were not recorded by this program`;
      this.#note({ check: 'unsigned', leaf: signed, detail });
    }
  }

  #note(problem: LogProblem): void {
    const listed = this.#listed.get(problem.check) ?? 0;
    this.#listed.set(problem.check, listed + 1);
    if (listed < MAX_LISTED) this.problems.push(problem);
  }
}

function split(hashes: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.floor(hashes.length / HASH_BYTES) }, (_, index) =>
    hashes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
  );
}
