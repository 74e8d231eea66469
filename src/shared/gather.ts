/**
 * Group commit without a timer: while one call is in flight, the callers that arrive are gathered, and they leave
 * together in the next one. An idle caller never waits; a busy system makes large batches by itself.
 */
export interface GatherOptions {
  /** Largest number of items in one call. */
  maxBatch: number;
  /** Calls in flight at once. One keeps the order of arrival; more only help where calls do not touch the same rows. */
  lanes?: number;
  /**
   * Callers that get their results in one turn of the event loop while the next call is on its way; absent: all. A few, where
   * callers have much to do with what they get: the answer to the next call then does not wait for all of them.
   */
  deliveredPerTurn?: number;
}

/**
 * Turns a function on many items into a function on one.
 *
 * `run` answers an array as long as its argument, in the same order; an element that is an Error rejects that one caller.
 * When `run` itself rejects, every caller of that batch is rejected with the same error.
 */
export function gather<Item, Result>(
  run: (items: Item[]) => Promise<(Result | Error)[]>,
  options: GatherOptions,
): (item: Item) => Promise<Result> {
  interface Waiting {
    item: Item;
    resolve: (result: Result) => void;
    reject: (error: Error) => void;
  }
  const { lanes = 1, deliveredPerTurn = Number.POSITIVE_INFINITY } = options;
  let waiting: Waiting[] = [];
  let inFlight = 0;
  let scheduled = false;

  function flush(): void {
    scheduled = false;
    while (inFlight < lanes && waiting.length > 0) {
      const batch = waiting.slice(0, options.maxBatch);
      waiting = waiting.slice(options.maxBatch);
      inFlight += 1;
      void call(batch);
    }
  }

  async function call(batch: Waiting[]): Promise<void> {
    let results: (Result | Error)[];
    try {
      results = await run(batch.map((entry) => entry.item));
      if (results.length !== batch.length) {
        throw new Error(`a gathered call answered ${results.length} results for ${batch.length} items`);
      }
    } catch (error) {
      results = batch.map(() => error as Error);
    }
    inFlight -= 1;
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
    if (scheduled || inFlight >= lanes) return;
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
