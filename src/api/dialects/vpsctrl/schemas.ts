/** What VPSCtrl's calls take and answer. `description` completes "<field> must be …" in the answer to a bad value. */
import { type TSchema, Type } from 'typebox';
import { RECEIPT_EXAMPLE, ReceiptSchema } from '../../http/receipt.ts';
import type { toWireEvent } from './wire.ts';

const AMOUNT = 'a number of US dollars with at most two decimals';
const TIME = 'a time in milliseconds since 1970, UTC';
/** The end of the year 9999. */
const LAST_TIME = 253_402_300_799_999;

const Amount = Type.Number({ description: AMOUNT });
/** Absent and null are the same: no end. */
const OptionalTime = Type.Optional(
  Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    minimum: 0,
    maximum: LAST_TIME,
    description: TIME,
  }),
);

export const SignUp = Type.Object(
  {
    email: Type.String({ description: 'an email address of at most 254 characters' }),
    name: Type.String({ description: 'a text of 1 to 100 characters on one line' }),
    password: Type.String({ description: 'a text of 8 to 256 characters' }),
  },
  { examples: [{ email: 'customer@example.com', name: 'Jane Roe', password: 'correct horse' }] },
);

export const CreditEvent = Type.Object(
  {
    kind: Type.String({ description: 'a lower_snake_case word of at most 64 characters, such as "topup"' }),
    amount_usd: Amount,
    external_ref: Type.String({ description: '1 to 255 printable characters' }),
    meta: Type.Optional(
      Type.Unsafe<object | null>({
        type: ['object', 'null'],
        description: 'an object of at most 16384 bytes, nested at most 32 deep',
      }),
    ),
  },
  {
    examples: [
      {
        kind: 'topup',
        amount_usd: 25,
        external_ref: 'txn_abc123',
        meta: { downstream_user: 'customer@example.com' },
      },
    ],
  },
);

export const Grant = Type.Object(
  {
    email: Type.String({ description: 'an email address' }),
    amount_usd: Amount,
    note: Type.Optional(
      Type.Unsafe<string | null>({
        type: ['string', 'null'],
        description: 'a printable text of at most 500 characters',
      }),
    ),
  },
  { examples: [{ email: 'customer@example.com', amount_usd: 25, note: 'Paid by bank transfer' }] },
);

export const Freeze = Type.Object(
  {
    email: Type.String({ description: 'an email address' }),
    frozen: Type.Boolean({ description: 'true or false' }),
  },
  { examples: [{ email: 'customer@example.com', frozen: true }] },
);

export const NewVouchers = Type.Object(
  {
    amount_usd: Amount,
    count: Type.Integer({ description: 'a whole number from 1 to 1000' }),
    max_uses: Type.Integer({ description: 'a whole number from 1 to 1000000' }),
    expires_at: OptionalTime,
  },
  { examples: [{ amount_usd: 10, count: 2, max_uses: 1, expires_at: 1798761599000 }] },
);

export const Redeem = Type.Object(
  { code: Type.String({ description: 'a text' }) },
  { examples: [{ code: 'VFC-ACDE-FGHJ-KLMN' }] },
);

export const NewApiKey = Type.Object(
  {
    name: Type.String({ description: 'a text of 1 to 100 characters on one line' }),
    owner_email: Type.String({ description: 'an email address' }),
    scopes: Type.Array(Type.String(), { description: 'a list of scopes' }),
    expires_at: OptionalTime,
  },
  {
    examples: [
      {
        name: 'panel',
        owner_email: 'r@example.com',
        scopes: ['reseller:signup', 'reseller:credit'],
      },
    ],
  },
);

export const RotateApiKey = Type.Object(
  {
    overlap_ms: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 30 * 24 * 3_600_000, description: '0 to 2592000000 milliseconds' }),
    ),
  },
  { examples: [{ overlap_ms: 3600000 }] },
);

export const KeyPath = Type.Object({
  id: Type.String({ description: 'The id of a key: not its secret', examples: ['key_4kq7m2ws9xbd3h6n'] }),
});

export const UsersQuery = Type.Object({
  limit: Type.Optional(
    Type.String({ pattern: '^([1-9]\\d{0,2}|1000)$', description: 'a whole number from 1 to 1000' }),
  ),
  after: Type.Optional(Type.String({ pattern: '^\\d{1,15}$', description: 'the id of a user' })),
});

const EXACT = { additionalProperties: false };

/** The body of an error. */
export function describeFailure(_status: number, errors: readonly string[]): TSchema {
  return Type.Object(
    {
      ok: Type.Literal(false),
      error: Type.Unsafe<string>({ type: 'string', enum: [...errors] }),
      message: Type.String(),
    },
    EXACT,
  );
}

const Ok = Type.Literal(true);
const Usd = Type.Number({ description: 'US dollars, to the cent' });
const Time = Type.Integer({ description: TIME });
const NullableTime = Type.Unsafe<number | null>({ type: ['integer', 'null'], description: TIME });
const Role = Type.Unsafe<'user' | 'reseller' | 'owner'>({
  type: 'string',
  enum: ['user', 'reseller', 'owner'],
  description: 'Of the three the source shows `user` only',
  'x-inferred': true,
});
const LedgerId = Type.String({
  pattern: '^led_\\d+$',
  description: 'Of the transfer in the ledger',
});

export const SignedUp = Type.Object(
  { ok: Ok, id: Type.Integer(), email: Type.String() },
  { ...EXACT, examples: [{ ok: true, id: 124, email: 'customer@example.com' }] },
);

/** One object of which every answer has one of two fields: what was recorded, or that it was before. */
export const Reported = Type.Unsafe<ReturnType<typeof toWireEvent>>({
  anyOf: [
    Type.Object({ ok: Ok, id: Type.String({ pattern: '^ev_[a-z0-9]+$' }), receipt: ReceiptSchema }, EXACT),
    Type.Object({ ok: Ok, duplicate: Type.Literal(true), receipt: Type.Optional(ReceiptSchema) }, EXACT),
  ],
  examples: [
    { ok: true, id: 'ev_7kq2m4ws9xbd3h6n', receipt: RECEIPT_EXAMPLE },
    { ok: true, duplicate: true, receipt: RECEIPT_EXAMPLE },
    { ok: true, duplicate: true },
  ],
});

export const Me = Type.Object(
  {
    id: Type.Integer(),
    email: Type.String(),
    name: Type.String(),
    credits_usd: Usd,
    credits_frozen: Type.Boolean(),
    role: Role,
  },
  {
    ...EXACT,
    examples: [
      {
        id: 42,
        email: 'customer@example.com',
        name: 'Jane Roe',
        credits_usd: 12.5,
        credits_frozen: false,
        role: 'user',
      },
    ],
  },
);

export const Balance = Type.Object(
  { credits_usd: Usd, frozen: Type.Boolean() },
  { ...EXACT, examples: [{ credits_usd: 12.5, frozen: false }] },
);

const User = Type.Object(
  {
    id: Type.Integer(),
    email: Type.String(),
    name: Type.String(),
    credits_usd: Usd,
    credits_frozen: Type.Boolean(),
    is_admin: Type.Boolean({ description: 'The same as `is_owner`: only the owner administers' }),
    is_owner: Type.Boolean(),
    role: Role,
    created_at: Time,
  },
  { ...EXACT, title: 'User' },
);

export const Users = Type.Array(User, {
  headers: { Link: Type.String({ description: 'The address of the next page, with rel="next"' }) },
  examples: [
    [
      {
        id: 42,
        email: 'customer@example.com',
        name: 'Jane Roe',
        credits_usd: 12.5,
        credits_frozen: false,
        is_admin: false,
        is_owner: false,
        role: 'user',
        created_at: 1771597320000,
      },
    ],
  ],
});

export const Granted = Type.Object(
  { ok: Ok, balance_after_usd: Usd, ledger_id: LedgerId },
  { ...EXACT, examples: [{ ok: true, balance_after_usd: 37.5, ledger_id: 'led_1042' }] },
);

export const Frozen = Type.Object(
  { ok: Ok, email: Type.String(), credits_frozen: Type.Boolean() },
  { ...EXACT, examples: [{ ok: true, email: 'customer@example.com', credits_frozen: true }] },
);

export const Vouchers = Type.Object(
  {
    ok: Ok,
    codes: Type.Array(Type.String({ pattern: '^VFC(-[ACDEFGHJKLMNPQRSTUVWXYZ2-9]{4}){3}$' }), {
      description: 'Shown once: they are not stored',
    }),
  },
  { ...EXACT, examples: [{ ok: true, codes: ['VFC-ACDE-FGHJ-KLMN', 'VFC-9XCD-3H6N-7KQ2'] }] },
);

export const Redeemed = Type.Object(
  { ok: Ok, amount_usd: Usd, balance_after_usd: Usd, ledger_id: LedgerId },
  { ...EXACT, examples: [{ ok: true, amount_usd: 10, balance_after_usd: 22.5, ledger_id: 'led_1043' }] },
);

const KEY_FIELDS = {
  id: Type.String(),
  name: Type.String(),
  owner_email: Type.String({ description: 'Whose account all calls of the key are attributed to' }),
  hint: Type.String({ description: 'The first characters of the secret' }),
  scopes: Type.Array(Type.String()),
  created_at: Time,
  expires_at: NullableTime,
  revoked_at: NullableTime,
  last_used_at: NullableTime,
};
const KEY = {
  id: 'key_4kq7m2ws9xbd3h6n',
  name: 'panel',
  owner_email: 'r@example.com',
  hint: 'vfc_live_8rT2',
  scopes: ['reseller:signup', 'reseller:credit'],
  created_at: 1771597320000,
  expires_at: null,
  revoked_at: null,
  last_used_at: null,
};

export const ApiKeys = Type.Array(Type.Object(KEY_FIELDS, { ...EXACT, title: 'ApiKey' }), {
  examples: [[KEY]],
});
export const RevokedApiKey = Type.Object(
  { ok: Ok, ...KEY_FIELDS },
  { ...EXACT, examples: [{ ok: true, ...KEY, revoked_at: 1771683720000 }] },
);
export const MintedApiKey = Type.Object(
  { ok: Ok, ...KEY_FIELDS, secret: Type.String({ description: 'Shown once' }) },
  {
    ...EXACT,
    title: 'MintedApiKey',
    examples: [{ ok: true, ...KEY, secret: 'vfc_live_8rT2vKq7mZx4NcW9bLp3Ds6f' }],
  },
);
