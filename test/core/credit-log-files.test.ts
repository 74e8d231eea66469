/** Receipts, checkpoints and exports are checked with nothing but the log's key; whatever does not fit is named. */
import { describe, expect, it } from 'vitest';
import { leafText } from '../../src/core/credits/log/leaf.ts';
import { consistencyRanges, foldNodes, leafHash, nodesOf } from '../../src/core/credits/log/merkle.ts';
import {
  newKeyPair,
  readVerifierKey,
  type Signer,
  signCheckpoint,
  signerOf,
  type Verifier,
  verifierKey,
} from '../../src/core/credits/log/note.ts';
import type { Receipt } from '../../src/core/credits/log/receipt.ts';
import { type FilesToVerify, verifyFiles } from '../../src/core/credits/log/verify-files.ts';
import { auditPath, merkleTreeHash } from '../support/rfc6962.ts';

const ORIGIN = 'headgate/credit-log/test';
const ACCOUNT = 'acc_mine';
const LEAVES = 23;

/** Every third event is another account's. */
const TEXTS = Array.from({ length: LEAVES }, (_, index) =>
  leafText({
    event: `ev_${index}`,
    account: index % 3 === 2 ? 'acc_other' : ACCOUNT,
    key: 'key_1',
    kind: 'topup',
    cents: BigInt(index * 100),
    externalRef: `txn_${index}`,
    meta: index % 2 === 0 ? null : '{"a":[1,"é"]}',
    at: new Date(1_771_597_320_000 + index),
    salt: Buffer.alloc(16, index),
  }),
);

function newSigner(): { signer: Signer; verifier: Verifier } {
  const { seed, publicKey } = newKeyPair();
  return {
    signer: signerOf(ORIGIN, seed, publicKey),
    verifier: readVerifierKey(verifierKey(ORIGIN, publicKey)),
  };
}

/** A log as a provider has it. */
class Provider {
  readonly texts: readonly string[];
  readonly signer: Signer;

  constructor(texts: readonly string[], signer: Signer) {
    this.texts = texts;
    this.signer = signer;
  }

  leaves(size = this.texts.length): Buffer[] {
    return this.texts.slice(0, size).map((text) => Buffer.from(text));
  }

  note(size = this.texts.length): string {
    return this.sign(size, merkleTreeHash(this.leaves(size)));
  }

  sign(size: number, root: Buffer): string {
    return signCheckpoint({ origin: ORIGIN, size, root }, [this.signer]);
  }

  receipt(index: number, size = index + 1): Receipt {
    return {
      leaf_index: index,
      leaf: this.texts[index]!,
      leaf_hash: leafHash(this.texts[index]!).toString('base64'),
      inclusion_proof: auditPath(index, this.leaves(size)).map((hash) => hash.toString('base64')),
      checkpoint: this.note(size),
    };
  }

  exportLines(size = this.texts.length): string[] {
    const header = {
      format: 'headgate-credit-log/1',
      account: ACCOUNT,
      tree_size: size,
      checkpoint: this.note(size),
      keys: [],
    };
    const lines = this.texts.slice(0, size).map((leaf, leaf_index) => ({
      leaf_index,
      leaf_hash: leafHash(leaf).toString('base64'),
      ...(JSON.parse(leaf).account === ACCOUNT ? { leaf } : {}),
    }));
    return [header, ...lines].map((line) => JSON.stringify(line));
  }

  consistency(first: number, second: number): string {
    const hashes = this.leaves().map((leaf) => leafHash(leaf));
    const hashOf = (level: number, index: number): Buffer =>
      level === 0
        ? hashes[index]!
        : foldNodes([hashOf(level - 1, index * 2), hashOf(level - 1, index * 2 + 1)]);
    const proof = consistencyRanges(first, second).map((range) =>
      foldNodes(nodesOf(range).map(({ level, index }) => hashOf(level, index))).toString('base64'),
    );
    return JSON.stringify({ first, second, proof });
  }
}

const { signer, verifier: VERIFIER } = newSigner();
const provider = new Provider(TEXTS, signer);

async function* linesOf(lines: readonly string[]) {
  yield* lines;
}

function check(files: {
  lines?: string[];
  checkpoints?: string[];
  receipts?: unknown[];
  proofs?: string[];
  state?: FilesToVerify['state'];
  verifiers?: Verifier[];
}) {
  const named = (kind: string, texts: string[]) =>
    texts.map((text, index) => ({ name: `${kind} ${index}`, text }));
  return verifyFiles({
    verifiers: files.verifiers ?? [VERIFIER],
    checkpoints: named('checkpoint', files.checkpoints ?? []),
    receipts: named(
      'receipt',
      (files.receipts ?? []).map((receipt) => JSON.stringify(receipt)),
    ),
    proofs: named('proof', files.proofs ?? []),
    ...(files.lines ? { export: { name: 'export', lines: linesOf(files.lines) } } : {}),
    state: files.state,
  });
}

describe('what holds', () => {
  it('is one receipt by itself, also inside the answer it came in', async () => {
    expect(await check({ receipts: [provider.receipt(5)] })).toMatchObject({
      origin: ORIGIN,
      size: 6,
      receipts: 1,
      problems: [],
    });
    const answer = { ok: true, id: 'ev_5', receipt: provider.receipt(5, 20) };
    expect((await check({ receipts: [answer] })).problems).toEqual([]);
    expect(
      (await check({ receipts: [[provider.receipt(5, 20), provider.receipt(7, 20)]] })).problems,
    ).toEqual([]);
  });

  it('is an export with all receipts and checkpoints of smaller trees', async () => {
    const result = await check({
      lines: provider.exportLines(),
      receipts: [0, 1, 2, 9, 22].map((index) => provider.receipt(index)),
      checkpoints: [0, 1, 8, 21, 23].map((size) => provider.note(size)),
    });
    expect(result).toMatchObject({ size: LEAVES, leaves: LEAVES, ownLeaves: 16, receipts: 5, problems: [] });
    expect(result.state).toMatchObject({ origin: ORIGIN, size: LEAVES });
  });

  it('is a row of checkpoints with proofs of consistency', async () => {
    const result = await check({
      checkpoints: [3, 9, 22].map((size) => provider.note(size)),
      proofs: [provider.consistency(3, 9), provider.consistency(9, 22)],
    });
    expect(result.problems).toEqual([]);
  });

  it('is a proof of inclusion without a checkpoint, where another file has it', async () => {
    const { checkpoint: _, ...proof } = provider.receipt(4, 20);
    const file = { tree_size: 20, ...proof };
    expect((await check({ receipts: [file], checkpoints: [provider.note(20)] })).problems).toEqual([]);
    expect((await check({ receipts: [file] })).problems).toEqual([
      { file: 'receipt 0', leaf: 4, detail: 'no checkpoint of 20 leaves was given' },
    ]);
  });

  it('is a later export against the state that an earlier check left', async () => {
    const { state } = await check({ lines: provider.exportLines(12) });
    const result = await check({ lines: provider.exportLines(), state });
    expect(result.problems).toEqual([]);
    expect(result.state).toMatchObject({ size: LEAVES });
  });
});

/** The provider with one leaf rewritten, and everything after it hashed and signed anew. */
function rewritten(index: number): Provider {
  return new Provider(
    provider.texts.with(index, provider.texts[index]!.replace('"topup"', '"refund"')),
    provider.signer,
  );
}

describe('what does not hold is named', () => {
  it.each([0, 4, 22])('leaf %i of an export with another content', async (index) => {
    const lines = provider.exportLines();
    lines[index + 1] = lines[index + 1]!.replace('topup', 'refund');
    const other = provider.exportLines()[index + 1]!.includes('"leaf":') ? index : undefined;
    const { problems, state } = await check({ lines });
    expect(problems[0]).toMatchObject({ file: 'export', leaf: other });
    expect(state).toBeUndefined();
  });

  it('a leaf that is missing, doubled, or in another’s place', async () => {
    const lines = provider.exportLines();
    const without = lines.toSpliced(6, 1);
    expect((await check({ lines: without })).problems[0]).toMatchObject({ leaf: 5 });
    const doubled = lines.toSpliced(6, 0, lines[6]!);
    expect((await check({ lines: doubled })).problems[0]).toMatchObject({ leaf: 6 });
    const swapped = lines.toSpliced(6, 2, lines[7]!, lines[6]!);
    expect((await check({ lines: swapped })).problems[0]).toMatchObject({ leaf: 5 });
    expect((await check({ lines: lines.slice(0, 20) })).problems[0]).toMatchObject({ leaf: 19 });
  });

  it.each([0, 3, 7, 16])('a log that was rewritten at leaf %i and signed anew', async (index) => {
    const forger = rewritten(index);
    const lines = forger.exportLines();
    // By a receipt: the very leaf.
    const byReceipt = await check({ lines, receipts: [provider.receipt(index)] });
    expect(byReceipt.problems[0]).toMatchObject({ file: 'export', leaf: index });
    // By checkpoints seen before: between the last that agrees and the first that does not.
    const notes = [index, index + 1, 20].map((size) => provider.note(size));
    const byCheckpoints = await check({ lines, checkpoints: notes });
    expect(byCheckpoints.problems[0]).toMatchObject({ file: 'export', leaf: index });
    expect(byCheckpoints.problems[0]!.detail).toContain(`leaf ${index} is another one`);
    // By what an earlier check has left.
    const { state } = await check({ lines: provider.exportLines(21) });
    expect((await check({ lines, state })).problems[0]).toMatchObject({ leaf: index });
  });

  it('a log that shows two faces: two roots signed for one size', async () => {
    const forger = rewritten(3);
    const { problems } = await check({ checkpoints: [provider.note(9), forger.note(9)] });
    expect(problems).toEqual([{ file: 'checkpoint 1', detail: expect.stringContaining('two faces') }]);
  });

  it('checkpoints that nothing connects, or a proof that does not', async () => {
    const checkpoints = [provider.note(3), provider.note(9)];
    expect((await check({ checkpoints })).problems).toEqual([
      { file: 'checkpoint 0', detail: expect.stringContaining('nothing proves') },
    ]);
    const wrong = { ...JSON.parse(provider.consistency(3, 9)), proof: [] };
    expect((await check({ checkpoints, proofs: [JSON.stringify(wrong)] })).problems[0]).toMatchObject({
      file: 'proof 0',
    });
    // Both begin with the tree of 3, and neither with the other.
    const fork = [provider.note(3), provider.note(9), rewritten(5).note(12)];
    const proofs = [provider.consistency(3, 9), rewritten(5).consistency(3, 12)];
    expect((await check({ checkpoints: fork, proofs })).problems).toEqual([
      { file: 'checkpoint 1', detail: expect.stringContaining('nothing proves') },
    ]);
  });

  it.each([
    ['leaf', (text: string) => text.replace('topup', 'refund'), /leaf_hash/],
    ['leaf_hash', () => leafHash('x').toString('base64'), /leaf_hash/],
    ['leaf_index', () => 4, /not in the tree/],
    ['inclusion_proof', () => [], /not in the tree/],
    ['checkpoint', (text: string) => text.replace('\n6\n', '\n7\n'), /wrong signature/],
    ['checkpoint', () => 5, /no checkpoint/],
    ['leaf_index', () => -1, /whole number/],
    ['leaf', () => null, /no text/],
  ] as const)('a receipt with another %s', async (field, change, detail) => {
    const receipt = provider.receipt(5);
    const { problems } = await check({
      receipts: [{ ...receipt, [field]: (change as (value: unknown) => unknown)(receipt[field]) }],
    });
    expect(problems[0]).toMatchObject({ file: 'receipt 0', detail: expect.stringMatching(detail) });
  });

  it('a leaf that is not what the log hashes, though its hash is right', async () => {
    const own = { ...provider.receipt(5) };
    const text = own.leaf.replace('{"account"', '{ "account"');
    const root = leafHash(text);
    const note = provider.sign(1, root);
    const receipt = {
      leaf_index: 0,
      leaf: text,
      leaf_hash: root.toString('base64'),
      inclusion_proof: [],
      checkpoint: note,
    };
    const { problems } = await check({ receipts: [receipt] });
    expect(problems[0]).toMatchObject({ leaf: 0, detail: 'the leaf is not canonical JSON' });
  });

  it('signatures of nobody, of another key, and of another log', async () => {
    const { verifier } = newSigner();
    const { problems } = await check({ checkpoints: [provider.note(9)], verifiers: [verifier] });
    expect(problems[0]!.detail).toContain('not signed by any key');
    const none = provider.note(9).replace(/— .*\n/, '');
    expect((await check({ checkpoints: [none] })).problems).toHaveLength(1);
    const garbage = ['', '\n\n', 'a\n1\n\n— b c\n', provider.note(9).slice(0, -1), `${provider.note(9)}\n`];
    expect((await check({ checkpoints: garbage })).problems).toHaveLength(garbage.length);
  });

  it('files that are not of their kind', async () => {
    expect((await check({ lines: [] })).problems).toHaveLength(1);
    expect((await check({ lines: ['nonsense'] })).problems).toHaveLength(1);
    expect((await check({ lines: ['{"format":"other"}'] })).problems).toHaveLength(1);
    expect((await check({ receipts: [5, null, {}] })).problems).toHaveLength(3);
    expect((await check({ proofs: ['{', '{"first":1}'] })).problems).toHaveLength(2);
  });
});
