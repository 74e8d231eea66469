/** Every error of the core's list as a problem (RFC 9457): the envelope of the APIs that are Headgate's own. */
import { type TSchema, Type } from 'typebox';
import { type DomainError, type ErrorCode, isDomainError } from '../../core/errors.ts';
import type { DialectReference, ErrorAnswer } from './dialect.ts';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

export const STATUSES: Record<ErrorCode, number> = {
  Unauthenticated: 401,
  UnknownKey: 401,
  NotReseller: 403,
  InsufficientScope: 403,
  ReservedFor: 403,
  RateLimited: 429,
  SignInFailed: 401,
  CrossSite: 403,
  MissingFields: 400,
  InvalidField: 400,
  InsufficientBalance: 409,
  SubuserNotFound: 404,
  UsernameTaken: 409,
  AddressInUse: 409,
  LimitReached: 409,
  AccountNotFound: 404,
  EmailTaken: 409,
  StoreCodeTaken: 409,
  KeyNotFound: 404,
  PersonNotFound: 404,
  SessionNotFound: 404,
  NodeNotFound: 404,
  ExitNotFound: 404,
  ExitNameTaken: 409,
  WebhookNotFound: 404,
  ReconciliationNotFound: 404,
  ReconciliationState: 409,
  ReviewNotFound: 404,
  ReviewResolved: 409,
  NodeNameTaken: 409,
  CreditsFrozen: 403,
  CreditEventNotFound: 404,
  VoucherNotFound: 404,
  VoucherUnusable: 409,
  SubscriptionNotFound: 404,
  SubscriptionState: 409,
  SlotsInUse: 409,
  NoFreeSlot: 409,
  IdempotencyMismatch: 422,
  IdempotencyRunning: 409,
  MalformedBody: 400,
  BodyTooLarge: 413,
  UnsupportedMediaType: 415,
  UnknownRoute: 404,
  MethodNotAllowed: 405,
  Unavailable: 503,
  Internal: 500,
};

/** `InsufficientBalance` as the words it is made of: `insufficient_balance`, `Insufficient balance`. */
function wordsOf(code: ErrorCode, separator: string): string {
  return code.replace(/(?<=.)[A-Z]/g, (letter) => separator + letter.toLowerCase());
}

export function problemCode(code: ErrorCode): string {
  return wordsOf(code, '_').toLowerCase();
}

/** What is wrong with which field, where it is a field's fault. */
function fieldErrors(error: DomainError): { field: string; expected: string }[] {
  if (isDomainError(error, 'InvalidField')) {
    const { field, expected } = error.parameters;
    return [{ field, expected }];
  }
  if (isDomainError(error, 'MissingFields')) {
    return error.parameters.fields.map((field) => ({ field, expected: 'there' }));
  }
  return [];
}

export function answerProblem(error: DomainError): ErrorAnswer {
  const status = STATUSES[error.code];
  const errors = fieldErrors(error);
  return {
    status,
    contentType: PROBLEM_TYPE,
    body: {
      type: `/docs/errors#${error.code}`,
      title: wordsOf(error.code, ' '),
      status,
      detail: error.message,
      code: problemCode(error.code),
      ...(errors.length > 0 ? { errors } : {}),
    },
  };
}

function describeFailure(status: number, codes: readonly string[]): TSchema {
  return Type.Object(
    {
      type: Type.String({ description: 'Where the error is explained, on this server' }),
      title: Type.String(),
      status: Type.Literal(status),
      detail: Type.String({ description: 'A sentence for people' }),
      code: Type.Unsafe<string>({ type: 'string', enum: [...codes], description: 'For programs' }),
      errors: Type.Optional(
        Type.Array(
          Type.Object(
            {
              field: Type.String(),
              expected: Type.String({ description: 'Completes “the field must be …”' }),
            },
            { additionalProperties: false },
          ),
        ),
      ),
    },
    { additionalProperties: false },
  );
}

export const PROBLEM_REFERENCE: Pick<DialectReference, 'codeOf' | 'describeFailure'> = {
  codeOf: (body) => (body as { code: string }).code,
  describeFailure,
};
