/** Who did what, on whom, through which door. Entries are written with the change they describe, and never changed. */
import { arrayOf } from '../../db/array.ts';
import type { Statement, Tx } from '../../db/client.ts';
import type { Scope } from '../keys/scopes.ts';

/** Ways into the core. */
export type Door =
  | 'eclipseproxy'
  | 'infiniteproxies'
  | 'ghostealth'
  | 'vpsctrl'
  | 'user-api'
  | 'admin-api'
  | 'account-api'
  | 'console'
  | 'command-line'
  | 'job'
  | 'start';

/** Who acts. */
export interface Actor {
  /** `key:key_…`, `account:acc_…`, `command-line` or `system`. */
  name: string;
  /** The account acted for; null for the installation itself. */
  accountId: bigint | null;
  door: Door;
  /** Where the call came from, where there is such a place. */
  address?: string | undefined;
  /** What the actor may do, and so the most that it may give; absent: all, for the installation itself. */
  scopes?: readonly Scope[] | undefined;
  /** When the actor's key ends; absent: it does not, or the actor is none. */
  expiresAt?: Date | undefined;
}

/**
 * A change: what was there before it and what after, null where there was nothing. Beside it stands what else makes it understood:
 * for whom, how much, why.
 */
export interface Change {
  before: object | null;
  after: object | null;
  [aside: string]: unknown;
}

/** How a secret stands in a change: that there is another one is said, and never which. */
export const SECRET = 'not shown';
export const ANOTHER_SECRET = 'another, not shown';

export interface AuditEntry {
  actor: Actor;
  /** A stable word such as `subuser.create`. */
  action: string;
  /** What was acted on: `subuser:…`, `account:…`, `key:…`. */
  subject: string;
  /** What changed, without secrets. Plain JSON values; bigints as text. */
  details: Record<string, unknown>;
}

/** The statement that writes these entries; undefined when there are none. */
export function auditWriting(tx: Tx, entries: readonly AuditEntry[], at: Date): Statement | undefined {
  if (entries.length === 0) return undefined;
  return tx`
    INSERT INTO audit_entry (at, actor, account_id, door, address, action, subject, details)
      SELECT ${at}, actor, account_id, door, address::inet, action, subject, details::jsonb
        FROM unnest(${arrayOf(entries.map((entry) => entry.actor.name))}::text[],
          ${arrayOf(entries.map((entry) => entry.actor.accountId))}::bigint[],
          ${arrayOf(entries.map((entry) => entry.actor.door))}::text[],
          ${arrayOf(entries.map((entry) => entry.actor.address ?? null))}::text[],
          ${arrayOf(entries.map((entry) => entry.action))}::text[],
          ${arrayOf(entries.map((entry) => entry.subject))}::text[],
          ${arrayOf(entries.map((entry) => detailsText(entry.details)))}::text[])
          AS item (actor, account_id, door, address, action, subject, details)`;
}

/** JSON in which bigints are texts. By hand: each change writes some, and a replacer would be called for every value of it. */
function detailsText(value: unknown): string {
  if (typeof value === 'bigint') return `"${value}"`;
  if (typeof value !== 'object' || value === null || 'toJSON' in value)
    return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(detailsText).join(',')}]`;
  let members = '';
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    members += `${members === '' ? '' : ','}${JSON.stringify(name)}:${detailsText(member)}`;
  }
  return `{${members}}`;
}
