/** Every error of the core's list, in Ghostealth's envelope. The compiler holds the table complete. */
import { type DomainError, type ErrorCode, isDomainError } from '../../../core/errors.ts';
import type { DialectReference, ErrorAnswer } from '../../http/dialect.ts';
import { describeFailure, EXPECTED, RATE_HEADERS } from './schemas.ts';

interface Answer {
  status: number;
  code: string;
}

export const ANSWERS: Record<ErrorCode, Answer> = {
  Unauthenticated: { status: 401, code: 'UNAUTHORIZED' },
  UnknownKey: { status: 401, code: 'UNAUTHORIZED' },
  NotReseller: { status: 403, code: 'NOT_RESELLER' },
  InsufficientScope: { status: 403, code: 'INSUFFICIENT_SCOPE' },
  ReservedFor: { status: 403, code: 'INSUFFICIENT_SCOPE' },
  RateLimited: { status: 429, code: 'RATE_LIMITED' },
  SignInFailed: { status: 401, code: 'UNAUTHORIZED' },
  CrossSite: { status: 403, code: 'INSUFFICIENT_SCOPE' },
  MissingFields: { status: 400, code: 'MISSING_FIELDS' },
  InvalidField: { status: 400, code: 'INVALID_FIELD' },
  InsufficientBalance: { status: 402, code: 'INSUFFICIENT_BALANCE' },
  SubuserNotFound: { status: 404, code: 'NOT_FOUND' },
  UsernameTaken: { status: 409, code: 'USERNAME_TAKEN' },
  AddressInUse: { status: 409, code: 'IP_IN_USE' },
  LimitReached: { status: 409, code: 'LIMIT_REACHED' },
  AccountNotFound: { status: 404, code: 'NOT_FOUND' },
  EmailTaken: { status: 409, code: 'EMAIL_TAKEN' },
  StoreCodeTaken: { status: 409, code: 'STORE_CODE_TAKEN' },
  KeyNotFound: { status: 404, code: 'NOT_FOUND' },
  PersonNotFound: { status: 404, code: 'NOT_FOUND' },
  SessionNotFound: { status: 404, code: 'NOT_FOUND' },
  NodeNotFound: { status: 404, code: 'NOT_FOUND' },
  WebhookNotFound: { status: 404, code: 'NOT_FOUND' },
  ReconciliationNotFound: { status: 404, code: 'NOT_FOUND' },
  ReconciliationState: { status: 409, code: 'RECONCILIATION_STATE' },
  ReviewNotFound: { status: 404, code: 'NOT_FOUND' },
  ReviewResolved: { status: 409, code: 'REVIEW_RESOLVED' },
  NodeNameTaken: { status: 409, code: 'NODE_NAME_TAKEN' },
  ExitNotFound: { status: 404, code: 'NOT_FOUND' },
  ExitNameTaken: { status: 409, code: 'NAME_TAKEN' },
  CreditsFrozen: { status: 403, code: 'CREDITS_FROZEN' },
  CreditEventNotFound: { status: 404, code: 'NOT_FOUND' },
  VoucherNotFound: { status: 404, code: 'NOT_FOUND' },
  VoucherUnusable: { status: 409, code: 'VOUCHER_UNUSABLE' },
  SubscriptionNotFound: { status: 404, code: 'SUBSCRIPTION_NOT_FOUND' },
  SubscriptionState: { status: 409, code: 'STATE_CONFLICT' },
  SlotsInUse: { status: 409, code: 'SLOTS_IN_USE' },
  NoFreeSlot: { status: 409, code: 'NO_FREE_SLOT' },
  IdempotencyMismatch: { status: 422, code: 'IDEMPOTENCY_KEY_REUSED' },
  IdempotencyRunning: { status: 409, code: 'IDEMPOTENCY_KEY_IN_USE' },
  MalformedBody: { status: 400, code: 'BAD_REQUEST' },
  BodyTooLarge: { status: 413, code: 'PAYLOAD_TOO_LARGE' },
  UnsupportedMediaType: { status: 400, code: 'BAD_REQUEST' },
  UnknownRoute: { status: 404, code: 'NOT_FOUND' },
  MethodNotAllowed: { status: 404, code: 'NOT_FOUND' },
  Unavailable: { status: 503, code: 'SERVICE_UNAVAILABLE' },
  Internal: { status: 500, code: 'INTERNAL_ERROR' },
};

/** Who leaves a field out is told what it must be, like who sends a bad one. */
function messageOf(error: DomainError): string {
  if (!isDomainError(error, 'MissingFields')) return error.message;
  const fields = error.parameters.fields.map((field) => {
    const expected = EXPECTED.get(field);
    return expected === undefined ? field : `${field} must be ${expected}`;
  });
  return `${error.message} (${fields.join('; ')})`;
}

export function answerError(error: DomainError): ErrorAnswer {
  const { status, code } = ANSWERS[error.code];
  return { status, body: { success: false, message: messageOf(error), code } };
}

export const REFERENCE: DialectReference = {
  securitySchemes: {
    apiKey: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description: 'The scheme `ApiKey` and the key: `Authorization: ApiKey KEY`',
    },
  },
  guards: ['Unauthenticated', 'NotReseller', 'InsufficientScope', 'RateLimited'],
  codeOf: (body) => (body as { code: string }).code,
  describeFailure,
  headers: RATE_HEADERS,
};
