import type { Framing } from './body.ts';
import {
  type Field,
  fieldValues,
  listValues,
  MalformedMessage,
  type RequestHead,
  type ResponseHead,
} from './head.ts';
import type { AbsoluteTarget } from './target.ts';

/** Fields that speak about one connection only (RFC 9110, 7.6.1), beyond what Connection names. */
const HOP_BY_HOP = new Set([
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

function isEndToEnd({ lower }: Field, named: readonly string[]): boolean {
  return !HOP_BY_HOP.has(lower) && (named.length === 0 || !named.includes(lower));
}

/** A client that speaks HTTP/1.1, or asks for it, may send another request on this connection. */
export function clientKeepsAlive(head: RequestHead): boolean {
  const options = [...listValues(head.fields, 'connection'), ...listValues(head.fields, 'proxy-connection')];
  if (options.includes('close')) return false;
  return head.minor === 1 || options.includes('keep-alive');
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
  const named = namedHopByHop(head.fields);
  for (const field of head.fields) {
    const { name, lower, value } = field;
    // The URL is right where the two disagree (RFC 9112, 3.2.2). HTTP/1.0 clients expect no 100 (RFC 9110, 10.1.1).
    if (lower === 'host' || (lower === 'expect' && head.minor === 0) || !isEndToEnd(field, named)) continue;
    text += `${name}: ${value}\r\n`;
  }
  const options: string[] = [];
  // Chunked bodies are passed on with their trailers, so a client that takes them may say so.
  if (head.minor === 1 && listValues(head.fields, 'te').includes('trailers')) {
    text += 'TE: trailers\r\n';
    options.push('TE');
  }
  if (withUpgrade) {
    text += 'Upgrade: websocket\r\n';
    options.push('Upgrade');
  }
  if (options.length > 0) text += `Connection: ${options.join(', ')}\r\n`;
  return Buffer.from(`${text}\r\n`, 'latin1');
}

export interface ResponsePassage {
  /** 101: the connection becomes a tunnel. */
  readonly isUpgrade: boolean;
  /** The chunked framing is taken off, for a client that does not know it. */
  readonly unchunk: boolean;
  readonly keepsClient: boolean;
  readonly clientMinor: 0 | 1;
}

/** The response as the client sees it. */
export function responseToClient(head: ResponseHead, passage: ResponsePassage): Buffer {
  let text = `HTTP/1.1 ${head.status} ${head.reason}\r\n`;
  const named = namedHopByHop(head.fields);
  const isBodiless = head.status < 200 || head.status === 204;
  for (const field of head.fields) {
    const { name, lower, value } = field;
    if (!isEndToEnd(field, named)) continue;
    if (passage.unchunk && (lower === 'transfer-encoding' || lower === 'trailer')) continue;
    // These answers have no body, and must not say how long it is (RFC 9110, 8.6).
    if (isBodiless && (lower === 'content-length' || lower === 'transfer-encoding')) continue;
    text += `${name}: ${value}\r\n`;
  }
  if (passage.isUpgrade) text += 'Upgrade: websocket\r\nConnection: Upgrade\r\n';
  else if (head.status >= 200) {
    if (!passage.keepsClient) text += 'Connection: close\r\n';
    else if (passage.clientMinor === 0) text += 'Connection: keep-alive\r\n';
  }
  return Buffer.from(`${text}\r\n`, 'latin1');
}
