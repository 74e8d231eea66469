/** The tree's hashes and checkpoints where they are kept: in the rows of the events, and in a table of notes. */
import { arrayOf } from '../../../db/array.ts';
import type { Queryable, Statement, Tx } from '../../../db/client.ts';
import type { LeafEvent } from './leaf.ts';
import { foldNodes, HASH_BYTES, type LeafRange, nodesOf, type TreeNode } from './merkle.ts';
import { TreeEdge } from './tree.ts';

/** Taken by whoever appends or signs: numbers follow each other in the order of commits. */
const LOG_LOCK = 7106;

/** Where the log stands. */
export interface LogEnd {
  size: number;
  /** The hashes of the tree's perfect subtrees, from left to right. */
  peaks: Uint8Array;
  /** Which signs now; null: none has been made yet. */
  keyId: number | null;
  signed: { size: number; keyId: number; root: Uint8Array } | null;
}

export interface StoredCheckpoint {
  size: number;
  note: string;
}

/** The log was changed behind its own back: it is neither extended nor signed before that is seen to. */
export class LogContradicted extends Error {
  override name = 'LogContradicted';
}

/** Nobody else appends or signs until the transaction ends. */
export async function lockLog(tx: Tx): Promise<void> {
  await tx`SELECT pg_advisory_xact_lock(${LOG_LOCK})`;
}

/** To be read under the log's lock by whoever builds on it. */
export async function readEnd(sql: Queryable): Promise<LogEnd> {
  const [row] = await sql<
    {
      size: bigint;
      peaks: Uint8Array | null;
      keyId: number | null;
      signedSize: bigint | null;
      signedKeyId: number;
      signedRoot: Uint8Array;
    }[]
  >`
    SELECT tree.size, signed.size AS "signedSize", signed.key_id AS "signedKeyId", signed.root AS "signedRoot",
        (SELECT max(id) FROM credit_log_key) AS "keyId",
        (SELECT string_agg(substring(e.tree_hashes FROM ${HASH_BYTES} * level + 1 FOR ${HASH_BYTES}), ''::bytea ORDER BY level DESC)
          FROM generate_series(0, 52) AS level JOIN credit_event e ON e.seq = ((tree.size >> level) << level) - 1
          WHERE (tree.size >> level) % 2 = 1) AS peaks
      FROM (SELECT coalesce(max(seq) + 1, 0) AS size FROM credit_event) tree
        LEFT JOIN (SELECT size, key_id, root FROM credit_log_checkpoint ORDER BY size DESC, key_id DESC LIMIT 1) signed ON true`;
  const { size, peaks, keyId, signedSize, signedKeyId, signedRoot } = row!;
  return {
    size: Number(size),
    peaks: peaks ?? Buffer.alloc(0),
    keyId,
    signed: signedSize === null ? null : { size: Number(signedSize), keyId: signedKeyId, root: signedRoot },
  };
}

/**
 * The right edge of the log, to append to. Leaves are signed in the transaction that appends them: an edge that is not that of
 * the last checkpoint was made behind the program's back, and throws LogContradicted.
 */
export function edgeOf({ size, peaks, signed }: LogEnd): TreeEdge {
  const edge = new TreeEdge(size, peaks);
  if (signed && (signed.size !== size || !edge.root().equals(signed.root))) {
    throw new LogContradicted(
      `the credit log's ${size} leaves contradict its checkpoint of ${signed.size}: see \`headgate log verify\``,
    );
  }
  return edge;
}

/** The hashes of ranges of leaves. Reads O(log n) rows for the ranges of one proof. */
export async function readRanges(sql: Queryable, ranges: readonly LeafRange[]): Promise<Buffer[]> {
  const nodes = ranges.map(nodesOf);
  const hashes = await readNodes(sql, nodes.flat());
  return nodes.map((own) => foldNodes(hashes.splice(0, own.length)));
}

async function readNodes(sql: Queryable, nodes: readonly TreeNode[]): Promise<Uint8Array[]> {
  if (nodes.length === 0) return [];
  const rows = await sql<{ hash: Uint8Array }[]>`
    SELECT substring(e.tree_hashes FROM ${HASH_BYTES} * node.level + 1 FOR ${HASH_BYTES}) AS hash
      FROM unnest(${arrayOf(nodes.map(({ level }) => level))}::int[],
          ${arrayOf(nodes.map(({ level, index }) => (index + 1) * 2 ** level - 1))}::bigint[])
          WITH ORDINALITY AS node (level, seq, n)
        JOIN credit_event e ON e.seq = node.seq ORDER BY node.n`;
  if (rows.length !== nodes.length) throw new LogContradicted('leaves of the credit log are missing');
  return rows.map(({ hash }) => hash);
}

export function insertingCheckpoint(
  tx: Tx,
  checkpoint: { size: number; keyId: number; root: Buffer; note: string },
  now: Date,
): Statement {
  const { size, keyId, root, note } = checkpoint;
  return tx`
    INSERT INTO credit_log_checkpoint (size, key_id, root, note, at) VALUES (${size}, ${keyId}, ${root}, ${note}, ${now})`;
}

/** The last checkpoint; undefined when none was signed yet. */
export async function readLastCheckpoint(sql: Queryable): Promise<StoredCheckpoint | undefined> {
  return readCheckpoint(sql`
    SELECT size, note FROM credit_log_checkpoint ORDER BY size DESC, key_id DESC LIMIT 1`);
}

/** The first checkpoint of a tree of at least `size` leaves. */
export async function readFirstCheckpoint(
  sql: Queryable,
  size: number,
): Promise<StoredCheckpoint | undefined> {
  return readCheckpoint(sql`
    SELECT size, note FROM credit_log_checkpoint WHERE size >= ${size} ORDER BY size, key_id LIMIT 1`);
}

async function readCheckpoint(statement: Statement): Promise<StoredCheckpoint | undefined> {
  const [row] = await statement;
  return row && { size: Number(row.size), note: row.note as string };
}

/** An event as it is stored, with what the tree has of it. */
export interface StoredLeaf extends LeafEvent {
  index: number;
  /** The leaf's own hash, and those of the subtrees that are complete with it. */
  treeHashes: Uint8Array;
}

/** The columns of a StoredLeaf, of `credit_event e`, `account a` and `api_key k`. */
export function leafColumns(sql: Queryable) {
  return sql`
    e.seq AS index, e.public_id AS event, a.public_id AS account, k.public_id AS key, e.kind, e.amount_cents AS cents,
    e.external_ref AS "externalRef", e.meta, e.at, e.salt, e.tree_hashes AS "treeHashes"`;
}

/** The event of this id: of this account, or of any (null). */
export async function readLeafOf(
  sql: Queryable,
  eventId: string,
  accountId: bigint | null,
): Promise<StoredLeaf | undefined> {
  const [row] = await sql<(Omit<StoredLeaf, 'index'> & { index: bigint })[]>`
    SELECT ${leafColumns(sql)} FROM credit_event e JOIN account a ON a.id = e.account_id JOIN api_key k ON k.id = e.key_id
      WHERE e.public_id = ${eventId} AND (${accountId}::bigint IS NULL OR e.account_id = ${accountId})`;
  return row && { ...row, index: Number(row.index) };
}
