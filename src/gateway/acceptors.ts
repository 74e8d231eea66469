/**
 * clients ── one socket ──┬── descriptor ── turn of the loop ── gateway
 *                         └── more of them, while clients wait to be accepted
 *
 * A turn of libuv's loop accepts one connection from each descriptor. When many clients wait, one descriptor makes turns that do little for few
 * connections each; peers fall asleep meanwhile, and to wake them is the dearest part of a write. When nobody waits, each further descriptor
 * costs a futile system call for every connection. So there are more of them only while turns are full.
 */
import { performance } from 'node:perf_hooks';
import type { Timer, Timers } from './timers.ts';

/** A descriptor of the listening socket that connections are accepted on. */
export interface Acceptor {
  close(): void;
}

/** How a loop has done since it began. */
export interface LoopWork {
  readonly turns: number;
  /** Waited for something to do. */
  readonly idleMs: number;
}

/** Of the thread that asks. */
export function loopWork(): LoopWork {
  const { uvMetricsInfo } = performance.nodeTiming as unknown as { uvMetricsInfo: { loopCount: number } };
  return { turns: uvMetricsInfo.loopCount, idleMs: performance.eventLoopUtilization().idle };
}

const LOOK_EVERY_MS = 100;
/** The first is always there. Fifteen more were no better than seven. */
export const MORE_ACCEPTORS = 7;
const BUSY_SHARE = 0.9;
/** New connections in a turn, where there can be one, and where there can be eight. */
const MANY_FOR_ONE = 0.5;
const MANY_FOR_ALL = 3;
/** A rush pauses for a moment now and then. */
const CLOSE_AFTER_LOOKS = 10;
/** What was closed again soon would most likely be of no use a moment later either. */
const SOON_MS = 3_000;
const FIRST_REST_MS = 1_000;
const LAST_REST_MS = 60_000;

export class Acceptors {
  readonly #timers: Timers;
  readonly #work: () => LoopWork;
  /** Opens one more; undefined where that cannot be. */
  readonly #open: () => Promise<Acceptor | undefined>;
  #more: Acceptor[] = [];
  #isOpening = false;
  #isClosed = false;
  #accepted = 0;
  /** Looks, one after the other, at which the further ones were of no use. */
  #useless = 0;
  #before: LoopWork & { readonly atMs: number };
  #timer: Timer | undefined;
  #openedAtMs = 0;
  #restMs = FIRST_REST_MS;
  #restsUntilMs = Number.NEGATIVE_INFINITY;

  constructor(timers: Timers, work: () => LoopWork, open: () => Promise<Acceptor | undefined>) {
    this.#timers = timers;
    this.#work = work;
    this.#open = open;
    this.#before = { ...work(), atMs: timers.nowMs() };
  }

  /** Besides the first. */
  get more(): number {
    return this.#more.length;
  }

  /** A connection was, on whichever of them. */
  accepted(): void {
    this.#accepted += 1;
    if (this.#timer === undefined && !this.#isClosed) this.#watch();
  }

  /** The further ones, for good. */
  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
    this.#closeMore();
  }

  #watch(): void {
    this.#before = { ...this.#work(), atMs: this.#timers.nowMs() };
    this.#timer = this.#timers.after(LOOK_EVERY_MS, this.#look);
    this.#timer.unref?.();
  }

  readonly #look = (): void => {
    const { turns, idleMs, atMs } = this.#before;
    const now = this.#work();
    const nowMs = this.#timers.nowMs();
    const perTurn = this.#accepted / Math.max(1, now.turns - turns);
    const isBusy = now.idleMs - idleMs <= (nowMs - atMs) * (1 - BUSY_SHARE);
    const isQuiet = this.#accepted === 0;
    this.#accepted = 0;
    this.#timer = undefined;
    if (this.#more.length > 0) {
      const isUseful = isBusy && perTurn >= MANY_FOR_ALL;
      this.#useless = isUseful ? 0 : this.#useless + 1;
      if (this.#useless >= CLOSE_AFTER_LOOKS) this.#closeAgain(nowMs);
    } else if (isBusy && perTurn >= MANY_FOR_ONE && nowMs >= this.#restsUntilMs) void this.#openMore(nowMs);
    if (!isQuiet || this.#more.length > 0) this.#watch();
  };

  async #openMore(nowMs: number): Promise<void> {
    if (this.#isOpening) return;
    this.#isOpening = true;
    this.#useless = 0;
    this.#openedAtMs = nowMs;
    for (let index = 0; index < MORE_ACCEPTORS && !this.#isClosed; index += 1) {
      const acceptor = await this.#open();
      if (acceptor === undefined) {
        // Here it cannot be: not worth asking for again.
        this.#restsUntilMs = Number.POSITIVE_INFINITY;
        break;
      }
      this.#more.push(acceptor);
    }
    this.#isOpening = false;
    if (this.#isClosed) this.#closeMore();
  }

  #closeAgain(nowMs: number): void {
    if (this.#isOpening) return;
    this.#closeMore();
    this.#restMs =
      nowMs - this.#openedAtMs < SOON_MS ? Math.min(LAST_REST_MS, this.#restMs * 2) : FIRST_REST_MS;
    this.#restsUntilMs = nowMs + this.#restMs;
  }

  #closeMore(): void {
    for (const acceptor of this.#more) acceptor.close();
    this.#more = [];
  }
}
