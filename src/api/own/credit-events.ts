/** Credit events on the wire, as they were reported. */
import { Type } from 'typebox';
import type { CreditEventEntry } from '../../core/credits/list.ts';
import { Named, Time, Whole, Word } from '../http/fields.ts';
import { keyset, List, ListQuery } from '../http/paging.ts';
import { TIMES_FIELDS, timesFrom } from './figures.ts';

const CreditEvent = Named('CreditEvent', {
  id: Type.String(),
  seq: Whole('Its number in the log'),
  accountId: Type.String(),
  email: Type.String({ description: 'Of the account' }),
  keyId: Type.String({ description: 'The key it was reported through' }),
  kind: Type.String(),
  amountCents: Whole('Below zero for a refund'),
  externalRef: Type.String({ description: 'The reseller’s own name for it' }),
  meta: Type.Unsafe<unknown>({
    type: ['object', 'array', 'null'],
    description: 'Anything more that was reported',
  }),
  at: Time('When it was reported'),
  mismatches: Type.Integer({ description: 'How often it came again with another kind or amount' }),
});
const CREDIT_EVENT = {
  id: 'ev_4kq7m2ws9xbd3h6n',
  seq: 1042,
  accountId: 'acc_4kq7m2ws9xbd3h6n',
  email: 'r@example.com',
  keyId: 'key_4kq7m2ws9xbd3h6n',
  kind: 'topup',
  amountCents: 2500,
  externalRef: 'order-7731',
  meta: { customer: 17 },
  at: '2026-05-04T10:00:00.000Z',
  mismatches: 0,
};

export const CREDIT_EVENT_FILTERS = {
  kind: Type.Optional(
    Type.String({ pattern: '^[a-z][a-z0-9_]{0,63}$', description: 'a kind such as topup' }),
  ),
  externalRef: Type.Optional(
    Type.String({ minLength: 1, maxLength: 255, pattern: '^[^\\u0000]*$', description: 'a reference' }),
  ),
  mismatched: Type.Optional(
    Word(['true', 'false'], 'true or false: only those that came again differently, or did not'),
  ),
  ...TIMES_FIELDS,
};
export const CreditEventQuery = ListQuery(CREDIT_EVENT_FILTERS);
export const CreditEventList = List(CreditEvent, [CREDIT_EVENT]);
export const NEWEST_EVENT = keyset('credit-events', 'id');

export function filtersFrom(query: {
  kind?: string;
  externalRef?: string;
  mismatched?: 'true' | 'false';
  from?: string;
  to?: string;
}) {
  const { kind, externalRef, mismatched } = query;
  return {
    kind,
    externalRef,
    mismatched: mismatched === undefined ? undefined : mismatched === 'true',
    ...timesFrom(query),
  };
}

export function toWireCreditEvent({ cents, ...event }: CreditEventEntry) {
  return { ...event, amountCents: cents };
}
