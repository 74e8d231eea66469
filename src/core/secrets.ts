/**
 * Secrets at rest. What must be given back is sealed (AES-256-GCM under the master key); what need only be recognised is
 * hashed. Nothing here logs.
 */
import {
  argon2 as argon2Callback,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  hkdfSync,
  type KeyObject,
  randomBytes,
  randomFillSync,
  randomInt,
  timingSafeEqual,
} from 'node:crypto';
import { chmodSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const argon2 = promisify(argon2Callback);

const FORMAT_VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Random bytes for nonces, drawn from the system many at a time: one by one they cost more than the sealing. */
const noncePool = Buffer.alloc(NONCE_BYTES * 256);
let noncesUsed = noncePool.length;

function nextNonce(): Buffer {
  if (noncesUsed === noncePool.length) {
    randomFillSync(noncePool);
    noncesUsed = 0;
  }
  const nonce = Buffer.from(noncePool.subarray(noncesUsed, noncesUsed + NONCE_BYTES));
  noncesUsed += NONCE_BYTES;
  return nonce;
}

/** Seals and opens short secrets. `purpose` is bound to the sealed text: one made for another purpose does not open. */
export class SecretBox {
  readonly #key: KeyObject;
  readonly #digestKey: Buffer;

  constructor(masterKey: Buffer) {
    if (masterKey.length !== 32) throw new Error('the master key must be 32 bytes');
    this.#key = createSecretKey(masterKey);
    this.#digestKey = Buffer.from(hkdfSync('sha256', masterKey, '', 'headgate digest', 32));
  }

  seal(plain: Buffer | string, purpose: string): Buffer {
    const nonce = nextNonce();
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(purpose));
    const body = Buffer.concat([cipher.update(plain as string), cipher.final()]);
    return Buffer.concat([Buffer.of(FORMAT_VERSION), nonce, cipher.getAuthTag(), body]);
  }

  /** Throws when the bytes were changed, were sealed for another purpose, or under another key. */
  open(sealed: Uint8Array, purpose: string): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    if (bytes[0] !== FORMAT_VERSION || bytes.length < 1 + NONCE_BYTES + TAG_BYTES)
      throw new Error('not a sealed secret');
    const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
    const tag = bytes.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce)
      .setAAD(Buffer.from(purpose))
      .setAuthTag(tag);
    return Buffer.concat([decipher.update(bytes.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  }

  /** What a secret is found by without being stored: 32 bytes, the same each time, of no use without the master key. */
  digest(plain: string, purpose: string): Buffer {
    return createHmac('sha256', this.#digestKey).update(`${purpose}\0${plain}`).digest();
  }
}

/** The master key: the one given, else the file `master.key` in the data folder, made on first use (mode 0600). */
export function loadMasterKey(dataFolder: string, given: Buffer | undefined): Buffer {
  if (given) return given;
  const file = path.join(dataFolder, 'master.key');
  const temporary = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    return readMasterKey(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  writeFileSync(temporary, `${randomBytes(32).toString('base64')}\n`, {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  });
  try {
    // A link, not a rename: of two that start at once, both end up with the first one's key.
    linkSync(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  return readMasterKey(file);
}

function readMasterKey(file: string): Buffer {
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== 32) {
    throw new Error(
      `${file} does not hold 32 bytes in base64. Put the right master key back: what it sealed needs it.`,
    );
  }
  chmodSync(file, 0o600);
  return key;
}

export function sha256(data: string | Buffer): Buffer {
  return hash('sha256', data, 'buffer');
}

export function sha256Hex(data: string): string {
  return hash('sha256', data, 'hex');
}

/** Compares in constant time, whatever the lengths. */
export function secretsEqual(a: string | Buffer, b: string | Buffer): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

const LETTERS_AND_DIGITS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** Random letters and digits, without those that look alike. About 5.8 bits each. */
export function randomText(length: number, alphabet: string = LETTERS_AND_DIGITS): string {
  let text = '';
  for (let index = 0; index < length; index++) text += alphabet[randomInt(alphabet.length)];
  return text;
}

/** A public id: a prefix and 16 random characters. Random, so that no one can count what others have. */
export function newPublicId(prefix: string): string {
  return `${prefix}${randomText(16, 'abcdefghijkmnpqrstuvwxyz23456789')}`;
}

// OWASP's first recommendation for Argon2id: 19 MiB, two passes, one lane.
const ARGON2 = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };

/** A slow hash of a person's password (Argon2id), in the usual `$argon2id$…` text form. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await argon2('argon2id', { message: password.normalize('NFKC'), nonce, ...ARGON2 });
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${ARGON2.memory},t=${ARGON2.passes},p=${ARGON2.parallelism}$${text(nonce)}$${text(tag)}`;
}

let decoy: Promise<string> | undefined;

/** Checks a password. Takes the same time when there is no account to check it against. */
export async function verifyPassword(password: string, hash: string | null | undefined): Promise<boolean> {
  decoy ??= hashPassword(randomText(20));
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash ?? (await decoy));
  if (!parts) throw new Error('a stored password hash is not in the expected form');
  const [, memory, passes, parallelism, nonce, expected] = parts as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const expectedTag = Buffer.from(expected, 'base64');
  const tag = await argon2('argon2id', {
    message: password.normalize('NFKC'),
    nonce: Buffer.from(nonce, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expectedTag.length,
  });
  return timingSafeEqual(tag, expectedTag) && hash != null;
}
