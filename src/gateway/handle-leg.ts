/**
 * client or target → TCP handle → consumer   copied out of memory shared by all; a buffer of its own for a bulk transfer
 * client or target ← TCP handle ← write      into the kernel within the call, or the source waits
 *
 * The fast relay: no `net.Socket`, whose two objects would cost most of a short tunnel's time and memory.
 */
import { getSystemErrorMap, getSystemErrorName } from 'node:util';
import type { ConnectRequest, Handles, TcpHandle, WriteRequest } from './handles.ts';
import { LegBase } from './leg-base.ts';
import type { BufferUser, ReadBuffers } from './read-buffers.ts';
import { DelayQueue, type Timer, type Timers } from './timers.ts';

const LARGE_AFTER_BYTES = 256 * 1024;
/** Shorter reads are no bulk transfer, however many there are. */
const BULK_READ_BYTES = 8 * 1024;
const SHARED_BYTES = 64 * 1024;
/** A handle remembers each buffer it ever had (some fifty bytes), so it gets so many and no more. */
const MAX_LARGE_BUFFERS = 1_000;
const END_OF_FILE = [...getSystemErrorMap()].find(([, [name]]) => name === 'EOF')![0];
const KEEP_ALIVE_AFTER_SECONDS = 30;
/** Fits into one packet everywhere. */
const ONE_PACKET_BYTES = 512;
/** Most connections are over by then, and were spared the four system calls of asking for keep-alive. */
const GROWN_UP_MS = 10_000;

/** What all legs on handles of one process share. */
export class HandleOffice {
  readonly handles: Handles;
  readonly buffers: ReadBuffers;
  /** A read and its callback are one step: the next read, of whichever handle, finds it free again. */
  readonly sharedMemory = Buffer.allocUnsafeSlow(SHARED_BYTES);
  /** A request that was not needed, because the kernel took everything in the call, serves the next write. */
  #spareWrite: WriteRequest | undefined;
  /** Connections that were dialled and are not so young any more are asked whether their peers live. */
  readonly #grownUp: DelayQueue;
  /** Gone, and not told so yet. */
  #leaving: HandleLeg[] = [];
  #isCalledBack = false;

  constructor(handles: Handles, buffers: ReadBuffers, timers: Timers) {
    this.handles = handles;
    this.buffers = buffers;
    this.#grownUp = new DelayQueue(timers, GROWN_UP_MS);
  }

  whenGrownUp(run: () => void): Timer {
    return this.#grownUp.after(run);
  }

  /** Tells the leg that it is closed, after whatever runs at the moment. */
  tellClosedSoon(leg: HandleLeg): void {
    if (this.#leaving.push(leg) === 1 && !this.#isCalledBack) process.nextTick(this.#tellClosed);
  }

  /** Before a handle's callback does its work, and after: the end of it is soon enough for those that are leaving. */
  calledBack(): void {
    this.#isCalledBack = true;
  }

  callbackDone(): void {
    this.#isCalledBack = false;
    if (this.#leaving.length > 0) this.#tellClosed();
  }

  readonly #tellClosed = (): void => {
    const leaving = this.#leaving;
    this.#leaving = [];
    for (const leg of leaving) leg.closed();
  };

  borrowWrite(): WriteRequest {
    this.#spareWrite ??= new this.handles.WriteRequest();
    return this.#spareWrite;
  }

  keepWrite(): void {
    this.#spareWrite = undefined;
  }
}

interface OwnedHandle extends TcpHandle {
  leg?: HandleLeg;
}

interface OwnedWrite extends WriteRequest {
  leg?: HandleLeg;
  /** The kernel reads from it until the write is complete. */
  bytes?: Buffer;
}

interface OwnedConnect extends ConnectRequest {
  leg?: HandleLeg;
}

export class HandleLeg extends LegBase implements BufferUser {
  readonly #handle: OwnedHandle;
  readonly office: HandleOffice;
  #isReading = false;
  #isGone = false;
  #pendingWrites = 0;
  #isFinishing = false;
  #onFinished: (() => void)[] | undefined;
  #connected: (() => void) | undefined;
  #remoteAddress: string | undefined;
  /** The kernel may keep a short write back until what was sent before it is acknowledged. */
  #hasDelay = false;
  #hasWritten = false;
  #grownUp: Timer | undefined;

  /** Absent: reads go to the shared memory. */
  #large: Buffer | undefined;
  /** A consumer, or a write under way, may still refer to `#large`. */
  #isLent = false;
  #hasRead = false;
  #bulkBytes = 0;
  #largeBuffers = 0;

  constructor(handle: TcpHandle, office: HandleOffice) {
    super();
    this.#handle = handle;
    this.office = office;
    this.#handle.leg = this;
    handle.onread = onRead;
    handle.useUserBuffer(office.sharedMemory);
  }

  /** `connected` is called once the connection stands; when it cannot, the leg closes instead. */
  connect(address: string, port: number, connected: () => void, source?: string): void {
    const isV6 = address.includes(':');
    if (source !== undefined) {
      const bound = isV6 ? this.#handle.bind6(source, 0, 0) : this.#handle.bind(source, 0);
      if (bound !== 0) {
        this.#fail(bound, 'bind');
        return;
      }
    }
    const request: OwnedConnect = new this.office.handles.ConnectRequest();
    request.leg = this;
    request.oncomplete = onConnect;
    this.#connected = connected;
    const status = isV6
      ? this.#handle.connect6(request, address, port)
      : this.#handle.connect(request, address, port);
    if (status !== 0) this.#fail(status);
    // Asked for at once, the wish to read goes to the kernel with the wish to be told of the connection. Where that cannot be, it is
    // said when somebody attaches.
    else this.#isReading = this.#handle.readStart() === 0;
  }

  get remoteAddress(): string {
    if (this.#remoteAddress === undefined && !this.#isGone) {
      const out: { address?: string } = {};
      this.#handle.getpeername(out);
      this.#remoteAddress = out.address;
    }
    return this.#remoteAddress ?? '';
  }

  get isClosed(): boolean {
    return this.#isGone;
  }

  get isDrained(): boolean {
    return this.#pendingWrites === 0;
  }

  override resume(): void {
    this.#isLent = false;
    super.resume();
  }

  override release(): void {
    if (!this.hasHeldBytes) this.#isLent = false;
  }

  protected startReading(): void {
    if (this.#isReading || this.#isGone || this.hasPeerEnded) return;
    this.#isReading = true;
    this.#handle.readStart();
  }

  protected stopReading(): void {
    // Without a buffer of its own it may go on until bytes come that nobody takes: most often the next consumer is about to
    // attach, and stopping and starting costs two system calls.
    if (this.#large !== undefined) this.#stop();
  }

  protected override lend(): void {
    this.#isLent = this.#large !== undefined;
  }

  protected override renewMemory(): void {
    if (!this.#isLent) return;
    this.#isLent = false;
    if (this.#large !== undefined) this.#readIntoShared(false);
  }

  get isBufferIdle(): boolean {
    const isIdle = !this.#hasRead && !this.#isLent;
    this.#hasRead = false;
    return isIdle;
  }

  giveBufferBack(): void {
    this.#readIntoShared(true);
  }

  write(bytes: Buffer): boolean {
    if (this.#isGone) return true;
    if (this.#hasDelay) this.#spareDelay(bytes.length);
    const { handles } = this.office;
    const request: OwnedWrite = this.office.borrowWrite();
    const status = this.#handle.writeBuffer(request, bytes);
    if (status !== 0) {
      this.#fail(status);
      return true;
    }
    if (handles.state[handles.lastWriteWasAsync] === 0) return true;
    this.office.keepWrite();
    request.leg = this;
    request.bytes = bytes;
    request.oncomplete = onWritten;
    this.#pendingWrites += 1;
    return false;
  }

  finish(finished?: () => void): void {
    if (this.#isGone) return;
    if (finished !== undefined) this.#onFinished = [...(this.#onFinished ?? []), finished];
    const isFirst = !this.#isFinishing;
    this.#isFinishing = true;
    if (this.#pendingWrites === 0) {
      // Nothing to send, nothing to come: closing says FIN as well.
      if (this.hasPeerEnded) this.destroy();
      // Nobody is told by the handle that its FIN has left: it does so in its next turn, and a call back would cost each short tunnel
      // more than the FIN.
      if (this.#onFinished !== undefined) setImmediate(tellFinished, this);
    }
    if (isFirst && !this.#isGone) this.#handle.shutdown(new this.office.handles.ShutdownRequest());
  }

  destroy(): void {
    if (this.#isGone) return;
    this.#handle.close();
    this.#leave();
  }

  reset(): void {
    if (this.#isGone) return;
    // Refused while a FIN is under way.
    if (this.#handle.reset() !== 0) this.#handle.close();
    this.#leave();
  }

  /** For the callbacks of the handle. */
  read(): void {
    const { state, readBytesOrError } = this.office.handles;
    const length = state[readBytesOrError]!;
    if (this.#isGone || length === 0) return;
    if (length < 0) {
      this.#isReading = false;
      if (length === END_OF_FILE) this.#peerEnded();
      else this.#fail(length);
      return;
    }
    this.#hasRead = true;
    const wasAttached = this.isAttached;
    const goesOn = this.deliver(this.#received(length));
    if (this.#isGone) return;
    if (goesOn) this.#grow(length);
    // A consumer that has just left will be followed by another: see stopReading.
    else if (!wasAttached || this.isAttached || this.#large !== undefined) this.#stop();
  }

  connected(status: number): void {
    if (this.#isGone) return;
    const connected = this.#connected;
    this.#connected = undefined;
    if (status !== 0) {
      this.#fail(status);
      return;
    }
    this.#hasDelay = true;
    this.#grownUp = this.office.whenGrownUp(() => this.#handle.setKeepAlive(true, KEEP_ALIVE_AFTER_SECONDS));
    connected?.();
  }

  written(status: number): void {
    this.#pendingWrites -= 1;
    if (this.#isGone) return;
    if (status !== 0) this.#fail(status);
    else if (this.#pendingWrites === 0) this.#drained();
  }

  #drained(): void {
    this.onDrained?.();
    if (this.#isGone || !this.#isFinishing || this.#pendingWrites > 0) return;
    if (this.hasPeerEnded) this.destroy();
    if (this.#onFinished !== undefined) setImmediate(tellFinished, this);
  }

  finished(): void {
    const listeners = this.#onFinished;
    this.#onFinished = undefined;
    if (listeners === undefined || this.#isGone) return;
    for (const listener of listeners) listener();
  }

  closed(): void {
    this.markClosed();
  }

  /** A connection's first packet leaves at once in any case, and many connections send no more than that. */
  #spareDelay(length: number): void {
    if (this.#hasWritten || length > ONE_PACKET_BYTES) {
      this.#hasDelay = false;
      this.#handle.setNoDelay(true);
    }
    this.#hasWritten = true;
  }

  #received(length: number): Buffer {
    if (this.#large === undefined) {
      const bytes = Buffer.allocUnsafe(length);
      this.office.sharedMemory.copy(bytes, 0, 0, length);
      return bytes;
    }
    this.#isLent = true;
    return this.#large.subarray(0, length);
  }

  #peerEnded(): void {
    this.markEnded();
    if (this.#isFinishing && this.#pendingWrites === 0) this.destroy();
  }

  #stop(): void {
    if (!this.#isReading) return;
    this.#isReading = false;
    this.#handle.readStop();
  }

  /** The consumer is done with what it got. */
  #grow(length: number): void {
    this.#isLent = false;
    if (this.#large !== undefined || length < BULK_READ_BYTES) return;
    this.#bulkBytes += length;
    if (this.#bulkBytes < LARGE_AFTER_BYTES || this.#largeBuffers >= MAX_LARGE_BUFFERS) return;
    const large = this.office.buffers.take(this);
    if (large === undefined) return;
    this.#largeBuffers += 1;
    this.#large = large;
    this.#handle.useUserBuffer(large);
  }

  #readIntoShared(isFree: boolean): void {
    this.#returnLarge(isFree);
    this.#handle.useUserBuffer(this.office.sharedMemory);
  }

  #returnLarge(isFree: boolean): void {
    if (this.#large === undefined) return;
    this.office.buffers.giveBack(this, isFree ? this.#large : undefined);
    this.#large = undefined;
    this.#bulkBytes = 0;
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
    this.#grownUp?.cancel();
    this.#returnLarge(!this.#isLent);
    this.office.tellClosedSoon(this);
  }
}

/** Options that every connection has. */
export function setOptions(handle: TcpHandle): void {
  handle.setNoDelay(true);
  handle.setKeepAlive(true, KEEP_ALIVE_AFTER_SECONDS);
}

function onRead(this: OwnedHandle): void {
  const { leg } = this;
  if (leg === undefined) return;
  leg.office.calledBack();
  try {
    leg.read();
  } finally {
    leg.office.callbackDone();
  }
}

function onConnect(this: OwnedConnect, status: number): void {
  const { leg } = this;
  if (leg === undefined) return;
  leg.office.calledBack();
  try {
    leg.connected(status);
  } finally {
    leg.office.callbackDone();
  }
}

function onWritten(this: OwnedWrite, status: number): void {
  this.leg?.written(status);
}

function tellFinished(leg: HandleLeg): void {
  leg.finished();
}
