/**
 * sockets ── one epoll set ── one handle of Node's loop ── turn: each socket that something has happened to
 *
 * A handle for each socket costs a short connection more than its system calls: it is made and taken apart, and the loop calls it by
 * itself for each event. Here Node's loop watches the set alone, and calls once for all events that there are.
 */
import type { SocketCalls } from './socket-calls.ts';

export interface Polled {
  readonly fd: number;
  /** Something happened, in the bits of `SocketCalls`. */
  ready(events: number): void;
  /** As it asked for with `later`. */
  goOn(): void;
}

/** Node's handle of a stream, of which nothing is used but that the loop watches its descriptor. */
interface Handle {
  open(fd: number): number;
  readStart(): number;
  useUserBuffer(memory: Buffer): void;
  onread: () => void;
  ref(): void;
  unref(): void;
}

/** As often, at most, the set is asked in one turn, and no more after so long: what is not about sockets wants its turn, too. */
const ROUNDS = 4;
const LONG_MS = 4;

export class Poller {
  readonly #calls: SocketCalls;
  readonly #set: number;
  readonly #handle: Handle;
  /** By descriptor. */
  readonly #polled: (Polled | undefined)[] = [];
  /** By descriptor: tells an event of a socket that is closed from one of its successor. */
  readonly #tags: number[] = [];
  #lastTag = 0;
  #count = 0;
  #later: Polled[] = [];
  #isTurning = false;
  #isTurnDue = false;
  readonly #afterEvent: () => void;

  /** Throws where this Node has no such handle. `afterEvent` is called when whatever an event led to is done. */
  constructor(calls: SocketCalls, afterEvent: () => void) {
    this.#calls = calls;
    this.#afterEvent = afterEvent;
    this.#set = calls.newSet();
    this.#handle = openHandle();
    // A read that has no room is told to the reader, and nothing is read: the set stays ready for as long as there are events.
    this.#handle.useUserBuffer(Buffer.alloc(8).subarray(0, 0));
    this.#handle.onread = this.#turn;
    if (this.#set < 0 || this.#handle.open(this.#set) !== 0 || this.#handle.readStart() !== 0)
      throw new Error('the events of sockets cannot be waited for');
    this.#handle.unref();
  }

  /** Something is being told of at this moment. */
  get isTurning(): boolean {
    return this.#isTurning;
  }

  /** Answers less than 0 when the system has no room. */
  add(polled: Polled, events: number): number {
    const { fd } = polled;
    this.#lastTag = (this.#lastTag + 1) | 0;
    const status = this.#calls.watch(this.#set, fd, events, this.#lastTag);
    if (status < 0) return status;
    this.#polled[fd] = polled;
    this.#tags[fd] = this.#lastTag;
    this.#count += 1;
    if (this.#count === 1) this.#handle.ref();
    return 0;
  }

  change(fd: number, events: number): void {
    this.#calls.rewatch(this.#set, fd, events, this.#tags[fd]!);
  }

  /** Before its descriptor is closed. `isShared`: others have descriptors of the same socket. */
  remove(fd: number, isShared = false): void {
    if (this.#polled[fd] === undefined) return;
    if (isShared) this.#calls.unwatch(this.#set, fd);
    this.#polled[fd] = undefined;
    this.#count -= 1;
    if (this.#count === 0) this.#handle.unref();
  }

  /** It goes on at the end of this turn, or in the next one, and others meanwhile. */
  later(polled: Polled): void {
    this.#later.push(polled);
    if (!this.#isTurning) this.#comeBack();
  }

  #comeBack(): void {
    if (this.#isTurnDue) return;
    this.#isTurnDue = true;
    setImmediate(this.#turnAgain);
  }

  readonly #turnAgain = (): void => {
    this.#isTurnDue = false;
    this.#turn();
  };

  readonly #turn = (): void => {
    this.#isTurning = true;
    const endMs = performance.now() + LONG_MS;
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        const count = this.#tell();
        if (this.#later.length > 0) this.#goOn(endMs);
        else if (count === 0) break;
        if (performance.now() >= endMs) break;
      }
    } finally {
      this.#isTurning = false;
      if (this.#later.length > 0) this.#comeBack();
    }
  };

  #tell(): number {
    const count = this.#calls.ready(this.#set);
    for (let index = 0; index < count; index += 1) {
      const fd = this.#calls.fdOf(index);
      const polled = this.#polled[fd];
      if (polled === undefined || this.#tags[fd] !== this.#calls.tagOf(index)) continue;
      try {
        polled.ready(this.#calls.eventsOf(index));
        this.#afterEvent();
      } catch (error) {
        throwLater(error);
      }
    }
    return count;
  }

  #goOn(endMs: number): void {
    const later = this.#later;
    this.#later = [];
    for (let index = 0; index < later.length; index += 1) {
      if (index > 0 && performance.now() >= endMs) {
        this.#later = [...later.slice(index), ...this.#later];
        return;
      }
      try {
        later[index]!.goOn();
        this.#afterEvent();
      } catch (error) {
        throwLater(error);
      }
    }
  }
}

/** A fault with one connection must not keep the others from hearing of their events, which are told once. */
function throwLater(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}

function openHandle(): Handle {
  const { noDeprecation } = process;
  // The deprecation (DEP0111) is known, and means nothing to an operator.
  process.noDeprecation = true;
  try {
    const { binding } = process as unknown as { binding(name: string): unknown };
    const { Pipe, constants } = binding.call(process, 'pipe_wrap') as {
      Pipe: new (kind: number) => Handle;
      constants: { SOCKET: number };
    };
    return new Pipe(constants.SOCKET);
  } finally {
    process.noDeprecation = noDeprecation ?? false;
  }
}
