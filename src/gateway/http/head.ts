/**
 * Strict reading of request and response heads (RFC 9112). What two programs could read in two ways is refused, because a
 * message that we and the target cut at different places lets a client smuggle a request past us.
 *
 * Every byte of a head is checked, in one pass. Of its fields only those are taken apart that a proxy has to know of; the others are
 * passed on as they stand.
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
  /** Its line in the text of the head, from its name to the end of its CR LF. */
  readonly from: number;
  readonly to: number;
}

export interface Head {
  /** Minor version of HTTP/1. */
  readonly minor: 0 | 1;
  /** All of it, with the CR LF of its last field, without the empty line. */
  readonly text: string;
  /** Where in `text` the fields begin. */
  readonly fieldsFrom: number;
  /** Those that a proxy has to know of, and those that are not written as `Name: value`. */
  readonly fields: readonly Field[];
}

export interface RequestHead extends Head {
  readonly method: string;
  readonly target: string;
}

export interface ResponseHead extends Head {
  readonly status: number;
  readonly reason: string;
}

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const COLON = 0x3a;
const LOWER_CASE = 0x20;

/** What a byte may be part of. */
const IN_TOKEN = 1;
const IN_VALUE = 2;
const KINDS = new Uint8Array(256);
for (let code = SPACE; code < 256; code += 1) if (code !== 0x7f) KINDS[code] = IN_VALUE;
KINDS[TAB] = IN_VALUE;
for (const character of "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
  KINDS[character.charCodeAt(0)]! |= IN_TOKEN;

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const TARGET = /^[\x21-\x7e\x80-\xff]+$/;
const STATUS_LINE = /^(\S+) ([1-9]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?$/;
const KNOWN_METHODS = new Set(['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
const NOTHING = Buffer.alloc(0);
const NO_FIELDS: readonly Field[] = [];
const NONE: readonly string[] = [];
const METHOD_MAX_LENGTH = 32;

/** Fields that speak about one connection only (RFC 9110, 7.6.1), beyond what Connection names. */
export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'upgrade',
]);

/** What a proxy has to know of; `close` is none, but stands in Connection like a name. */
export const PROXY_FIELDS: ReadonlySet<string> = new Set([
  ...HOP_BY_HOP,
  'close',
  'content-length',
  'expect',
  'host',
  'proxy-status',
  'trailer',
  'transfer-encoding',
]);
/** Nearly all other names differ from these in length or first letter. */
const SPECIAL_LENGTHS = 32;
const LIKE_SPECIAL = new Uint8Array(256 * SPECIAL_LENGTHS);
for (const name of PROXY_FIELDS) LIKE_SPECIAL[name.charCodeAt(0) * SPECIAL_LENGTHS + name.length] = 1;

/** Gathers bytes until a head is complete. */
export class HeadCollector {
  readonly #maxBytes: number;
  #buffer: Buffer | undefined;
  #checked = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The text of a head, with the CR LF of its last line, and the bytes behind it; undefined while it is incomplete. */
  push(bytes: Buffer): { text: string; rest: Buffer } | undefined {
    let buffer = this.#buffer === undefined ? bytes : Buffer.concat([this.#buffer, bytes]);
    // One empty line before a message is forgiven (RFC 9112, 2.2): old clients send it behind a body.
    if (buffer[0] === CR && buffer[1] === LF) {
      buffer = buffer.subarray(2);
      this.#checked = Math.max(0, this.#checked - 2);
    }
    const end = endOfHead(buffer, Math.max(0, this.#checked - 3));
    if ((end < 0 ? buffer.length : end) > this.#maxBytes) throw new OversizedHead('the head is too large');
    if (end >= 0) {
      this.#buffer = undefined;
      this.#checked = 0;
      const rest = end === buffer.length ? NOTHING : buffer.subarray(end);
      return { text: buffer.toString('latin1', 0, end - 2), rest };
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

/** Behind the empty line; -1 when there is none yet. */
function endOfHead(buffer: Buffer, from: number): number {
  for (let at = from + 3; at < buffer.length; ) {
    const byte = buffer[at]!;
    // It can be neither of the four that are looked for.
    if (byte > CR) at += 4;
    else if (byte !== LF) at += 1;
    else if (buffer[at - 1] === CR && buffer[at - 2] === LF && buffer[at - 3] === CR) return at + 1;
    else at += 2;
  }
  return -1;
}

/** `text` is what HeadCollector makes. */
export function parseRequestHead(text: string, maxFields: number): RequestHead {
  const end = text.indexOf('\r\n');
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
  const fieldsFrom = end + 2;
  const minor = minorVersion(version);
  return { method, target, minor, text, fieldsFrom, fields: specialFields(text, fieldsFrom, maxFields) };
}

/** `text` is what HeadCollector makes. */
export function parseResponseHead(text: string, maxFields: number): ResponseHead {
  const end = text.indexOf('\r\n');
  const fieldsFrom = end + 2;
  if (text.startsWith('HTTP/1.1 200 OK\r\n')) {
    const fields = specialFields(text, fieldsFrom, maxFields);
    return { status: 200, reason: 'OK', minor: 1, text, fieldsFrom, fields };
  }
  const match = STATUS_LINE.exec(text.slice(0, end));
  if (!match) throw new MalformedMessage('the status line is malformed');
  const [, version = '', status = '', reason = ''] = match;
  const minor = minorVersion(version);
  const fields = specialFields(text, fieldsFrom, maxFields);
  return { status: Number(status), reason, minor, text, fieldsFrom, fields };
}

function minorVersion(version: string): 0 | 1 {
  if (version === 'HTTP/1.1') return 1;
  if (version === 'HTTP/1.0') return 0;
  throw new MalformedMessage('only HTTP/1.1 and HTTP/1.0 are spoken here');
}

/** Every field, also those that are passed on as they stand. */
export function everyField({ text, fieldsFrom }: Head): Field[] {
  const fields: Field[] = [];
  for (let from = fieldsFrom; from < text.length; ) {
    const to = text.indexOf('\r\n', from) + 2;
    fields.push(fieldAt(text, from, text.indexOf(':', from), to));
    from = to;
  }
  return fields;
}

/** One `name: value` line. */
export function parseField(line: string): Field {
  const text = `${line}\r\n`;
  const [field] = everyField({ minor: 1, text, fieldsFrom: 0, fields: specialFields(text, 0, 1) });
  return field!;
}

/** Checks every byte. Folded lines and space before the colon make a name that is no token. */
function specialFields(text: string, from: number, maxFields: number): readonly Field[] {
  let fields: Field[] | undefined;
  let count = 0;
  for (let at = from; at < text.length; ) {
    if (count === maxFields) throw new OversizedHead('the head has too many fields');
    count += 1;
    const start = at;
    let code = text.charCodeAt(at);
    while ((KINDS[code]! & IN_TOKEN) !== 0) code = text.charCodeAt(++at);
    const colon = at;
    if (code !== COLON || colon === start) throw new MalformedMessage('a header field has a malformed name');
    code = text.charCodeAt(++at);
    const isPlain = code === SPACE && !isBlank(text.charCodeAt(at + 1));
    while ((KINDS[code]! & IN_VALUE) !== 0) code = text.charCodeAt(++at);
    if (code !== CR || text.charCodeAt(at + 1) !== LF)
      throw new MalformedMessage('a header field has a malformed value');
    const isTrimmed = isPlain && !isBlank(text.charCodeAt(at - 1));
    at += 2;
    const length = colon - start;
    const isLikeSpecial =
      length < SPECIAL_LENGTHS &&
      LIKE_SPECIAL[(text.charCodeAt(start) | LOWER_CASE) * SPECIAL_LENGTHS + length] === 1;
    if (isTrimmed && !isLikeSpecial) continue;
    const field = fieldAt(text, start, colon, at);
    if (isTrimmed && !PROXY_FIELDS.has(field.lower)) continue;
    if (fields === undefined) fields = [field];
    else fields.push(field);
  }
  return fields ?? NO_FIELDS;
}

function fieldAt(text: string, from: number, colon: number, to: number): Field {
  const name = text.slice(from, colon);
  let start = colon + 1;
  let end = to - 2;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return { name, lower: name.toLowerCase(), value: text.slice(start, end), from, to };
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** The values of a field that a proxy has to know of. */
export function fieldValues(fields: readonly Field[], lower: string): readonly string[] {
  let values = NONE;
  for (const field of fields) {
    if (field.lower === lower) values = values === NONE ? [field.value] : [...values, field.value];
  }
  return values;
}

/** The members of a comma-separated list field that a proxy has to know of, in lower case. */
export function listValues(fields: readonly Field[], lower: string): readonly string[] {
  const values = fieldValues(fields, lower);
  if (values.length === 0) return NONE;
  return values
    .flatMap((value) => value.split(','))
    .map((member) => member.trim().toLowerCase())
    .filter((member) => member !== '');
}
