/** Serves the console: its page at its own addresses, and its files. Everything it shows comes from the APIs. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ConsoleFile, ENCODINGS, readConsole } from './files.ts';
import { MISSING_PAGE } from './missing.ts';

/**
 * Addresses of the console's pages; the part of the console that runs in the browser says what is there. All others belong to the
 * APIs, which answer them in their own forms.
 */
const PAGES = ['/', '/sign-in', '/invitation', '/owner', '/owner/*', '/reseller', '/reseller/*', '/profile'];

/** Scripts come from here alone. Styles may be inline: the component library sets them as it draws. */
const SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const SECURITY_HEADERS = {
  'content-security-policy': SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

/** Named by a hash of their content: what is under such a name never changes. */
const HASHED = /^console\/assets\//;
const YEAR_S = 31_536_000;

/** `folder` is where the build lies; it is read when the console is first asked for. */
export function serveConsole(app: FastifyInstance, folder: string): void {
  let files: Map<string, ConsoleFile> | undefined;
  const built = () => {
    files ??= readConsole(folder);
    return files;
  };

  for (const url of PAGES) {
    app.get(url, { schema: { hide: true } }, (request, reply) => {
      reply.headers(SECURITY_HEADERS).header('cache-control', 'no-store');
      const page = built()?.get('index.html');
      if (!page) return reply.code(503).type('text/html; charset=utf-8').send(MISSING_PAGE);
      return send(page, request, reply);
    });
  }
  app.get<{ Params: { '*': string } }>('/console/*', { schema: { hide: true } }, (request, reply) => {
    const name = `console/${request.params['*']}`;
    const file = built()?.get(name);
    if (!file) return reply.callNotFound();
    reply
      .headers(SECURITY_HEADERS)
      .header('cache-control', HASHED.test(name) ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
    return send(file, request, reply);
  });
}

/** In the smallest form that the browser takes. */
function send(file: ConsoleFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.type(file.type).header('vary', 'accept-encoding');
  const accepted = String(request.headers['accept-encoding'] ?? '');
  for (const encoding of ENCODINGS) {
    const body = file.encoded[encoding];
    if (body && accepts(accepted, encoding)) return reply.header('content-encoding', encoding).send(body);
  }
  return reply.send(file.body);
}

function accepts(header: string, encoding: string): boolean {
  return header.split(',').some((part) => {
    const [name, ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
