/** Ghostealth's shapes, from what the core speaks. Money is cents, times are milliseconds. */
import type { KeyIdentity } from '../../../core/keys/keys.ts';
import { sha256 } from '../../../core/secrets.ts';
import type { BillingCycle } from '../../../core/subscriptions/period.ts';
import type { Plan } from '../../../core/subscriptions/plans.ts';
import type { Slot, Subscription, SubscriptionCounts } from '../../../core/subscriptions/read.ts';

const CYCLE_WORDS: Record<BillingCycle, string> = {
  WEEKLY: 'Weekly billing',
  MONTHLY: 'Monthly billing',
  ANNUAL: 'Annual billing',
};

/** An id for something that has none of its own here: always the same for one account. */
function derivedId(prefix: string, what: string, accountPublicId: string): string {
  return `${prefix}_${sha256(`ghostealth ${what} ${accountPublicId}`).toString('hex').slice(0, 24)}`;
}

export function toWireReseller(
  { accountPublicId }: Pick<KeyIdentity, 'accountPublicId'>,
  balanceCents: bigint,
  counts: SubscriptionCounts,
  apiKey: string,
) {
  const user = derivedId('us', 'user', accountPublicId);
  return {
    id: derivedId('rs', 'reseller', accountPublicId),
    balance: {
      id: derivedId('rb', 'balance', accountPublicId),
      amount: { currency: 'USD' as const, value: Number(balanceCents), fee: 0 },
    },
    statistic: {
      id: derivedId('rs', 'statistic', accountPublicId),
      totalSubscriptions: counts.total,
      activeSubscriptions: counts.ACTIVE,
      stoppedSubscriptions: counts.STOPPED,
      terminatedSubscriptions: counts.TERMINATED,
      suspendedSubscriptions: counts.SUSPENDED,
    },
    app: {
      id: derivedId('ap', 'app', accountPublicId),
      title: 'Reseller-App',
      description: `Reseller-App for: ${user}`,
      apiKey,
    },
  };
}

function toWireInstant(time: Date) {
  return { timestamp: time.getTime(), date: time.getTime() };
}

function toWirePlan({ id, billingCycle, connections, authentications, price }: Plan) {
  return {
    id,
    title: `GS-DAT ${connections}`,
    description: CYCLE_WORDS[billingCycle],
    billingCycle,
    price: {
      currency: 'USD' as const,
      netAmount: Number(price.netCents),
      grossAmount: Number(price.grossCents),
      taxAmount: Number(price.taxCents),
      feeAmount: 0,
      taxRate: price.taxBasisPoints / 100,
    },
    configuration: { type: 'DATACENTER' as const, connections, authentications },
  };
}

export function toWireSlot({ id, address }: Slot) {
  return {
    id,
    status: 'ENABLED' as const,
    state: address === null ? ('UNBOUND' as const) : ('BOUND' as const),
    synchronization: 'SYNCED' as const,
    type: 'IP' as const,
    ...(address === null ? {} : { ip: address }),
  };
}

export function toWireSubscription(subscription: Subscription) {
  return {
    id: subscription.id,
    status: subscription.status,
    type: 'STANDARD' as const,
    canceled: subscription.canceled,
    period: { start: toWireInstant(subscription.periodStart), end: toWireInstant(subscription.periodEnd) },
    consumption: { bytes: Number(subscription.bytes), requests: Number(subscription.requests) },
    plan: toWirePlan(subscription.plan),
    slots: subscription.slots.map(toWireSlot),
  };
}
