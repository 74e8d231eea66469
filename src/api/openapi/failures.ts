/**
 * What a route can refuse with. It follows from what the route takes: a key, a body, parameters, an idempotency key; only
 * what the work behind it refuses is named by the route itself (`refuses`). Each error goes through the dialect's own
 * `answerError`, so that what is documented is what is answered.
 */
import { STATUS_CODES } from 'node:http';
import type { FastifySchema } from 'fastify';
import { DomainError, type ErrorCode, invalidField } from '../../core/errors.ts';
import { expectedTypes } from '../http/body.ts';
import type { Dialect } from '../http/dialect.ts';
import { ERROR_REFERENCE, sampleErrors } from './error-reference.ts';

interface FieldSchema {
  description?: string;
}
interface Fields {
  properties?: Record<string, FieldSchema>;
  required?: string[];
}

export interface RouteShape {
  /** Where it is not the dialect's. */
  bodyLimit?: number | undefined;
  method: string;
  schema: FastifySchema;
}

export const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  expected: '1 to 255 printable ASCII characters without spaces',
  pattern: '^[\\x21-\\x7e]{1,255}$',
};

/** A call that changes something, for an account: it takes an idempotency key. */
export function isIdempotent({ method, schema }: RouteShape): boolean {
  return method !== 'GET' && takesKey(schema) && schema.streams === undefined;
}

/** Whether a key is needed at all. */
export function takesKey({ security }: FastifySchema): boolean {
  return security?.length !== 0;
}

/** Every error the route can answer, each with parameters as they may be. */
export function refusalsOf(dialect: Dialect, route: RouteShape): DomainError[] {
  const { method, schema, bodyLimit = dialect.bodyLimitBytes } = route;
  const codes = (...listed: ErrorCode[]) => listed.flatMap((code) => sampleErrors(code));
  const { properties = {}, required = [] } = (schema.body ?? {}) as Fields;
  const parameters = { ...((schema.querystring ?? {}) as Fields).properties, ...properties };
  return [
    ...(takesKey(schema) ? codes(...dialect.reference.guards) : []),
    ...(required.length > 0 ? [new DomainError('MissingFields', { fields: required.slice(0, 1) })] : []),
    ...Object.entries(parameters).map(([field, { description = 'of another form' }]) =>
      invalidField(field, description),
    ),
    ...(isIdempotent(route)
      ? [
          invalidField(IDEMPOTENCY_KEY.name, IDEMPOTENCY_KEY.expected),
          ...codes('IdempotencyMismatch', 'IdempotencyRunning'),
        ]
      : []),
    ...(method === 'GET'
      ? []
      : [
          ...codes('MalformedBody'),
          new DomainError('BodyTooLarge', { limitBytes: bodyLimit }),
          new DomainError('UnsupportedMediaType', {
            expected: schema.streams
              ? Object.keys(schema.streams).join(', ')
              : expectedTypes(dialect.acceptsForms ?? false),
          }),
        ]),
    ...(schema.refuses ?? []).flatMap((refusal) =>
      refusal instanceof DomainError ? [refusal] : codes(refusal),
    ),
    ...codes('Unavailable', 'Internal'),
  ];
}

/** Headers that come with an error, whatever the dialect. */
const HEADERS: { [Code in ErrorCode]?: Record<string, object> } = {
  Unauthenticated: { 'WWW-Authenticate': { type: 'string', description: 'The scheme that is expected' } },
  RateLimited: { 'Retry-After': { type: 'string', pattern: '^\\d+$', description: 'Seconds to wait' } },
  Unavailable: { 'Retry-After': { type: 'string', pattern: '^\\d+$', description: 'Seconds to wait' } },
};

/** The error responses of a route by status, as OpenAPI has them. */
export function failuresOf(dialect: Dialect, route: RouteShape): Record<number, object> {
  const byStatus = Map.groupBy(
    refusalsOf(dialect, route).map((error) => ({ error, ...dialect.answerError(error) })),
    ({ status }) => status,
  );
  const { codeOf, describeFailure } = dialect.reference;
  return Object.fromEntries(
    [...byStatus].map(([status, answers]) => {
      const codes = new Set(answers.flatMap(({ body }) => codeOf(body) ?? []));
      const headers = Object.assign({}, ...answers.map(({ error }) => HEADERS[error.code]));
      const response = {
        description: STATUS_CODES[status],
        ...(Object.keys(headers).length > 0 ? { headers } : {}),
        content: {
          [answers[0]!.contentType?.split(';', 1)[0] ?? 'application/json']: {
            schema: describeFailure(status, [...codes]),
            examples: Object.fromEntries(
              answers.map(({ error, body }) => [
                exampleName(error),
                { summary: ERROR_REFERENCE[error.code].meaning, value: body },
              ]),
            ),
          },
        },
      };
      return [status, response];
    }),
  );
}

/** The error's code; where one code has several examples, with what sets it apart. */
function exampleName(error: DomainError): string {
  const { field, why } = error.parameters as { field?: string; why?: string };
  return [error.code, field ?? why].filter(Boolean).join('.');
}
