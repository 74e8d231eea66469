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
 * Takes JSON bodies on the routes of `app`, and nothing else. An empty body is no body, whatever its Content-Type: clients
 * send the header with every call.
 */
export function acceptJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer;
    if (bytes.length === 0) return done(null, undefined);
    bodyHashes.set(request, sha256(bytes));
    try {
      done(null, parseJson(bytes));
    } catch (error) {
      done(error as Error);
    }
  });
  app.addContentTypeParser('*', (_request, payload, done) => {
    let length = 0;
    payload.on('data', (chunk: Buffer) => {
      length += chunk.length;
    });
    payload.on('end', () =>
      done(
        length === 0 ? null : new DomainError('UnsupportedMediaType', { expected: 'application/json' }),
        undefined,
      ),
    );
    payload.on('error', done);
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
