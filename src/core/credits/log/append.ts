/** Events become leaves: hashed, proved and signed in the transaction that records them. */
import type { Statement, Tx } from '../../../db/client.ts';
import { type LeafEvent, leafText } from './leaf.ts';
import { leafHash } from './merkle.ts';
import type { Receipt } from './receipt.ts';
import type { Signing } from './signing.ts';
import { edgeOf, insertingCheckpoint, type LogEnd } from './store.ts';
import { TreeBatch } from './tree.ts';

export interface Appended {
  /** For each event what its row keeps of the tree. */
  treeHashes: Buffer[];
  receipts: Receipt[];
  /** Writes the checkpoint that the receipts hold. */
  writing: Statement;
}

/** Appends events behind the log's end, in order. To be called under the log's lock, with at least one event. */
export async function appendLeaves(
  tx: Tx,
  signing: Signing,
  end: LogEnd,
  events: readonly LeafEvent[],
  now: Date,
): Promise<Appended> {
  const tree = new TreeBatch(edgeOf(end));
  const leaves = events.map((event) => {
    const text = leafText(event);
    const hash = leafHash(text);
    return { index: tree.size, text, hash, treeHashes: tree.append(hash) };
  });
  const checkpoint = await signing.sign(tx, end, tree, now);
  const receipts = leaves.map(
    ({ index, text, hash }): Receipt => ({
      leaf_index: index,
      leaf: text,
      leaf_hash: hash.toString('base64'),
      inclusion_proof: tree.inclusionProof(index).map((sibling) => sibling.toString('base64')),
      checkpoint: checkpoint.note,
    }),
  );
  return {
    treeHashes: leaves.map(({ treeHashes }) => treeHashes),
    receipts,
    writing: insertingCheckpoint(tx, checkpoint, now),
  };
}
