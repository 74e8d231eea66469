/**
 * A credit event as a leaf: the bytes that are hashed. They are canonical JSON (RFC 8785), so that anybody writes the same bytes
 * from the same event. docs/credit-log.md describes them.
 */
import { canonicalJson } from '../canonical.ts';

export interface LeafEvent {
  /** `ev_…` */
  event: string;
  /** `acc_…`: whose event it is. */
  account: string;
  /** `key_…`: which reported it. */
  key: string;
  kind: string;
  cents: bigint;
  externalRef: string;
  /** Canonical JSON, or null. */
  meta: string | null;
  at: Date;
  /** Random: without it an event could be guessed from its hash. */
  salt: Uint8Array;
}

export const SALT_BYTES = 16;
/** Names what the bytes are, and how they are written. */
export const LEAF_FORMAT = 'headgate-credit-event/1';

/** Deeper than any event: `meta` is bounded where events are taken in. */
const MAX_DEPTH = 64;

/** The bytes of a leaf, as the text they are in UTF-8. The names stand in the order that RFC 8785 gives them. */
export function leafText(event: LeafEvent): string {
  const text = JSON.stringify;
  return (
    `{"account":${text(event.account)},"amount_cents":"${event.cents}","at_ms":${event.at.getTime()}` +
    `,"event":${text(event.event)},"external_ref":${text(event.externalRef)},"format":"${LEAF_FORMAT}"` +
    `,"key":${text(event.key)},"kind":${text(event.kind)},"meta":${event.meta ?? 'null'}` +
    `,"salt":"${Buffer.from(event.salt).toString('hex')}"}`
  );
}

/** What a leaf's text says. */
export interface LeafFields {
  account: string;
  amount_cents: string;
  at_ms: number;
  event: string;
  external_ref: string;
  format: typeof LEAF_FORMAT;
  key: string;
  kind: string;
  meta: object | null;
  salt: string;
}

const FIELDS: Record<keyof LeafFields, (value: unknown) => boolean> = {
  account: isText,
  amount_cents: (value) => typeof value === 'string' && /^(0|-?[1-9]\d*)$/.test(value),
  at_ms: Number.isSafeInteger,
  event: isText,
  external_ref: isText,
  format: (value) => value === LEAF_FORMAT,
  key: isText,
  kind: isText,
  meta: (value) => typeof value === 'object' && !Array.isArray(value),
  salt: (value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value),
};

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** Reads a leaf's text. Throws, with a sentence, when it is not exactly what `leafText` writes. */
export function readLeaf(text: string): LeafFields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('the leaf is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('the leaf is not a JSON object');
  const fields = value as Record<string, unknown>;
  const wrong =
    Object.keys(FIELDS).find((name) => !FIELDS[name as keyof LeafFields](fields[name])) ??
    Object.keys(fields).find((name) => !(name in FIELDS));
  if (wrong !== undefined) throw new Error(`the leaf's ${wrong} is not as ${LEAF_FORMAT} has it`);
  if (canonicalJson(value, MAX_DEPTH) !== text) throw new Error('the leaf is not canonical JSON');
  return fields as unknown as LeafFields;
}
