/** Every error of the core's list, in EclipseProxy's words. The compiler holds the table complete. */
import type { DomainError, ErrorCode } from '../../../core/errors.ts';
import type { DialectReference, ErrorAnswer } from '../../http/dialect.ts';
import { describeFailure, describeUserFailure } from './schemas.ts';

interface Answer {
  status: number;
  messageCode: string;
}

/** Fields whose bad values have a code of their own. */
const FIELD_CODES: Record<string, string> = {
  bandwidth: 'INVALID_BANDWIDTH',
  amountMb: 'INVALID_BANDWIDTH',
  username: 'INVALID_USERNAME',
  email: 'INVALID_EMAIL',
  ip: 'INVALID_IP',
  newPassword: 'INVALID_PASSWORD',
  action: 'INVALID_ACTION',
};

export const ANSWERS: Record<ErrorCode, Answer> = {
  Unauthenticated: { status: 401, messageCode: 'UNAUTHORIZED' },
  UnknownKey: { status: 401, messageCode: 'UNAUTHORIZED' },
  NotReseller: { status: 403, messageCode: 'NOT_RESELLER' },
  InsufficientScope: { status: 403, messageCode: 'INSUFFICIENT_SCOPE' },
  ReservedFor: { status: 403, messageCode: 'INSUFFICIENT_SCOPE' },
  RateLimited: { status: 429, messageCode: 'RATE_LIMITED' },
  SignInFailed: { status: 401, messageCode: 'UNAUTHORIZED' },
  CrossSite: { status: 403, messageCode: 'INSUFFICIENT_SCOPE' },
  MissingFields: { status: 422, messageCode: 'MISSING_FIELDS' },
  InvalidField: { status: 422, messageCode: 'INVALID_FIELD' },
  InsufficientBalance: { status: 400, messageCode: 'INSUFFICIENT_BALANCE' },
  SubuserNotFound: { status: 404, messageCode: 'NOT_FOUND' },
  UsernameTaken: { status: 409, messageCode: 'USERNAME_TAKEN' },
  AddressInUse: { status: 409, messageCode: 'IP_IN_USE' },
  LimitReached: { status: 400, messageCode: 'LIMIT_REACHED' },
  AccountNotFound: { status: 404, messageCode: 'NOT_FOUND' },
  EmailTaken: { status: 409, messageCode: 'EMAIL_TAKEN' },
  StoreCodeTaken: { status: 409, messageCode: 'STORE_CODE_TAKEN' },
  KeyNotFound: { status: 404, messageCode: 'NOT_FOUND' },
  PersonNotFound: { status: 404, messageCode: 'NOT_FOUND' },
  SessionNotFound: { status: 404, messageCode: 'NOT_FOUND' },
  NodeNotFound: { status: 404, messageCode: 'NOT_FOUND' },
  WebhookNotFound: { status: 404, messageCode: 'NOT_FOUND' },
  ReconciliationNotFound: { status: 404, messageCode: 'NOT_FOUND' },
  ReconciliationState: { status: 409, messageCode: 'RECONCILIATION_STATE' },
  ReviewNotFound: { status: 404, messageCode: 'NOT_FOUND' },
  ReviewResolved: { status: 409, messageCode: 'REVIEW_RESOLVED' },
  NodeNameTaken: { status: 409, messageCode: 'NODE_NAME_TAKEN' },
  ExitNotFound: { status: 404, messageCode: 'NOT_FOUND' },
  ExitNameTaken: { status: 409, messageCode: 'NAME_TAKEN' },
  CreditsFrozen: { status: 403, messageCode: 'CREDITS_FROZEN' },
  CreditEventNotFound: { status: 404, messageCode: 'NOT_FOUND' },
  VoucherNotFound: { status: 404, messageCode: 'NOT_FOUND' },
  VoucherUnusable: { status: 409, messageCode: 'VOUCHER_UNUSABLE' },
  SubscriptionNotFound: { status: 404, messageCode: 'NOT_FOUND' },
  SubscriptionState: { status: 409, messageCode: 'SUBSCRIPTION_STATE' },
  SlotsInUse: { status: 409, messageCode: 'SLOTS_IN_USE' },
  NoFreeSlot: { status: 409, messageCode: 'NO_FREE_SLOT' },
  IdempotencyMismatch: { status: 422, messageCode: 'IDEMPOTENCY_KEY_REUSED' },
  IdempotencyRunning: { status: 409, messageCode: 'IDEMPOTENCY_KEY_IN_USE' },
  MalformedBody: { status: 400, messageCode: 'BAD_REQUEST' },
  BodyTooLarge: { status: 413, messageCode: 'PAYLOAD_TOO_LARGE' },
  UnsupportedMediaType: { status: 400, messageCode: 'BAD_REQUEST' },
  UnknownRoute: { status: 404, messageCode: 'NOT_FOUND' },
  MethodNotAllowed: { status: 404, messageCode: 'NOT_FOUND' },
  Unavailable: { status: 503, messageCode: 'SERVICE_UNAVAILABLE' },
  Internal: { status: 500, messageCode: 'INTERNAL_ERROR' },
};

function messageCodeOf(error: DomainError): string {
  if (error.code === 'InvalidField') {
    const { field } = error.parameters as { field: string };
    return FIELD_CODES[field] ?? ANSWERS.InvalidField.messageCode;
  }
  return ANSWERS[error.code].messageCode;
}

/** For the reseller API: with `messageCode`. */
export function answerError(error: DomainError): ErrorAnswer {
  return {
    status: ANSWERS[error.code].status,
    body: { status: 'error', message: error.message, messageCode: messageCodeOf(error), data: null },
  };
}

/** For the user API, whose envelope has no `messageCode`. */
export function answerUserError(error: DomainError): ErrorAnswer {
  return {
    status: ANSWERS[error.code].status,
    body: { status: 'error', message: error.message, data: null },
  };
}

export const REFERENCE: DialectReference = {
  securitySchemes: {
    bearer: { type: 'http', scheme: 'bearer', description: 'The key: `Authorization: Bearer KEY`' },
    apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same key' },
  },
  guards: ['Unauthenticated', 'NotReseller', 'InsufficientScope'],
  codeOf: (body) => (body as { messageCode: string }).messageCode,
  describeFailure,
};

export const USER_REFERENCE: DialectReference = {
  securitySchemes: {
    userToken: {
      type: 'http',
      scheme: 'bearer',
      description: 'The token of `POST /api/user-api/auth`: `Authorization: Bearer TOKEN`',
    },
  },
  guards: ['Unauthenticated', 'InsufficientScope'],
  codeOf: () => undefined,
  describeFailure: describeUserFailure,
};
