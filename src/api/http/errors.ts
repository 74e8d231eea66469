/** From whatever went wrong while answering a request to one of the core's errors. */
import type { FastifyError, FastifyRequest } from 'fastify';
import { DomainError } from '../../core/errors.ts';
import { isUnavailable } from '../../db/unavailable.ts';

/** Ajv's report, and the schema it was made by: what `schemaErrorFormatter` is not given. */
export interface ValidationFailure {
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
  parentSchema?: { description?: string; required?: string[]; type?: string };
}

/**
 * Every error that can reach a request's end, as a DomainError. What is not recognised is Internal: the caller logs it, and
 * the client learns nothing of it. `bodyLimitBytes` is said to who sends more.
 */
export function toDomainError(
  error: unknown,
  request: FastifyRequest,
  bodyLimitBytes = request.routeOptions.bodyLimit ?? 0,
): DomainError {
  if (error instanceof DomainError) return error;
  if (isUnavailable(error)) return new DomainError('Unavailable', {}, String(error));
  const code = (error as Partial<FastifyError>).code;
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new DomainError('BodyTooLarge', { limitBytes: bodyLimitBytes });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new DomainError('UnsupportedMediaType', { expected: 'application/json' });
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new DomainError('MalformedBody', { expected: 'as long as Content-Length says' });
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new DomainError('UnknownRoute', { method: request.method, path: 'at this address' });
    default:
      return new DomainError(
        'Internal',
        {},
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      );
  }
}
