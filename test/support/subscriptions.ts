/** A reseller with money, and its calls on subscriptions. */
import { expect } from 'vitest';
import type { Invocation } from '../../src/core/command.ts';
import type { PlanChoice } from '../../src/core/subscriptions/plans.ts';
import type { TestApi } from './api.ts';

export const WEEK_MS = 7 * 24 * 3600_000;
/** 2000 cents, of which 319 are tax. */
export const WEEKLY: PlanChoice = { billingCycle: 'WEEKLY', connections: 100, authentications: 1 };
export const JOB: Invocation = { actor: { name: 'system', accountId: null, door: 'job' } };

export const refusedAs = (code: string) => expect.objectContaining({ code });

export async function createSeller({ core, operator, reseller }: TestApi, cents = 10_000n) {
  const { accountId, storeCode } = await reseller();
  if (cents > 0n) await core.accounts.topUp(operator, storeCode, 'usd', cents);
  const as: Invocation = { actor: { name: 'key:test', accountId, door: 'ghostealth' } };
  const { subscriptions, accounts } = core;
  return {
    as,
    accountId,
    balance: () => accounts.balance(accountId, 'usd'),
    get: (id: string) => subscriptions.get(accountId, id),
    create: (choice = WEEKLY) => subscriptions.create(as, accountId, choice),
    update: (id: string, choice: PlanChoice) => subscriptions.update(as, accountId, id, choice),
    renew: (id: string) => subscriptions.renew(as, accountId, id),
    suspend: (id: string) => subscriptions.suspend(as, accountId, id),
    resume: (id: string) => subscriptions.resume(as, accountId, id),
    cancel: (id: string) => subscriptions.cancel(as, accountId, id),
    renewItself: (id: string, on = true) => subscriptions.setAutoRenewal(as, accountId, id, on),
    bind: (id: string, ip: string) => subscriptions.bind(as, accountId, id, ip),
    unbind: (id: string, ip: string) => subscriptions.unbind(as, accountId, id, ip),
  };
}
