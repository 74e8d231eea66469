/**
 * What InfiniteProxies' calls take and answer. A POST's parameters may stand in the query, in a form or in JSON, so none is
 * required of any one place: wire.ts says what is missing from all of them. `description` completes "[name] must be …".
 */
import { type TSchema, Type } from 'typebox';

const USERNAME = '1 to 48 letters, digits, underscores or dots (no hyphen)';
export const BALANCE = 'a multiple of ten, at least 10';
export const PRODUCT = '"residential" or "mobile"';

const textParameter = (description: string) => Type.Optional(Type.String({ description }));
/** A form and a query carry texts; JSON may carry a number. */
const numberParameter = (description: string) =>
  Type.Optional(Type.Unsafe<string | number | null>({ type: ['string', 'number', 'null'], description }));
const nullableText = (description: string) =>
  Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], description }));

export const Query = Type.Object({
  username: textParameter(USERNAME),
  balance: textParameter(BALANCE),
  type: textParameter(PRODUCT),
});

export const Body = Type.Object({
  username: nullableText(USERNAME),
  balance: numberParameter(BALANCE),
  type: nullableText(PRODUCT),
});

export const ReadQuery = Type.Object({ type: textParameter(PRODUCT) });

export const CustomerPath = Type.Object({ username: Type.String() });

const Status = Type.Object({ code: Type.Integer(), message: Type.String() });

/** The answers of a call: its payload on success, and no payload otherwise. */
export function answers<Payload extends TSchema>(payload: Payload) {
  return { 200: Type.Object({ status: Status, payload }), '4xx': Type.Object({ status: Status }) };
}

const MEGABYTES = 'Whole MB (1 MB = 1,000,000 bytes), rounded down';

export const Me = Type.Object({
  username: Type.String({ description: 'The store code in lower case' }),
  proxy_password: Type.String({
    description: 'Always empty: a reseller account does not use the gateway itself',
  }),
  balanceResidential: Type.Integer({ description: MEGABYTES }),
  balanceMobile: Type.Integer({ description: MEGABYTES }),
});

export const Credentials = Type.Object({ username: Type.String(), proxy_password: Type.String() });

export const Customer = Type.Object({
  username: Type.String(),
  proxy_password: Type.String(),
  balance: Type.Integer({ description: MEGABYTES }),
});

export const Customers = Type.Object({ users: Type.Array(Customer) });

export const Balance = Type.Object({
  username: Type.String(),
  balance: Type.Integer({ description: MEGABYTES }),
});

export const Consumption = Type.Record(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), Type.Number(), {
  description: 'MB used on each of the last 14 days (UTC), oldest first, today last',
});
