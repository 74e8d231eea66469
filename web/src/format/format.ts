/**
 * Quantities as people read them, by Intl in the page's language. Bytes and cents come as whole numbers; 1 MB is 1,000,000 bytes, as
 * in the APIs. Times come as ISO 8601 in UTC and are shown in the viewer's zone.
 */

const UNIT_NAMES = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

const RELATIVE_STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

export type Format = ReturnType<typeof createFormat>;

export function createFormat(language: string) {
  const formatters = new Map<string, Intl.NumberFormat>();
  const numberFormat = (options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const name = JSON.stringify(options);
    let made = formatters.get(name);
    if (!made) {
      made = new Intl.NumberFormat(language, options);
      formatters.set(name, made);
    }
    return made;
  };
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const minute = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const second = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  const utc = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'UTC',
  });
  const clockMinute = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  const utcDay = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const utcDays = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });

  function bytes(amount: number): string {
    const step = scaleOf(amount);
    const value = amount / 1000 ** step;
    const digits = step === 0 || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
    return `${numberFormat({ maximumFractionDigits: digits }).format(value)} ${UNIT_NAMES[step]}`;
  }

  return {
    /** The language's decimal point. */
    decimal: (numberFormat({})
      .formatToParts(0.5)
      .find((part) => part.type === 'decimal')?.value === ','
      ? ','
      : '.') as '.' | ',',
    /** 12_345_678 → `12.3 MB`: three significant figures or so, whole below 1 kB. */
    bytes,
    /** To the byte: `12,345,678 B`. */
    bytesExactly: (bytes: number): string => `${numberFormat({}).format(bytes)} B`,
    /** `12.3 MB/s` */
    rate: (bytesPerSecond: number): string => `${bytes(bytesPerSecond)}/s`,
    /** US cents: 12_345 → `$123.45`. */
    money: (cents: number): string =>
      numberFormat({ style: 'currency', currency: 'USD' }).format(cents / 100),
    /** For a large figure: from ten thousand dollars on, without cents. */
    moneyRounded: (cents: number): string =>
      numberFormat({
        style: 'currency',
        currency: 'USD',
        ...(Math.abs(cents) >= 1_000_000 && { maximumFractionDigits: 0 }),
      }).format(cents / 100),
    /** Large sums for a small place: `$1.2M`. */
    moneyShortly: (cents: number): string =>
      numberFormat({
        style: 'currency',
        currency: 'USD',
        notation: 'compact',
        maximumFractionDigits: 1,
      }).format(cents / 100),
    number: (value: number): string => numberFormat({}).format(value),
    /** `1.2M` */
    numberShortly: (value: number): string =>
      numberFormat({ notation: 'compact', maximumFractionDigits: 1 }).format(value),
    /** A share from 0 to 1: `42%`, and `<0.1%` for what is hardly there. */
    percent(share: number): string {
      const tiny = share > 0 && share < 0.001;
      const digits = share > 0 && share < 0.1 ? 1 : 0;
      const text = numberFormat({ style: 'percent', maximumFractionDigits: digits }).format(
        tiny ? 0.001 : share,
      );
      return tiny ? `<${text}` : text;
    },
    date: (iso: string): string => day.format(new Date(iso)),
    /** A day as the server counts it, from midnight to midnight in UTC. */
    utcDay: (iso: string): string => utcDay.format(new Date(iso)),
    /** Days of UTC, up to a time that is not part of them any more: `May 1 – 31, 2026`. */
    utcDays: (from: string, to: string): string =>
      utcDays.formatRange(new Date(from), new Date(Date.parse(to) - 1)),
    clock: (iso: string): string => clockMinute.format(new Date(iso)),
    time: (iso: string): string => minute.format(new Date(iso)),
    timeToTheSecond: (iso: string): string => second.format(new Date(iso)),
    utc: (iso: string): string => `${utc.format(new Date(iso))} UTC`,
    /** `3 minutes ago`, `in 2 days`. */
    fromNow(iso: string, now = Date.now()): string {
      const seconds = (new Date(iso).getTime() - now) / 1000;
      const [unit, size] = RELATIVE_STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? ['second', 1];
      return relative.format(Math.trunc(seconds / size), unit);
    },
    /** 93_784 seconds → `1 day, 2 hr`: the two largest units. */
    duration(seconds: number): string {
      const parts: string[] = [];
      let rest = Math.max(0, Math.round(seconds));
      for (const [unit, size] of RELATIVE_STEPS) {
        const count = Math.floor(rest / size);
        if (count === 0 && !(unit === 'second' && parts.length === 0)) continue;
        parts.push(numberFormat({ style: 'unit', unit, unitDisplay: 'short' }).format(count));
        rest -= count * size;
        if (parts.length === 2) break;
      }
      return new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(parts);
    },
  };
}

function scaleOf(bytes: number): number {
  let step = 0;
  let size = Math.abs(bytes);
  while (size >= 999.5 && step < UNIT_NAMES.length - 1) {
    size /= 1000;
    step += 1;
  }
  return step;
}
