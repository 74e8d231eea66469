/**
 * Checkpoints as signed notes: a tree's origin, size and root, and Ed25519 signatures of that text (C2SP signed-note and
 * tlog-checkpoint). Pure: texts in, texts out.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { HASH_BYTES } from './merkle.ts';

const ED25519 = 1;
const KEY_ID_BYTES = 4;
const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
/** Largest note that is read. */
const MAX_NOTE_LENGTH = 64 * 1024;

export interface Checkpoint {
  /** Which log it is of. */
  origin: string;
  /** Leaves. */
  size: number;
  root: Buffer;
}

/** What checks signatures: a name and a public key, from a `vkey`. */
export interface Verifier {
  name: string;
  keyId: Buffer;
  publicKey: KeyObject;
}

/** What signs. */
export interface Signer {
  name: string;
  keyId: Buffer;
  privateKey: KeyObject;
}

/** What was to be read is not a checkpoint or a key, or not one that can be believed; the message is a sentence for people. */
export class NoteError extends Error {
  override name = 'NoteError';
}

/** 32 secret and 32 public bytes. */
export function newKeyPair(): { seed: Buffer; publicKey: Buffer } {
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { seed: Buffer.from(d!, 'base64url'), publicKey: Buffer.from(x!, 'base64url') };
}

function keyIdOf(name: string, publicKey: Uint8Array): Buffer {
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.of(ED25519))
    .update(publicKey)
    .digest()
    .subarray(0, KEY_ID_BYTES);
}

export function signerOf(name: string, seed: Uint8Array, publicKey: Uint8Array): Signer {
  const key = { kty: 'OKP', crv: 'Ed25519', d: base64Url(seed), x: base64Url(publicKey) };
  return {
    name,
    keyId: keyIdOf(name, publicKey),
    privateKey: createPrivateKey({ key, format: 'jwk' }),
  };
}

/** The public key as text: `name+key id+base64`. */
export function verifierKey(name: string, publicKey: Uint8Array): string {
  const body = Buffer.concat([Buffer.of(ED25519), publicKey]).toString('base64');
  return `${name}+${keyIdOf(name, publicKey).toString('hex')}+${body}`;
}

/** @throws NoteError */
export function readVerifierKey(text: string): Verifier {
  const [, name, id, body] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text.trim()) ?? [];
  if (name === undefined || id === undefined || body === undefined) {
    throw new NoteError('a key is one line like name+0123abcd+AZ…');
  }
  const bytes = Buffer.from(body, 'base64');
  const publicKey = bytes.subarray(1);
  if (bytes[0] !== ED25519 || publicKey.length !== PUBLIC_KEY_BYTES)
    throw new NoteError(`the key ${name}+${id} is not an Ed25519 key`);
  const keyId = keyIdOf(name, publicKey);
  if (keyId.toString('hex') !== id)
    throw new NoteError(`the key ${name}+${id} is mistyped: its parts do not fit`);
  const key = { kty: 'OKP', crv: 'Ed25519', x: base64Url(publicKey) };
  return { name, keyId, publicKey: createPublicKey({ key, format: 'jwk' }) };
}

/** The signed note of a checkpoint. */
export function signCheckpoint({ origin, size, root }: Checkpoint, signers: readonly Signer[]): string {
  const body = `${origin}\n${size}\n${root.toString('base64')}\n`;
  const lines = signers.map(({ name, keyId, privateKey }) => {
    const signature = sign(null, Buffer.from(body), privateKey);
    return `— ${name} ${Buffer.concat([keyId, signature]).toString('base64')}\n`;
  });
  return `${body}\n${lines.join('')}`;
}

/**
 * Reads a note and checks it: at least one of the verifiers must have signed it, and none of them wrongly. Signatures of others
 * are passed over.
 *
 * @throws NoteError
 */
export function openCheckpoint(note: string, verifiers: readonly Verifier[]): Checkpoint {
  const { body, signatures, checkpoint } = parseNote(note);
  let isSigned = false;
  for (const { name, bytes } of signatures) {
    const verifier = verifiers.find(
      (known) => known.name === name && known.keyId.equals(bytes.subarray(0, KEY_ID_BYTES)),
    );
    if (!verifier) continue;
    const signature = bytes.subarray(KEY_ID_BYTES);
    if (
      signature.length !== SIGNATURE_BYTES ||
      !verify(null, Buffer.from(body), verifier.publicKey, signature)
    ) {
      throw new NoteError(`the checkpoint of ${checkpoint.size} leaves has a wrong signature of ${name}`);
    }
    isSigned = true;
  }
  if (!isSigned) {
    throw new NoteError(
      `the checkpoint of ${checkpoint.size} leaves is not signed by any key that was given`,
    );
  }
  return checkpoint;
}

function parseNote(note: string) {
  const end = note.length > MAX_NOTE_LENGTH ? -1 : note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) {
    throw new NoteError('a checkpoint is a text, an empty line and signatures, each line ended');
  }
  const body = note.slice(0, end + 1);
  const signatures = note
    .slice(end + 2, -1)
    .split('\n')
    .map((line) => {
      const [, name, encoded] = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/.exec(line) ?? [];
      const bytes = Buffer.from(encoded ?? '', 'base64');
      if (name === undefined || bytes.length <= KEY_ID_BYTES)
        throw new NoteError('a signature is a line like — name base64');
      return { name, bytes };
    });
  const [origin, sizeText, rootText] = body.split('\n');
  const size = /^(0|[1-9]\d{0,15})$/.test(sizeText ?? '') ? Number(sizeText) : Number.NaN;
  const root = Buffer.from(rootText ?? '', 'base64');
  if (
    !origin ||
    !Number.isSafeInteger(size) ||
    root.length !== HASH_BYTES ||
    root.toString('base64') !== rootText
  ) {
    throw new NoteError(
      'a checkpoint begins with three lines: its log, its number of leaves, and its root in base64',
    );
  }
  return { body, signatures, checkpoint: { origin, size, root } };
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
