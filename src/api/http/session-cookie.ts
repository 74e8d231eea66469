/** The cookie by which a browser holds a person's session, and who may use it. */
import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../core/errors.ts';

const NAME = 'headgate_session';
/** Browsers take a cookie of this name only inside TLS, for this host alone. */
const SECURE_NAME = `__Host-${NAME}`;

/** A header that another site's page cannot send without being asked first. For programs that hold a cookie. */
export const CONSOLE_HEADER = 'X-Headgate-Console';

export function sessionToken(request: FastifyRequest): string | undefined {
  return request.cookies[SECURE_NAME] ?? request.cookies[NAME];
}

export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  { token, expiresAt }: { token: string; expiresAt: Date },
): void {
  const secure = isInsideTls(request);
  reply.setCookie(secure ? SECURE_NAME : NAME, token, { ...attributes(secure), expires: expiresAt });
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  const secure = isInsideTls(request);
  reply.clearCookie(secure ? SECURE_NAME : NAME, attributes(secure));
}

function attributes(secure: boolean) {
  return { path: '/', httpOnly: true, sameSite: 'lax' as const, secure };
}

/** Whether the browser speaks TLS, to this server or to a proxy before it: the browser itself says so in `Origin`. */
function isInsideTls(request: FastifyRequest): boolean {
  return request.protocol === 'https' || request.headers.origin?.startsWith('https://') === true;
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Throws CrossSite for a call that changes something and is not known to come from the console's own pages: browsers say whose
 * page sent a call, and a program says so with a header that no other site's page may send.
 */
export function refuseCrossSite(request: FastifyRequest): void {
  if (SAFE_METHODS.has(request.method)) return;
  const { origin } = request.headers;
  const isOwn =
    origin === undefined
      ? request.headers[CONSOLE_HEADER.toLowerCase()] !== undefined ||
        request.headers['sec-fetch-site'] === 'same-origin'
      : isFromHere(request);
  if (!isOwn) throw new DomainError('CrossSite', {});
}

/** The same for signing in, where there is no cookie to misuse yet: what says nothing of where it comes from is a program. */
export function refuseForeignSignIn(request: FastifyRequest): void {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const isForeign =
    origin === undefined ? site === 'cross-site' || site === 'same-site' : !isFromHere(request);
  if (isForeign) throw new DomainError('CrossSite', {});
}

function isFromHere({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = URL.parse(headers.origin ?? '');
  return (
    origin !== null &&
    (origin.protocol === 'http:' || origin.protocol === 'https:') &&
    origin.host === bareHost(host, origin.protocol)
  );
}

/** A Host as URLs write it: without the port that its scheme has anyway. */
function bareHost(host: string, protocol: string): string | undefined {
  return URL.parse(`${protocol}//${host}`)?.host;
}
