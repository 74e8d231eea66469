/** Time and seats, to the millisecond: the gateway's half without sockets. */

import { beforeEach, expect, test } from 'vitest';
import { GatewayCounters } from '../../../src/gateway/counters.ts';
import { Credentials } from '../../../src/gateway/credentials.ts';
import type { Member } from '../../../src/gateway/holder.ts';
import { noJournal } from '../../../src/gateway/journal/journal.ts';
import { Leases } from '../../../src/gateway/leases.ts';
import { DEFAULT_LIMITS } from '../../../src/gateway/limits.ts';
import { silentLog } from '../../../src/gateway/log.ts';
import type { EndReason } from '../../../src/gateway/meter.ts';
import { type SeatOffice, SubscriptionHolder } from '../../../src/gateway/subscription.ts';
import { Subscriptions } from '../../../src/gateway/subscriptions.ts';
import { FakeLink } from '../../support/gateway/fake-link.ts';
import type { FakeSubscription } from '../../support/gateway/fake-subscriptions.ts';
import { ManualTimers } from '../../support/gateway/manual-timers.ts';

const ADDRESS = '192.0.2.1';
const DAY_MS = 24 * 3600_000;

let link: FakeLink;
let timers: ManualTimers;
let credentials: Credentials;
let leases: Leases;
let subscriptions: Subscriptions;
let weekly: FakeSubscription;

beforeEach(async () => {
  link = new FakeLink();
  timers = new ManualTimers();
  credentials = new Credentials(link, timers, DEFAULT_LIMITS);
  leases = new Leases(link, timers, DEFAULT_LIMITS, silentLog, new GatewayCounters());
  subscriptions = new Subscriptions(link, leases, credentials, timers, DEFAULT_LIMITS, silentLog);
  weekly = link.subscriptions.add('weekly', { addresses: [ADDRESS], connections: 3 });
  subscriptions.start();
  await leases.start();
});

/** The period ends `inMs` from now, and its tunnels with it or `graceMs` later. */
function endsIn(inMs: number, graceMs = 0): void {
  const nowMs = timers.nowMs();
  Object.defineProperties(weekly, {
    admitsForMs: { get: () => nowMs + inMs - timers.nowMs() },
    servesForMs: { get: () => nowMs + inMs + graceMs - timers.nowMs() },
  });
}

interface Comer extends Member {
  readonly holder: SubscriptionHolder;
  /** Undefined: not told yet. */
  outcome: 'seated' | EndReason | undefined;
  endedBy: EndReason | undefined;
}

async function comes(): Promise<Comer | undefined> {
  const answer = await credentials.byAddress(ADDRESS);
  if (answer.kind !== 'known' || answer.identity.kind !== 'subscription') return undefined;
  const holder = subscriptions.holderOf(answer.identity, answer.askedAtMs);
  const comer: Comer = {
    address: ADDRESS,
    holder,
    outcome: undefined,
    endedBy: undefined,
    end: (reason) => {
      comer.endedBy = reason;
    },
  };
  holder.join(comer);
  void holder.admit(comer).answer.then((reason) => {
    comer.outcome = reason ?? 'seated';
  });
  await timers.advance(0);
  return comer;
}

test('the period’s end lets nobody in and cuts, at its millisecond, with the control side away', async () => {
  endsIn(10_000);
  const one = (await comes())!;
  expect(one.outcome).toBe('seated');
  await timers.advance(3_000);
  link.isAway = true;
  await timers.advance(6_999);
  expect(one.holder.take('up', 10)).toBe(10);
  expect((await comes())!.outcome).not.toBe('revoked');
  expect(one.endedBy).toBeUndefined();
  await timers.advance(1);
  expect(one.holder.take('up', 10)).toBe(0);
  expect(one.endedBy).toBe('revoked');
  expect(await comes()).toBeUndefined();
});

test('where the end may renew it, nobody new is let in, and tunnels live on until it is known', async () => {
  endsIn(10_000, 1_500);
  const one = (await comes())!;
  await timers.advance(10_000);
  expect(await comes()).toBeUndefined();
  expect(one.holder.take('down', 5)).toBe(5);
  endsIn(7 * DAY_MS);
  subscriptions.changed('weekly');
  await timers.advance(5_000);
  expect(one.endedBy).toBeUndefined();
  expect((await comes())!.outcome).toBe('seated');
});

test('where it was not renewed after all, they are cut', async () => {
  endsIn(10_000, 1_500);
  const one = (await comes())!;
  await timers.advance(11_499);
  expect(one.endedBy).toBeUndefined();
  await timers.advance(1);
  expect(one.endedBy).toBe('revoked');
});

test('a renewal that is known before the end is nothing a tunnel would notice', async () => {
  endsIn(10_000);
  const one = (await comes())!;
  await timers.advance(5_000);
  endsIn(7 * DAY_MS);
  await timers.advance(60_000);
  expect(one.endedBy).toBeUndefined();
  expect(one.holder.take('up', 1)).toBe(1);
});

test('an end farther away than a timer reaches', async () => {
  const office: SeatOffice = {
    // Node's timers fire at once when they are set to more than they can count.
    timers: {
      nowMs: () => timers.nowMs(),
      after: (delayMs, run) => timers.after(delayMs < 2 ** 31 ? delayMs : 1, run),
    },
    limits: DEFAULT_LIMITS,
    isOpen: true,
    isValid: () => true,
    holdSeats: async () => ({ kind: 'held', seats: 1, isRecalled: false }),
    reportSoon() {},
    sessionId: '1',
    journal: noJournal,
    sessionLost() {},
  };
  await subscriptions.stop();
  await leases.stop();
  const holder = new SubscriptionHolder('annual', office);
  let endedBy: EndReason | undefined;
  holder.learn({ admitsForMs: 365 * DAY_MS, servesForMs: 365 * DAY_MS }, timers.nowMs());
  holder.join({
    address: ADDRESS,
    end: (reason) => {
      endedBy = reason;
    },
  });
  await timers.advance(365 * DAY_MS - 1);
  expect(endedBy).toBeUndefined();
  await timers.advance(1);
  expect(endedBy).toBe('revoked');
});

test('an old answer does not overtake a newer one', async () => {
  endsIn(10_000);
  const one = (await comes())!;
  const askedAtMs = timers.nowMs();
  await timers.advance(1_000);
  one.holder.learn({ admitsForMs: DAY_MS, servesForMs: DAY_MS }, timers.nowMs());
  one.holder.learn({ admitsForMs: 0, servesForMs: 0 }, askedAtMs);
  one.holder.over(askedAtMs);
  expect(one.endedBy).toBeUndefined();
  one.holder.over(timers.nowMs());
  expect(one.endedBy).toBe('revoked');
});

test('seats go back when they were idle for a while, those that were used in between stay', async () => {
  const comers = [(await comes())!, (await comes())!, (await comes())!];
  expect(link.subscriptions.held('weekly')).toBe(3);
  const { holder } = comers[0]!;
  for (const comer of comers) holder.leave(comer);
  const next = (await comes())!;
  expect(next.outcome).toBe('seated');
  await timers.advance(2 * DEFAULT_LIMITS.seatIdleMs);
  expect(link.subscriptions.held('weekly')).toBe(1);
  holder.leave(next);
  await timers.advance(2 * DEFAULT_LIMITS.seatIdleMs);
  expect(link.subscriptions.held('weekly')).toBe(0);
});

test('seats given back are not used any more, also when the answer is lost', async () => {
  const [one, two] = [(await comes())!, (await comes())!];
  one.holder.leave(two);
  link.lostAnswers = 1;
  one.holder.giveBackIdle();
  await timers.advance(0);
  expect(link.subscriptions.held('weekly')).toBe(1);
  // Others took them.
  weekly.seatsElsewhere = 2;
  const late = (await comes())!;
  expect(late.outcome).toBeUndefined();
  await timers.advance(DEFAULT_LIMITS.seatRecallMs);
  expect(late.outcome).toBe('crowded');
});

test('a question for seats that was lost is put right by the next report', async () => {
  const one = (await comes())!;
  link.lostAnswers = 1;
  const two = (await comes())!;
  expect(two.outcome).toBe('away');
  one.holder.leave(two);
  expect(link.subscriptions.held('weekly')).toBe(2);
  await timers.advance(DEFAULT_LIMITS.reportEveryMs);
  expect(link.subscriptions.held('weekly')).toBe(1);
});

test('who gives up waiting leaves no seat taken', async () => {
  weekly.seatsElsewhere = 3;
  const one = (await comes())!;
  expect(one.outcome).toBeUndefined();
  one.holder.leave(one);
  await timers.advance(0);
  expect(one.outcome).toBe('away');
  weekly.seatsElsewhere = 0;
  await timers.advance(DEFAULT_LIMITS.seatRecallMs);
  expect(link.subscriptions.held('weekly')).toBe(0);
  expect((await comes())!.outcome).toBe('seated');
});
