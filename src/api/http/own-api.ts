/** What the APIs that are Headgate's own have in common: problems for errors, exact numbers, ways to say who calls. */
import fastifyCookie from '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import type { Invocation } from '../../core/command.ts';
import type { Core } from '../../core/core.ts';
import type { ErrorCode } from '../../core/errors.ts';
import type { Dialect, SecurityScheme, TypedApp } from './dialect.ts';
import { toJson } from './fields.ts';
import type { letIn } from './principal.ts';
import { answerProblem, PROBLEM_REFERENCE } from './problem.ts';

/** What a file of routes works with. */
export interface RouteContext {
  core: Core;
  /** Who calls and under which idempotency key, for a command. */
  invoke: (request: FastifyRequest) => Invocation;
}
/** Options of a route: who is let in. */
export type Guard = ReturnType<typeof letIn>;

/** The calls on one kind of thing. */
export type Routes<Context> = (app: TypedApp, context: Context) => void;

const BODY_LIMIT_BYTES = 64 * 1024;

export const SCHEMES = {
  bearer: { type: 'http', scheme: 'bearer', description: 'An API key: `Authorization: Bearer KEY`' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'headgate_session',
    description:
      'A person’s session, made by `POST /api/session`. Inside TLS the name is `__Host-headgate_session`. A call that changes something must come from the console’s own pages, or have the header `X-Headgate-Console`',
  },
} satisfies Record<string, SecurityScheme>;

export function ownApi<Context>(
  prefix: string,
  guards: readonly ErrorCode[],
  context: Context,
  resources: readonly Routes<Context>[],
  schemes: Record<string, SecurityScheme> = SCHEMES,
): Dialect {
  return {
    prefix,
    answerError: answerProblem,
    authenticateWith: 'Bearer',
    bodyLimitBytes: BODY_LIMIT_BYTES,
    knowsMethods: true,
    reference: { ...PROBLEM_REFERENCE, securitySchemes: schemes, guards },
    routes: (app) => {
      app.register(fastifyCookie);
      app.setSerializerCompiler(() => toJson);
      for (const routes of resources) routes(app, context);
    },
  };
}

/** What the reference says of all calls of these APIs. */
export const CONVENTIONS =
  'Bytes and US cents are whole numbers, at most 2^53 - 1; times are ISO 8601 in UTC. A body’s or a query’s unknown field is refused. Lists answer `{data, nextCursor}`: `?cursor=` gets the next page, whose address is in `Link` too. Calls that change something take an `Idempotency-Key`: the same request under the same key is done once. An error is a problem (RFC 9457, `application/problem+json`): `code` is for programs and does not change, `errors` names the fields at fault.';
