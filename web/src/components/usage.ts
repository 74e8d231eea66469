/** Usage as the APIs answer it, as points of a chart. */
import { queryOptions } from '@tanstack/react-query';
import type { ChartPoint, Interval } from './chart-types.ts';

export interface Usage {
  resolution: Interval;
  from: string;
  to: string;
  points: readonly { product: string; start: string; upBytes: number; downBytes: number }[];
}

/** Whose usage, and how it is read. */
export interface UsageSource {
  /** Of the thing whose usage it is; the period is added. */
  queryKey: readonly unknown[];
  read: (range: UsageRange) => Promise<Usage>;
}

export interface UsageRange {
  resolution: Interval;
  from: string;
  to: string;
}

export const RANGES = {
  lastHour: { resolution: 'minute', count: 60, everyMs: 10_000 },
  lastDay: { resolution: 'hour', count: 24, everyMs: 60_000 },
  lastMonth: { resolution: 'day', count: 30, everyMs: 300_000 },
} as const satisfies Record<string, { resolution: Interval; count: number; everyMs: number }>;
export type RangeName = keyof typeof RANGES;

export function usageQuery({ queryKey, read }: UsageSource, name: RangeName = 'lastDay') {
  const { resolution, count, everyMs } = RANGES[name];
  return queryOptions({
    queryKey: [...queryKey, resolution, count],
    queryFn: () => read(lastIntervals(resolution, count)),
    refetchInterval: everyMs,
  });
}

const INTERVAL_MS: Record<Interval, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** The last `count` intervals, the running one included: from and to, as the APIs take them. */
export function lastIntervals(resolution: Interval, count: number, now = Date.now()) {
  const size = INTERVAL_MS[resolution];
  const end = (Math.floor(now / size) + 1) * size;
  return { resolution, from: new Date(end - count * size).toISOString(), to: new Date(end).toISOString() };
}

/** A point for every interval; those without use, which the answer leaves out, are zero. Values are named by product. */
export function usagePoints({ resolution, from, to, points }: Usage): ChartPoint[] {
  const size = INTERVAL_MS[resolution];
  const byStart = new Map<number, Record<string, number>>();
  for (let start = Math.floor(Date.parse(from) / size) * size; start < Date.parse(to); start += size) {
    byStart.set(start, {});
  }
  for (const { product, start, upBytes, downBytes } of points) {
    const values = byStart.get(Date.parse(start));
    if (values) values[product] = (values[product] ?? 0) + upBytes + downBytes;
  }
  return Array.from(byStart, ([start, values]) => ({ at: new Date(start).toISOString(), values }));
}
