/**
 * Request bodies: JSON, and for the dialects that take them, forms. Their bytes are kept beside what they mean, because an
 * idempotency key belongs to one exact request.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../../core/errors.ts';

const bodies = new WeakMap<FastifyRequest, Buffer>();
const NO_BODY = Buffer.alloc(0);

/** The body as it was sent. */
export function bodyBytes(request: FastifyRequest): Buffer {
  return bodies.get(request) ?? NO_BODY;
}

export interface BodyOptions {
  limitBytes: number;
  /** Also takes `application/x-www-form-urlencoded`: its fields are texts, a repeated one a list of texts. */
  forms: boolean;
}

/** What a body's Content-Type may be, for people. */
export function expectedTypes(forms: boolean): string {
  return forms ? 'application/json or application/x-www-form-urlencoded' : 'application/json';
}

/**
 * Takes JSON bodies on the routes of `app`, forms where wanted, and nothing else. An empty body is no body, whatever its
 * Content-Type: clients send the header with every call.
 */
export function acceptBodies(app: FastifyInstance, { limitBytes, forms }: BodyOptions): void {
  const options = { parseAs: 'buffer' as const, bodyLimit: limitBytes };
  const accept = (contentType: string, parse: (bytes: Buffer) => unknown) =>
    app.addContentTypeParser<Buffer>(contentType, options, (request, body, done) => {
      if (body.length === 0) return done(null, undefined);
      bodies.set(request, body);
      try {
        done(null, parse(body));
      } catch (error) {
        done(error as Error);
      }
    });
  app.removeAllContentTypeParsers();
  accept('application/json', parseJson);
  if (forms) accept('application/x-www-form-urlencoded', parseForm);
  const expected = expectedTypes(forms);
  app.addContentTypeParser<Buffer>('*', options, (_request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    done(new DomainError('UnsupportedMediaType', { expected }), undefined);
  });
}

function parseJson(bytes: Buffer): unknown {
  const expected = 'valid JSON in UTF-8';
  const text = decodeText(bytes, expected);
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError('MalformedBody', { expected });
  }
}

function parseForm(bytes: Buffer): unknown {
  const fields = new URLSearchParams(decodeText(bytes, 'a form in UTF-8'));
  return Object.fromEntries(
    [...new Set(fields.keys())].map((name) => {
      const values = fields.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeText(bytes: Buffer, expected: string): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new DomainError('MalformedBody', { expected });
  }
}
