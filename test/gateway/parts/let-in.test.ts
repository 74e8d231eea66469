import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LetIn } from '../../../src/gateway/let-in.ts';

const pairs = fc.uniqueArray(
  fc.tuple(fc.oneof(fc.ipV4(), fc.ipV6()), fc.string({ unit: 'grapheme', maxLength: 20 })),
  { selector: ([address, name]) => `${address} ${name}`, maxLength: 40 },
);

test('whom it was told of is there, and nobody else is', () => {
  fc.assert(
    fc.property(pairs, pairs, (noted, others) => {
      const letIn = new LetIn(65_536);
      const told = new Set<string>();
      for (const [address, name] of [...noted, ...noted.slice(0, 10)]) {
        const text = `${address} ${name}`;
        expect(letIn.note(address, name)).toBe(!told.has(text));
        told.add(text);
      }
      for (const [address, name] of [...noted, ...others])
        expect(letIn.has(address, name)).toBe(told.has(`${address} ${name}`));
    }),
  );
});

test('names and addresses that look alike are told apart', () => {
  const letIn = new LetIn(4_096);
  letIn.note('192.0.2.1', 'alice');
  expect(letIn.has('192.0.2.1', 'alicf')).toBe(false);
  expect(letIn.has('192.0.2.1', 'alice ')).toBe(false);
  expect(letIn.has('192.0.2.1', '')).toBe(false);
  expect(letIn.has('192.0.2.', '1alice')).toBe(false);
  expect(letIn.has('192.0.2.2', 'alice')).toBe(false);
});

test('who was noted last is there, however many were before; those before make room', () => {
  const letIn = new LetIn(256);
  const hosts = Array.from({ length: 5_000 }, (_, host) => `host${host}`);
  expect(hosts.filter((host) => letIn.note(host, 'alice') && !letIn.note(host, 'alice'))).toHaveLength(5_000);
  // All places are taken, each by one of the latest: evenly, whatever the names are.
  expect(hosts.filter((host) => letIn.has(host, 'alice'))).toHaveLength(256);
  expect(hosts.slice(-10).filter((host) => letIn.has(host, 'alice')).length).toBeGreaterThanOrEqual(8);
});
