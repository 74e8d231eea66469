/** What each customer uses and when, over a month until now: decided beforehand, so that as much can be bought, and the same at each run. */
import type { ResellerStory } from './business.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Before yesterday a day's use is reported at these hours alone: nobody looks closer. */
const HOURS_OF_OLD_DAYS = [9, 15, 20];
const OLD_DAYS = 31;
const MINUTES = 62;

export interface Customer {
  story: ResellerStory;
  name: string;
  product: 'residential' | 'mobile';
  /** Of its reseller's use of the product. */
  share: number;
}

export interface Tick {
  at: Date;
  /** In the order of the customers. */
  bytes: bigint[];
}

/** The same numbers at each run, from 0 to 1. */
export function createDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Times from a month ago until now, oldest first, with what part of a day's use falls on each. */
function times(nowMs: number): { atMs: number; part: number }[] {
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS;
  const found: { atMs: number; part: number }[] = [];
  for (let day = OLD_DAYS; day >= 2; day -= 1)
    for (const hour of HOURS_OF_OLD_DAYS)
      found.push({ atMs: today - day * DAY_MS + hour * HOUR_MS, part: 1 / HOURS_OF_OLD_DAYS.length });
  const minutesFrom = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS - MINUTES * MINUTE_MS;
  for (let hour = today - DAY_MS; hour < minutesFrom; hour += HOUR_MS) {
    const lengthMs = Math.min(HOUR_MS, minutesFrom - hour);
    found.push({ atMs: hour + lengthMs / 2, part: (hourly(hour) * lengthMs) / HOUR_MS });
  }
  for (let minute = minutesFrom; minute < nowMs - MINUTE_MS; minute += MINUTE_MS)
    found.push({ atMs: minute + MINUTE_MS / 2, part: hourly(minute) / 60 });
  return found;
}

/** What part of a day's use an hour has: little at night. */
function hourly(atMs: number): number {
  const hour = (atMs % DAY_MS) / HOUR_MS;
  return (1 + 0.55 * Math.sin(((hour - 9) / 24) * 2 * Math.PI)) / 24;
}

export function planUsage(customers: readonly Customer[], nowMs: number): Tick[] {
  const dice = createDice(7);
  return times(nowMs).map(({ atMs, part }) => {
    const weekday = new Date(atMs).getUTCDay();
    const week = weekday === 0 || weekday === 6 ? 0.72 : 1.08;
    const growth = 1 - ((nowMs - atMs) / DAY_MS) * 0.011;
    return {
      at: new Date(atMs),
      bytes: customers.map(({ story, product, share }) => {
        const gb = story.dailyGb[product] * share * part * week * growth * (0.6 + 0.8 * dice());
        return BigInt(Math.round(gb * 1_000_000_000));
      }),
    };
  });
}
