/** The keys that checkpoints are signed with: made on first use, sealed with the master key, replaced by the next. */
import type { Queryable, Tx } from '../../../db/client.ts';
import { auditWriting } from '../../audit/audit.ts';
import { randomText, type SecretBox } from '../../secrets.ts';
import { newKeyPair, type Signer, signCheckpoint, signerOf, verifierKey } from './note.ts';
import type { LogEnd } from './store.ts';
import type { TreeEdge } from './tree.ts';

export interface LogKey {
  id: number;
  /** For who checks signatures: `name+key id+base64`. */
  vkey: string;
  createdAt: Date;
}

export interface SignedCheckpoint {
  size: number;
  keyId: number;
  root: Buffer;
  note: string;
}

const ORIGIN_PREFIX = 'headgate/credit-log/';
const SYSTEM = { name: 'system', accountId: null, door: 'job' } as const;

function sealPurpose(publicKey: Uint8Array): string {
  return `credit log key ${Buffer.from(publicKey).toString('hex')}`;
}

export class Signing {
  readonly #box: SecretBox;
  readonly #signers = new Map<number, Signer>();

  constructor(box: SecretBox) {
    this.#box = box;
  }

  /** Signs the tree with the key that signs now, which is made if there is none. To be called under the log's lock. */
  async sign(tx: Tx, { keyId }: LogEnd, tree: TreeLike, now: Date): Promise<SignedCheckpoint> {
    return this.#signWith(tx, tree, keyId ?? (await this.#makeFirstKey(tx, now)), []);
  }

  async #makeFirstKey(tx: Tx, now: Date): Promise<number> {
    const id = await this.makeKey(tx, `${ORIGIN_PREFIX}${randomText(16)}`, now);
    const [key] = await readKeys(tx);
    const details = { before: null, after: { vkey: key!.vkey } };
    await auditWriting(
      tx,
      [{ actor: SYSTEM, action: 'credit-log.make-key', subject: 'credit-log', details }],
      now,
    );
    return id;
  }

  /** The first checkpoint of a new key, which the old one signs too: who knows the old key learns of the new one. */
  async signOver(tx: Tx, tree: TreeLike, keyId: number, oldKeyId: number): Promise<SignedCheckpoint> {
    return this.#signWith(tx, tree, keyId, [oldKeyId]);
  }

  async #signWith(
    tx: Tx,
    tree: TreeLike,
    keyId: number,
    others: readonly number[],
  ): Promise<SignedCheckpoint> {
    const signers = await Promise.all([keyId, ...others].map((id) => this.#signer(tx, id)));
    const [{ name: origin }] = signers as [Signer];
    const { size } = tree;
    const root = tree.root();
    return { size, keyId, root, note: signCheckpoint({ origin, size, root }, signers) };
  }

  async makeKey(tx: Tx, origin: string, now: Date): Promise<number> {
    const { seed, publicKey } = newKeyPair();
    const [row] = await tx<{ id: number }[]>`
      INSERT INTO credit_log_key (origin, public_key, seed_sealed, created_at)
        VALUES (${origin}, ${publicKey}, ${this.#box.seal(seed, sealPurpose(publicKey))}, ${now}) RETURNING id`;
    return row!.id;
  }

  async #signer(tx: Tx, id: number): Promise<Signer> {
    let signer = this.#signers.get(id);
    if (!signer) {
      const [row] = await tx<{ origin: string; public_key: Uint8Array; seed_sealed: Uint8Array }[]>`
        SELECT origin, public_key, seed_sealed FROM credit_log_key WHERE id = ${id}`;
      const { origin, public_key, seed_sealed } = row!;
      signer = signerOf(origin, this.#box.open(seed_sealed, sealPurpose(public_key)), public_key);
      // A key whose transaction is undone leaves its number unused.
      this.#signers.set(id, signer);
    }
    return signer;
  }
}

type TreeLike = Pick<TreeEdge, 'size' | 'root'>;

/** The keys of the log, the one that signs now first. */
export async function readKeys(sql: Queryable): Promise<(LogKey & { origin: string })[]> {
  const rows = await sql<{ id: number; origin: string; public_key: Uint8Array; createdAt: Date }[]>`
    SELECT id, origin, public_key, created_at AS "createdAt" FROM credit_log_key ORDER BY id DESC`;
  return rows.map(({ public_key, ...key }) => ({ ...key, vkey: verifierKey(key.origin, public_key) }));
}
