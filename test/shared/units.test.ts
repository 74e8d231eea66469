import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesFromMegabytes,
  megabytes,
  parseDecimal,
  scaleDecimal,
  wholeMegabytes,
} from '../../src/shared/units.ts';

describe('megabytes to bytes', () => {
  it.each([
    [1, 1_000_000n],
    [0.1, 100_000n],
    [0.000001, 1n],
    [1e-6, 1n],
    [5321.456789, 5_321_456_789n],
    [1e9, 1_000_000_000_000_000n],
  ])('%d', (value, bytes) => expect(bytesFromMegabytes(value)).toBe(bytes));

  it.each([0, -1, -0.1, Number.NaN, Number.POSITIVE_INFINITY, 1e-7, 0.0000015, 1e9 + 1, 1e300])(
    'refuses %d',
    (value) => expect(bytesFromMegabytes(value)).toBeUndefined(),
  );

  it('reads what JSON wrote, digit by digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 999_999_999_999_999n }), (bytes) => {
        const text = `${bytes / 1_000_000n}.${String(bytes % 1_000_000n).padStart(6, '0')}`;
        expect(bytesFromMegabytes(JSON.parse(text))).toBe(bytes);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});

describe('bytes to megabytes', () => {
  it('rounds down, never up', () => {
    expect(megabytes(1_999_999n)).toBe(1.99);
    expect(megabytes(9_999n)).toBe(0);
    expect(megabytes(98_500_000n)).toBe(98.5);
    expect(wholeMegabytes(1_999_999n)).toBe(1);
  });
});

describe('decimals', () => {
  it('come out exactly, or not at all', () => {
    expect(scaleDecimal(25, 2)).toBe(2500n);
    expect(scaleDecimal(25.01, 2)).toBe(2501n);
    expect(scaleDecimal(25.005, 2)).toBeUndefined();
    expect(scaleDecimal(-0.29, 2)).toBe(-29n);
    expect(scaleDecimal(1e21, 2)).toBe(100_000_000_000_000_000_000_000n);
    expect(parseDecimal('250.00', 2)).toBe(25_000n);
    expect(parseDecimal('250.001', 2)).toBeUndefined();
    for (const text of [
      '',
      ' 1',
      '1 ',
      '+1',
      '.5',
      '5.',
      '0x10',
      '1_000',
      '1,5',
      'NaN',
      'Infinity',
      '1e999',
    ]) {
      expect(parseDecimal(text, 2)).toBeUndefined();
    }
  });
});
