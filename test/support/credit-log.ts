/** Credit events for tests, and receipts judged by the RFC's own definitions. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Receipt } from '../../src/core/credits/log/receipt.ts';
import type { KeyIdentity } from '../../src/core/keys/keys.ts';
import type { TestApi } from './api.ts';
import { rootOfPath } from './rfc6962.ts';

export interface Reporter {
  identity: KeyIdentity;
  secret: string;
  storeCode: string;
  /** Reports an event of this many cents under a reference of its own. */
  report(cents?: bigint): Promise<{ id: string; receipt: Receipt }>;
}

let references = 0;

export async function createReporter(api: TestApi): Promise<Reporter> {
  const { accountId, storeCode, key: secret } = await api.reseller({ scopes: ['reseller:credit'] });
  const recognition = await api.core.keys.recognise(secret, '127.0.0.1');
  if (recognition.kind !== 'known') throw new Error('the key was not recognised');
  const { identity } = recognition;
  return {
    identity,
    secret,
    storeCode,
    async report(cents = 2500n) {
      references += 1;
      const invocation = { actor: { name: 'key:test', accountId, door: 'vpsctrl' as const } };
      const event = { kind: 'topup', cents, externalRef: `txn_${references}`, meta: { n: references } };
      const { id, receipt } = await api.core.creditEvents.record(invocation, identity, event);
      return { id, receipt: receipt! };
    },
  };
}

/** Origin, size and root of a checkpoint; throws unless the key of `vkey` signed it. Written from the C2SP documents. */
export function openNote(note: string, vkey: string): { origin: string; size: number; root: Buffer } {
  const [name, , encoded] = vkey.split('+', 2).concat(vkey.split('+').slice(2).join('+')) as [
    string,
    string,
    string,
  ];
  const key = Buffer.from(encoded, 'base64');
  if (key[0] !== 1) throw new Error('not an Ed25519 key');
  const id = createHash('sha256').update(`${name}\n`).update(key).digest().subarray(0, 4);
  const [text, signatures] = note.split('\n\n') as [string, string];
  const wanted = signatures
    .split('\n')
    .filter((line) => line.startsWith(`— ${name} `))
    .map((line) => Buffer.from(line.slice(`— ${name} `.length), 'base64'))
    .find((bytes) => bytes.subarray(0, 4).equals(id));
  if (!wanted) throw new Error('there is no signature of this key');
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.subarray(1).toString('base64url') };
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
  if (!verify(null, Buffer.from(`${text}\n`), publicKey, wanted.subarray(4)))
    throw new Error('the signature is wrong');
  const [origin, size, root] = text.split('\n') as [string, string, string];
  return { origin, size: Number(size), root: Buffer.from(root, 'base64') };
}

/** Throws unless the receipt proves its leaf in its checkpoint. */
export function judgeReceipt(receipt: Receipt, vkey: string): { size: number; root: Buffer } {
  const { size, root } = openNote(receipt.checkpoint, vkey);
  const path = receipt.inclusion_proof.map((hash) => Buffer.from(hash, 'base64'));
  const leaf = Buffer.from(receipt.leaf);
  if (!rootOfPath(receipt.leaf_index, size, leaf, path).equals(root))
    throw new Error(`leaf ${receipt.leaf_index} is not in its checkpoint`);
  return { size, root };
}
