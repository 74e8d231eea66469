/**
 * What InfiniteProxies' calls take and answer. A POST's parameters may stand in the query, in a form or in JSON, so none is
 * required of any one place: wire.ts says what is missing from all of them. `description` completes "[name] must be …".
 */
import { type TSchema, Type } from 'typebox';

const USERNAME = '1 to 48 letters, digits, underscores or dots (no hyphen)';
export const BALANCE = 'a multiple of ten, at least 10';
export const PRODUCT = '"residential" or "mobile"';

export const CONSUMPTION_DAYS = 14;

const textParameter = (description: string, example?: string) =>
  Type.Optional(Type.String({ description, ...(example === undefined ? {} : { examples: [example] }) }));
/** A form and a query carry texts; JSON may carry a number. */
const numberParameter = (description: string) =>
  Type.Optional(Type.Unsafe<string | number | null>({ type: ['string', 'number', 'null'], description }));
const nullableText = (description: string) =>
  Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], description }));

const INSTEAD = { description: 'Instead of parameters in the query, which count where both have one' };

/** Of the calls that are about a customer alone. */
export const NameQuery = Type.Object({ username: textParameter(USERNAME, 'bob') });
export const NameBody = Type.Object(
  { username: nullableText(USERNAME) },
  { ...INSTEAD, examples: [{ username: 'bob' }] },
);

/** Of the calls that move a balance. */
export const MoveQuery = Type.Object({
  username: textParameter(USERNAME, 'bob'),
  balance: textParameter(BALANCE, '50'),
  type: textParameter(PRODUCT),
});
export const MoveBody = Type.Object(
  {
    username: nullableText(USERNAME),
    balance: numberParameter(BALANCE),
    type: nullableText(PRODUCT),
  },
  { ...INSTEAD, examples: [{ username: 'bob', balance: 50 }] },
);
export const BODY_TYPES = ['application/json', 'application/x-www-form-urlencoded'];

export const ReadQuery = Type.Object({ type: textParameter(PRODUCT) });

export const CustomerPath = Type.Object({
  username: Type.String({
    description: 'The name, in any case of its letters. The `@` is sent as it is',
    examples: ['bob'],
  }),
});

const EXACT = { additionalProperties: false };

/** An answer with its payload, in the envelope. */
function answer<Payload extends TSchema, Message extends TSchema>(
  payload: Payload,
  example: unknown,
  message: Message,
  messageExample: string,
) {
  return Type.Object(
    { status: Type.Object({ code: Type.Literal(200), message }, EXACT), payload },
    { ...EXACT, examples: [{ status: { code: 200, message: messageExample }, payload: example }] },
  );
}

const successful = <Payload extends TSchema>(payload: Payload, example: unknown) =>
  answer(payload, example, Type.Literal('Success'), 'Success');

/** The body of an error: no payload. */
export function describeFailure(status: number): TSchema {
  return Type.Object(
    { status: Type.Object({ code: Type.Literal(status), message: Type.String() }, EXACT) },
    EXACT,
  );
}

const Megabytes = Type.Integer({
  minimum: 0,
  description: 'Whole MB (1 MB = 1,000,000 bytes), rounded down',
});
const Name = Type.String({ description: 'In lower case, without the store code' });
const Password = Type.String({ description: 'Of the gateway, as it is' });

const CREDENTIALS = { username: 'bob', proxy_password: 'pR4mBw7kTz2sYq9dHn5c' };
const CUSTOMER = { ...CREDENTIALS, balance: 150 };

export const Me = successful(
  Type.Object(
    {
      username: Type.String({ description: 'The store code in lower case', 'x-inferred': true }),
      proxy_password: Type.String({
        description: 'Always empty: a reseller account does not use the gateway itself',
        'x-inferred': true,
      }),
      balanceResidential: Megabytes,
      balanceMobile: Megabytes,
    },
    { ...EXACT, title: 'Reseller' },
  ),
  { username: 'mystore', proxy_password: '', balanceResidential: 1000, balanceMobile: 250 },
);

const CredentialsFields = Type.Object(
  { username: Name, proxy_password: Password },
  { ...EXACT, title: 'Credentials' },
);
const CustomerFields = Type.Object(
  { username: Name, proxy_password: Password, balance: Megabytes },
  { ...EXACT, title: 'Customer' },
);
const BalanceFields = Type.Object({ username: Name, balance: Megabytes }, { ...EXACT, title: 'Balance' });

export const Created = answer(
  CredentialsFields,
  CREDENTIALS,
  Type.String({
    pattern: '^User has been created\\. To prevent abuse, we substracted \\d+ MB from your balance$',
    description: 'Names the fee that was really taken',
  }),
  'User has been created. To prevent abuse, we substracted 100 MB from your balance',
);
export const Customer = successful(CustomerFields, CUSTOMER);
export const Customers = successful(Type.Object({ users: Type.Array(CustomerFields) }, EXACT), {
  users: [CUSTOMER],
});
export const BalanceMoved = answer(
  BalanceFields,
  { username: 'bob', balance: 150 },
  Type.Union([Type.Literal('Successfully added balance'), Type.Literal('Successfully removed balance')]),
  'Successfully added balance',
);
export const PasswordReset = answer(
  CredentialsFields,
  CREDENTIALS,
  Type.Literal('Successfully resetted password'),
  'Successfully resetted password',
);
export const Consumption = successful(
  Type.Unsafe<Record<string, number>>({
    type: 'object',
    propertyNames: { pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    additionalProperties: { type: 'number', minimum: 0 },
    minProperties: CONSUMPTION_DAYS,
    maxProperties: CONSUMPTION_DAYS,
    description: 'MB used on each of the last 14 days (UTC), oldest first, today last',
  }),
  Object.fromEntries(
    Array.from({ length: CONSUMPTION_DAYS }, (_, index) => [
      `2026-02-${String(index + 7).padStart(2, '0')}`,
      index % 5 === 3 ? 65.75 : 0,
    ]),
  ),
);
