/** How commands speak: tables for people, JSON for machines, one line for what went wrong. */
import { megabytes } from '../shared/units.ts';

/** bigints as numbers where they fit, dates as ISO texts: what scripts expect of JSON. */
export function toJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_key, inner) => {
      if (typeof inner !== 'bigint') return inner;
      return inner <= BigInt(Number.MAX_SAFE_INTEGER) && inner >= -BigInt(Number.MAX_SAFE_INTEGER)
        ? Number(inner)
        : String(inner);
    },
    2,
  );
}

/** Prints `value` as JSON when asked to, otherwise the lines for people. */
export function print(json: boolean, value: unknown, lines: () => string): void {
  process.stdout.write(`${json ? toJson(value) : lines()}\n`);
}

/** Columns padded to their widest cell; the first row is the heading. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_cell, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `name  value` lines. */
export function pairs(entries: readonly (readonly [string, string])[]): string {
  return table(entries.map(([name, value]) => [`${name}:`, value]));
}

export function formatMegabytes(bytes: bigint): string {
  return `${megabytes(bytes).toLocaleString('en-US')} MB`;
}

export function formatUsd(cents: bigint): string {
  const sign = cents < 0n ? '-' : '';
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${sign}$${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function formatTime(time: Date | null): string {
  return time ? `${time.toISOString().slice(0, 19)}Z` : '-';
}
