/** What resellers report of their customers' payments: kept once, in order, for good. See README.md here. */
import { randomBytes } from 'node:crypto';
import { arrayOf } from '../../db/array.ts';
import type { Statement, Tx } from '../../db/client.ts';
import type { Commands, Invocation, LaneCommand, LaneOutcome } from '../command.ts';
import { invalidField } from '../errors.ts';
import type { KeyIdentity } from '../keys/keys.ts';
import { openReview } from '../reviews/reviews.ts';
import { newPublicId } from '../secrets.ts';
import { tell } from '../webhooks/tell.ts';
import { canonicalJson } from './canonical.ts';
import { MAX_CENTS } from './limits.ts';
import { appendLeaves } from './log/append.ts';
import { type LeafEvent, SALT_BYTES } from './log/leaf.ts';
import type { CreditLog } from './log/log.ts';
import type { Receipt } from './log/receipt.ts';
import type { Signing } from './log/signing.ts';
import { lockLog, readEnd } from './log/store.ts';

export interface NewCreditEvent {
  /** A lower_snake_case word: `topup`, `purchase`, `renewal`, `refund`, or the reseller's own. */
  kind: string;
  /** US cents; negative for a refund only. */
  cents: bigint;
  /** The reseller's own name for it: the same one from the same key is the same event. */
  externalRef: string;
  /** Anything more, as it came from JSON; null: nothing. */
  meta: object | null;
}

export interface RecordedCreditEvent {
  /** `ev_…` */
  id: string;
  /** It had been reported before, and nothing was recorded now. */
  duplicate: boolean;
  /** Proves the event; absent where what was reported now differs from it. */
  receipt?: Receipt;
}

/** What a lane answers, and what is remembered under an idempotency key: the receipt of a duplicate is in the log. */
interface Recording extends RecordedCreditEvent {
  differs?: boolean;
}

export const MAX_META_BYTES = 16 * 1024;
const MAX_META_DEPTH = 32;
const MAX_EXTERNAL_REF_LENGTH = 255;

interface RecordCommand extends LaneCommand {
  keyId: bigint;
  accountId: bigint;
  event: Omit<NewCreditEvent, 'meta'> & { meta: string | null };
}

interface KeyNames {
  /** The first of the keys that were rotated into it. */
  lineageId: bigint;
  key: string;
  account: string;
}

interface StoredEvent {
  seq: bigint;
  id: string;
  kind: string;
  cents: bigint;
}

interface NewEvent extends StoredEvent {
  command: RecordCommand;
  names: KeyNames;
  salt: Buffer;
}

interface EventRow extends NewEvent {
  treeHashes: Buffer;
}

interface MismatchRow {
  seq: bigint;
  /** As it was recorded. */
  before: { id: string; kind: string; cents: bigint };
  command: RecordCommand;
}

export class CreditEvents {
  readonly #log: CreditLog;
  readonly #record: (command: RecordCommand) => Promise<Recording>;

  constructor(commands: Commands, log: CreditLog) {
    this.#log = log;
    this.#record = commands.lane<RecordCommand, Recording>({
      work: (tx, batch, now) => recordAll(tx, batch, now, log.signing),
    });
  }

  /**
   * Records an event once. It is committed, and in a signed checkpoint of the log, when this resolves. One that was reported before through the same key, or one
   * that was rotated into it, is answered as a duplicate; if its kind or amount differs now, that is kept for review.
   */
  async record(
    invocation: Invocation,
    key: Pick<KeyIdentity, 'keyId' | 'accountId'>,
    event: NewCreditEvent,
  ): Promise<RecordedCreditEvent> {
    const { id, duplicate, receipt, differs } = await this.#record({
      invocation,
      action: 'credit-event.record',
      keyId: key.keyId,
      accountId: key.accountId,
      event: validEvent(event),
    });
    if (receipt) return { id, duplicate, receipt };
    return differs
      ? { id, duplicate }
      : { id, duplicate, receipt: await this.#log.receipt(id, key.accountId) };
  }
}

function validEvent({ kind, cents, externalRef, meta }: NewCreditEvent): RecordCommand['event'] {
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(kind) || kind.length > 64) {
    throw invalidField('kind', 'a lower_snake_case word of at most 64 characters, such as "topup"');
  }
  if (cents < 0n && kind !== 'refund')
    throw invalidField('amount_usd', 'zero or more, unless it is a refund');
  if (cents > MAX_CENTS || cents < -MAX_CENTS)
    throw invalidField('amount_usd', `at most ${MAX_CENTS / 100n}`);
  if (!/^[^\p{C}]+$/u.test(externalRef) || externalRef.length > MAX_EXTERNAL_REF_LENGTH) {
    throw invalidField('external_ref', `1 to ${MAX_EXTERNAL_REF_LENGTH} printable characters`);
  }
  const metaText = meta === null ? null : canonicalJson(meta, MAX_META_DEPTH);
  if (metaText === undefined || (metaText !== null && Buffer.byteLength(metaText) > MAX_META_BYTES)) {
    throw invalidField(
      'meta',
      `an object of at most ${MAX_META_BYTES} bytes, nested at most ${MAX_META_DEPTH} deep`,
    );
  }
  return { kind, cents, externalRef, meta: metaText };
}

async function recordAll(
  tx: Tx,
  commands: readonly RecordCommand[],
  now: Date,
  signing: Signing,
): Promise<{ outcomes: LaneOutcome<Recording>[]; last?: Statement[] }> {
  if (commands.length === 0) return { outcomes: [] };
  // Sent behind each other: what is read is read under the lock.
  const [, names, end] = await Promise.all([lockLog(tx), readNames(tx, commands), readEnd(tx)]);
  const known = await readKnown(tx, commands, names);

  const events: NewEvent[] = [];
  const mismatches: MismatchRow[] = [];
  const recordings = commands.map((command) => {
    const { kind, cents, externalRef } = command.event;
    const own = names.get(command.keyId)!;
    const reference = nameOf(own.lineageId, externalRef);
    const before = known.get(reference);
    if (before) {
      const differs = before.kind !== kind || before.cents !== cents;
      if (differs) mismatches.push({ seq: before.seq, before, command });
      return { command, before, differs };
    }
    const seq = BigInt(end.size + events.length);
    const salt = randomBytes(SALT_BYTES);
    const event = { command, names: own, seq, id: newPublicId('ev_'), kind, cents, salt };
    events.push(event);
    known.set(reference, event);
    return { command, event };
  });

  const last: Statement[] = [];
  let receipts: Receipt[] = [];
  if (events.length > 0) {
    const leaves = events.map((event) => leafOf(event, now));
    const appended = await appendLeaves(tx, signing, end, leaves, now);
    receipts = appended.receipts;
    const rows = events.map((event, index) => ({ ...event, treeHashes: appended.treeHashes[index]! }));
    last.push(insertingEvents(tx, rows, now), appended.writing);
  }
  if (mismatches.length > 0) {
    await tellMismatches(tx, mismatches, now);
    last.push(insertingMismatches(tx, mismatches, now));
  }

  const outcomes = recordings.map(({ command, before, differs, event }): LaneOutcome<Recording> => {
    const { kind, cents, externalRef } = command.event;
    if (event) {
      const details = { before: null, after: { seq: event.seq, kind, cents, externalRef } };
      const receipt = receipts[Number(event.seq) - end.size]!;
      return {
        ok: true,
        value: { id: event.id, duplicate: false, receipt },
        notes: [{ subject: `credit-event:${event.id}`, details }],
      };
    }
    // What was recorded stays, whatever is said later.
    const recorded = { kind: before.kind, cents: before.cents };
    const details = { externalRef, reported: { kind, cents }, before: recorded, after: recorded };
    return {
      ok: true,
      value: { id: before.id, duplicate: true, differs },
      notes: differs ? [{ subject: `credit-event:${before.id}`, details }] : [],
    };
  });
  return { outcomes, last };
}

/** Each difference once, however often it is reported. */
async function tellMismatches(tx: Tx, mismatches: readonly MismatchRow[], now: Date): Promise<void> {
  const known = await tx<{ name: string }[]>`
    SELECT concat_ws(':', event_seq, kind, amount_cents) AS name FROM credit_event_mismatch
      WHERE event_seq = ANY (${arrayOf(mismatches.map(({ seq }) => seq))}::bigint[])`;
  const names = new Set(known.map(({ name }) => name));
  const fresh = mismatches.filter(({ seq, command: { event } }) => {
    const name = `${seq}:${event.kind}:${event.cents}`;
    if (names.has(name)) return false;
    names.add(name);
    return true;
  });
  for (const { before, command } of fresh) {
    const { externalRef, kind, cents } = command.event;
    const text = `${externalRef} was recorded as ${before.kind} of ${before.cents} cents, and came again as ${kind} of ${cents}`;
    const cause = { subject: `credit-event:${before.id}`, text };
    await openReview(tx, command.invocation.actor, command.accountId, cause, now);
  }
  await tell(
    tx,
    fresh.map(({ before, command }) => ({
      type: 'credit_event.mismatch',
      accountId: command.accountId,
      data: {
        event: { id: before.id, kind: before.kind, cents: before.cents },
        externalRef: command.event.externalRef,
        reported: { kind: command.event.kind, cents: command.event.cents },
      },
    })),
    now,
  );
}

function leafOf({ id, names, command, salt }: NewEvent, at: Date): LeafEvent {
  return { event: id, account: names.account, key: names.key, ...command.event, at, salt };
}

function nameOf(lineageId: bigint, externalRef: string): string {
  return `${lineageId}:${externalRef}`;
}

/** For each key what stands for it in the log, and the first of those that were rotated into it. */
async function readNames(tx: Tx, commands: readonly RecordCommand[]): Promise<Map<bigint, KeyNames>> {
  const rows = await tx<(KeyNames & { keyId: bigint })[]>`
    WITH RECURSIVE chain (key_id, id, rotated_from) AS (
      SELECT id, id, rotated_from FROM api_key
        WHERE id = ANY (${arrayOf([...new Set(commands.map((command) => command.keyId))])}::bigint[])
      UNION ALL
      SELECT chain.key_id, k.id, k.rotated_from FROM chain JOIN api_key k ON k.id = chain.rotated_from)
    SELECT chain.key_id AS "keyId", chain.id AS "lineageId", k.public_id AS key, a.public_id AS account
      FROM chain JOIN api_key k ON k.id = chain.key_id JOIN account a ON a.id = k.account_id
      WHERE chain.rotated_from IS NULL`;
  return new Map(rows.map(({ keyId, ...names }) => [keyId, names]));
}

async function readKnown(
  tx: Tx,
  commands: readonly RecordCommand[],
  names: ReadonlyMap<bigint, KeyNames>,
): Promise<Map<string, StoredEvent>> {
  const rows = await tx<(StoredEvent & { lineageId: bigint; externalRef: string })[]>`
    SELECT e.seq, e.public_id AS id, e.kind, e.amount_cents AS cents, e.key_lineage_id AS "lineageId",
        e.external_ref AS "externalRef"
      FROM (SELECT DISTINCT * FROM unnest(${arrayOf(commands.map((command) => names.get(command.keyId)!.lineageId))}::bigint[],
          ${arrayOf(commands.map((command) => command.event.externalRef))}::text[]) AS item (lineage, ref)) item
        JOIN credit_event e ON e.key_lineage_id = item.lineage AND e.external_ref = item.ref`;
  return new Map(rows.map((row) => [nameOf(row.lineageId, row.externalRef), row]));
}

function insertingEvents(tx: Tx, events: readonly EventRow[], now: Date): Statement {
  return tx`
    INSERT INTO credit_event (seq, public_id, key_id, key_lineage_id, account_id, kind, amount_cents, external_ref, meta, salt,
        tree_hashes, at)
      SELECT seq, id, key, lineage, account, kind, cents, ref, meta, decode(salt, 'base64'), decode(hashes, 'base64'), ${now}
        FROM unnest(${arrayOf(events.map((event) => event.seq))}::bigint[],
          ${arrayOf(events.map((event) => event.id))}::text[],
          ${arrayOf(events.map((event) => event.command.keyId))}::bigint[],
          ${arrayOf(events.map((event) => event.names.lineageId))}::bigint[],
          ${arrayOf(events.map((event) => event.command.accountId))}::bigint[],
          ${arrayOf(events.map((event) => event.kind))}::text[],
          ${arrayOf(events.map((event) => event.cents))}::bigint[],
          ${arrayOf(events.map((event) => event.command.event.externalRef))}::text[],
          ${arrayOf(events.map((event) => event.command.event.meta))}::text[],
          ${arrayOf(events.map((event) => event.salt.toString('base64')))}::text[],
          ${arrayOf(events.map((event) => event.treeHashes.toString('base64')))}::text[])
          AS item (seq, id, key, lineage, account, kind, cents, ref, meta, salt, hashes) ORDER BY seq`;
}

function insertingMismatches(tx: Tx, mismatches: readonly MismatchRow[], now: Date): Statement {
  return tx`
    INSERT INTO credit_event_mismatch (event_seq, key_id, kind, amount_cents, meta, at)
      SELECT item.*, ${now} FROM unnest(${arrayOf(mismatches.map((row) => row.seq))}::bigint[],
        ${arrayOf(mismatches.map((row) => row.command.keyId))}::bigint[],
        ${arrayOf(mismatches.map((row) => row.command.event.kind))}::text[],
        ${arrayOf(mismatches.map((row) => row.command.event.cents))}::bigint[],
        ${arrayOf(mismatches.map((row) => row.command.event.meta))}::text[]) AS item (seq, key, kind, cents, meta)
      ON CONFLICT DO NOTHING`;
}
