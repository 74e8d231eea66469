/**
 * Strict reading of request and response heads (RFC 9112). What two programs could read in two ways is refused, because a
 * message that we and the target cut at different places lets a client smuggle a request past us.
 */
export class MalformedMessage extends Error {
  override name = 'MalformedMessage';
}

export class OversizedHead extends Error {
  override name = 'OversizedHead';
}

export interface Field {
  readonly name: string;
  /** `name` in lower case. */
  readonly lower: string;
  readonly value: string;
}

export interface RequestHead {
  readonly method: string;
  readonly target: string;
  /** Minor version of HTTP/1. */
  readonly minor: 0 | 1;
  readonly fields: readonly Field[];
}

export interface ResponseHead {
  readonly status: number;
  readonly reason: string;
  readonly minor: 0 | 1;
  readonly fields: readonly Field[];
}

const CR = 0x0d;
const LF = 0x0a;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const TARGET = /^[\x21-\x7e\x80-\xff]+$/;
const STATUS_LINE = /^(\S+) ([1-9]\d\d)(?: (.*))?$/;
const KNOWN_METHODS = new Set(['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
const NOTHING = Buffer.alloc(0);
const NONE: readonly string[] = [];
const METHOD_MAX_LENGTH = 32;

/** Most fields of most messages, as they are mostly written: neither checked nor lowered anew each time. */
const KNOWN_NAMES = new Map(
  [
    'Accept',
    'Accept-Encoding',
    'Accept-Language',
    'Cache-Control',
    'Connection',
    'Content-Length',
    'Content-Type',
    'Cookie',
    'Date',
    'Host',
    'Proxy-Authorization',
    'Proxy-Connection',
    'Server',
    'Transfer-Encoding',
    'User-Agent',
  ].map((name) => [name, name.toLowerCase()]),
);

/** Gathers bytes until a head is complete. */
export class HeadCollector {
  readonly #maxBytes: number;
  #buffer: Buffer | undefined;
  #checked = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get isEmpty(): boolean {
    return this.#buffer === undefined;
  }

  /** The head without its final empty line, and the bytes behind it; undefined while it is incomplete. */
  push(bytes: Buffer): { text: string; rest: Buffer } | undefined {
    let buffer = this.#buffer === undefined ? bytes : Buffer.concat([this.#buffer, bytes]);
    // One empty line before a message is forgiven (RFC 9112, 2.2): old clients send it behind a body.
    if (buffer[0] === CR && buffer[1] === LF) {
      buffer = buffer.subarray(2);
      this.#checked = Math.max(0, this.#checked - 2);
    }
    const end = buffer.indexOf('\r\n\r\n', Math.max(0, this.#checked - 3), 'latin1');
    if ((end < 0 ? buffer.length : end + 4) > this.#maxBytes)
      throw new OversizedHead('the head is too large');
    if (end >= 0) {
      const rest = end + 4 === buffer.length ? NOTHING : buffer.subarray(end + 4);
      return { text: buffer.toString('latin1', 0, end), rest };
    }
    // A bare LF would otherwise hold the connection until the timeout, waiting for an end that is there already.
    for (let at = buffer.indexOf(LF, this.#checked); at >= 0; at = buffer.indexOf(LF, at + 1)) {
      if (buffer[at - 1] !== CR) throw new MalformedMessage('a line ends with a bare LF');
    }
    this.#checked = buffer.length;
    // Copied: the memory that was handed in is the reader's.
    this.#buffer = Buffer.from(buffer);
    return undefined;
  }
}

export function parseRequestHead(text: string, maxFields: number): RequestHead {
  const end = endOfLine(text, 0);
  const space = text.indexOf(' ');
  const secondSpace = text.indexOf(' ', space + 1);
  const method = text.slice(0, Math.max(0, space));
  const isLine = space >= 0 && secondSpace >= 0 && secondSpace < end;
  const version = text.slice(secondSpace + 1, end);
  const isMethod = KNOWN_METHODS.has(method) || (method.length <= METHOD_MAX_LENGTH && TOKEN.test(method));
  if (!isLine || !isMethod || version.includes(' '))
    throw new MalformedMessage('the request line is malformed');
  const target = text.slice(space + 1, secondSpace);
  if (!TARGET.test(target)) throw new MalformedMessage('the request target is malformed');
  return { method, target, minor: minorVersion(version), fields: parseFields(text, end, maxFields) };
}

export function parseResponseHead(text: string, maxFields: number): ResponseHead {
  const end = endOfLine(text, 0);
  const match = STATUS_LINE.exec(text.slice(0, end));
  if (!match) throw new MalformedMessage('the status line is malformed');
  const [, version = '', status = '', reason = ''] = match;
  if (!FIELD_VALUE.test(reason)) throw new MalformedMessage('the reason phrase is malformed');
  return {
    status: Number(status),
    reason,
    minor: minorVersion(version),
    fields: parseFields(text, end, maxFields),
  };
}

function minorVersion(version: string): 0 | 1 {
  if (version === 'HTTP/1.1') return 1;
  if (version === 'HTTP/1.0') return 0;
  throw new MalformedMessage('only HTTP/1.1 and HTTP/1.0 are spoken here');
}

/** The lines behind the one that ends at `endOfFirst`. */
function parseFields(text: string, endOfFirst: number, maxFields: number): Field[] {
  const fields: Field[] = [];
  for (let before = endOfFirst; before < text.length; ) {
    if (fields.length === maxFields) throw new OversizedHead('the head has too many fields');
    const end = endOfLine(text, before + 2);
    fields.push(fieldAt(text, before + 2, end));
    before = end;
  }
  return fields;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\r\n', from);
  return end < 0 ? text.length : end;
}

/** One `name: value` line. Folded lines and space before the colon make a name that is no token. */
export function parseField(line: string): Field {
  return fieldAt(line, 0, line.length);
}

function fieldAt(text: string, from: number, to: number): Field {
  const colon = text.indexOf(':', from);
  const name = colon < to ? text.slice(from, Math.max(from, colon)) : '';
  const known = KNOWN_NAMES.get(name);
  if (known === undefined && !TOKEN.test(name))
    throw new MalformedMessage('a header field has a malformed name');
  let start = colon + 1;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  const value = text.slice(start, end);
  if (!FIELD_VALUE.test(value)) throw new MalformedMessage('a header field has a malformed value');
  return { name, lower: known ?? name.toLowerCase(), value };
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

export function fieldValues(fields: readonly Field[], lower: string): readonly string[] {
  let values = NONE;
  for (const field of fields) {
    if (field.lower === lower) values = values === NONE ? [field.value] : [...values, field.value];
  }
  return values;
}

/** The members of a comma-separated list field, in lower case. */
export function listValues(fields: readonly Field[], lower: string): readonly string[] {
  const values = fieldValues(fields, lower);
  if (values.length === 0) return NONE;
  return values
    .flatMap((value) => value.split(','))
    .map((member) => member.trim().toLowerCase())
    .filter((member) => member !== '');
}
