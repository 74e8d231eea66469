/** What resellers report of their customers' payments: kept once, in order, for good. See README.md here. */
import { arrayOf } from '../../db/array.ts';
import type { Tx } from '../../db/client.ts';
import type { Commands, Invocation, LaneCommand, LaneOutcome } from '../command.ts';
import { invalidField } from '../errors.ts';
import type { KeyIdentity } from '../keys/keys.ts';
import { newPublicId } from '../secrets.ts';
import { canonicalJson } from './canonical.ts';
import { MAX_CENTS } from './limits.ts';

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
}

export const MAX_META_BYTES = 16 * 1024;
const MAX_META_DEPTH = 32;
const MAX_EXTERNAL_REF_LENGTH = 255;

/** Taken by whoever appends: numbers follow each other in the order of commits. */
const LOG_LOCK = 7105;

interface RecordCommand extends LaneCommand {
  keyId: bigint;
  accountId: bigint;
  event: Omit<NewCreditEvent, 'meta'> & { meta: string | null };
}

interface StoredEvent {
  seq: bigint;
  id: string;
  kind: string;
  cents: bigint;
}

interface EventRow extends StoredEvent {
  command: RecordCommand;
  lineageId: bigint;
}

interface MismatchRow {
  seq: bigint;
  command: RecordCommand;
}

export class CreditEvents {
  readonly #record: (command: RecordCommand) => Promise<RecordedCreditEvent>;

  constructor(commands: Commands) {
    this.#record = commands.lane<RecordCommand, RecordedCreditEvent>({ work: recordAll });
  }

  /**
   * Records an event once. It is committed when this resolves. One that was reported before through the same key, or one
   * that was rotated into it, is answered as a duplicate; if its kind or amount differs now, that is kept for review.
   */
  async record(
    invocation: Invocation,
    key: Pick<KeyIdentity, 'keyId' | 'accountId'>,
    event: NewCreditEvent,
  ): Promise<RecordedCreditEvent> {
    return this.#record({
      invocation,
      action: 'credit-event.record',
      keyId: key.keyId,
      accountId: key.accountId,
      event: validEvent(event),
    });
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
): Promise<{ outcomes: LaneOutcome<RecordedCreditEvent>[] }> {
  if (commands.length === 0) return { outcomes: [] };
  await tx`SELECT pg_advisory_xact_lock(${LOG_LOCK})`;
  const lineages = await readLineages(tx, commands);
  const known = await readKnown(tx, commands, lineages);
  const [end] = await tx<{ seq: bigint }[]>`SELECT coalesce(max(seq) + 1, 0) AS seq FROM credit_event`;
  let nextSeq = end!.seq;

  const events: EventRow[] = [];
  const mismatches: MismatchRow[] = [];
  const outcomes = commands.map((command): LaneOutcome<RecordedCreditEvent> => {
    const { kind, cents, externalRef } = command.event;
    const lineageId = lineages.get(command.keyId)!;
    const reference = nameOf(lineageId, externalRef);
    const before = known.get(reference);
    if (!before) {
      const event = { command, lineageId, seq: nextSeq, id: newPublicId('ev_'), kind, cents };
      nextSeq += 1n;
      events.push(event);
      known.set(reference, event);
      const details = { seq: event.seq, kind, cents, externalRef };
      return {
        ok: true,
        value: { id: event.id, duplicate: false },
        notes: [{ subject: `credit-event:${event.id}`, details }],
      };
    }
    const differs = before.kind !== kind || before.cents !== cents;
    if (differs) mismatches.push({ seq: before.seq, command });
    const details = { externalRef, mismatch: true, kind, cents };
    return {
      ok: true,
      value: { id: before.id, duplicate: true },
      notes: differs ? [{ subject: `credit-event:${before.id}`, details }] : [],
    };
  });
  await insertEvents(tx, events, now);
  await insertMismatches(tx, mismatches, now);
  return { outcomes };
}

function nameOf(lineageId: bigint, externalRef: string): string {
  return `${lineageId}:${externalRef}`;
}

/** For each key the first of those that were rotated into it. */
async function readLineages(tx: Tx, commands: readonly RecordCommand[]): Promise<Map<bigint, bigint>> {
  const rows = await tx<{ keyId: bigint; lineageId: bigint }[]>`
    WITH RECURSIVE chain (key_id, id, rotated_from) AS (
      SELECT id, id, rotated_from FROM api_key
        WHERE id = ANY (${arrayOf(commands.map((command) => command.keyId))}::bigint[])
      UNION ALL
      SELECT chain.key_id, k.id, k.rotated_from FROM chain JOIN api_key k ON k.id = chain.rotated_from)
    SELECT key_id AS "keyId", id AS "lineageId" FROM chain WHERE rotated_from IS NULL`;
  return new Map(rows.map((row) => [row.keyId, row.lineageId]));
}

async function readKnown(
  tx: Tx,
  commands: readonly RecordCommand[],
  lineages: ReadonlyMap<bigint, bigint>,
): Promise<Map<string, StoredEvent>> {
  const rows = await tx<(StoredEvent & { lineageId: bigint; externalRef: string })[]>`
    SELECT e.seq, e.public_id AS id, e.kind, e.amount_cents AS cents, e.key_lineage_id AS "lineageId",
        e.external_ref AS "externalRef"
      FROM (SELECT DISTINCT * FROM unnest(${arrayOf(commands.map((command) => lineages.get(command.keyId)!))}::bigint[],
          ${arrayOf(commands.map((command) => command.event.externalRef))}::text[]) AS item (lineage, ref)) item
        JOIN credit_event e ON e.key_lineage_id = item.lineage AND e.external_ref = item.ref`;
  return new Map(rows.map((row) => [nameOf(row.lineageId, row.externalRef), row]));
}

async function insertEvents(tx: Tx, events: readonly EventRow[], now: Date): Promise<void> {
  if (events.length === 0) return;
  await tx`
    INSERT INTO credit_event (seq, public_id, key_id, key_lineage_id, account_id, kind, amount_cents, external_ref, meta, at)
      SELECT item.*, ${now} FROM unnest(${arrayOf(events.map((event) => event.seq))}::bigint[],
        ${arrayOf(events.map((event) => event.id))}::text[],
        ${arrayOf(events.map((event) => event.command.keyId))}::bigint[],
        ${arrayOf(events.map((event) => event.lineageId))}::bigint[],
        ${arrayOf(events.map((event) => event.command.accountId))}::bigint[],
        ${arrayOf(events.map((event) => event.kind))}::text[],
        ${arrayOf(events.map((event) => event.cents))}::bigint[],
        ${arrayOf(events.map((event) => event.command.event.externalRef))}::text[],
        ${arrayOf(events.map((event) => event.command.event.meta))}::text[])
        AS item (seq, id, key, lineage, account, kind, cents, ref, meta) ORDER BY item.seq`;
}

async function insertMismatches(tx: Tx, mismatches: readonly MismatchRow[], now: Date): Promise<void> {
  if (mismatches.length === 0) return;
  await tx`
    INSERT INTO credit_event_mismatch (event_seq, key_id, kind, amount_cents, meta, at)
      SELECT item.*, ${now} FROM unnest(${arrayOf(mismatches.map((row) => row.seq))}::bigint[],
        ${arrayOf(mismatches.map((row) => row.command.keyId))}::bigint[],
        ${arrayOf(mismatches.map((row) => row.command.event.kind))}::text[],
        ${arrayOf(mismatches.map((row) => row.command.event.cents))}::bigint[],
        ${arrayOf(mismatches.map((row) => row.command.event.meta))}::text[]) AS item (seq, key, kind, cents, meta)
      ON CONFLICT DO NOTHING`;
}
