import type { Timer, Timers } from './timers.ts';

/** How much earlier than it must an entry goes, so that one timer serves many. */
const TOGETHER_MS = 1_000;

/**
 * By the text that it came in, for at most `keepMs`: the texts are passwords. Each goes by itself when its time is over, so that those who
 * are active do not all have to be looked at anew in the same moment.
 */
export class RecentLogins<Login> {
  readonly #timers: Timers;
  readonly #keepMs: number;
  readonly #maxEntries: number;
  readonly #byText = new Map<string, Entry<Login>>();
  /** In the order in which they came, with those whose text has come anew. */
  #first: Entry<Login> | undefined;
  #last: Entry<Login> | undefined;
  #count = 0;
  #timer: Timer | undefined;

  constructor(timers: Timers, keepMs: number, maxEntries: number) {
    this.#timers = timers;
    this.#keepMs = keepMs;
    this.#maxEntries = maxEntries;
  }

  get(text: string): Login | undefined {
    return this.#byText.get(text)?.login;
  }

  set(text: string, login: Login): void {
    const entry: Entry<Login> = {
      text,
      login,
      untilMs: this.#timers.nowMs() + this.#keepMs,
      behind: undefined,
    };
    this.#byText.set(text, entry);
    if (this.#last === undefined) this.#first = entry;
    else this.#last.behind = entry;
    this.#last = entry;
    this.#count += 1;
    if (this.#count > this.#maxEntries) this.#dropFirst();
    if (this.#timer === undefined) this.#forgetAt(entry.untilMs);
  }

  clear(): void {
    this.#byText.clear();
    this.#first = undefined;
    this.#last = undefined;
    this.#count = 0;
  }

  #dropFirst(): void {
    const entry = this.#first!;
    this.#first = entry.behind;
    if (entry.behind === undefined) this.#last = undefined;
    // Nothing of one that is gone points to the others any more: the collector would keep them with it.
    entry.behind = undefined;
    this.#count -= 1;
    if (this.#byText.get(entry.text) === entry) this.#byText.delete(entry.text);
  }

  #forgetAt(untilMs: number): void {
    this.#timer = this.#timers.after(Math.max(0, Math.ceil(untilMs - this.#timers.nowMs())), () => {
      this.#timer = undefined;
      const nowMs = this.#timers.nowMs();
      while (this.#first !== undefined && this.#first.untilMs - TOGETHER_MS <= nowMs) this.#dropFirst();
      if (this.#first !== undefined) this.#forgetAt(this.#first.untilMs);
    });
    this.#timer.unref?.();
  }
}

interface Entry<Login> {
  readonly text: string;
  readonly login: Login;
  readonly untilMs: number;
  behind: Entry<Login> | undefined;
}
