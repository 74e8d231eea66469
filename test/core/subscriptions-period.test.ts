import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addCycle, anchorDayOf, type BillingCycle, periodAt } from '../../src/core/subscriptions/period.ts';
import { splitGross, unusedCents } from '../../src/core/subscriptions/price.ts';

/** The ends of the first periods of a chain that begins at `start`. */
function chain(start: string, cycle: BillingCycle, count: number): string[] {
  const anchorDay = anchorDayOf(new Date(start));
  let at = new Date(start);
  return Array.from({ length: count }, () => {
    at = addCycle(at, cycle, anchorDay);
    return at.toISOString();
  });
}

describe('the calendar', () => {
  test('a week is 168 hours, also where clocks elsewhere are put forward', () => {
    expect(chain('2026-03-25T01:30:00.500Z', 'WEEKLY', 2)).toEqual([
      '2026-04-01T01:30:00.500Z',
      '2026-04-08T01:30:00.500Z',
    ]);
  });

  test('months keep to the day they began on, or the last one there is', () => {
    expect(chain('2026-01-31T23:59:59.999Z', 'MONTHLY', 4)).toEqual([
      '2026-02-28T23:59:59.999Z',
      '2026-03-31T23:59:59.999Z',
      '2026-04-30T23:59:59.999Z',
      '2026-05-31T23:59:59.999Z',
    ]);
    expect(chain('2028-01-30T00:00:00.000Z', 'MONTHLY', 2)).toEqual([
      '2028-02-29T00:00:00.000Z',
      '2028-03-30T00:00:00.000Z',
    ]);
    expect(chain('2027-01-29T00:00:00.000Z', 'MONTHLY', 2)).toEqual([
      '2027-02-28T00:00:00.000Z',
      '2027-03-29T00:00:00.000Z',
    ]);
  });

  test('months go over the end of the year', () => {
    expect(chain('2026-11-30T12:00:00.000Z', 'MONTHLY', 4)).toEqual([
      '2026-12-30T12:00:00.000Z',
      '2027-01-30T12:00:00.000Z',
      '2027-02-28T12:00:00.000Z',
      '2027-03-30T12:00:00.000Z',
    ]);
  });

  test('years from a leap day come back to it', () => {
    expect(chain('2028-02-29T08:00:00.000Z', 'ANNUAL', 4)).toEqual([
      '2029-02-28T08:00:00.000Z',
      '2030-02-28T08:00:00.000Z',
      '2031-02-28T08:00:00.000Z',
      '2032-02-29T08:00:00.000Z',
    ]);
    // 2100 is no leap year.
    expect(chain('2099-02-28T00:00:00.000Z', 'ANNUAL', 1)).toEqual(['2100-02-28T00:00:00.000Z']);
  });

  test('a chain never stands still, never goes back, and never leaves its day for longer than a short month', () => {
    const start = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2099-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(start, fc.constantFrom<BillingCycle>('MONTHLY', 'ANNUAL'), (from, cycle) => {
        const anchorDay = anchorDayOf(from);
        let at = from;
        for (let step = 0; step < 30; step += 1) {
          const next = addCycle(at, cycle, anchorDay);
          const months =
            (next.getUTCFullYear() - at.getUTCFullYear()) * 12 + next.getUTCMonth() - at.getUTCMonth();
          expect(months).toBe(cycle === 'MONTHLY' ? 1 : 12);
          expect(next.toISOString().slice(10)).toBe(from.toISOString().slice(10));
          const dayAfter = new Date(next.getTime() + 24 * 3600_000);
          expect(next.getUTCDate() === anchorDay || dayAfter.getUTCDate() === 1).toBe(true);
          at = next;
        }
      }),
    );
  });

  test('the period at a time is the one of the old grid that holds it', () => {
    const end = new Date('2026-01-31T10:00:00Z');
    const at = (now: string) => {
      const period = periodAt(end, 'MONTHLY', 31, new Date(now));
      return [period.start.toISOString(), period.end.toISOString()];
    };
    expect(at('2026-01-31T10:00:00.000Z')).toEqual(['2026-01-31T10:00:00.000Z', '2026-02-28T10:00:00.000Z']);
    expect(at('2026-02-28T09:59:59.999Z')).toEqual(['2026-01-31T10:00:00.000Z', '2026-02-28T10:00:00.000Z']);
    expect(at('2026-02-28T10:00:00.000Z')).toEqual(['2026-02-28T10:00:00.000Z', '2026-03-31T10:00:00.000Z']);
    expect(at('2026-06-01T00:00:00.000Z')).toEqual(['2026-05-31T10:00:00.000Z', '2026-06-30T10:00:00.000Z']);
  });
});

describe('prices', () => {
  test('net is rounded to the nearest cent, halves up; tax is the rest', () => {
    expect(splitGross(2000n, 1900)).toEqual({
      grossCents: 2000n,
      netCents: 1681n,
      taxCents: 319n,
      taxBasisPoints: 1900,
    });
    expect(splitGross(1n, 10_000)).toMatchObject({ netCents: 1n, taxCents: 0n });
    expect(splitGross(3n, 10_000)).toMatchObject({ netCents: 2n, taxCents: 1n });
    expect(splitGross(999n, 0)).toMatchObject({ netCents: 999n, taxCents: 0n });
  });

  test('a part of an amount never has more net or more tax than the whole', () => {
    const amount = fc.bigInt({ min: 0n, max: 100_000_000n });
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 0, max: 10_000 }), (a, b, rate) => {
        const [part, whole] = a < b ? [a, b] : [b, a];
        const [small, large] = [splitGross(part, rate), splitGross(whole, rate)];
        expect(small.netCents + small.taxCents).toBe(part);
        expect(small.netCents <= large.netCents && small.taxCents <= large.taxCents).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('what is unused counts by the millisecond and is rounded down', () => {
    const start = new Date('2026-01-01T00:00:00Z');
    const end = new Date('2026-01-08T00:00:00Z');
    const unusedAt = (ms: number) => unusedCents(2000n, start, end, new Date(start.getTime() + ms));
    const weekMs = 7 * 24 * 3600_000;
    expect(unusedAt(-1)).toBe(2000n);
    expect(unusedAt(0)).toBe(2000n);
    expect(unusedAt(1)).toBe(1999n);
    expect(unusedAt(weekMs / 2)).toBe(1000n);
    expect(unusedAt(weekMs - 302_400)).toBe(1n);
    expect(unusedAt(weekMs - 302_399)).toBe(0n);
    expect(unusedAt(weekMs)).toBe(0n);
    expect(unusedAt(weekMs + 1)).toBe(0n);
  });
});
