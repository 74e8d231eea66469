import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Lru } from '../../../src/gateway/lru.ts';

const MOST = 4;
const keys = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
const step = fc.oneof(
  fc.record({ does: fc.constant('set' as const), key: keys }),
  fc.record({ does: fc.constant('get' as const), key: keys }),
  fc.record({ does: fc.constant('delete' as const), key: keys }),
  fc.record({ does: fc.constantFrom('deleteEven' as const, 'clear' as const), key: fc.constant('') }),
);

test('it holds what was used last, and says of each value once that it is gone', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const gone: number[] = [];
      const lru = new Lru<number>(MOST, (value) => gone.push(value));
      /** Oldest first. */
      let model: [string, number][] = [];
      const expectGone: number[] = [];
      const drop = (isMeant: (entry: [string, number]) => boolean) => {
        for (const entry of model) if (isMeant(entry)) expectGone.push(entry[1]);
        model = model.filter((entry) => !isMeant(entry));
      };
      steps.forEach(({ does, key }, value) => {
        const own = ([name]: [string, number]) => name === key;
        if (does === 'set') {
          lru.set(key, value);
          drop(own);
          model.push([key, value]);
          if (model.length > MOST) drop((entry) => entry === model[0]);
        } else if (does === 'get') {
          const found = model.find(own);
          expect(lru.get(key)).toBe(found?.[1]);
          if (found && model.length >= MOST / 2) model = [...model.filter((entry) => !own(entry)), found];
        } else if (does === 'delete') {
          lru.delete(key);
          drop(own);
        } else if (does === 'clear') {
          lru.clear();
          drop(() => true);
        } else {
          lru.deleteWhere((given) => given % 2 === 0);
          drop(([, given]) => given % 2 === 0);
        }
        expect(lru.size).toBe(model.length);
        expect(gone.toSorted((a, b) => a - b)).toEqual(expectGone.toSorted((a, b) => a - b));
      });
    }),
  );
});
