/** The credit log, for whoever checks it: checkpoints, proofs, receipts, exports. See README.md here. */
import { inTransaction, type Queryable, type Sql } from '../../../db/client.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { Commands, Invocation } from '../../command.ts';
import { DomainError, invalidField } from '../../errors.ts';
import type { SecretBox } from '../../secrets.ts';
import { leafText } from './leaf.ts';
import { consistencyRanges, HASH_BYTES, inclusionRanges } from './merkle.ts';
import { EXPORT_FORMAT, type ExportHeader, type ExportLine, type Receipt } from './receipt.ts';
import { type LogKey, readKeys, Signing } from './signing.ts';
import {
  edgeOf,
  insertingCheckpoint,
  LogContradicted,
  leafColumns,
  lockLog,
  readEnd,
  readFirstCheckpoint,
  readLastCheckpoint,
  readLeafOf,
  readRanges,
  type StoredLeaf,
} from './store.ts';

/** Leaves read at a time for an export. */
const EXPORT_PAGE = 2000;

export interface ConsistencyProof {
  first: number;
  second: number;
  /** In base64. */
  proof: string[];
}

/** A receipt for a tree of another size, whose checkpoint the asker has. */
export type InclusionProof = Omit<Receipt, 'checkpoint'> & { tree_size: number };

/** Whose events: one account's, or anybody's (null). */
export type EventOwner = bigint | null;

export class CreditLog {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #commands: Commands;
  /** For those who append. */
  readonly signing: Signing;

  constructor(sql: Sql, clock: Clock, commands: Commands, box: SecretBox) {
    this.#sql = sql;
    this.#clock = clock;
    this.#commands = commands;
    this.signing = new Signing(box);
  }

  /** The last checkpoint, as a signed note: of all events that were answered before this was asked. */
  async checkpoint(): Promise<string> {
    const last = await readLastCheckpoint(this.#sql);
    if (last) return last.note;
    await this.sign();
    return this.checkpoint();
  }

  /**
   * Signs the first checkpoint, if there is none. Where there is, it stands for all leaves: this proves that the log still leads
   * to it, and throws LogContradicted if not.
   */
  async sign(): Promise<void> {
    await inTransaction(this.#sql, async (tx) => {
      await lockLog(tx);
      const end = await readEnd(tx);
      const edge = edgeOf(end);
      if (end.signed) return;
      const now = this.#clock.now();
      await insertingCheckpoint(tx, await this.signing.sign(tx, end, edge, now), now);
    });
  }

  /** The keys that checkpoints are or were signed with, the one that signs now first. */
  async keys(): Promise<LogKey[]> {
    let keys = await readKeys(this.#sql);
    if (keys.length === 0) {
      // The first checkpoint makes the first key.
      await this.sign();
      keys = await readKeys(this.#sql);
    }
    return keys.map(({ origin: _, ...key }) => key);
  }

  /** Makes a new key. Its first checkpoint is signed by the old key as well, those after it by the new one alone. */
  async rotateKey(invocation: Invocation): Promise<LogKey> {
    await this.checkpoint();
    return this.#commands.run(invocation, 'credit-log.rotate-key', async ({ tx, now, audit }) => {
      await lockLog(tx);
      const end = await readEnd(tx);
      const edge = edgeOf(end);
      const [old] = await readKeys(tx);
      const keyId = await this.signing.makeKey(tx, old!.origin, now);
      await insertingCheckpoint(tx, await this.signing.signOver(tx, edge, keyId, old!.id), now);
      const [{ origin: _, ...made }] = (await readKeys(tx)) as [LogKey & { origin: string }];
      audit('credit-log', { before: { vkey: old!.vkey }, after: { vkey: made.vkey } });
      return made;
    });
  }

  /** The receipt that was given for an event. Throws CreditEventNotFound. */
  async receipt(eventId: string, owner: EventOwner): Promise<Receipt> {
    const event = await this.#event(eventId, owner);
    const checkpoint = await readFirstCheckpoint(this.#sql, event.index + 1);
    if (!checkpoint) {
      // Of an event from before the log was signed.
      await this.sign();
      return this.receipt(eventId, owner);
    }
    return this.#receiptAt(event, checkpoint.size, checkpoint.note);
  }

  /** Proves an event in the tree of `size` leaves. Throws CreditEventNotFound, InvalidField. */
  async inclusion(eventId: string, owner: EventOwner, size: number): Promise<InclusionProof> {
    const event = await this.#event(eventId, owner);
    const { size: end } = await readEnd(this.#sql);
    if (size <= event.index || size > end) {
      throw invalidField('size', `a number of leaves from ${event.index + 1} to ${end}`);
    }
    const { checkpoint: _, ...proof } = await this.#receiptAt(event, size, '');
    return { tree_size: size, ...proof };
  }

  async #receiptAt(event: StoredLeaf, size: number, checkpoint: string): Promise<Receipt> {
    const hashes = await readRanges(this.#sql, inclusionRanges(event.index, size));
    return {
      leaf_index: event.index,
      leaf: leafText(event),
      leaf_hash: ownHash(event.treeHashes),
      inclusion_proof: hashes.map((hash) => hash.toString('base64')),
      checkpoint,
    };
  }

  async #event(eventId: string, owner: EventOwner): Promise<StoredLeaf> {
    const event = await readLeafOf(this.#sql, eventId, owner);
    if (!event) throw new DomainError('CreditEventNotFound', {});
    return event;
  }

  /** Proves that the tree of `second` leaves begins with that of `first`. Throws InvalidField. */
  async consistency(first: number, second: number): Promise<ConsistencyProof> {
    const { size } = await readEnd(this.#sql);
    if (second > size) throw invalidField('second', `a number of leaves, at most ${size}`);
    if (first > second) throw invalidField('first', 'a number of leaves, at most `second`');
    const hashes = await readRanges(this.#sql, consistencyRanges(first, second));
    return { first, second, proof: hashes.map((hash) => hash.toString('base64')) };
  }

  /** The whole log for one account, line by line (JSON, each line ended): its own events, and of all others the hashes. */
  async *export(account: { id: bigint; publicId: string }): AsyncGenerator<string> {
    const checkpoint = await this.checkpoint();
    const size = Number(checkpoint.split('\n', 2)[1]);
    const header: ExportHeader = {
      format: EXPORT_FORMAT,
      account: account.publicId,
      tree_size: size,
      checkpoint,
      keys: (await this.keys()).map(({ vkey }) => vkey),
    };
    yield `${JSON.stringify(header)}\n`;
    for (let from = 0; from < size; from += EXPORT_PAGE) {
      const to = Math.min(from + EXPORT_PAGE, size);
      const lines = await readExportLines(this.#sql, account.id, from, to);
      if (lines.length !== to - from) throw new LogContradicted('leaves of the credit log are missing');
      yield lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    }
  }
}

async function readExportLines(
  sql: Queryable,
  accountId: bigint,
  from: number,
  to: number,
): Promise<ExportLine[]> {
  const [hashes, own] = await Promise.all([
    sql<{ index: bigint; hash: Uint8Array }[]>`
      SELECT seq AS index, substring(tree_hashes FROM 1 FOR ${HASH_BYTES}) AS hash FROM credit_event
        WHERE seq >= ${from} AND seq < ${to} ORDER BY seq`,
    sql<(Omit<StoredLeaf, 'index'> & { index: bigint })[]>`
      SELECT ${leafColumns(sql)} FROM credit_event e JOIN account a ON a.id = e.account_id JOIN api_key k ON k.id = e.key_id
        WHERE e.account_id = ${accountId} AND e.seq >= ${from} AND e.seq < ${to}`,
  ]);
  const texts = new Map(own.map((event) => [event.index, leafText(event)] as const));
  return hashes.map(({ index, hash }): ExportLine => {
    const leaf = texts.get(index);
    return {
      leaf_index: Number(index),
      leaf_hash: ownHash(hash),
      ...(leaf === undefined ? {} : { leaf }),
    };
  });
}

function ownHash(treeHashes: Uint8Array): string {
  return Buffer.from(treeHashes.subarray(0, HASH_BYTES)).toString('base64');
}
