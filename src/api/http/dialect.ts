/**
 * What every dialect has in common: a prefix under which every answer, whatever happens, leaves in the dialect's own
 * envelope. A dialect brings its routes and one function that turns an error into an answer.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawServerDefault,
} from 'fastify';
import type { TSchema } from 'typebox';
import { DomainError, type ErrorCode, isDomainError } from '../../core/errors.ts';
import type { Scope } from '../../core/keys/scopes.ts';
import { acceptBodies } from './body.ts';
import { CallTable } from './call-table.ts';
import { toDomainError } from './errors.ts';
import { schemaValidator } from './schema.ts';

/** A Fastify instance whose handlers are typed by their route's schemas. */
export type TypedApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface ErrorAnswer {
  status: number;
  body: unknown;
  /** JSON's own where it is absent. */
  contentType?: string;
}

export const JSON_TYPE = 'application/json; charset=utf-8';

export type SecurityScheme =
  | { type: 'http'; scheme: string; description?: string }
  | { type: 'apiKey'; in: 'header' | 'cookie'; name: string; description?: string };

/** What the reference says of all calls of a dialect. */
export interface DialectReference {
  /** How a key is sent, by the name the document has for it. Any one of them is enough. */
  securitySchemes: Record<string, SecurityScheme>;
  /** What the check of the key can refuse with. */
  guards: readonly ErrorCode[];
  /** What programs read in the body of an error; undefined where they have the status alone. */
  codeOf: (body: unknown) => string | undefined;
  /** The form of the body of an error with this status and one of these codes. */
  describeFailure: (status: number, codes: readonly string[]) => TSchema;
  /** Headers of every answer to a good key. */
  headers?: Record<string, TSchema>;
}

declare module 'fastify' {
  /** For the reference only: nothing here changes what a route does. */
  interface FastifySchema {
    /** What the call can refuse with, besides what is common to its kind. */
    refuses?: readonly (ErrorCode | DomainError)[];
    /** What of the call is not public at its source, and was inferred. */
    inferred?: string;
    /** The source has no such call. */
    added?: boolean;
    /** The body is read as it comes: an example for each Content-Type. Such a call takes no idempotency key. */
    streams?: Readonly<Record<string, string | readonly object[]>>;
  }
  interface FastifyContextConfig {
    /** The scopes of which a key needs one. */
    scopes?: readonly Scope[];
  }
}

export interface Dialect {
  prefix: string;
  /** The answer to every error of the core's list, in this dialect's envelope. */
  answerError: (error: DomainError) => ErrorAnswer;
  /** Scheme to name in WWW-Authenticate when a key is missing or wrong. */
  authenticateWith: string;
  /** Largest request body, in bytes. */
  bodyLimitBytes: number;
  /** Whether bodies may be forms too. */
  acceptsForms?: boolean;
  /** Whether a wrong method at a known address is told apart from an unknown address. */
  knowsMethods?: boolean;
  reference: DialectReference;
  routes: (app: TypedApp) => void;
}

/** Whether a path lies under a prefix: `/api/v1` is no part of `/api/v1.0`. */
export function isUnder(prefix: string, url: string): boolean {
  return url.startsWith(prefix) && /^(?:[/?#]|$)/.test(url.slice(prefix.length));
}

/** Mounts a dialect. Nothing it answers, and no error under its prefix, has another shape than its own. */
export function mountDialect(parent: FastifyInstance, dialect: Dialect): void {
  parent.register(
    async (app) => {
      /** Of routes that take larger bodies than the dialect's others, by their paths. */
      const limits = new Map<string, number>();
      const calls = new CallTable();
      app.addHook('onRoute', ({ method, url, bodyLimit }) => {
        if (bodyLimit !== undefined) limits.set(url, bodyLimit);
        calls.add(url, method);
      });
      const limitOf = (request: FastifyRequest) =>
        limits.get(request.routeOptions.url ?? '') ?? dialect.bodyLimitBytes;
      acceptBodies(app, { limitBytes: dialect.bodyLimitBytes, forms: dialect.acceptsForms ?? false });
      app.setValidatorCompiler(({ schema, httpPart }) => schemaValidator({ schema, httpPart }));
      // What a handler answers is sent as it is. Response schemas describe it (and are checked in tests); they do not shape it.
      app.setSerializerCompiler(() => (data) => JSON.stringify(data));
      app.setErrorHandler((error, request, reply) =>
        sendError(dialect, toDomainError(error, request, limitOf(request)), request, reply),
      );
      app.setNotFoundHandler((request, reply) => {
        const { method } = request;
        const path = request.url.split('?', 1)[0]!;
        const allowed = dialect.knowsMethods ? calls.methodsAt(path) : [];
        const error =
          allowed.length > 0
            ? new DomainError('MethodNotAllowed', { method, path, allowed })
            : new DomainError('UnknownRoute', { method, path });
        return sendError(dialect, error, request, reply);
      });
      dialect.routes(app.withTypeProvider<TypeBoxTypeProvider>());
    },
    { prefix: dialect.prefix },
  );
}

/** Answers an error, with the headers that belong to its kind. What is our own fault is logged with its cause. */
export function sendError(
  dialect: Pick<Dialect, 'answerError' | 'authenticateWith'>,
  error: DomainError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { status, body, contentType = JSON_TYPE } = dialect.answerError(error);
  if (status >= 500)
    request.log.error(
      { request: request.id, code: error.code, detail: error.detail, route: request.routeOptions.url },
      error.message,
    );
  else if (error.detail) request.log.debug({ code: error.code, detail: error.detail }, error.message);
  if (isDomainError(error, 'RateLimited'))
    reply.header('retry-after', String(error.parameters.retryAfterSeconds));
  if (isDomainError(error, 'MethodNotAllowed')) reply.header('allow', error.parameters.allowed.join(', '));
  if (error.code === 'Unavailable') reply.header('retry-after', '1');
  if (status === 401) reply.header('www-authenticate', `${dialect.authenticateWith} realm="headgate"`);
  // The rest of a body that was refused is not read: the connection cannot carry another request.
  if (error.code === 'BodyTooLarge') reply.header('connection', 'close');
  return reply.code(status).type(contentType).send(JSON.stringify(body));
}
