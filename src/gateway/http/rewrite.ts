import type { Framing } from './body.ts';
import {
  everyField,
  type Field,
  fieldValues,
  type Head,
  HOP_BY_HOP,
  listValues,
  MalformedMessage,
  PROXY_FIELDS,
  type RequestHead,
  type ResponseHead,
} from './head.ts';
import type { AbsoluteTarget } from './target.ts';

/** Dropping one of these because Connection names it would change where the message ends or whom it is for. */
const NEVER_HOP_BY_HOP = ['content-length', 'host', 'transfer-encoding'];

/** What Connection names. */
function namedHopByHop(fields: readonly Field[]): readonly string[] {
  const named = listValues(fields, 'connection');
  if (named.length === 0) return named;
  for (const name of NEVER_HOP_BY_HOP) {
    if (named.includes(name)) throw new MalformedMessage(`Connection names ${name}`);
  }
  return named;
}

/** The lines of the fields that speak of more than one connection; `isKept` judges those that a proxy has to know of. */
function endToEndLines(head: Head, isKept: (field: Field) => boolean): string {
  const { text, fields, fieldsFrom } = head;
  const named = namedHopByHop(fields);
  const isRare = named.length > 0 && !named.every((name) => PROXY_FIELDS.has(name));
  let lines = '';
  let from = fieldsFrom;
  for (const field of isRare ? everyField(head) : fields) {
    const { name, lower, value } = field;
    // What stands between them is passed on as it is.
    if (field.from > from) lines += text.slice(from, field.from);
    from = field.to;
    if (!HOP_BY_HOP.has(lower) && !named.includes(lower) && isKept(field)) lines += `${name}: ${value}\r\n`;
  }
  return from < text.length ? lines + text.slice(from) : lines;
}

/** A client that speaks HTTP/1.1, or asks for it, may send another request on this connection. */
export function clientKeepsAlive(head: RequestHead): boolean {
  const said = listValues(head.fields, 'connection');
  const saidToProxy = listValues(head.fields, 'proxy-connection');
  if (said.includes('close') || saidToProxy.includes('close')) return false;
  return head.minor === 1 || said.includes('keep-alive') || saidToProxy.includes('keep-alive');
}

export function targetKeepsAlive(head: ResponseHead): boolean {
  const options = listValues(head.fields, 'connection');
  if (options.includes('close')) return false;
  return head.minor === 1 || options.includes('keep-alive');
}

/** Only WebSocket: another protocol behind an upgrade (h2c above all) would carry requests that nobody here reads. */
export function asksForWebSocket(head: RequestHead, framing: Framing): boolean {
  return (
    head.minor === 1 &&
    framing.kind === 'none' &&
    listValues(head.fields, 'connection').includes('upgrade') &&
    fieldValues(head.fields, 'upgrade').join().toLowerCase() === 'websocket'
  );
}

/**
 * The request as the target sees it. Neither Via nor X-Forwarded-For nor Forwarded is added: who buys a proxy does not
 * want to be told apart from a direct visitor.
 */
export function requestToTarget(head: RequestHead, target: AbsoluteTarget, withUpgrade: boolean): Buffer {
  let text = `${head.method} ${target.path} HTTP/1.1\r\nHost: ${target.hostField}\r\n`;
  // The URL is right where the two disagree (RFC 9112, 3.2.2). HTTP/1.0 clients expect no 100 (RFC 9110, 10.1.1).
  text += endToEndLines(head, head.minor === 1 ? isNotHost : isNeitherHostNorExpect);
  // Chunked bodies are passed on with their trailers, so a client that takes them may say so.
  const takesTrailers = head.minor === 1 && listValues(head.fields, 'te').includes('trailers');
  if (takesTrailers) text += 'TE: trailers\r\n';
  if (withUpgrade) text += 'Upgrade: websocket\r\n';
  if (takesTrailers && withUpgrade) text += 'Connection: TE, Upgrade\r\n';
  else if (takesTrailers) text += 'Connection: TE\r\n';
  else if (withUpgrade) text += 'Connection: Upgrade\r\n';
  return Buffer.from(`${text}\r\n`, 'latin1');
}

function isNotHost({ lower }: Field): boolean {
  return lower !== 'host';
}

function isNeitherHostNorExpect({ lower }: Field): boolean {
  return lower !== 'host' && lower !== 'expect';
}

export interface ResponsePassage {
  /** 101: the connection becomes a tunnel. */
  readonly isUpgrade: boolean;
  /** The chunked framing is taken off, for a client that does not know it. */
  readonly unchunk: boolean;
  readonly keepsClient: boolean;
  readonly clientMinor: 0 | 1;
}

/** The response as the client sees it, with what is already there of its body. */
export function responseToClient(head: ResponseHead, passage: ResponsePassage, body?: Buffer): Buffer {
  const { status, reason } = head;
  let text = `HTTP/1.1 ${status} ${reason}\r\n`;
  // These answers have no body, and must not say how long it is (RFC 9110, 8.6).
  if (status < 200 || status === 204) text += endToEndLines(head, isNoLength);
  else text += endToEndLines(head, passage.unchunk ? isNoFraming : isNotOurs);
  if (passage.isUpgrade) text += 'Upgrade: websocket\r\nConnection: Upgrade\r\n';
  else if (status >= 200) {
    if (!passage.keepsClient) text += 'Connection: close\r\n';
    else if (passage.clientMinor === 0) text += 'Connection: keep-alive\r\n';
  }
  text += '\r\n';
  if (body === undefined) return Buffer.from(text, 'latin1');
  const bytes = Buffer.allocUnsafe(text.length + body.length);
  bytes.write(text, 'latin1');
  bytes.set(body, text.length);
  return bytes;
}

/** In Proxy-Status a client is told which answers are ours, so no target may say so. */
function isNotOurs({ lower, value }: Field): boolean {
  return lower !== 'proxy-status' || !/headgate/i.test(value);
}

/** The length of a body that there is none of. */
function isNoLength(field: Field): boolean {
  const { lower } = field;
  return lower !== 'content-length' && lower !== 'transfer-encoding' && isNotOurs(field);
}

/** Of a body whose chunks are taken off. */
function isNoFraming(field: Field): boolean {
  const { lower } = field;
  return lower !== 'transfer-encoding' && lower !== 'trailer' && isNotOurs(field);
}
