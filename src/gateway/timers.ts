/** The gateway's time: monotonic, so that a turned wall clock neither prolongs a lease nor cuts a tunnel. */
export interface Timer {
  cancel(): void;
  /** The process may end without it. */
  unref?(): void;
}

export interface Timers {
  /** Milliseconds since some fixed moment; never goes back. */
  nowMs(): number;
  after(delayMs: number, run: () => void): Timer;
}

export const systemTimers: Timers = {
  nowMs: () => performance.now(),
  after(delayMs, run) {
    const timeout = setTimeout(run, delayMs);
    return { cancel: () => clearTimeout(timeout), unref: () => timeout.unref() };
  },
};

/** A timer that comes later than this says that the process stood still. */
const STOOD_STILL_MS = 1_000;
/** What came while it did is read within this. */
const CATCH_UP_MS = 1_000;
/** Of a long wait, no more than this is lost on a standstill. */
const STEP_MS = 1_000;

/**
 * For whoever concludes something from silence. Timers run before what has arrived is read, and others may have stood still as well: so
 * the time of a standstill does not count, and whoever stood still hears what has come before it takes others for silent.
 */
export function afterSilence(timers: Timers, delayMs: number, run: () => void): Timer {
  let leftMs = delayMs;
  let wasLate = false;
  let timer: Timer;
  const wait = () => {
    const stepMs = Math.min(leftMs, STEP_MS);
    const dueMs = timers.nowMs() + stepMs;
    timer = timers.after(stepMs, () => {
      const isLate = timers.nowMs() - dueMs >= STOOD_STILL_MS;
      // A process that is always late comes to the end, too.
      if (isLate && !wasLate) leftMs = Math.max(leftMs, CATCH_UP_MS);
      else leftMs -= stepMs;
      wasLate = isLate;
      if (leftMs > 0) wait();
      else run();
    });
  };
  wait();
  return { cancel: () => timer.cancel() };
}

/**
 * Waits of one length, in a row: they fall due in the order in which they were begun, so one timer at a time serves all of them.
 * Each connection waits for several things that nearly always come; a timer for each would cost more than the rest of it.
 */
export class DelayQueue {
  readonly #timers: Timers;
  readonly #delayMs: number;
  #first: Wait | undefined;
  #last: Wait | undefined;
  #timer: Timer | undefined;
  #isCatchingUp = false;

  constructor(timers: Timers, delayMs: number) {
    this.#timers = timers;
    this.#delayMs = delayMs;
  }

  get delayMs(): number {
    return this.#delayMs;
  }

  after(run: () => void): Timer {
    const wait = new Wait(this, this.#timers.nowMs() + this.#delayMs, run);
    const last = this.#last;
    this.#last = wait;
    wait.before = last;
    if (last !== undefined) last.behind = wait;
    else {
      this.#first = wait;
      // One that was cancelled has left its timer, which comes too early and looks again.
      if (this.#timer === undefined) this.#begin(this.#delayMs);
    }
    return wait;
  }

  /** What has waited longest is over now. False: nothing waits. */
  endFirst(): boolean {
    const wait = this.#first;
    wait?.cancel();
    wait?.run();
    return wait !== undefined;
  }

  remove(wait: Wait): void {
    if (wait.before === undefined) this.#first = wait.behind;
    else wait.before.behind = wait.behind;
    if (wait.behind === undefined) this.#last = wait.before;
    else wait.behind.before = wait.before;
    wait.before = undefined;
    wait.behind = undefined;
  }

  readonly #due = (): void => {
    const nowMs = this.#timers.nowMs();
    this.#timer = undefined;
    // As in afterSilence.
    if (this.#first !== undefined && !this.#isCatchingUp && nowMs - this.#first.dueMs >= STOOD_STILL_MS) {
      this.#isCatchingUp = true;
      this.#begin(CATCH_UP_MS);
      return;
    }
    this.#isCatchingUp = false;
    for (let wait = this.#first; wait !== undefined && wait.dueMs <= nowMs; wait = this.#first) {
      wait.cancel();
      wait.run();
    }
    if (this.#first !== undefined && this.#timer === undefined)
      this.#begin(Math.max(0, Math.ceil(this.#first.dueMs - nowMs)));
  };

  #begin(delayMs: number): void {
    this.#timer = this.#timers.after(delayMs, this.#due);
    // It may have nothing to wait for any more, and nobody shall wait for it.
    this.#timer.unref?.();
  }
}

class Wait implements Timer {
  readonly #queue: DelayQueue;
  readonly dueMs: number;
  readonly run: () => void;
  before: Wait | undefined;
  behind: Wait | undefined;
  #isOver = false;

  constructor(queue: DelayQueue, dueMs: number, run: () => void) {
    this.#queue = queue;
    this.dueMs = dueMs;
    this.run = run;
  }

  cancel(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#queue.remove(this);
  }
}

/** The waits that every connection goes through. */
export interface Delays {
  readonly head: DelayQueue;
  readonly keepAlive: DelayQueue;
  readonly connect: DelayQueue;
  readonly idle: DelayQueue;
  readonly halfClosedIdle: DelayQueue;
}

/** Who is told that it was idle for too long. */
export interface Idler {
  timedOut(): void;
}

/** Fires once nothing has been touched for a while. Touching costs a clock reading; no timer is moved per chunk. */
export class IdleTimer {
  readonly #timers: Timers;
  readonly #idler: Idler;
  #limitMs: number;
  #touchedMs: number;
  #timer: Timer | undefined;

  constructor(timers: Timers, limit: DelayQueue, idler: Idler) {
    this.#timers = timers;
    this.#idler = idler;
    this.#limitMs = limit.delayMs;
    this.#touchedMs = timers.nowMs();
    this.#timer = limit.after(this.#check);
  }

  touch(): void {
    this.#touchedMs = this.#timers.nowMs();
  }

  /** From now on; and the wait begins anew. */
  setLimit(limit: DelayQueue): void {
    if (this.#timer === undefined || limit.delayMs === this.#limitMs) return;
    this.touch();
    this.#limitMs = limit.delayMs;
    this.#timer.cancel();
    this.#timer = limit.after(this.#check);
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  readonly #check = (): void => {
    const leftMs = this.#touchedMs + this.#limitMs - this.#timers.nowMs();
    if (leftMs > 0) {
      // Out of the queue's order: few live so long, and they may have a timer of their own.
      this.#timer = this.#timers.after(Math.ceil(leftMs), this.#check);
      return;
    }
    this.#timer = undefined;
    this.#idler.timedOut();
  };
}
