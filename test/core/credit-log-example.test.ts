/** The worked example of docs/credit-log.md, recomputed from its events. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { leafText, readLeaf } from '../../src/core/credits/log/leaf.ts';
import {
  openCheckpoint,
  readVerifierKey,
  signCheckpoint,
  signerOf,
  verifierKey,
} from '../../src/core/credits/log/note.ts';
import { verifyFiles } from '../../src/core/credits/log/verify-files.ts';
import { openNote } from '../support/credit-log.ts';
import { merkleTreeHash } from '../support/rfc6962.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/credit-log.md'), 'utf8');

/** What stands in the page's blocks of this kind. */
function blocks(kind: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${kind}\n(.*?)\n\`\`\`$`, 'gms'))].map(([, text]) => text!);
}

const ORIGIN = 'headgate/credit-log/example';
const SEED = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
const PUBLIC_KEY = Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex');

const [vkey] = blocks('vkey') as [string];
const leaves = blocks('leaf');
const hashes = blocks('hash')[0]!.split('\n');
const checkpoints = blocks('checkpoint').map((note) => `${note}\n`);

it('has the leaves that the program writes for its events', () => {
  const same = { account: 'acc_4kq7m2ws9xbd3h6n', key: 'key_7mq2k4ws9xbd3h6n' };
  const salt = (first: number) => Buffer.from(Array.from({ length: 16 }, (_, index) => first + index));
  expect(leaves).toEqual([
    leafText({
      ...same,
      event: 'ev_7kq2m4ws9xbd3h6n',
      kind: 'topup',
      cents: 2500n,
      externalRef: 'txn_abc123',
      meta: '{"downstream_user":"customer@example.com"}',
      at: new Date(1771597320250),
      salt: salt(0),
    }),
    leafText({
      ...same,
      event: 'ev_3hq9m4ws9xbd7k6n',
      kind: 'refund',
      cents: -1250n,
      externalRef: 'txn_abc124',
      meta: null,
      at: new Date(1771597320251),
      salt: salt(16),
    }),
  ]);
  for (const leaf of leaves) expect(readLeaf(leaf).format).toBe('headgate-credit-event/1');
});

it('names every field of a leaf, in its order', () => {
  const [, section = ''] = /### A leaf\n(.*?)###/s.exec(page) ?? [];
  const fields = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(fields).toEqual(Object.keys(JSON.parse(leaves[0]!)));
});

it('has their hashes, and the roots over them', () => {
  expect(hashes).toEqual(
    leaves.map((leaf) =>
      createHash('sha256')
        .update(Buffer.concat([Buffer.of(0), Buffer.from(leaf)]))
        .digest('base64'),
    ),
  );
  for (const [index, note] of checkpoints.entries()) {
    const root = merkleTreeHash(leaves.slice(0, index + 1).map((leaf) => Buffer.from(leaf)));
    expect(openNote(note, vkey)).toEqual({ origin: ORIGIN, size: index + 1, root });
  }
  expect(checkpoints).toHaveLength(2);
});

it('has the key and the signatures of the test vector', () => {
  expect(verifierKey(ORIGIN, PUBLIC_KEY)).toBe(vkey);
  const signer = signerOf(ORIGIN, SEED, PUBLIC_KEY);
  for (const note of checkpoints) {
    const checkpoint = openCheckpoint(note, [readVerifierKey(vkey)]);
    expect(signCheckpoint(checkpoint, [signer])).toBe(note);
  }
});

it('has receipts and proofs that are checked as the page says', async () => {
  const receipts = [
    { leaf_index: 0, leaf: leaves[0], leaf_hash: hashes[0], inclusion_proof: [], checkpoint: checkpoints[0] },
    {
      leaf_index: 0,
      leaf: leaves[0],
      leaf_hash: hashes[0],
      inclusion_proof: [hashes[1]],
      checkpoint: checkpoints[1],
    },
  ];
  const { problems } = await verifyFiles({
    verifiers: [readVerifierKey(vkey)],
    checkpoints: [],
    receipts: [{ name: 'receipts', text: JSON.stringify(receipts) }],
    proofs: [{ name: 'proof', text: JSON.stringify({ first: 1, second: 2, proof: [hashes[1]] }) }],
  });
  expect(problems).toEqual([]);
});
