/** What is sold besides bandwidth, and the record of it: subscriptions, vouchers, credit events, ledgers held against them. */
import { Readable } from 'node:stream';
import { matchAll } from '../../src/core/reconciliation/match.ts';
import { RESELLERS } from './business.ts';
import { DAY_MS, HOUR_MS, type Story, storeOf } from './story.ts';
import { createDice } from './usage-plan.ts';

export function tellTrade(story: Story): void {
  tellSubscriptions(story);
  tellVouchers(story);
  tellCreditEvents(story);
}

const JOB = { actor: { name: 'system', accountId: null, door: 'job' } } as const;

function tellSubscriptions(story: Story): void {
  const { subscriptions, plans } = story.core;
  story.ago(200 * DAY_MS, () =>
    plans.setPrice(story.owner, { billingCycle: 'MONTHLY', connections: 500, authentications: 1 }, 340_00n),
  );
  RESELLERS.forEach(({ storeCode, subscriptions: bought }, position) => {
    bought.forEach(({ connections, slots }, index) => {
      const agoMs = (27 - ((position * 5 + index * 6) % 26)) * DAY_MS - (3 + index) * HOUR_MS;
      story.ago(agoMs, async () => {
        const { panel, accountId } = storeOf(story, storeCode);
        const billingCycle = index % 3 === 2 ? 'WEEKLY' : 'MONTHLY';
        const choice = { billingCycle, connections, authentications: slots } as const;
        const { id } = await subscriptions.create(panel, accountId, choice);
        if (index % 2 === 0) await subscriptions.setAutoRenewal(panel, accountId, id, true);
        for (let slot = 0; slot < Math.max(1, slots - 1); slot += 1)
          await subscriptions.bind(
            panel,
            accountId,
            id,
            `203.0.113.${20 + position * 16 + index * 5 + slot}`,
          );
        if (storeCode === 'KESTREL' && index === 1) await subscriptions.suspend(panel, accountId, id);
        if (storeCode === 'NORTHLIGHT' && index === 4) await subscriptions.cancel(panel, accountId, id);
      });
    });
  });
  story.ago(60_000, async () => {
    await story.core.sql`
      UPDATE subscription_consumption SET bytes = 9000000000 * (1 + subscription_id * 37 % 29), requests = 41000 * (1 + subscription_id * 37 % 29)`;
  });
  // Weeks that are paid for one at a time: one has just ended, one is about to.
  for (const agoDays of [8.5, 5.4]) {
    story.ago(agoDays * DAY_MS, () => {
      const { panel, accountId } = storeOf(story, 'NORTHLIGHT');
      const choice = { billingCycle: 'WEEKLY', connections: 200, authentications: 1 } as const;
      return subscriptions.create(panel, accountId, choice);
    });
  }
  for (let day = 60; day >= 0; day -= 1)
    story.ago(day * DAY_MS + 10 * 60_000, () => subscriptions.expireDue(JOB));
}

function tellVouchers(story: Story): void {
  const { vouchers } = story.core;
  const later = (days: number) => new Date(story.nowMs + days * DAY_MS);
  const make = (agoDays: number, cents: bigint, count: number, maxUses: number, expiresAt: Date | null) =>
    story.ago(agoDays * DAY_MS, async () => {
      const { codes, ids } = await vouchers.create(story.owner, { cents, count, maxUses, expiresAt });
      if (maxUses > 1)
        for (const { storeCode } of RESELLERS.slice(0, maxUses === 3 ? 3 : 5)) {
          const { panel, accountId } = storeOf(story, storeCode);
          await vouchers.redeem(panel, accountId, codes[0]!);
        }
      if (agoDays === 24) await vouchers.disable(story.owner, ids[1]!);
    });
  make(35, 50_00n, 1, 3, later(-5));
  make(24, 25_00n, 4, 1, later(60));
  make(11, 15_00n, 1, 100, later(20));
  make(3, 100_00n, 2, 1, null);
  story.ago(6 * DAY_MS, () =>
    story.core.credits.grant(story.owner, 'irene@blueharbor.example', 40_00n, 'Outage of 12 November'),
  );
}

const KINDS = ['topup', 'purchase', 'renewal', 'purchase', 'topup', 'renewal', 'refund'] as const;
/** Events a day. */
const REPORTERS: readonly [storeCode: string, perDay: number, initials: string][] = [
  ['NORTHLIGHT', 9, 'NL'],
  ['KESTREL', 5, 'KD'],
  ['BLUEHARBOR', 3, 'BH'],
];

interface Reported {
  ref: string;
  kind: string;
  cents: bigint;
  atMs: number;
}

function tellCreditEvents(story: Story): void {
  const dice = createDice(11);
  for (const [storeCode, perDay, initials] of REPORTERS) {
    const reported: Reported[] = [];
    for (let number = 0; number < perDay * 31; number += 1) {
      const kind = KINDS[Math.floor(dice() * KINDS.length)]!;
      const dollars = BigInt([5, 10, 15, 20, 25, 40, 60, 90, 120][Math.floor(dice() * 9)]!);
      const cents = dollars * (kind === 'refund' ? -100n : 100n);
      const agoMs = (31 - number / perDay) * DAY_MS - dice() * 2 * HOUR_MS;
      const event = { ref: `${initials}-${10_240 + number * 3}`, kind, cents, atMs: story.nowMs - agoMs };
      reported.push(event);
      story.ago(agoMs, async () => {
        const { billing } = storeOf(story, storeCode);
        const door = 'ghostealth' as const;
        const actor = { name: `key:${billing.keyPublicId}`, accountId: billing.accountId, door };
        const { core } = story;
        await core.creditEvents.record({ actor }, billing, {
          kind,
          cents,
          externalRef: event.ref,
          meta: null,
        });
      });
    }
    tellReconciliations(story, storeCode, reported);
  }
}

/** Its own ledger, as it sends it. */
type Change = (lines: Reported[]) => Reported[];
const asItIs: Change = (lines) => lines;
const withGaps: Change = (lines) =>
  lines.flatMap((line, index) => {
    if (index % 23 === 7) return [];
    if (index % 31 === 12) return [{ ...line, cents: line.cents + 250n }];
    return index % 41 === 20 ? [line, line] : [line];
  });
const withOneMore: Change = (lines) => [...lines, { ...lines.at(-1)!, ref: 'NL-MANUAL-7', cents: 12_00n }];

function tellReconciliations(story: Story, storeCode: string, reported: readonly Reported[]): void {
  const { core, nowMs } = story;
  const hold = (agoDays: number, fromDays: number, change: Change) =>
    story.ago(agoDays * DAY_MS, async () => {
      const { panel, accountId } = storeOf(story, storeCode);
      const [from, to] = [fromDays, agoDays + 1].map((days) => nowMs - days * DAY_MS) as [number, number];
      const lines = change(reported.filter(({ atMs }) => atMs >= from && atMs < to));
      const csv = lines.map(({ ref, kind, cents, atMs }) => [ref, kind, cents, new Date(atMs).toISOString()]);
      const text = ['external_ref,kind,amount_cents,at', ...csv].join('\n');
      const period = { from: new Date(from), to: new Date(to) };
      const { id } = await core.reconciliations.begin(panel, accountId, period);
      await core.reconciliations.receive(panel, accountId, id, Readable.from([text]), 'csv');
      await matchAll(core.sql, core.clock, new AbortController().signal);
    });
  if (storeCode === 'NORTHLIGHT') {
    hold(16, 23, asItIs);
    hold(9, 16, withOneMore);
    hold(2, 9, asItIs);
  } else if (storeCode === 'BLUEHARBOR') {
    hold(13, 30, withGaps);
    story.ago(12 * DAY_MS, async () => {
      const { rows } = await core.reviews.list({ limit: 1 });
      const note = 'Their export began a day late. Sent again, and equal.';
      await core.reviews.resolve(story.owner, rows[0]!.id, note);
    });
  } else hold(1, 29, withGaps);
}
