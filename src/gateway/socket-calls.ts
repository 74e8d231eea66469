/**
 * The system's own calls for sockets. Node has none of them, and what it has instead costs a short connection more than the calls.
 *
 * Everything here answers as the kernel does: what was asked for, or less than 0, which is then the number of an error, negated
 * (`util.getSystemErrorName` knows it). Nothing waits: who has to is told EAGAIN.
 *
 * For Linux on 64-bit processors whose numbers and structures are the ones below: x86 and ARM.
 */
import { createRequire } from 'node:module';
import os from 'node:os';
import ipaddr from 'ipaddr.js';

const { EAGAIN, EINPROGRESS, EINTR } = os.constants.errno;
export const WOULD_BLOCK = -EAGAIN;

const AF_INET = 2;
const AF_INET6 = 10;
const NAME_BYTES = 16;
const NAME6_BYTES = 28;

const SOCK_STREAM = 1;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const MSG_NOSIGNAL = 0x4000;
const SHUT_WR = 1;

const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const SO_ERROR = 4;
const SO_KEEPALIVE = 9;
const SO_LINGER = 13;
const IPPROTO_IP = 0;
const IP_BIND_ADDRESS_NO_PORT = 24;
const IPPROTO_TCP = 6;
const TCP_NODELAY = 1;
const TCP_KEEPIDLE = 4;
const TCP_KEEPINTVL = 5;
const TCP_KEEPCNT = 6;
const IPPROTO_IPV6 = 41;
const IPV6_V6ONLY = 26;

const EPOLL_CTL_ADD = 1;
const EPOLL_CTL_DEL = 2;
const EPOLL_CTL_MOD = 3;
const EPOLL_CLOEXEC = SOCK_CLOEXEC;
/** What a descriptor is ready for, or waited for to be. */
export const IN = 0x1;
export const OUT = 0x4;
export const ERROR = 0x8;
export const HANGUP = 0x10;
/** The peer's FIN has come. */
export const PEER_ENDED = 0x2000;
/** Told once for each change, instead of as long as it is so. */
export const EDGE = 1 << 31;

export const MOST_EVENTS = 256;
/** In an array of 32-bit words. The structure is packed on x86 only. */
const EVENT_WORDS = process.arch === 'x64' ? 3 : 4;
const EVENT_DATA = EVENT_WORDS - 2;

interface Libc {
  accept4(fd: number, name: number, length: number, flags: number): number;
  bind(fd: number, name: number, length: number): number;
  close(fd: number): number;
  connect(fd: number, name: number, length: number): number;
  epoll_create1(flags: number): number;
  epoll_ctl(set: number, operation: number, fd: number, event: number): number;
  epoll_wait(set: number, events: number, most: number, timeoutMs: number): number;
  getsockname(fd: number, name: number, length: number): number;
  getsockopt(fd: number, level: number, option: number, value: number, length: number): number;
  listen(fd: number, backlog: number): number;
  recv(fd: number, memory: number, length: number, flags: number): number;
  send(fd: number, bytes: Buffer, length: number, flags: number): number;
  setsockopt(fd: number, level: number, option: number, value: number, length: number): number;
  shutdown(fd: number, how: number): number;
  socket(family: number, type: number, protocol: number): number;
}

interface Koffi {
  load(library: null): { func(declaration: string): (...args: unknown[]) => number };
  address(memory: Buffer): bigint;
  errno(): number;
}

/** Memory that stays where it is for as long as the process lives. */
interface Fixed {
  readonly bytes: Buffer;
  readonly words: Int32Array;
  readonly address: number;
}

/** Who is at the other end: an IPv4 address as a number, or an IPv6 address in its 16 bytes. */
export type PeerAddress = number | Buffer;

/** One for each thread: its memory is used anew with each call. */
export class SocketCalls {
  readonly #libc: Libc;
  readonly #koffi: Koffi;
  readonly #name: Fixed;
  readonly #length: Fixed;
  readonly #value: Fixed;
  readonly #event: Fixed;
  readonly #events: Fixed;

  /** Throws where they cannot be had. */
  constructor() {
    const isKnown = process.platform === 'linux' && (process.arch === 'x64' || process.arch === 'arm64');
    if (!isKnown) throw new Error(`not on ${process.platform}, ${process.arch}`);
    // Optional: where it cannot be installed, everything works without it.
    this.#koffi = createRequire(import.meta.url)('koffi') as Koffi;
    this.#libc = declare(this.#koffi);
    this.#name = this.#fix(NAME6_BYTES);
    this.#length = this.#fix(4);
    this.#value = this.#fix(8);
    this.#event = this.#fix(4 * EVENT_WORDS);
    this.#events = this.#fix(4 * EVENT_WORDS * MOST_EVENTS);
  }

  /** Where its bytes are. Whoever uses the number keeps the memory. */
  addressOf(memory: Buffer): number {
    return Number(this.#koffi.address(memory));
  }

  /** A connection on its way. */
  connect(address: string, port: number): number {
    return this.#withSocket(address, (fd) => this.#connectOn(fd, address, port));
  }

  /** The same, from an address of this machine. `failedToBind` is called when that is to blame. */
  connectFrom(source: string, address: string, port: number, failedToBind: () => void): number {
    return this.#withSocket(address, (fd) => {
      // The port is chosen when it is known where to: else all connections from there share the few that there are.
      this.#set(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
      const bound = this.#result(this.#libc.bind(fd, this.#name.address, this.#writeName(source, 0)));
      if (bound < 0) failedToBind();
      return bound < 0 ? bound : this.#connectOn(fd, address, port);
    });
  }

  /** How that went, once it can be written to: 0, or what went wrong. */
  connected(fd: number): number {
    this.#length.words[0] = 4;
    const { address, words } = this.#value;
    const status = this.#libc.getsockopt(fd, SOL_SOCKET, SO_ERROR, address, this.#length.address);
    return status < 0 ? this.#result(status) : -words[0]!;
  }

  /** A socket that is bound. */
  bind(address: string, port: number): number {
    return this.#withSocket(address, (fd) => {
      this.#set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
      if (address.includes(':')) this.#set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0);
      return this.#result(this.#libc.bind(fd, this.#name.address, this.#writeName(address, port)));
    });
  }

  listen(fd: number, backlog: number): number {
    return this.#result(this.#libc.listen(fd, backlog));
  }

  /** Where it is bound. */
  ownAddress(fd: number): { address: PeerAddress; port: number } {
    this.#length.words[0] = NAME6_BYTES;
    this.#libc.getsockname(fd, this.#name.address, this.#length.address);
    return { address: this.peer(), port: this.#name.bytes.readUInt16BE(2) };
  }

  /** A client that waits at a listening socket; with that socket's options. */
  accept(fd: number): number {
    this.#length.words[0] = NAME6_BYTES;
    const flags = SOCK_NONBLOCK | SOCK_CLOEXEC;
    const accepted = this.#libc.accept4(fd, this.#name.address, this.#length.address, flags);
    return accepted < 0 ? this.#result(accepted) : accepted;
  }

  /** Who was accepted last. */
  peer(): PeerAddress {
    const { bytes, words } = this.#name;
    if (bytes[0] === AF_INET) return bytes.readUInt32BE(4);
    const isMapped = words[2] === 0 && words[3] === 0 && bytes.readUInt32BE(16) === 0xffff;
    return isMapped ? bytes.readUInt32BE(20) : Buffer.from(bytes.subarray(8, 24));
  }

  /** 0: the peer has ended. `address` is of `length` bytes that belong to the caller. */
  read(fd: number, address: number, length: number): number {
    const count = this.#libc.recv(fd, address, length, 0);
    return count < 0 ? this.#result(count) : count;
  }

  /** How much of it the kernel has taken. */
  write(fd: number, bytes: Buffer): number {
    const count = this.#libc.send(fd, bytes, bytes.length, MSG_NOSIGNAL);
    return count < 0 ? this.#result(count) : count;
  }

  /** FIN. */
  shutdown(fd: number): void {
    this.#libc.shutdown(fd, SHUT_WR);
  }

  close(fd: number): void {
    this.#libc.close(fd);
  }

  /** RST. */
  reset(fd: number): void {
    const { words, address } = this.#value;
    words[0] = 1;
    words[1] = 0;
    this.#libc.setsockopt(fd, SOL_SOCKET, SO_LINGER, address, 8);
    this.#libc.close(fd);
  }

  setNoDelay(fd: number): void {
    this.#set(fd, IPPROTO_TCP, TCP_NODELAY, 1);
  }

  /** The peer is asked whether it lives after so long a silence, each second, ten times. */
  setKeepAlive(fd: number, afterSeconds: number): void {
    this.#set(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
    this.#set(fd, IPPROTO_TCP, TCP_KEEPIDLE, afterSeconds);
    this.#set(fd, IPPROTO_TCP, TCP_KEEPINTVL, 1);
    this.#set(fd, IPPROTO_TCP, TCP_KEEPCNT, 10);
  }

  newSet(): number {
    return this.#result(this.#libc.epoll_create1(EPOLL_CLOEXEC));
  }

  /** From now on the set tells of it, with the tag. */
  watch(set: number, fd: number, events: number, tag: number): number {
    return this.#control(set, EPOLL_CTL_ADD, fd, events, tag);
  }

  rewatch(set: number, fd: number, events: number, tag: number): number {
    return this.#control(set, EPOLL_CTL_MOD, fd, events, tag);
  }

  /** A descriptor that is closed is out by itself, unless there are others of the same socket. */
  unwatch(set: number, fd: number): number {
    return this.#control(set, EPOLL_CTL_DEL, fd, 0, 0);
  }

  /** How many events there are; what they are stands in `eventsOf` and the others until the next call. */
  ready(set: number): number {
    return this.#result(this.#libc.epoll_wait(set, this.#events.address, MOST_EVENTS, 0));
  }

  eventsOf(index: number): number {
    return this.#events.words[index * EVENT_WORDS]!;
  }

  fdOf(index: number): number {
    return this.#events.words[index * EVENT_WORDS + EVENT_DATA]!;
  }

  tagOf(index: number): number {
    return this.#events.words[index * EVENT_WORDS + EVENT_DATA + 1]!;
  }

  #fix(length: number): Fixed {
    const memory = new ArrayBuffer(length);
    const bytes = Buffer.from(memory);
    return { bytes, words: new Int32Array(memory), address: this.addressOf(bytes) };
  }

  /** To be called before anything else may have an error of its own. */
  #result(status: number): number {
    return status < 0 ? -this.#koffi.errno() : status;
  }

  #withSocket(address: string, prepare: (fd: number) => number): number {
    const family = address.includes(':') ? AF_INET6 : AF_INET;
    const fd = this.#result(this.#libc.socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (fd < 0) return fd;
    const status = prepare(fd);
    if (status >= 0) return fd;
    this.#libc.close(fd);
    return status;
  }

  #connectOn(fd: number, address: string, port: number): number {
    const status = this.#libc.connect(fd, this.#name.address, this.#writeName(address, port));
    if (status === 0) return 0;
    const error = this.#koffi.errno();
    return error === EINPROGRESS || error === EINTR ? 0 : -error;
  }

  #set(fd: number, level: number, option: number, value: number): void {
    this.#value.words[0] = value;
    this.#libc.setsockopt(fd, level, option, this.#value.address, 4);
  }

  #control(set: number, operation: number, fd: number, events: number, tag: number): number {
    const { words, address } = this.#event;
    words[0] = events;
    words[EVENT_DATA] = fd;
    words[EVENT_DATA + 1] = tag;
    return this.#result(this.#libc.epoll_ctl(set, operation, fd, address));
  }

  /** Answers its length. */
  #writeName(address: string, port: number): number {
    const { bytes } = this.#name;
    bytes.writeUInt16BE(port, 2);
    if (!address.includes(':')) {
      bytes[0] = AF_INET;
      bytes[1] = 0;
      let at = 4;
      let value = 0;
      for (let index = 0; index < address.length; index += 1) {
        const code = address.charCodeAt(index);
        if (code === 0x2e) {
          bytes[at++] = value;
          value = 0;
        } else value = value * 10 + code - 0x30;
      }
      bytes[at] = value;
      return NAME_BYTES;
    }
    const [bare = '', zone] = address.split('%');
    bytes.fill(0, 4);
    bytes[0] = AF_INET6;
    bytes[1] = 0;
    bytes.set(ipaddr.IPv6.parse(bare).toByteArray(), 8);
    if (zone !== undefined) bytes.writeUInt32LE(zoneNumber(zone), 24);
    return NAME6_BYTES;
  }
}

/** A network interface by its name or number. */
function zoneNumber(zone: string): number {
  for (const { family, ...address } of os.networkInterfaces()[zone] ?? [])
    if (family === 'IPv6' && 'scopeid' in address) return address.scopeid ?? 0;
  return Number(zone) || 0;
}

function declare(koffi: Koffi): Libc {
  const library = koffi.load(null);
  const numbers = (returns: string, name: string, ...types: string[]) =>
    library.func(`${returns} ${name}(${types.join(', ')})`);
  const { int, size, pointer } = { int: 'int', size: 'size_t', pointer: 'uintptr_t' };
  return {
    accept4: numbers(int, 'accept4', int, pointer, pointer, int),
    bind: numbers(int, 'bind', int, pointer, 'uint32_t'),
    close: numbers(int, 'close', int),
    connect: numbers(int, 'connect', int, pointer, 'uint32_t'),
    epoll_create1: numbers(int, 'epoll_create1', int),
    epoll_ctl: numbers(int, 'epoll_ctl', int, int, int, pointer),
    epoll_wait: numbers(int, 'epoll_wait', int, pointer, int, int),
    getsockname: numbers(int, 'getsockname', int, pointer, pointer),
    getsockopt: numbers(int, 'getsockopt', int, int, int, pointer, pointer),
    listen: numbers(int, 'listen', int, int),
    recv: numbers('int64_t', 'recv', int, pointer, size, int),
    send: numbers('int64_t', 'send', int, 'void *', size, int),
    setsockopt: numbers(int, 'setsockopt', int, int, int, pointer, 'uint32_t'),
    shutdown: numbers(int, 'shutdown', int, int),
    socket: numbers(int, 'socket', int, int, int),
  } as unknown as Libc;
}
