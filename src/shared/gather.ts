/**
 * Group commit without a timer: while one call is in flight, the callers that arrive are gathered, and they leave
 * together in the next one. An idle caller never waits; a busy system makes large batches by itself.
 */
export interface GatherOptions<Item> {
  /** Largest number of items in one call. */
  maxBatch: number;
  /** Calls in flight at once; absent: one, which keeps the order of arrival. */
  lanes?: number;
  /**
   * What an item must have for itself (the rows it locks). With several lanes, items that touch the same are never in two
   * calls at once, where they would wait for each other: they share a call, or wait for its end, in the order of arrival.
   */
  touches?: (item: Item) => readonly unknown[];
  /**
   * Callers that get their results in one turn of the event loop while the next call is on its way; absent: all. A few, where
   * callers have much to do with what they get: the answer to the next call then does not wait for all of them.
   */
  deliveredPerTurn?: number;
}

/** Items that are worth a call of their own, where a lane is free. */
const LEAST_SHARE = 16;

/**
 * Turns a function on many items into a function on one.
 *
 * `run` answers an array as long as its argument, in the same order; an element that is an Error rejects that one caller.
 * When `run` itself rejects, every caller of that batch is rejected with the same error.
 */
export function gather<Item, Result>(
  run: (items: Item[]) => Promise<(Result | Error)[]>,
  options: GatherOptions<Item>,
): (item: Item) => Promise<Result> {
  interface Waiting {
    item: Item;
    resolve: (result: Result) => void;
    reject: (error: Error) => void;
  }
  const { lanes = 1, maxBatch, touches, deliveredPerTurn = Number.POSITIVE_INFINITY } = options;
  let waiting: Waiting[] = [];
  /** What the calls in flight touch. */
  const inFlight = new Set<Set<unknown>>();
  let scheduled = false;

  function flush(): void {
    scheduled = false;
    if (waiting.length === 0 || inFlight.size >= lanes) return;
    const calls = touches ? apart(touches) : inTurn();
    for (const { batch, touched } of calls) {
      inFlight.add(touched);
      void call(batch, touched);
    }
  }

  interface Call {
    batch: Waiting[];
    touched: Set<unknown>;
  }

  function inTurn(): Call[] {
    const calls: Call[] = [];
    while (calls.length < lanes - inFlight.size && waiting.length > 0) {
      calls.push({ batch: waiting.slice(0, maxBatch), touched: new Set() });
      waiting = waiting.slice(maxBatch);
    }
    return calls;
  }

  /** Spreads those who wait over the free lanes, so that no two calls touch the same. */
  function apart(touches: (item: Item) => readonly unknown[]): Call[] {
    // Few are quicker done in one call.
    const width = Math.min(lanes - inFlight.size, Math.ceil(waiting.length / LEAST_SHARE));
    const calls = Array.from({ length: width }, (): Call => ({ batch: [], touched: new Set() }));
    /** What those who stay touch: nobody who came later takes it before them. */
    const kept = new Set<unknown>();
    const staying: Waiting[] = [];
    for (const entry of waiting) {
      const mine = touches(entry.item);
      const chosen = choose(mine, kept, calls);
      if (chosen) chosen.batch.push(entry);
      else staying.push(entry);
      const taken = chosen?.touched ?? kept;
      for (const thing of mine) taken.add(thing);
    }
    waiting = staying;
    return calls.filter(({ batch }) => batch.length > 0);
  }

  /** The one new call that touches some of it already, or else the smallest; none, when two do or one in flight. */
  function choose(mine: readonly unknown[], kept: Set<unknown>, calls: Call[]): Call | undefined {
    let smallest = calls[0]!;
    let sharing: Call | undefined;
    for (const thing of mine) {
      if (kept.has(thing)) return undefined;
      for (const touched of inFlight) if (touched.has(thing)) return undefined;
      for (const call of calls) {
        if (call === sharing || !call.touched.has(thing)) continue;
        if (sharing) return undefined;
        sharing = call;
      }
    }
    for (const call of calls) if (call.batch.length < smallest.batch.length) smallest = call;
    const chosen = sharing ?? smallest;
    return chosen.batch.length < maxBatch ? chosen : undefined;
  }

  async function call(batch: Waiting[], touched: Set<unknown>): Promise<void> {
    let results: (Result | Error)[];
    try {
      results = await run(batch.map((entry) => entry.item));
      if (results.length !== batch.length) {
        throw new Error(`a gathered call answered ${results.length} results for ${batch.length} items`);
      }
    } catch (error) {
      results = batch.map(() => error as Error);
    }
    inFlight.delete(touched);
    if (waiting.length === 0) {
      deliver(batch, results, 0, batch.length);
      return;
    }
    // Those who wait go first: their call is on its way while the callers of this one work on what they got.
    flush();
    setImmediate(deliverInTurns, batch, results, 0);
  }

  function deliverInTurns(batch: Waiting[], results: (Result | Error)[], from: number): void {
    const to = Math.min(from + deliveredPerTurn, batch.length);
    deliver(batch, results, from, to);
    if (to < batch.length) setImmediate(deliverInTurns, batch, results, to);
  }

  function deliver(batch: Waiting[], results: (Result | Error)[], from: number, to: number): void {
    for (let index = from; index < to; index++) {
      const result = results[index] as Result | Error;
      if (result instanceof Error) batch[index]!.reject(result);
      else batch[index]!.resolve(result);
    }
  }

  function schedule(): void {
    if (scheduled || inFlight.size >= lanes) return;
    scheduled = true;
    // After the events that are ready now: callers of the same turn of the loop share the first batch.
    setImmediate(flush);
  }

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      schedule();
    });
}
