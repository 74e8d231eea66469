import ipaddr from 'ipaddr.js';
import { Lru } from '../lru.ts';
import { ownText } from '../own-text.ts';
import { MalformedMessage } from './head.ts';

/** Where a request is to go, as its sender wrote it: checked for form, not yet for permission. */
export interface Authority {
  /** A name in lower case, or an address in canonical form (IPv6 without brackets). */
  readonly host: string;
  readonly port: number;
}

export interface AbsoluteTarget extends Authority {
  /** What the Host field says. */
  readonly hostField: string;
  /** What the request line says to the target. */
  readonly path: string;
}

interface UrlAuthority extends Authority {
  readonly hostField: string;
}

/** A target in a form that has no place at a proxy. The message tells the client what to do instead. */
export class UnsupportedTarget extends Error {
  override name = 'UnsupportedTarget';
}

/** What nearly every address looks like already. */
const CANONICAL_IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const HTTP = 'http://';
const NAME_MAX_LENGTH = 253;
const RECENT_AUTHORITIES = 5_000;
/** A name and a port; addresses can be written with more zeros than are worth remembering. */
const RECENT_MAX_LENGTH = NAME_MAX_LENGTH + 6;
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** What was read of it the last time: most clients ask for few targets again and again. */
const recent = new Lru<Authority>(RECENT_AUTHORITIES);
/** The same for what stands in URLs, where the port may be missing. */
const recentInUrls = new Lru<UrlAuthority>(RECENT_AUTHORITIES);

/** `host:port`, `a.b.c.d:port` or `[v6]:port`. */
export function parseAuthority(text: string): Authority {
  const known = recent.get(text);
  if (known !== undefined) return known;
  const own = ownText(text);
  const authority = readAuthority(own);
  if (own.length <= RECENT_MAX_LENGTH) recent.set(own, authority);
  return authority;
}

/** Without `defaultPort` the port must be there. */
function readAuthority(text: string, defaultPort?: number): Authority {
  const match = /^(\[[^\]]*\]|[^:[\]]*)(?::(\d{0,5}))?$/.exec(text);
  if (!match) throw new MalformedMessage('the host or port is malformed');
  const [, host = '', portText = ''] = match;
  const port = portText === '' ? defaultPort : Number(portText);
  if (port === undefined) throw new MalformedMessage('the port is missing');
  return { host: parseHost(host), port: checkedPort(port) };
}

/** The same from its parts, where IPv6 addresses have no brackets. */
export function parseEndpoint(host: string, port: number): Authority {
  return { host: parseHost(host.includes(':') ? `[${host}]` : host), port: checkedPort(port) };
}

function checkedPort(port: number): number {
  if (port < 1 || port > 65535) throw new MalformedMessage('the port is out of range');
  return port;
}

function parseHost(text: string): string {
  if (text.startsWith('[')) {
    const inner = text.slice(1, -1);
    if (inner.includes('%') || !ipaddr.IPv6.isValid(inner))
      throw new MalformedMessage('a malformed IPv6 address');
    return ipaddr.IPv6.parse(inner).toString();
  }
  const name = text.toLowerCase();
  // One dot at the end is a name's full form; to an address it adds nothing.
  const bare = name.endsWith('.') ? name.slice(0, -1) : name;
  // Resolvers read 127.1, 0x7f000001 and 017700000001 as addresses, so we do too, before they can.
  if (CANONICAL_IPV4.test(bare)) return bare;
  if (ipaddr.IPv4.isValid(bare)) return ipaddr.IPv4.parse(bare).toString();
  const labels = bare.split('.');
  const isNumeric = /^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '');
  if (isNumeric || bare.length > NAME_MAX_LENGTH || !labels.every((label) => LABEL.test(label))) {
    throw new MalformedMessage('the host is malformed');
  }
  return name;
}

/** The target of a request that is not CONNECT: `http://host[:port]/path`. */
export function parseAbsoluteTarget(method: string, target: string): AbsoluteTarget {
  if (target.startsWith('/') || target === '*') {
    throw new MalformedMessage(
      'this is a proxy: send the whole URL (GET http://host/path) or CONNECT host:port',
    );
  }
  const known = target.startsWith(HTTP) ? knownTarget(target) : undefined;
  if (known !== undefined) return known;
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^#]*)(#?)/i.exec(target);
  if (!match) throw new MalformedMessage('the request target is not a URL');
  const [, scheme = '', authority = '', rest = '', fragment = ''] = match;
  if (scheme.toLowerCase() !== 'http') {
    throw new UnsupportedTarget(`${scheme.toLowerCase()}:// is not forwarded; use CONNECT host:port`);
  }
  if (fragment !== '') throw new MalformedMessage('a fragment in the URL');
  if (authority.includes('@')) throw new MalformedMessage('credentials in the URL');
  const own = ownText(authority);
  const { host, port } = readAuthority(own, 80);
  const read = { host, port, hostField: own.replace(/:$/, '') };
  if (own.length <= RECENT_MAX_LENGTH) recentInUrls.set(own, read);
  return { ...read, path: pathOf(method, rest) };
}

/** The usual case, without a look at what was looked at before. */
function knownTarget(target: string): AbsoluteTarget | undefined {
  const slash = target.indexOf('/', HTTP.length);
  if (slash < 0 || target.includes('#')) return undefined;
  const known = recentInUrls.get(target.slice(HTTP.length, slash));
  if (known === undefined) return undefined;
  return { host: known.host, port: known.port, hostField: known.hostField, path: target.slice(slash) };
}

function pathOf(method: string, rest: string): string {
  // A proxy in front of the target says `*` for an OPTIONS URL without a path (RFC 9112, 3.2.4).
  if (rest === '') return method === 'OPTIONS' ? '*' : '/';
  return rest.startsWith('?') ? `/${rest}` : rest;
}
