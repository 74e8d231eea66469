import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { expect, test } from 'vitest';
import { neighbourhoodOf } from '../../../src/gateway/addresses.ts';

const group = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.nat({ max: 0xffff }) },
);
const groups = fc.array(group, { minLength: 8, maxLength: 8 });
const textOf = (parts: number[]) => new ipaddr.IPv6(parts).toString();

test('an IPv4 address is a neighbourhood of its own', () => {
  expect(neighbourhoodOf('192.0.2.1')).toBe('192.0.2.1');
});

test('of IPv6, those are neighbours whose first 64 bits are the same', () => {
  expect(neighbourhoodOf('::')).toBe('0:0:0:0::/64');
  expect(neighbourhoodOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
  expect(neighbourhoodOf('2001:db8:0:0:1::')).toBe('2001:db8:0:0::/64');
  fc.assert(
    fc.property(groups, groups, (first, second) => {
      const expected = `${first
        .slice(0, 4)
        .map((part) => part.toString(16))
        .join(':')}::/64`;
      expect(neighbourhoodOf(textOf(first))).toBe(expected);
      expect(neighbourhoodOf(textOf([...first.slice(0, 4), ...second.slice(4)]))).toBe(expected);
    }),
    { numRuns: 1_000 },
  );
});
