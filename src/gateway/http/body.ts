import { type Field, fieldValues, MalformedMessage, parseField, type ResponseHead } from './head.ts';

/** Where a message's body ends. */
export type Framing =
  | { kind: 'none' }
  | { kind: 'length'; bytes: number }
  | { kind: 'chunked' }
  /** Until the sender closes: responses only. */
  | { kind: 'close' };

const NO_BODY = { kind: 'none' } as const;
const MAX_CHUNK_SIZE_DIGITS = 13;
const MAX_EXTENSION_BYTES = 1024;
const MAX_TRAILER_BYTES = 16 * 1024;

/** Fields that would change what was understood from the head already; a trailer must not hold them (RFC 9110, 6.5.1). */
const FORBIDDEN_TRAILERS = new Set([
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export function requestFraming(minor: 0 | 1, fields: readonly Field[]): Framing {
  return explicitFraming(minor, fields) ?? NO_BODY;
}

export function responseFraming(head: ResponseHead, requestMethod: string): Framing {
  const explicit = explicitFraming(head.minor, head.fields);
  const isBodiless = head.status < 200 || head.status === 204 || head.status === 304;
  if (requestMethod === 'HEAD' || isBodiless) return NO_BODY;
  return explicit ?? { kind: 'close' };
}

function explicitFraming(minor: 0 | 1, fields: readonly Field[]): Framing | undefined {
  const codings = fieldValues(fields, 'transfer-encoding');
  const lengths = fieldValues(fields, 'content-length');
  if (codings.length > 0) {
    if (lengths.length > 0) throw new MalformedMessage('both Content-Length and Transfer-Encoding');
    if (minor === 0) throw new MalformedMessage('Transfer-Encoding in an HTTP/1.0 message');
    if (codings.length > 1 || codings[0]!.toLowerCase() !== 'chunked') {
      throw new MalformedMessage('a Transfer-Encoding other than chunked');
    }
    return { kind: 'chunked' };
  }
  if (lengths.length === 0) return undefined;
  if (lengths.length > 1) throw new MalformedMessage('more than one Content-Length');
  if (!/^\d{1,15}$/.test(lengths[0]!)) throw new MalformedMessage('a malformed Content-Length');
  return { kind: 'length', bytes: Number(lengths[0]) };
}

/** Follows a body through the stream, and finds its end. */
export interface BodyReader {
  readonly isComplete: boolean;
  /**
   * How many of these bytes, from the first on, belong to the body. `onContent` is given the content without its framing.
   * Throws MalformedMessage.
   */
  read(bytes: Buffer, onContent?: (content: Buffer) => void): number;
}

export function bodyReader(framing: Framing): BodyReader {
  switch (framing.kind) {
    case 'none':
      return new LengthReader(0);
    case 'length':
      return new LengthReader(framing.bytes);
    case 'chunked':
      return new ChunkedReader();
    case 'close':
      return new LengthReader(Number.POSITIVE_INFINITY);
  }
}

class LengthReader implements BodyReader {
  #leftBytes: number;

  constructor(bytes: number) {
    this.#leftBytes = bytes;
  }

  get isComplete(): boolean {
    return this.#leftBytes === 0;
  }

  read(bytes: Buffer, onContent?: (content: Buffer) => void): number {
    const taken = Math.min(bytes.length, this.#leftBytes);
    this.#leftBytes -= taken;
    if (taken > 0) onContent?.(bytes.subarray(0, taken));
    return taken;
  }
}

type ChunkedState =
  | 'size'
  | 'extension'
  | 'size-lf'
  | 'data'
  | 'data-cr'
  | 'data-lf'
  | 'trailer'
  | 'trailer-lf';

const CR = 0x0d;
const LF = 0x0a;
const SEMICOLON = 0x3b;

class ChunkedReader implements BodyReader {
  isComplete = false;
  #state: ChunkedState = 'size';
  #leftBytes = 0;
  #digits = 0;
  #extensionBytes = 0;
  #trailerBytes = 0;
  #line = '';

  read(bytes: Buffer, onContent?: (content: Buffer) => void): number {
    let at = 0;
    while (at < bytes.length && !this.isComplete) {
      if (this.#state === 'data') {
        const taken = Math.min(bytes.length - at, this.#leftBytes);
        onContent?.(bytes.subarray(at, at + taken));
        at += taken;
        this.#leftBytes -= taken;
        if (this.#leftBytes === 0) this.#state = 'data-cr';
      } else {
        this.#readFraming(bytes[at]!);
        at += 1;
      }
    }
    return at;
  }

  #readFraming(byte: number): void {
    switch (this.#state) {
      case 'size':
        this.#readSize(byte);
        return;
      case 'extension':
        if (byte === CR) this.#state = 'size-lf';
        else if (!isFieldByte(byte)) throw new MalformedMessage('a malformed chunk extension');
        else if (++this.#extensionBytes > MAX_EXTENSION_BYTES) {
          throw new MalformedMessage('an oversize chunk extension');
        }
        return;
      case 'size-lf':
        expect(byte, LF);
        this.#state = this.#leftBytes > 0 ? 'data' : 'trailer';
        return;
      case 'data-cr':
        expect(byte, CR);
        this.#state = 'data-lf';
        return;
      case 'data-lf':
        expect(byte, LF);
        this.#state = 'size';
        this.#digits = 0;
        return;
      case 'trailer':
        if (byte === CR) this.#state = 'trailer-lf';
        else if (!isFieldByte(byte)) throw new MalformedMessage('a malformed trailer field');
        else if (++this.#trailerBytes > MAX_TRAILER_BYTES) throw new MalformedMessage('an oversize trailer');
        else this.#line += String.fromCharCode(byte);
        return;
      case 'trailer-lf':
        expect(byte, LF);
        this.#endTrailerLine();
        return;
      case 'data':
        return;
    }
  }

  #readSize(byte: number): void {
    const digit = hexDigit(byte);
    if (digit >= 0) {
      if (++this.#digits > MAX_CHUNK_SIZE_DIGITS) throw new MalformedMessage('an oversize chunk size');
      this.#leftBytes = this.#leftBytes * 16 + digit;
      return;
    }
    if (this.#digits === 0 || (byte !== CR && byte !== SEMICOLON)) {
      throw new MalformedMessage('a malformed chunk size');
    }
    this.#extensionBytes = 0;
    this.#state = byte === CR ? 'size-lf' : 'extension';
  }

  #endTrailerLine(): void {
    this.#state = 'trailer';
    if (this.#line === '') {
      this.isComplete = true;
      return;
    }
    const { lower } = parseField(this.#line);
    if (FORBIDDEN_TRAILERS.has(lower)) throw new MalformedMessage(`${lower} in a trailer`);
    this.#line = '';
  }
}

function expect(byte: number, expected: number): void {
  if (byte !== expected) throw new MalformedMessage('malformed chunked framing');
}

function isFieldByte(byte: number): boolean {
  return byte === 0x09 || (byte >= 0x20 && byte !== 0x7f);
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
