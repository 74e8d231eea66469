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

export const PlanChoice = Type.Object({
  billingCycle: oneOf<BillingCycle>(BILLING_CYCLES),
  connections: oneOf<Connections>(CONNECTIONS),
  authentications: Type.Integer({
    minimum: 1,
    maximum: MAX_AUTHENTICATIONS,
    description: `a whole number from 1 to ${MAX_AUTHENTICATIONS}`,
  }),
});

export const AutoRenewal = Type.Object({ autoRenewal: Type.Boolean({ description: 'true or false' }) });

export const Address = Type.Object({ ip: Type.String({ description: 'a single IPv4 or IPv6 address' }) });

export const SubscriptionPath = Type.Object({ id: Type.String() });

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

const Cents = (description: string) => Type.Integer({ description: `${description}, in cents` });
const Id = (prefix: string) => Type.String({ pattern: `^${prefix}_[0-9a-f]{24}$` });
const Instant = Type.Object(
  { timestamp: Type.Integer(), date: Type.Integer() },
  { description: 'Milliseconds since 1970, twice' },
);

const Slot = Type.Object({
  id: Id('sl'),
  status: Type.Literal('ENABLED'),
  state: Type.Unsafe<'UNBOUND' | 'BOUND'>({ type: 'string', enum: ['UNBOUND', 'BOUND'] }),
  synchronization: Type.Literal('SYNCED'),
  type: Type.Literal('IP'),
  ip: Type.Optional(Type.String({ description: 'Of a bound slot only. Added by Headgate' })),
});

const Subscription = Type.Object({
  id: Id('su'),
  status: oneOf(['ACTIVE', 'SUSPENDED', 'STOPPED', 'TERMINATED']),
  type: Type.Literal('STANDARD'),
  canceled: Type.Boolean(),
  period: Type.Object({ start: Instant, end: Instant }),
  consumption: Type.Object({ bytes: Type.Integer(), requests: Type.Integer() }),
  plan: Type.Object({
    id: Id('pl'),
    title: Type.String(),
    description: Type.String(),
    billingCycle: oneOf<BillingCycle>(BILLING_CYCLES),
    price: Type.Object({
      currency: Type.Literal('USD'),
      netAmount: Cents('Without tax'),
      grossAmount: Cents('With tax'),
      taxAmount: Cents('The difference'),
      feeAmount: Cents('Always 0'),
      taxRate: Type.Number({ description: 'Percent' }),
    }),
    configuration: Type.Object({
      type: Type.Literal('DATACENTER'),
      connections: Type.Integer(),
      authentications: Type.Integer(),
    }),
  }),
  slots: Type.Array(Slot),
});

const Reseller = Type.Object({
  id: Id('rs'),
  balance: Type.Object({
    id: Id('rb'),
    amount: Type.Object({
      currency: Type.Literal('USD'),
      value: Cents('What is left'),
      fee: Cents('Always 0'),
    }),
  }),
  statistic: Type.Object({
    id: Id('rs'),
    totalSubscriptions: Type.Integer(),
    activeSubscriptions: Type.Integer(),
    stoppedSubscriptions: Type.Integer(),
    terminatedSubscriptions: Type.Integer(),
    suspendedSubscriptions: Type.Integer(),
  }),
  app: Type.Object({
    id: Id('ap'),
    title: Type.String(),
    description: Type.String(),
    apiKey: Type.String({ description: 'The key this call was made with' }),
  }),
});

const Failure = Type.Object({
  success: Type.Literal(false),
  message: Type.String(),
  code: Type.String(),
});

const data = <Data extends TSchema>(schema: Data) => Type.Object({ data: schema });

export const ResellerAnswer = data(Reseller);
export const SubscriptionAnswer = data(Subscription);
export const SlotsAnswer = data(Type.Array(Slot));
export const PageAnswer = Type.Object({
  data: Type.Array(Subscription),
  page: Type.Integer(),
  size: Type.Integer(),
  totalElements: Type.Integer(),
  totalPages: Type.Integer(),
});
export const RenewedAnswer = Type.Object({ success: Type.Literal(true), message: Type.String() });
export const EmptyAnswer = Type.Object({}, { additionalProperties: false });

/** The answer of a call by status: success, and the errors every call can have with those named. */
export function answers<Success extends TSchema>(success: Success, ...statuses: (400 | 402 | 404 | 409)[]) {
  const failures = [401, 403, 429, 500, 503, ...statuses].map((status) => [status, Failure]);
  return { 200: success, ...Object.fromEntries(failures) } as { 200: Success };
}
