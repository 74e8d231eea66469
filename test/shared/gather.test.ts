import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gather } from '../../src/shared/gather.ts';

describe('gather', () => {
  it('calls once for those that come while a call is in flight, in order, in pieces of the largest batch', async () => {
    const batches: number[][] = [];
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const call = gather<number, number>(
      async (items) => {
        batches.push(items);
        await gate;
        return items.map((item) => item * 10);
      },
      { maxBatch: 3 },
    );
    const first = call(1);
    await new Promise(setImmediate);
    const rest = [2, 3, 4, 5].map(call);
    open();
    expect(await Promise.all([first, ...rest])).toEqual([10, 20, 30, 40, 50]);
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  });

  it('lets an idle caller go at once', async () => {
    const call = gather<number, number>(async (items) => items, { maxBatch: 10 });
    expect(await call(1)).toBe(1);
    expect(await call(2)).toBe(2);
  });

  it('rejects the one whose result is an error, and all when the call itself fails', async () => {
    const call = gather<number, string>(
      async (items) => {
        if (items.includes(0)) throw new Error('all');
        return items.map((item) => (item < 0 ? new Error(`not ${item}`) : 'fine'));
      },
      { maxBatch: 10 },
    );
    expect(await Promise.allSettled([call(1), call(-1)])).toMatchObject([
      { status: 'fulfilled', value: 'fine' },
      { status: 'rejected', reason: { message: 'not -1' } },
    ]);
    expect(await Promise.allSettled([call(1), call(0)])).toMatchObject([
      { status: 'rejected', reason: { message: 'all' } },
      { status: 'rejected', reason: { message: 'all' } },
    ]);
    expect(await call(2)).toBe('fine');
  });

  it('refuses to hand out results that do not belong to the callers', async () => {
    const call = gather<number, number>(async () => [], { maxBatch: 10 });
    await expect(call(1)).rejects.toThrow('0 results for 1 items');
  });

  it('never has two calls at once that touch the same, loses nobody, and keeps the order of those who share', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uniqueArray(fc.nat(12), { minLength: 1, maxLength: 3 }), {
          minLength: 1,
          maxLength: 300,
        }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 64 }),
        async (items, lanes, maxBatch) => {
          const held = new Map<number, symbol>();
          const order: number[] = [];
          let calls = 0;
          const call = gather<{ n: number; things: number[] }, number>(
            async (batch) => {
              const me = Symbol();
              calls += 1;
              expect(calls).toBeLessThanOrEqual(lanes);
              expect(batch.length).toBeLessThanOrEqual(maxBatch);
              for (const { n, things } of batch) {
                order.push(n);
                for (const thing of things) {
                  expect(held.get(thing) ?? me).toBe(me);
                  held.set(thing, me);
                }
              }
              for (let turn = batch.length % 5; turn >= 0; turn--) await new Promise(setImmediate);
              for (const { things } of batch) for (const thing of things) held.delete(thing);
              calls -= 1;
              return batch.map(({ n }) => n);
            },
            { maxBatch, lanes, touches: ({ things }) => things },
          );
          expect(await Promise.all(items.map((things, n) => call({ n, things })))).toEqual(
            items.map((_, n) => n),
          );
          for (let thing = 0; thing <= 12; thing++) {
            const touching = order.filter((n) => items[n]!.includes(thing));
            expect(touching).toEqual([...touching].sort((a, b) => a - b));
          }
        },
      ),
    );
  });
});
