/**
 * Request bodies: JSON, kept with a hash of their bytes, because an idempotency key belongs to one exact request.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../../core/errors.ts';
import { sha256 } from '../../core/secrets.ts';

const bodyHashes = new WeakMap<FastifyRequest, Buffer>();
const NO_BODY = sha256('');

/** SHA-256 of the body as it was sent. */
export function bodyHash(request: FastifyRequest): Buffer {
  return bodyHashes.get(request) ?? NO_BODY;
}

/**
 * Takes JSON bodies of at most `limitBytes` on the routes of `app`, and nothing else. An empty body is no body, whatever its
 * Content-Type: clients send the header with every call.
 */
export function acceptJson(app: FastifyInstance, limitBytes: number): void {
  const options = { parseAs: 'buffer' as const, bodyLimit: limitBytes };
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', options, (request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    bodyHashes.set(request, sha256(body));
    try {
      done(null, parseJson(body));
    } catch (error) {
      done(error as Error);
    }
  });
  app.addContentTypeParser<Buffer>('*', options, (_request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    done(new DomainError('UnsupportedMediaType', { expected: 'application/json' }), undefined);
  });
}

function parseJson(bytes: Buffer): unknown {
  const expected = 'valid JSON in UTF-8';
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DomainError('MalformedBody', { expected });
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError('MalformedBody', { expected });
  }
}
