/** Dates and spans as options have them. */
import { InvalidArgumentError } from 'commander';

export const HOUR_MS = 3600_000;

export function parseDate(text: string): Date {
  const time = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z)?$/.test(text) ? new Date(text) : undefined;
  // 2027-02-30 would roll over into March.
  if (!time || Number.isNaN(time.getTime()) || time.toISOString().slice(0, 10) !== text.slice(0, 10)) {
    throw new InvalidArgumentError(
      'expected a date like 2027-01-01 or a UTC time like 2027-01-01T12:00:00Z.',
    );
  }
  return time;
}

export function parseHours(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('expected whole hours, 0 to 9999.');
  return Number(text) * HOUR_MS;
}
