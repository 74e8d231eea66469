/** The calendar of subscriptions. All in UTC; a period runs from its start up to but without its end. */

export const BILLING_CYCLES = ['WEEKLY', 'MONTHLY', 'ANNUAL'] as const;
export type BillingCycle = (typeof BILLING_CYCLES)[number];

const DAY_MS = 24 * 3600_000;
const WEEK_MS = 7 * DAY_MS;

/** The day of the month that a chain of periods beginning at `start` keeps to. */
export function anchorDayOf(start: Date): number {
  return start.getUTCDate();
}

/**
 * One cycle after `from`. A week is 7 × 24 hours. Months and years are the calendar's, at the same time of day, on
 * `anchorDay` or the month's last day where it has no such day. So a chain from 31 January goes 28 February, 31 March: a short
 * month does not pull the later ones with it.
 */
export function addCycle(from: Date, cycle: BillingCycle, anchorDay: number): Date {
  if (cycle === 'WEEKLY') return new Date(from.getTime() + WEEK_MS);
  const year = from.getUTCFullYear() + (cycle === 'ANNUAL' ? 1 : 0);
  const month = from.getUTCMonth() + (cycle === 'MONTHLY' ? 1 : 0);
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const timeOfDayMs = from.getTime() % DAY_MS;
  return new Date(Date.UTC(year, month, Math.min(anchorDay, lastDay)) + timeOfDayMs);
}

/**
 * The period that holds `now`, on the grid that goes on from `end`. On time it begins at `end`; periods that passed whole in
 * the meantime are left out.
 */
export function periodAt(
  end: Date,
  cycle: BillingCycle,
  anchorDay: number,
  now: Date,
): { start: Date; end: Date } {
  let start = end;
  let next = addCycle(start, cycle, anchorDay);
  while (next <= now) {
    start = next;
    next = addCycle(start, cycle, anchorDay);
  }
  return { start, end: next };
}
