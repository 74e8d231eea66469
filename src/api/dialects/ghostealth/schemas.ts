/** What Ghostealth's calls take and answer. `description` completes "<field> must be …" in the answer to a bad value. */
import { type TSchema, Type } from 'typebox';
import { BILLING_CYCLES, type BillingCycle } from '../../../core/subscriptions/period.ts';
import { CONNECTIONS, type Connections, MAX_AUTHENTICATIONS } from '../../../core/subscriptions/plans.ts';
import { DIRECTIONS, type Direction, SORTS, type SortBy } from '../../../core/subscriptions/read.ts';

export const MAX_PAGE_SIZE = 100;

/** One of a list of values. Not a union of literals: a bad value is told the whole list. */
function oneOf<Value extends string | number>(values: readonly Value[]) {
  const type = typeof values[0] === 'number' ? 'integer' : 'string';
  return Type.Unsafe<Value>({ type, enum: [...values], description: `one of ${values.join(', ')}` });
}

export const PlanChoice = Type.Object(
  {
    billingCycle: oneOf<BillingCycle>(BILLING_CYCLES),
    connections: oneOf<Connections>(CONNECTIONS),
    authentications: Type.Integer({
      minimum: 1,
      maximum: MAX_AUTHENTICATIONS,
      description: `a whole number from 1 to ${MAX_AUTHENTICATIONS}`,
    }),
  },
  { examples: [{ billingCycle: 'WEEKLY', connections: 100, authentications: 1 }] },
);

export const AutoRenewal = Type.Object(
  { autoRenewal: Type.Boolean({ description: 'true or false' }) },
  { examples: [{ autoRenewal: true }] },
);

export const Address = Type.Object(
  { ip: Type.String({ description: 'a single IPv4 or IPv6 address' }) },
  { examples: [{ ip: '198.51.100.7' }] },
);

export const SubscriptionPath = Type.Object({
  id: Type.String({ description: 'The id of a subscription', examples: ['su_6a1c04d27be93f5806c4d1f0'] }),
});

export const ListQuery = Type.Object({
  page: Type.Optional(Type.String({ pattern: '^\\d{1,6}$', description: 'a whole number from 0 to 999999' })),
  size: Type.Optional(
    Type.String({
      pattern: '^([1-9]\\d?|100)$',
      description: `a whole number from 1 to ${MAX_PAGE_SIZE}`,
    }),
  ),
  sortBy: Type.Optional(oneOf<SortBy>(SORTS)),
  direction: Type.Optional(oneOf<Direction>(DIRECTIONS)),
});

/** What a required field must be, for the answer to its absence. */
export const EXPECTED = new Map(
  [PlanChoice, AutoRenewal, Address].flatMap(({ properties }) =>
    Object.entries(properties as Record<string, { description?: string }>).map(
      ([field, { description = '' }]) => [field, description] as const,
    ),
  ),
);

const EXACT = { additionalProperties: false };
const Cents = (description: string) => Type.Integer({ description: `${description}, in cents` });
const Count = () => Type.Integer({ minimum: 0 });
const Id = (prefix: string) => Type.String({ pattern: `^${prefix}_[0-9a-f]{24}$` });
const Instant = Type.Object(
  { timestamp: Type.Integer(), date: Type.Integer() },
  { ...EXACT, title: 'Instant', description: 'Milliseconds since 1970, twice' },
);

const Slot = Type.Object(
  {
    id: Id('sl'),
    status: Type.Literal('ENABLED'),
    state: oneOf<'UNBOUND' | 'BOUND'>(['UNBOUND', 'BOUND']),
    synchronization: Type.Literal('SYNCED'),
    type: Type.Literal('IP'),
    ip: Type.Optional(
      Type.String({ description: 'Of a bound slot only. Added by Headgate', 'x-added': true }),
    ),
  },
  { ...EXACT, title: 'Slot' },
);

const Price = Type.Object(
  {
    currency: Type.Literal('USD'),
    netAmount: Cents('Without tax'),
    grossAmount: Cents('With tax'),
    taxAmount: Cents('The difference'),
    feeAmount: Cents('Always 0'),
    taxRate: Type.Number({ description: 'Percent' }),
  },
  { ...EXACT, title: 'Price' },
);

const Plan = Type.Object(
  {
    id: Id('pl'),
    title: Type.String(),
    description: Type.String(),
    billingCycle: oneOf<BillingCycle>(BILLING_CYCLES),
    price: Price,
    configuration: Type.Object(
      {
        type: Type.Literal('DATACENTER'),
        connections: Type.Integer(),
        authentications: Type.Integer(),
      },
      EXACT,
    ),
  },
  { ...EXACT, title: 'Plan' },
);

const Subscription = Type.Object(
  {
    id: Id('su'),
    status: oneOf(['ACTIVE', 'SUSPENDED', 'STOPPED', 'TERMINATED']),
    type: Type.Literal('STANDARD'),
    canceled: Type.Boolean({ description: 'It ends with its period' }),
    period: Type.Object({ start: Instant, end: Instant }, EXACT),
    consumption: Type.Object(
      { bytes: Count(), requests: Count() },
      { ...EXACT, description: 'Since the subscription was made' },
    ),
    plan: Plan,
    slots: Type.Array(Slot, { description: 'One for each authentication' }),
  },
  { ...EXACT, title: 'Subscription' },
);

const Reseller = Type.Object(
  {
    id: Id('rs'),
    balance: Type.Object(
      {
        id: Id('rb'),
        amount: Type.Object(
          { currency: Type.Literal('USD'), value: Cents('What is left'), fee: Cents('Always 0') },
          EXACT,
        ),
      },
      EXACT,
    ),
    statistic: Type.Object(
      {
        id: Id('rs'),
        totalSubscriptions: Count(),
        activeSubscriptions: Count(),
        stoppedSubscriptions: Count(),
        terminatedSubscriptions: Count(),
        suspendedSubscriptions: Count(),
      },
      EXACT,
    ),
    app: Type.Object(
      {
        id: Id('ap'),
        title: Type.String(),
        description: Type.String(),
        apiKey: Type.String({ description: 'The key this call was made with', 'x-inferred': true }),
      },
      EXACT,
    ),
  },
  { ...EXACT, title: 'Reseller' },
);

/** The body of an error. */
export function describeFailure(_status: number, codes: readonly string[]): TSchema {
  return Type.Object(
    {
      success: Type.Literal(false),
      message: Type.String(),
      code: Type.Unsafe<string>({ type: 'string', enum: [...codes] }),
    },
    EXACT,
  );
}

const data = <Data extends TSchema>(schema: Data, example: unknown) =>
  Type.Object({ data: schema }, { ...EXACT, examples: [{ data: example }] });

const SLOTS = [
  {
    id: 'sl_6a1c04d27be93f5806c4d1f2',
    status: 'ENABLED',
    state: 'BOUND',
    synchronization: 'SYNCED',
    type: 'IP',
    ip: '198.51.100.7',
  },
  {
    id: 'sl_6a1c04d27be93f5806c4d1f3',
    status: 'ENABLED',
    state: 'UNBOUND',
    synchronization: 'SYNCED',
    type: 'IP',
  },
];
const SUBSCRIPTION = {
  id: 'su_6a1c04d27be93f5806c4d1f0',
  status: 'ACTIVE',
  type: 'STANDARD',
  canceled: false,
  period: {
    start: { timestamp: 1775001600000, date: 1775001600000 },
    end: { timestamp: 1775606400000, date: 1775606400000 },
  },
  consumption: { bytes: 48795449, requests: 312 },
  plan: {
    id: 'pl_6a1bff907be93f5806c4d1e8',
    title: 'GS-DAT 100',
    description: 'Weekly billing',
    billingCycle: 'WEEKLY',
    price: {
      currency: 'USD',
      netAmount: 1681,
      grossAmount: 2000,
      taxAmount: 319,
      feeAmount: 0,
      taxRate: 19,
    },
    configuration: { type: 'DATACENTER', connections: 100, authentications: 2 },
  },
  slots: SLOTS,
};

export const ResellerAnswer = data(Reseller, {
  id: 'rs_6a1bfe417be93f5806c4d0d3',
  balance: { id: 'rb_6a1bfe417be93f5806c4d0cf', amount: { currency: 'USD', value: 25000, fee: 0 } },
  statistic: {
    id: 'rs_6a1bfe417be93f5806c4d0d0',
    totalSubscriptions: 4,
    activeSubscriptions: 2,
    stoppedSubscriptions: 1,
    terminatedSubscriptions: 1,
    suspendedSubscriptions: 0,
  },
  app: {
    id: 'ap_6a1bfe417be93f5806c4d0d2',
    title: 'Reseller-App',
    description: 'Reseller-App for: us_6a1bfe417be93f5806c4c0c9',
    apiKey: 'hg_live_8rT2vKq7mZx4NcW9bLp3Ds6f',
  },
});
export const SubscriptionAnswer = data(Subscription, SUBSCRIPTION);
export const SlotsAnswer = data(Type.Array(Slot), SLOTS);
export const PageAnswer = Type.Object(
  {
    data: Type.Array(Subscription),
    page: Count(),
    size: Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE }),
    totalElements: Count(),
    totalPages: Count(),
  },
  {
    ...EXACT,
    examples: [{ data: [SUBSCRIPTION], page: 0, size: 20, totalElements: 1, totalPages: 1 }],
  },
);
export const RenewedAnswer = Type.Object(
  { success: Type.Literal(true), message: Type.Literal('Subscription renewed successfully.') },
  { ...EXACT, examples: [{ success: true, message: 'Subscription renewed successfully.' }] },
);
export const EmptyAnswer = Type.Object({}, { ...EXACT, examples: [{}] });

/** Headers of every answer to a good key, as draft-ietf-httpapi-ratelimit-headers-10 has them. */
export const RATE_HEADERS = {
  RateLimit: Type.String({ description: 'What is left: `"default";r=9;t=60`' }),
  'RateLimit-Policy': Type.String({ description: 'Ten calls in 60 seconds: `"default";q=10;w=60`' }),
};
