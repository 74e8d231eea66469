/** The audit as both consoles' APIs show it. */
import { Type } from 'typebox';
import type { AuditFilter, AuditRecord } from '../../core/audit/log.ts';
import { Named, OptionalText, Time, TimeIn, timeFrom } from '../http/fields.ts';
import type { Cell } from './csv.ts';

export const AuditEntry = Named('AuditEntry', {
  id: Type.Unsafe<bigint | number>({ type: 'integer', description: 'Grows with time' }),
  at: Time('When it was done'),
  actor: Type.String({
    description: '`key:…`, `person:…`, `account:…`, `invitation`, `command-line`, `system`, or `provider`',
  }),
  actorEmail: OptionalText('Of the person, or of the account whose key it was'),
  account: OptionalText('The account acted for; null for the installation itself'),
  door: Type.String({
    description: 'The way in: `console`, `admin-api`, `eclipseproxy`, `command-line`, `job`, …',
  }),
  address: OptionalText('Where the call came from'),
  action: Type.String(),
  subject: Type.String({ description: 'What was acted on' }),
  details: Type.Unsafe<Record<string, unknown>>({
    type: 'object',
    additionalProperties: true,
    description: 'What changed, with `before` and `after`. Without secrets',
  }),
});
export const AUDIT_ENTRY = {
  id: 1042,
  at: '2026-05-04T10:00:00.000Z',
  actor: 'person:prs_4kq7m2ws9xbd3h6n',
  actorEmail: 'owner@example.com',
  account: 'acc_4kq7m2ws9xbd3h6n',
  door: 'console',
  address: '198.51.100.7',
  action: 'credits.freeze',
  subject: 'account:acc_7kq2m4ws9xbd3h6n',
  details: { before: { frozen: false }, after: { frozen: true } },
};

const text = (description: string) =>
  Type.Optional(Type.String({ pattern: '^[^\\p{C}]{1,200}$', description }));

export const AUDIT_FILTERS = {
  actor: text('an actor such as key:key_…, or a person’s email address'),
  action: text('an action, or a kind of them that ends with a dot, such as subuser.'),
  subject: text('a subject, or a kind of them that ends with a colon, such as key:'),
  door: text('a way in, such as console'),
  address: text('an IP address'),
  from: Type.Optional(TimeIn()),
  to: Type.Optional(TimeIn()),
  text: text('a text of 1 to 200 characters'),
};

type AuditQuery = { [Name in keyof typeof AUDIT_FILTERS]?: string | undefined };

export function auditFilter({
  actor,
  action,
  subject,
  door,
  address,
  from,
  to,
  text,
}: AuditQuery): AuditFilter {
  return {
    actor,
    action,
    subject,
    door,
    address,
    text,
    from: from === undefined ? undefined : timeFrom(from, 'from'),
    to: to === undefined ? undefined : timeFrom(to, 'to'),
  };
}

export const AUDIT_COLUMNS = [
  'id',
  'at',
  'actor',
  'actorEmail',
  'account',
  'door',
  'address',
  'action',
  'subject',
  'details',
] as const;

/** A line of a table of entries. */
export function auditRow(entry: AuditRecord): Cell[] {
  return AUDIT_COLUMNS.map((column) =>
    column === 'details' ? JSON.stringify(entry.details) : entry[column],
  );
}
