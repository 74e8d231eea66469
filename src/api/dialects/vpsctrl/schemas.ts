/** What VPSCtrl's calls take and answer. `description` completes "<field> must be …" in the answer to a bad value. */
import { type TSchema, Type } from 'typebox';

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

export const SignUp = Type.Object({
  email: Type.String({ description: 'an email address of at most 254 characters' }),
  name: Type.String({ description: 'a text of 1 to 100 characters on one line' }),
  password: Type.String({ description: 'a text of 8 to 256 characters' }),
});

export const CreditEvent = Type.Object({
  kind: Type.String({ description: 'a lower_snake_case word of at most 64 characters, such as "topup"' }),
  amount_usd: Amount,
  external_ref: Type.String({ description: '1 to 255 printable characters' }),
  meta: Type.Optional(
    Type.Unsafe<object | null>({
      type: ['object', 'null'],
      description: 'an object of at most 16384 bytes, nested at most 32 deep',
    }),
  ),
});

export const Grant = Type.Object({
  email: Type.String({ description: 'an email address' }),
  amount_usd: Amount,
  note: Type.Optional(
    Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: 'a printable text of at most 500 characters',
    }),
  ),
});

export const Freeze = Type.Object({
  email: Type.String({ description: 'an email address' }),
  frozen: Type.Boolean({ description: 'true or false' }),
});

export const NewVouchers = Type.Object({
  amount_usd: Amount,
  count: Type.Integer({ description: 'a whole number from 1 to 1000' }),
  max_uses: Type.Integer({ description: 'a whole number from 1 to 1000000' }),
  expires_at: OptionalTime,
});

export const Redeem = Type.Object({ code: Type.String({ description: 'a text' }) });

export const NewApiKey = Type.Object({
  name: Type.String({ description: 'a text of 1 to 100 characters on one line' }),
  owner_email: Type.String({ description: 'an email address' }),
  scopes: Type.Array(Type.String(), { description: 'a list of scopes' }),
  expires_at: OptionalTime,
});

export const RotateApiKey = Type.Object({
  overlap_ms: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 30 * 24 * 3_600_000, description: '0 to 2592000000 milliseconds' }),
  ),
});

export const KeyPath = Type.Object({ id: Type.String() });

export const UsersQuery = Type.Object({
  limit: Type.Optional(
    Type.String({ pattern: '^([1-9]\\d{0,2}|1000)$', description: 'a whole number from 1 to 1000' }),
  ),
  after: Type.Optional(Type.String({ pattern: '^\\d{1,15}$', description: 'the id of a user' })),
});

const Failure = Type.Object({ ok: Type.Literal(false), error: Type.String(), message: Type.String() });

/** The answers of a call: `answer` on success, the one error body otherwise. */
export function answers<Answer extends TSchema>(answer: Answer) {
  return { 200: answer, '4xx': Failure };
}

const Ok = Type.Literal(true);
const Usd = Type.Number({ description: 'US dollars, to the cent' });
const Time = Type.Integer({ description: TIME });
const NullableTime = Type.Unsafe<number | null>({ type: ['integer', 'null'], description: TIME });
const Role = Type.Union([Type.Literal('user'), Type.Literal('reseller'), Type.Literal('owner')]);

export const SignedUp = Type.Object({ ok: Ok, id: Type.Integer(), email: Type.String() });

export const Reported = Type.Union([
  Type.Object({ ok: Ok, id: Type.String() }),
  Type.Object({ ok: Ok, duplicate: Type.Literal(true) }),
]);

export const Me = Type.Object({
  id: Type.Integer(),
  email: Type.String(),
  name: Type.String(),
  credits_usd: Usd,
  credits_frozen: Type.Boolean(),
  role: Role,
});

export const Balance = Type.Object({ credits_usd: Usd, frozen: Type.Boolean() });

export const Users = Type.Array(
  Type.Object({
    id: Type.Integer(),
    email: Type.String(),
    name: Type.String(),
    credits_usd: Usd,
    credits_frozen: Type.Boolean(),
    is_admin: Type.Boolean(),
    is_owner: Type.Boolean(),
    role: Role,
    created_at: Time,
  }),
);

export const Granted = Type.Object({ ok: Ok, balance_after_usd: Usd, ledger_id: Type.String() });

export const Frozen = Type.Object({ ok: Ok, email: Type.String(), credits_frozen: Type.Boolean() });

export const Vouchers = Type.Object({ ok: Ok, codes: Type.Array(Type.String()) });

export const Redeemed = Type.Object({
  ok: Ok,
  amount_usd: Usd,
  balance_after_usd: Usd,
  ledger_id: Type.String(),
});

const KEY_FIELDS = {
  id: Type.String(),
  name: Type.String(),
  owner_email: Type.String(),
  hint: Type.String({ description: 'The first characters of the secret' }),
  scopes: Type.Array(Type.String()),
  created_at: Time,
  expires_at: NullableTime,
  revoked_at: NullableTime,
  last_used_at: NullableTime,
};

export const ApiKeys = Type.Array(Type.Object(KEY_FIELDS));
export const ApiKey = Type.Object({ ok: Ok, ...KEY_FIELDS });
export const MintedApiKey = Type.Object({
  ok: Ok,
  ...KEY_FIELDS,
  secret: Type.String({ description: 'Shown once' }),
});
