/**
 * client or target → socket → consumer   out of memory shared by all; few bytes are copied, and many kept until they are taken
 * client or target ← socket ← write      into the kernel within the call, or the source waits
 *
 * The fast relay: the system's own calls, and nothing of Node's for a connection.
 */
import { getSystemErrorName } from 'node:util';
import { addressText } from './addresses.ts';
import { LegBase } from './leg-base.ts';
import { ReadMemory } from './read-memory.ts';
import {
  EDGE,
  ERROR,
  HANGUP,
  IN,
  OUT,
  PEER_ENDED,
  type PeerAddress,
  SocketCalls,
  WOULD_BLOCK,
} from './socket-calls.ts';
import { type Polled, Poller } from './socket-poller.ts';
import { DelayQueue, type Timer, type Timers } from './timers.ts';

/** Fewer are copied: who waits with them must not keep a whole memory from the others. */
const IN_PLACE_BYTES = 16 * 1024;
/** What the first reads of a bulk transfer leave in the processor's cache serves the next ones. */
const MOST_IN_A_ROW = 4;
export const KEEP_ALIVE_AFTER_SECONDS = 30;
/** Fits into one packet everywhere. */
const ONE_PACKET_BYTES = 512;
/** Most connections are over by then, and were spared the four system calls of asking for keep-alive. */
const GROWN_UP_MS = 10_000;
/** All that can happen to a connection. What nobody waits for at the moment costs nothing to be told of, once. */
const EVENTS = IN | OUT | PEER_ENDED | EDGE;
const READABLE = IN | PEER_ENDED | HANGUP | ERROR;
const ENDING = PEER_ENDED | HANGUP | ERROR;

/** What all legs of one transport share. */
export class SocketOffice {
  readonly calls: SocketCalls;
  readonly poller: Poller;
  readonly memory: ReadMemory;
  /** Descriptors that are open, for who closes them if this thread does not live to do it. */
  readonly #opened: Uint8Array | undefined;
  /** Connections that were dialled and are not so young any more are asked whether their peers live. */
  readonly #grownUp: DelayQueue;
  /** Gone, and not told so yet. */
  #leaving: SocketLeg[] = [];

  /** Throws where the system's calls, or their events, cannot be had. */
  constructor(timers: Timers, opened: Uint8Array | undefined) {
    this.calls = new SocketCalls();
    this.poller = new Poller(this.calls, () => this.#tellClosed());
    this.memory = new ReadMemory(this.calls);
    this.#opened = opened;
    this.#grownUp = new DelayQueue(timers, GROWN_UP_MS);
  }

  whenGrownUp(run: () => void): Timer {
    return this.#grownUp.after(run);
  }

  opened(fd: number): void {
    if (this.#opened !== undefined && fd < this.#opened.length) this.#opened[fd] = 1;
  }

  closing(fd: number): void {
    if (this.#opened !== undefined && fd < this.#opened.length) this.#opened[fd] = 0;
  }

  /** Tells the leg that it is closed, after whatever runs at the moment. */
  tellClosedSoon(leg: SocketLeg): void {
    if (this.#leaving.push(leg) === 1 && !this.poller.isTurning) process.nextTick(this.#tellClosed);
  }

  /** Those too that leave because of it. */
  readonly #tellClosed = (): void => {
    while (this.#leaving.length > 0) {
      const leaving = this.#leaving;
      this.#leaving = [];
      for (const leg of leaving) leg.closed();
    }
  };
}

export class SocketLeg extends LegBase implements Polled {
  /** Less than 0: there is none any more, or never was. */
  fd = -1;
  readonly #office: SocketOffice;
  #peer: PeerAddress | string = '';
  #isGone = false;
  #isReading = false;
  /** The kernel may have bytes, or the end of them. */
  #mayRead = false;
  /** The kernel has the end, behind the bytes. */
  #isEnding = false;
  #isWaiting = false;
  /** What the kernel did not take; it is the writer's memory. */
  #unsent: Buffer[] | undefined;
  #isFinishing = false;
  #onFinished: (() => void)[] | undefined;
  #connected: (() => void) | undefined;
  /** The kernel may keep a short write back until what was sent before it is acknowledged. */
  #hasDelay = false;
  #hasWritten = false;
  #grownUp: Timer | undefined;

  /** Memory that a consumer, or a write under way, may still refer to. */
  #kept: Buffer | undefined;

  constructor(office: SocketOffice) {
    super();
    this.#office = office;
  }

  /** Takes a connection over that was accepted. */
  accepted(fd: number, peer: PeerAddress): void {
    this.#peer = peer;
    this.#begin(fd);
  }

  /** `connected` is called once the connection stands; when it cannot, the leg closes instead. */
  connect(address: string, port: number, connected: () => void, source?: string): void {
    const { calls } = this.#office;
    let syscall: string | undefined;
    const failedToBind = () => {
      syscall = 'bind';
    };
    const fd =
      source === undefined
        ? calls.connect(address, port)
        : calls.connectFrom(source, address, port, failedToBind);
    this.#peer = address;
    this.#connected = connected;
    if (fd < 0) this.#fail(fd, syscall);
    else this.#begin(fd);
  }

  #begin(fd: number): void {
    this.fd = fd;
    this.#office.opened(fd);
    const status = this.#office.poller.add(this, EVENTS);
    if (status < 0) this.#fail(status);
  }

  get remoteAddress(): string {
    if (typeof this.#peer !== 'string') this.#peer = peerText(this.#peer);
    return this.#peer;
  }

  protected override renewMemory(): void {
    this.#forgetKept();
  }

  get isClosed(): boolean {
    return this.#isGone;
  }

  get isDrained(): boolean {
    return this.#unsent === undefined;
  }

  override resume(): void {
    this.#giveBack();
    super.resume();
  }

  override release(): void {
    if (!this.hasHeldBytes) this.#giveBack();
  }

  protected startReading(): void {
    if (this.#isReading || this.#isGone || this.hasPeerEnded) return;
    this.#isReading = true;
    // Whoever wants it is not done with what it does.
    if (this.#mayRead) this.#readLater();
  }

  protected stopReading(): void {
    this.#isReading = false;
  }

  write(bytes: Buffer): boolean {
    if (this.#isGone) return true;
    if (this.#unsent !== undefined) {
      this.#unsent.push(bytes);
      return false;
    }
    if (this.#hasDelay) this.#spareDelay(bytes.length);
    const count = this.#office.calls.write(this.fd, bytes);
    if (count === bytes.length) return true;
    if (count < 0 && count !== WOULD_BLOCK) {
      this.#fail(count);
      return true;
    }
    this.#unsent = [count > 0 ? bytes.subarray(count) : bytes];
    return false;
  }

  finish(finished?: () => void): void {
    if (this.#isGone) return;
    if (finished !== undefined) this.#onFinished = [...(this.#onFinished ?? []), finished];
    const isFirst = !this.#isFinishing;
    this.#isFinishing = true;
    if (this.#unsent === undefined) this.#allSent(isFirst);
  }

  destroy(): void {
    if (this.#isGone) return;
    this.#leave();
    if (this.fd >= 0) this.#office.calls.close(this.fd);
  }

  reset(): void {
    if (this.#isGone) return;
    this.#leave();
    if (this.fd >= 0) this.#office.calls.reset(this.fd);
  }

  ready(events: number): void {
    if (this.#connected !== undefined) {
      if ((events & (OUT | HANGUP | ERROR)) === 0) return;
      this.#conclude(this.#connected);
      if (this.#isGone) return;
    } else if (this.#unsent !== undefined && (events & (OUT | ENDING)) !== 0) {
      this.#send(this.#unsent);
      if (this.#isGone) return;
    }
    if ((events & READABLE) === 0) return;
    this.#mayRead = true;
    if ((events & ENDING) !== 0) this.#isEnding = true;
    if (this.#isReading) this.#read(1);
  }

  goOn(): void {
    this.#isWaiting = false;
    if (this.#isReading && this.#mayRead && !this.#isGone) this.#read(MOST_IN_A_ROW);
  }

  closed(): void {
    this.markClosed();
  }

  #conclude(connected: () => void): void {
    this.#connected = undefined;
    const status = this.#office.calls.connected(this.fd);
    if (status !== 0) {
      this.#fail(status);
      return;
    }
    this.#hasDelay = true;
    this.#grownUp = this.#office.whenGrownUp(() =>
      this.#office.calls.setKeepAlive(this.fd, KEEP_ALIVE_AFTER_SECONDS),
    );
    connected();
  }

  #readLater(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#office.poller.later(this);
  }

  /** Who has still more to read comes again when the others have had their turn. */
  #read(mostInARow: number): void {
    for (let count = 0; count < mostInARow; count += 1) {
      this.#readOnce();
      if (!this.#isReading || !this.#mayRead) return;
    }
    this.#readLater();
  }

  #readOnce(): void {
    const { calls, memory } = this.#office;
    const room = memory.bytes.length;
    const length = calls.read(this.fd, memory.address, room);
    if (length <= 0) {
      this.#readNothing(length);
      return;
    }
    // Whatever comes behind a read that was not full is told of by the next event.
    if (length < room && !this.#isEnding) this.#mayRead = false;
    const isCopied = length < IN_PLACE_BYTES || memory.isAllKept;
    const goesOn = this.deliver(isCopied ? copyOf(memory.bytes, length) : memory.bytes.subarray(0, length));
    if (!goesOn) {
      this.#isReading = false;
      if (!isCopied) this.#keep();
    }
  }

  /** What was just read is not done with. Of a connection that is gone, something may still be on its way to the other one. */
  #keep(): void {
    const { memory } = this.#office;
    this.#forgetKept();
    this.#kept = memory.keep();
    if (this.#isGone) this.#forgetKept();
  }

  #giveBack(): void {
    if (this.#kept === undefined) return;
    this.#office.memory.giveBack(this.#kept);
    this.#kept = undefined;
  }

  #forgetKept(): void {
    if (this.#kept === undefined) return;
    this.#office.memory.forget();
    this.#kept = undefined;
  }

  #readNothing(status: number): void {
    this.#mayRead = false;
    if (status === WOULD_BLOCK) return;
    this.#isReading = false;
    if (status < 0) this.#fail(status);
    else this.#peerEnded();
  }

  /** FIN behind what the kernel has taken. */
  #allSent(isFirst: boolean): void {
    // Nothing to send, nothing to come: closing says FIN as well.
    if (this.hasPeerEnded) this.destroy();
    if (this.#onFinished !== undefined) setImmediate(tellFinished, this);
    if (isFirst && !this.#isGone) this.#office.calls.shutdown(this.fd);
  }

  #send(unsent: Buffer[]): void {
    while (unsent.length > 0) {
      const bytes = unsent[0]!;
      const count = this.#office.calls.write(this.fd, bytes);
      if (count === bytes.length) unsent.shift();
      else if (count >= 0) unsent[0] = bytes.subarray(count);
      else if (count === WOULD_BLOCK) return;
      else {
        this.#fail(count);
        return;
      }
    }
    this.#unsent = undefined;
    this.onDrained?.();
    if (!this.#isGone && this.#isFinishing && this.#unsent === undefined) this.#allSent(true);
  }

  finished(): void {
    const listeners = this.#onFinished;
    this.#onFinished = undefined;
    if (listeners === undefined || this.#isGone) return;
    for (const listener of listeners) listener();
  }

  /** A connection's first packet leaves at once in any case, and many connections send no more than that. */
  #spareDelay(length: number): void {
    if (this.#hasWritten || length > ONE_PACKET_BYTES) {
      this.#hasDelay = false;
      this.#office.calls.setNoDelay(this.fd);
    }
    this.#hasWritten = true;
  }

  #peerEnded(): void {
    this.markEnded();
    if (this.#isFinishing && this.#unsent === undefined) this.destroy();
  }

  #fail(status: number, syscall?: string): void {
    if (this.#isGone) return;
    const code = getSystemErrorName(status);
    this.error = Object.assign(new Error(code), { code, syscall });
    this.destroy();
  }

  #leave(): void {
    this.#isGone = true;
    this.#isReading = false;
    this.#unsent = undefined;
    this.#grownUp?.cancel();
    this.#forgetKept();
    if (this.fd >= 0) {
      this.#office.poller.remove(this.fd);
      this.#office.closing(this.fd);
    }
    this.#office.tellClosedSoon(this);
  }
}

function copyOf(memory: Buffer, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  memory.copy(bytes, 0, 0, length);
  return bytes;
}

export function peerText(peer: PeerAddress): string {
  if (typeof peer !== 'number') return addressText(peer);
  return `${peer >>> 24}.${(peer >>> 16) & 255}.${(peer >>> 8) & 255}.${peer & 255}`;
}

function tellFinished(leg: SocketLeg): void {
  leg.finished();
}
