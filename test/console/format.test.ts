/** Quantities as people read and write them. */
import { describe, expect, it } from 'vitest';
import { axisSteps } from '../../web/src/components/chart-scale.ts';
import { lastIntervals, usagePoints } from '../../web/src/components/usage.ts';
import { createFormat } from '../../web/src/format/format.ts';
import { parseBytes, parseMoney } from '../../web/src/format/parse.ts';

const english = createFormat('en');
const german = createFormat('de');

describe('what is shown', () => {
  it.each([
    [0, '0 B', '0 B'],
    [999, '999 B', '999 B'],
    [1_000, '1 kB', '1 kB'],
    [12_345_678, '12.3 MB', '12,3 MB'],
    [999_999, '1 MB', '1 MB'],
    [1_234_567_890, '1.23 GB', '1,23 GB'],
    [9_007_199_254_740_991, '9.01 PB', '9,01 PB'],
  ])('%d bytes are %s', (bytes, inEnglish, inGerman) => {
    expect(english.bytes(bytes)).toBe(inEnglish);
    expect(german.bytes(bytes)).toBe(inGerman);
  });

  it('money is in cents', () => {
    expect(english.money(123_456_789)).toBe('$1,234,567.89');
    expect(german.money(5)).toBe('0,05\u00a0$');
  });

  it.each([
    [0, '0%'],
    [0.0001, '<0.1%'],
    [0.014, '1.4%'],
    [0.42, '42%'],
    [1, '100%'],
  ])('a share of %d is %s', (share, text) => {
    expect(english.percent(share)).toBe(text);
  });

  it('times say how long ago they were, and what they are in UTC', () => {
    const now = Date.parse('2026-05-04T10:00:00Z');
    expect(english.fromNow('2026-05-04T09:57:00Z', now)).toBe('3 minutes ago');
    expect(english.fromNow('2026-05-06T11:00:00Z', now)).toBe('in 2 days');
    expect(german.fromNow('2026-05-04T09:57:00Z', now)).toBe('vor 3 Minuten');
    expect(english.utc('2026-05-04T10:00:00Z')).toBe('May 4, 2026, 10:00:00 AM UTC');
  });

  it('durations have their two largest units', () => {
    expect(english.duration(93_784)).toBe('1 day, 2 hr');
    expect(english.duration(0)).toBe('0 sec');
  });
});

describe('what is written', () => {
  it.each([
    ['500 MB', 500_000_000],
    ['2.5gb', 2_500_000_000],
    ['  7 ', 7_000_000_000],
    ['0.1 GB', 100_000_000],
    ['1.234567 MB', 1_234_567],
    ['2,5 GB', 2_500_000_000],
    // A thousand or one and a bit: not guessed.
    ['1,234 MB', undefined],
    ['1.2345678 MB', undefined],
    ['-5 GB', undefined],
    ['1e3 GB', undefined],
    ['NaN', undefined],
    ['5 XB', undefined],
    ['9007199254740993 B', undefined],
    ['', undefined],
  ])('%s is %s bytes', (text, bytes) => {
    expect(parseBytes(text, '.')).toBe(bytes);
  });

  it('a comma is the decimal point where the language has it so', () => {
    expect(parseBytes('1,234 GB', ',')).toBe(1_234_000_000);
    expect(parseBytes('1.234 GB', ',')).toBeUndefined();
  });

  it.each([
    ['250', 25_000],
    ['$250.5', 25_050],
    ['0.01', 1],
    ['0.001', undefined],
    ['1,000', undefined],
    ['abc', undefined],
  ])('%s is %s cents', (text, cents) => {
    expect(parseMoney(text, '.')).toBe(cents);
  });
});

describe('charts', () => {
  it.each([
    [0, [0, 1]],
    [90_000_000, [0, 50_000_000, 100_000_000]],
    [31_000_000_000, [0, 10_000_000_000, 20_000_000_000, 30_000_000_000, 40_000_000_000]],
    [100, [0, 50, 100]],
  ])('an axis up to %d has round steps', (highest, steps) => {
    expect(axisSteps(highest)).toEqual(steps);
  });

  it('have a point for every interval, the running one last', () => {
    const range = lastIntervals('hour', 3, Date.parse('2026-05-04T10:20:00Z'));
    expect(range).toEqual({
      resolution: 'hour',
      from: '2026-05-04T08:00:00.000Z',
      to: '2026-05-04T11:00:00.000Z',
    });
    const use = { start: '2026-05-04T09:00:00.000Z', upBytes: 1, downBytes: 2 };
    const points = usagePoints({ ...range, points: [{ product: 'mobile', ...use }] });
    expect(points).toEqual([
      { at: '2026-05-04T08:00:00.000Z', values: {} },
      { at: '2026-05-04T09:00:00.000Z', values: { mobile: 3 } },
      { at: '2026-05-04T10:00:00.000Z', values: {} },
    ]);
  });
});
