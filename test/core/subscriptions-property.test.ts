/** Random sequences of calls against a plain model that knows no database: the same answers, states and cents. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Invocation } from '../../src/core/command.ts';
import { DomainError } from '../../src/core/errors.ts';
import type { BillingCycle } from '../../src/core/subscriptions/period.ts';
import type { PlanChoice } from '../../src/core/subscriptions/plans.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi } from '../support/api.ts';

const JOB: Invocation = { actor: { name: 'system', accountId: null, door: 'job' } };
const DAY_MS = 24 * 3600_000;
const GROSS: Record<BillingCycle, number> = { WEEKLY: 2000, MONTHLY: 8000, ANNUAL: 88_000 };
const ADDRESSES = ['203.0.113.1', '203.0.113.2', '203.0.113.3'];

interface ModelSubscription {
  stored: 'ACTIVE' | 'SUSPENDED' | 'STOPPED' | 'TERMINATED';
  canceled: boolean;
  autoRenewal: boolean;
  start: number;
  end: number;
  day: number;
  cycle: BillingCycle;
  charges: { from: number; to: number; gross: number; automatic: boolean; at: number; credited: boolean }[];
  slots: (string | null)[];
}

class Refused extends Error {}

/** What a reseller has, in plain numbers, under the same rules told differently. */
class Model {
  now: number;
  money: number;
  all: ModelSubscription[] = [];

  constructor(now: number, money: number) {
    this.now = now;
    this.money = money;
  }

  private after(from: number, cycle: BillingCycle, day: number): number {
    if (cycle === 'WEEKLY') return from + 7 * DAY_MS;
    const [year, month, , ...time] = new Date(from)
      .toISOString()
      .split(/[-T:.Z]/)
      .map(Number);
    const months = year! * 12 + month! - 1 + (cycle === 'MONTHLY' ? 1 : 12);
    for (let candidate = day; ; candidate -= 1) {
      const [hours, minutes, seconds, ms] = time;
      const at = Date.UTC(Math.floor(months / 12), months % 12, candidate, hours, minutes, seconds, ms);
      if (new Date(at).getUTCMonth() === months % 12) return at;
    }
  }

  status(one: ModelSubscription) {
    if (one.stored === 'STOPPED' || one.stored === 'TERMINATED' || this.now < one.end) return one.stored;
    return one.canceled ? 'TERMINATED' : 'STOPPED';
  }

  private pay(one: ModelSubscription, from: number, to: number, automatic: boolean, credit = 0): boolean {
    const gross = GROSS[one.cycle] + 200 * (one.slots.length - 1) * (GROSS[one.cycle] / 2000);
    if (this.money + credit < gross) return false;
    this.money += credit - gross;
    one.charges.push({ from, to, gross, automatic, at: this.now, credited: false });
    return true;
  }

  private isTaken(address: string | null, except?: ModelSubscription): boolean {
    return this.all.some(
      (one) =>
        one !== except &&
        (one.stored === 'ACTIVE' || one.stored === 'SUSPENDED') &&
        one.slots.includes(address),
    );
  }

  private begin(one: ModelSubscription): void {
    if (this.status(one) === 'STOPPED') {
      one.slots = one.slots.map((address) =>
        address !== null && this.isTaken(address, one) ? null : address,
      );
      one.stored = 'ACTIVE';
    }
  }

  create(cycle: BillingCycle, slots: number): void {
    const day = new Date(this.now).getUTCDate();
    const one: ModelSubscription = {
      stored: 'ACTIVE',
      canceled: false,
      autoRenewal: false,
      start: this.now,
      end: this.after(this.now, cycle, day),
      day,
      cycle,
      charges: [],
      slots: Array<null>(slots).fill(null),
    };
    if (!this.pay(one, one.start, one.end, false)) throw new Refused('InsufficientBalance');
    this.all.push(one);
  }

  update(one: ModelSubscription, cycle: BillingCycle, count: number): void {
    if (one.canceled) throw new Refused('SubscriptionState');
    const slots = [...one.slots];
    while (slots.length < count) slots.push(null);
    while (slots.length > count) {
      const unbound = slots.lastIndexOf(null);
      if (unbound < 0) throw new Refused('SlotsInUse');
      slots.splice(unbound, 1);
    }
    const open = one.charges.filter((charge) => !charge.credited && charge.to > this.now);
    let credit = 0;
    for (const { from, to, gross } of open) {
      credit += Number((BigInt(gross) * BigInt(to - Math.max(from, this.now))) / BigInt(to - from));
    }
    const day = new Date(this.now).getUTCDate();
    const end = this.after(this.now, cycle, day);
    const changed = { ...one, slots, cycle };
    if (!this.pay(changed, this.now, end, false, credit)) throw new Refused('InsufficientBalance');
    for (const charge of open) charge.credited = true;
    this.begin(Object.assign(one, { slots, cycle }));
    Object.assign(one, { start: this.now, end, day });
  }

  renew(one: ModelSubscription): void {
    if (one.canceled) throw new Refused('SubscriptionState');
    const over = this.status(one) === 'STOPPED';
    const last = one.charges.at(-1)!;
    if (!over && last.automatic && last.at >= this.now) return;
    const from = over ? this.now : one.end;
    const day = over ? new Date(this.now).getUTCDate() : one.day;
    const to = this.after(from, one.cycle, day);
    if (new Date(to).getUTCFullYear() > new Date(this.now).getUTCFullYear() + 10)
      throw new Refused('LimitReached');
    if (!this.pay(one, from, to, false)) throw new Refused('InsufficientBalance');
    this.begin(one);
    Object.assign(one, { start: over ? this.now : one.start, end: to, day });
  }

  suspend(one: ModelSubscription, from: 'ACTIVE' | 'SUSPENDED'): void {
    const status = this.status(one);
    if (status === 'STOPPED' || status === 'TERMINATED') throw new Refused('SubscriptionState');
    if (status === from) one.stored = from === 'ACTIVE' ? 'SUSPENDED' : 'ACTIVE';
  }

  cancel(one: ModelSubscription): void {
    if (this.status(one) === 'STOPPED') one.stored = 'TERMINATED';
    one.canceled = true;
  }

  renewItself(one: ModelSubscription, on: boolean): void {
    if (one.autoRenewal === on) return;
    if (one.canceled && on) throw new Refused('SubscriptionState');
    if (this.status(one) === 'STOPPED') one.stored = 'STOPPED';
    one.autoRenewal = on;
  }

  bind(one: ModelSubscription, address: string): void {
    const status = this.status(one);
    if (status === 'STOPPED' || status === 'TERMINATED') throw new Refused('SubscriptionState');
    if (one.slots.includes(address)) return;
    if (this.isTaken(address)) throw new Refused('AddressInUse');
    const free = one.slots.indexOf(null);
    if (free < 0) throw new Refused('NoFreeSlot');
    one.slots[free] = address;
  }

  unbind(one: ModelSubscription, address: string): void {
    one.slots = one.slots.map((slot) => (slot === address ? null : slot));
  }

  job(): void {
    for (const one of this.all) {
      if (one.stored === 'STOPPED' || one.stored === 'TERMINATED' || this.now < one.end) continue;
      let from = one.end;
      while (this.after(from, one.cycle, one.day) <= this.now) from = this.after(from, one.cycle, one.day);
      const to = this.after(from, one.cycle, one.day);
      if (one.autoRenewal && !one.canceled && this.pay(one, from, to, true))
        Object.assign(one, { start: from, end: to });
      else one.stored = this.status(one);
    }
  }
}

let api: TestApi;
const clock = new ManualClock('2027-12-31T23:59:59.999Z');

beforeAll(async () => {
  api = await createTestApi({ clock });
});

afterAll(() => api.close());

const which = fc.nat({ max: 2 });
const cycle = fc.constantFrom<BillingCycle>('WEEKLY', 'WEEKLY', 'MONTHLY', 'MONTHLY', 'ANNUAL');
const slots = fc.integer({ min: 1, max: 3 });
const address = fc.constantFrom(...ADDRESSES);
const step = fc.oneof(
  fc.record({ call: fc.constant('create' as const), cycle, slots }),
  fc.record({ call: fc.constant('update' as const), which, cycle, slots }),
  fc.record({ call: fc.constantFrom('renew' as const, 'suspend' as const, 'resume' as const), which }),
  fc.record({ call: fc.constant('cancel' as const), which: fc.constant(2) }),
  fc.record({ call: fc.constant('renewItself' as const), which, on: fc.boolean() }),
  fc.record({ call: fc.constantFrom('bind' as const, 'unbind' as const), which, address }),
  fc.record({ call: fc.constant('job' as const) }),
  fc.record({
    call: fc.constant('wait' as const),
    ms: fc.constantFrom(1, DAY_MS, 3 * DAY_MS + 1, 40 * DAY_MS),
  }),
  // To a millisecond before an end, or to the very end.
  fc.record({ call: fc.constant('until' as const), which, early: fc.constantFrom(0, 1) }),
);

test('subscriptions do what the model does', async () => {
  const { sql } = api.database;
  const choice = (one: BillingCycle, authentications: number): PlanChoice => ({
    billingCycle: one,
    connections: 100,
    authentications,
  });

  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2000, max: 60_000 }),
      fc.array(step, { minLength: 5, maxLength: 40 }),
      async (money, steps) => {
        const { accountId, storeCode } = await api.reseller();
        await api.core.accounts.topUp(api.operator, storeCode, 'usd', BigInt(money));
        const as: Invocation = { actor: { name: 'key:test', accountId, door: 'ghostealth' } };
        const { subscriptions } = api.core;
        const model = new Model(clock.now().getTime(), money);
        const ids: string[] = [];

        for (const entry of steps) {
          const one = 'which' in entry ? model.all[entry.which] : undefined;
          if ('which' in entry && !one) continue;
          const id = 'which' in entry ? ids[entry.which]! : '';
          const perform = async (): Promise<unknown> => {
            switch (entry.call) {
              case 'create': {
                const made = await subscriptions.create(as, accountId, choice(entry.cycle, entry.slots));
                return ids.push(made.id);
              }
              case 'update':
                return subscriptions.update(as, accountId, id, choice(entry.cycle, entry.slots));
              case 'renewItself':
                return subscriptions.setAutoRenewal(as, accountId, id, entry.on);
              case 'bind':
              case 'unbind':
                return subscriptions[entry.call](as, accountId, id, entry.address);
              case 'job':
                return subscriptions.expireDue(JOB);
              case 'wait':
              case 'until':
                return clock.set(new Date(model.now));
              default:
                return subscriptions[entry.call](as, accountId, id);
            }
          };
          const pretend = (): void => {
            switch (entry.call) {
              case 'create':
                model.create(entry.cycle, entry.slots);
                break;
              case 'update':
                model.update(one!, entry.cycle, entry.slots);
                break;
              case 'renew':
                model.renew(one!);
                break;
              case 'suspend':
                model.suspend(one!, 'ACTIVE');
                break;
              case 'resume':
                model.suspend(one!, 'SUSPENDED');
                break;
              case 'cancel':
                model.cancel(one!);
                break;
              case 'renewItself':
                model.renewItself(one!, entry.on);
                break;
              case 'bind':
                model.bind(one!, entry.address);
                break;
              case 'unbind':
                model.unbind(one!, entry.address);
                break;
              case 'job':
                model.job();
                break;
              case 'wait':
                model.now += entry.ms;
                break;
              case 'until':
                model.now = Math.max(model.now, one!.end - entry.early);
                break;
            }
          };
          let expected = 'ok';
          try {
            pretend();
          } catch (error) {
            if (!(error instanceof Refused)) throw error;
            expected = error.message;
          }
          const outcome = await perform().then(
            () => 'ok',
            (error: unknown) => {
              if (error instanceof DomainError) return error.code;
              throw error;
            },
          );
          expect(outcome).toBe(expected);
          expect(await api.core.accounts.balance(accountId, 'usd')).toBe(BigInt(model.money));
          for (const [index, subscriptionId] of ids.entries()) {
            const found = await subscriptions.get(accountId, subscriptionId);
            const wanted = model.all[index]!;
            expect({
              status: found.status,
              canceled: found.canceled,
              autoRenewal: found.autoRenewal,
              start: found.periodStart.getTime(),
              end: found.periodEnd.getTime(),
              slots: found.slots.map((slot) => slot.address),
            }).toEqual({
              status: model.status(wanted),
              canceled: wanted.canceled,
              autoRenewal: wanted.autoRenewal,
              start: wanted.start,
              end: wanted.end,
              slots: wanted.slots,
            });
          }
        }

        // The next run shares the addresses.
        for (const id of ids) for (const ip of ADDRESSES) await subscriptions.unbind(as, accountId, id, ip);
        // Whatever is not on a charge that stands is back with its reseller.
        const [kept] = await sql<{ gross: bigint }[]>`
          SELECT coalesce(sum(c.gross_cents - coalesce(c.credited_cents, 0)), 0)::bigint AS gross
            FROM subscription_charge c JOIN subscription s ON s.id = c.subscription_id WHERE s.account_id = ${accountId}`;
        expect(kept!.gross + BigInt(model.money)).toBe(BigInt(money));
      },
    ),
    { numRuns: 40 },
  );

  await api.assertLedgerHolds();
  const [provider] = await sql<{ balance: bigint }[]>`
    SELECT sum(balance)::bigint AS balance FROM ledger_account
      WHERE asset = 'usd' AND kind IN ('revenue', 'tax') AND parent_id IS NULL`;
  const [charged] = await sql<{ gross: bigint }[]>`
    SELECT sum(gross_cents - coalesce(credited_cents, 0))::bigint AS gross FROM subscription_charge`;
  expect(provider!.balance).toBe(charged!.gross);
});
