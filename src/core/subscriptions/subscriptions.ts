/** Subscriptions: bought for a period, renewed, changed, paused, ended. See README.md here. */
import type { Sql, Tx } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import type { CommandStep, Commands, Invocation } from '../command.ts';
import { DomainError } from '../errors.ts';
import { validAddress } from '../validate.ts';
import { charge, unusedCredits } from './charges.ts';
import { addCycle, anchorDayOf, type BillingCycle, periodAt } from './period.ts';
import { type Connections, findPlan, type PlanChoice, planChoiceOf } from './plans.ts';
import {
  countSubscriptions,
  listSubscriptions,
  newHexId,
  readSubscription,
  refuseImpossibleId,
  type Slot,
  type Status,
  type Subscription,
  type SubscriptionCounts,
  type SubscriptionPage,
  statusAt,
} from './read.ts';
import { addSlots, bindSlot, restSlots, reviveSlots, setSlotCount, unbindSlot } from './slots.ts';

/** A subscription can be paid for this far ahead. */
const MAX_YEARS_AHEAD = 10;

const DUE_BATCH = 100;

/** A subscription whose row is locked until the transaction ends. */
interface Locked extends PlanChoice {
  internalId: bigint;
  accountId: bigint;
  id: string;
  /** At the command's time. */
  status: Status;
  canceled: boolean;
  autoRenewal: boolean;
  periodEnd: Date;
  anchorDay: number;
}

export class Subscriptions {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #commands: Commands;

  constructor(sql: Sql, clock: Clock, commands: Commands) {
    this.#sql = sql;
    this.#clock = clock;
    this.#commands = commands;
  }

  /** Throws SubscriptionNotFound, as all calls that name a subscription. */
  async get(accountId: bigint, id: string): Promise<Subscription> {
    return readSubscription(this.#sql, accountId, id, this.#clock.now());
  }

  async list(
    accountId: bigint,
    page: SubscriptionPage,
  ): Promise<{ subscriptions: Subscription[]; total: number }> {
    return listSubscriptions(this.#sql, accountId, page, this.#clock.now());
  }

  async count(accountId: bigint): Promise<SubscriptionCounts> {
    return countSubscriptions(this.#sql, accountId, this.#clock.now());
  }

  async slots(accountId: bigint, id: string): Promise<Slot[]> {
    return (await this.get(accountId, id)).slots;
  }

  /** Buys a plan; the period begins now. Throws InsufficientBalance. */
  async create(invocation: Invocation, accountId: bigint, choice: PlanChoice): Promise<Subscription> {
    return this.#commands.run(invocation, 'subscription.create', async (step) => {
      const { tx, now } = step;
      const plan = await findPlan(tx, choice);
      const id = newHexId('su_', now);
      const anchorDay = anchorDayOf(now);
      const endsAt = addCycle(now, plan.billingCycle, anchorDay);
      const [row] = await tx<{ id: bigint }[]>`
        INSERT INTO subscription (public_id, account_id, plan_id, status, period_start, period_end, anchor_day, created_at)
          VALUES (${id}, ${accountId}, ${plan.internalId}, 'ACTIVE', ${now}, ${endsAt}, ${anchorDay}, ${now}) RETURNING id`;
      await tx`INSERT INTO subscription_consumption (subscription_id) VALUES (${row!.id})`;
      await addSlots(tx, row!.id, plan.authentications, true, now);
      const purchase = { subscriptionId: row!.id, accountId, startsAt: now, endsAt, price: plan.price };
      if (!(await charge(step, { ...purchase, automatic: false }))) throw notEnoughMoney();
      step.audit(`subscription:${id}`, {
        before: null,
        after: { ...planChoiceOf(plan), status: 'ACTIVE', periodEnd: endsAt },
        grossCents: plan.price.grossCents,
      });
      return readSubscription(tx, accountId, id, now);
    });
  }

  /**
   * Changes the plan: what is unused of the time paid for is given back, the new plan is charged in full, and its period begins
   * now. A suspended subscription stays suspended, a stopped one begins again. Throws InsufficientBalance, SlotsInUse;
   * SubscriptionState for a canceled one.
   */
  async update(
    invocation: Invocation,
    accountId: bigint,
    id: string,
    choice: PlanChoice,
  ): Promise<Subscription> {
    return this.#commands.run(invocation, 'subscription.update', async (step) => {
      const { tx, now } = step;
      const before = await lockSubscription(tx, accountId, id, now);
      if (before.canceled) throw refused('updated', before);
      const plan = await findPlan(tx, choice);
      const over = before.status === 'STOPPED';
      await setSlotCount(tx, before.internalId, plan.authentications, !over, now);
      const anchorDay = anchorDayOf(now);
      const endsAt = addCycle(now, plan.billingCycle, anchorDay);
      const credits = await unusedCredits(tx, before.internalId, now);
      const purchase = { subscriptionId: before.internalId, accountId, startsAt: now, endsAt };
      if (!(await charge(step, { ...purchase, price: plan.price, automatic: false }, credits))) {
        throw notEnoughMoney();
      }
      await tx`
        UPDATE subscription SET plan_id = ${plan.internalId}, status = ${over ? 'ACTIVE' : before.status},
            period_start = ${now}, period_end = ${endsAt}, anchor_day = ${anchorDay} WHERE id = ${before.internalId}`;
      if (over) await reviveSlots(tx, before.internalId);
      const creditedCents = credits.reduce((sum, credit) => sum + credit.grossCents, 0n);
      const { grossCents } = plan.price;
      step.audit(`subscription:${id}`, {
        before: { ...planChoiceOf(before), status: before.status, periodEnd: before.periodEnd },
        after: { ...planChoiceOf(plan), status: over ? 'ACTIVE' : before.status, periodEnd: endsAt },
        grossCents,
        creditedCents,
      });
      announce(step, before, plan.connections < before.connections);
      return readSubscription(tx, accountId, id, now);
    });
  }

  /**
   * Buys one more cycle at today's price: from the period's end, or from now when the period is over. Throws
   * InsufficientBalance; SubscriptionState for a canceled one; LimitReached far in the future.
   *
   * A call that meets the automatic renewal, because it comes at its very millisecond or waited for it, finds its cycle bought
   * and buys no second one.
   */
  async renew(invocation: Invocation, accountId: bigint, id: string): Promise<Subscription> {
    return this.#commands.run(invocation, 'subscription.renew', async (step) => {
      const { tx, now } = step;
      refuseImpossibleId(id);
      const [seen] = await tx<{ period_end: Date }[]>`
        SELECT period_end FROM subscription WHERE public_id = ${id} AND account_id = ${accountId}`;
      const before = await lockSubscription(tx, accountId, id, now);
      if (before.canceled) throw refused('renewed', before);
      const over = before.status === 'STOPPED';
      if (!over && (await hasJustRenewed(tx, before, seen!.period_end, now))) {
        return readSubscription(tx, accountId, id, now);
      }
      const plan = await findPlan(tx, before);
      const startsAt = over ? now : before.periodEnd;
      const anchorDay = over ? anchorDayOf(now) : before.anchorDay;
      const endsAt = addCycle(startsAt, plan.billingCycle, anchorDay);
      if (endsAt.getUTCFullYear() > now.getUTCFullYear() + MAX_YEARS_AHEAD) {
        throw new DomainError('LimitReached', { what: 'years paid ahead', limit: MAX_YEARS_AHEAD });
      }
      const purchase = { subscriptionId: before.internalId, accountId, startsAt, endsAt, price: plan.price };
      if (!(await charge(step, { ...purchase, automatic: false }))) throw notEnoughMoney();
      if (over) {
        await tx`
          UPDATE subscription SET status = 'ACTIVE', period_start = ${now}, period_end = ${endsAt}, anchor_day = ${anchorDay}
            WHERE id = ${before.internalId}`;
        await reviveSlots(tx, before.internalId);
      } else await tx`UPDATE subscription SET period_end = ${endsAt} WHERE id = ${before.internalId}`;
      step.audit(`subscription:${id}`, {
        grossCents: plan.price.grossCents,
        before: { status: before.status, periodEnd: before.periodEnd },
        after: { status: 'ACTIVE', periodEnd: endsAt },
      });
      tellRenewed(step, before, endsAt, false);
      announce(step, before, false);
      return readSubscription(tx, accountId, id, now);
    });
  }

  /** Stops service at once; the period runs on. Suspending a suspended one changes nothing. Throws SubscriptionState. */
  async suspend(invocation: Invocation, accountId: bigint, id: string): Promise<void> {
    await this.#changeStatus(invocation, 'suspended', accountId, id, 'ACTIVE', 'SUSPENDED');
  }

  /** Brings service back. Resuming an active one changes nothing. Throws SubscriptionState when the period is over. */
  async resume(invocation: Invocation, accountId: bigint, id: string): Promise<void> {
    await this.#changeStatus(invocation, 'resumed', accountId, id, 'SUSPENDED', 'ACTIVE');
  }

  async #changeStatus(
    invocation: Invocation,
    participle: 'suspended' | 'resumed',
    accountId: bigint,
    id: string,
    from: Status,
    to: Status,
  ): Promise<void> {
    const action = to === 'SUSPENDED' ? 'subscription.suspend' : 'subscription.resume';
    await this.#commands.run(invocation, action, async (step) => {
      const before = await lockSubscription(step.tx, accountId, id, step.now);
      if (before.status === to) return;
      if (before.status !== from) throw refused(participle, before);
      await step.tx`UPDATE subscription SET status = ${to} WHERE id = ${before.internalId}`;
      step.audit(`subscription:${id}`, { before: { status: before.status }, after: { status: to } });
      announce(step, before, to === 'SUSPENDED');
    });
  }

  /**
   * Ends a subscription with its period, without refund; one whose period is over ends at once. Canceling a canceled one changes
   * nothing.
   */
  async cancel(invocation: Invocation, accountId: bigint, id: string): Promise<void> {
    await this.#commands.run(invocation, 'subscription.cancel', async (step) => {
      const before = await lockSubscription(step.tx, accountId, id, step.now);
      if (before.canceled) return;
      await step.tx`UPDATE subscription SET canceled = true WHERE id = ${before.internalId}`;
      if (before.status === 'STOPPED') await end(step, before, 'TERMINATED');
      step.audit(`subscription:${id}`, {
        periodEnd: before.periodEnd,
        before: { canceled: false },
        after: { canceled: true },
      });
    });
  }

  /** Whether the period's end renews it. Throws SubscriptionState when it is asked of a canceled one. */
  async setAutoRenewal(
    invocation: Invocation,
    accountId: bigint,
    id: string,
    autoRenewal: boolean,
  ): Promise<void> {
    await this.#commands.run(invocation, 'subscription.auto-renewal', async (step) => {
      const before = await lockSubscription(step.tx, accountId, id, step.now);
      if (before.autoRenewal === autoRenewal) return;
      if (before.canceled && autoRenewal) throw refused('set to renew itself', before);
      // Asked for after the end, it is for the next end: the job must not take this one for it.
      if (before.status === 'STOPPED') await end(step, before, 'STOPPED');
      await step.tx`UPDATE subscription SET auto_renewal = ${autoRenewal} WHERE id = ${before.internalId}`;
      step.audit(`subscription:${id}`, {
        before: { autoRenewal: before.autoRenewal },
        after: { autoRenewal },
      });
    });
  }

  /**
   * Binds a single address to the first unbound slot. Binding it again changes nothing. Throws InvalidField, AddressInUse,
   * NoFreeSlot; SubscriptionState when the period is over.
   */
  async bind(invocation: Invocation, accountId: bigint, id: string, ip: string): Promise<void> {
    const address = validAddress(ip);
    await this.#commands.run(invocation, 'subscription.bind', async (step) => {
      const before = await lockSubscription(step.tx, accountId, id, step.now);
      if (!isLive(before.status)) throw refused('bound to an address', before);
      if (!(await bindSlot(step.tx, before.internalId, address))) return;
      step.audit(`subscription:${id}`, { before: null, after: { address } });
      announce(step, before, false);
    });
  }

  /** Takes an address off its slot. An address that is on none changes nothing. Throws InvalidField. */
  async unbind(invocation: Invocation, accountId: bigint, id: string, ip: string): Promise<void> {
    const address = validAddress(ip);
    await this.#commands.run(invocation, 'subscription.unbind', async (step) => {
      const before = await lockSubscription(step.tx, accountId, id, step.now);
      if (!(await unbindSlot(step.tx, before.internalId, address))) return;
      step.audit(`subscription:${id}`, { before: { address }, after: null });
      announce(step, before, true);
    });
  }

  /**
   * Writes down what has ended: canceled → TERMINATED; with automatic renewal and money enough → renewed; else STOPPED. Each
   * in a transaction of its own; one that fails does not keep the others from it. Answers how many were due.
   */
  async expireDue(invocation: Invocation): Promise<number> {
    const failures: unknown[] = [];
    let after = 0n;
    let count = 0;
    for (;;) {
      const due = await this.#sql<{ id: bigint }[]>`
        SELECT id FROM subscription WHERE status IN ('ACTIVE', 'SUSPENDED') AND period_end <= ${this.#clock.now()}
          AND id > ${after} ORDER BY id LIMIT ${DUE_BATCH}`;
      for (const { id } of due) await this.#expire(invocation, id).catch((error) => failures.push(error));
      count += due.length;
      if (due.length < DUE_BATCH) break;
      after = due.at(-1)!.id;
    }
    if (failures.length > 0) throw new AggregateError(failures, 'subscriptions that have ended: some failed');
    return count;
  }

  async #expire(invocation: Invocation, internalId: bigint): Promise<void> {
    await this.#commands.run(invocation, 'subscription.expire', async (step) => {
      const { tx, now } = step;
      // Somebody may have been faster, or renewed it: what counts is what stands there once the row is ours.
      const [row] = await tx<{ id: string; account_id: bigint; status: Status; canceled: boolean }[]>`
        SELECT public_id AS id, account_id, status, canceled FROM subscription s
          WHERE id = ${internalId} AND status IN ('ACTIVE', 'SUSPENDED') AND period_end <= ${now} FOR NO KEY UPDATE`;
      if (!row) return;
      const before = await lockSubscription(tx, row.account_id, row.id, now);
      const { periodEnd } = before;
      const renewedTo = before.autoRenewal && !before.canceled && (await renewAutomatically(step, before));
      if (!renewedTo) await end(step, before, before.status);
      step.audit(`subscription:${before.id}`, {
        renewed: renewedTo !== false,
        before: { status: row.status, periodEnd },
        after: renewedTo
          ? { status: row.status, periodEnd: renewedTo }
          : { status: before.status, periodEnd },
      });
    });
  }
}

/** Renews at the period's end, and answers the next; false where the money does not suffice. One charge, for the period that holds `now`: time that passed unserved is not charged. */
async function renewAutomatically(step: CommandStep, before: Locked): Promise<Date | false> {
  const plan = await findPlan(step.tx, before);
  const { start, end } = periodAt(before.periodEnd, plan.billingCycle, before.anchorDay, step.now);
  const { internalId: subscriptionId, accountId } = before;
  const purchase = { subscriptionId, accountId, startsAt: start, endsAt: end, price: plan.price };
  if (!(await charge(step, { ...purchase, automatic: true }))) return false;
  await step.tx`UPDATE subscription SET period_start = ${start}, period_end = ${end} WHERE id = ${subscriptionId}`;
  tellRenewed(step, before, end, true);
  announce(step, before, false);
  return end;
}

/** Whether the automatic renewal of a period that was over for the caller was made while the caller came. */
async function hasJustRenewed(tx: Tx, subscription: Locked, seenEnd: Date, now: Date): Promise<boolean> {
  const [last] = await tx<{ automatic: boolean; charged_at: Date }[]>`
    SELECT automatic, charged_at FROM subscription_charge WHERE subscription_id = ${subscription.internalId}
      ORDER BY id DESC LIMIT 1`;
  return last!.automatic && (last!.charged_at >= now || seenEnd <= now);
}

function tellRenewed(
  step: CommandStep,
  { accountId, id }: Locked,
  periodEnd: Date,
  automatic: boolean,
): void {
  const data = { subscription: { id }, periodEnd, automatic };
  step.tell({ type: 'subscription.renewed', accountId, data });
}

/** Writes down that a subscription is over, and lets go of its addresses and tunnels. */
async function end(step: CommandStep, before: Locked, status: Status): Promise<void> {
  // It is news once: a stopped one may be ended another way later.
  const [written] = await step.tx<{ status: Status }[]>`
    SELECT status FROM subscription WHERE id = ${before.internalId}`;
  if (isLive(written!.status)) {
    const data = { subscription: { id: before.id }, periodEnd: before.periodEnd, canceled: before.canceled };
    step.tell({ type: 'subscription.expired', accountId: before.accountId, data });
  }
  await step.tx`UPDATE subscription SET status = ${status} WHERE id = ${before.internalId}`;
  await restSlots(step.tx, before.internalId);
  announce(step, before, true);
}

/** `cut`: some of its tunnels may no longer be allowed. */
function announce(step: CommandStep, { internalId }: Locked, cut: boolean): void {
  step.send({ kind: 'subscription-changed', subscriptionId: String(internalId), cut });
}

async function lockSubscription(tx: Tx, accountId: bigint, id: string, now: Date): Promise<Locked> {
  refuseImpossibleId(id);
  const [row] = await tx<(Omit<Locked, keyof PlanChoice> & { plan_id: bigint })[]>`
    SELECT id AS "internalId", account_id AS "accountId", public_id AS id, ${statusAt(tx, now)} AS status, canceled,
        auto_renewal AS "autoRenewal", period_end AS "periodEnd", anchor_day AS "anchorDay", plan_id
      FROM subscription s WHERE public_id = ${id} AND account_id = ${accountId} FOR NO KEY UPDATE`;
  if (!row) throw new DomainError('SubscriptionNotFound', {});
  // Apart from the lock: a row that changed while we waited would not be joined to its new plan.
  const [plan] = await tx<{ cycle: BillingCycle; connections: Connections; authentications: number }[]>`
    SELECT billing_cycle AS cycle, connections, authentications FROM plan WHERE id = ${row.plan_id}`;
  const { plan_id: _, ...locked } = row;
  const { cycle, connections, authentications } = plan!;
  return { ...locked, billingCycle: cycle, connections, authentications };
}

function isLive(status: Status): boolean {
  return status === 'ACTIVE' || status === 'SUSPENDED';
}

/** `participle` completes "cannot be …". */
function refused(participle: string, { status, canceled }: Locked): DomainError {
  const state = canceled && isLive(status) ? 'canceled' : status.toLowerCase();
  return new DomainError('SubscriptionState', { state, participle });
}

function notEnoughMoney(): DomainError {
  return new DomainError('InsufficientBalance', { holder: 'account' });
}
