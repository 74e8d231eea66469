/** Every error of the core's list, in InfiniteProxies' words. The compiler holds the table complete. */
import { type DomainError, type ErrorCode, isDomainError } from '../../../core/errors.ts';
import type { DialectReference, ErrorAnswer } from '../../http/dialect.ts';
import { describeFailure } from './schemas.ts';

interface Answer {
  status: number;
  /** Absent: the core's own sentence. */
  message?: string;
}

const KEY_INVALID: Answer = { status: 403, message: 'API Key is invalid' };

export const ANSWERS: Record<ErrorCode, Answer> = {
  Unauthenticated: { status: 401, message: 'Unauthorized' },
  UnknownKey: KEY_INVALID,
  NotReseller: KEY_INVALID,
  InsufficientScope: KEY_INVALID,
  ReservedFor: { status: 403 },
  RateLimited: { status: 429 },
  SignInFailed: { status: 401 },
  CrossSite: { status: 403 },
  MissingFields: { status: 400 },
  InvalidField: { status: 400 },
  InsufficientBalance: { status: 400, message: 'Insufficient balance' },
  SubuserNotFound: { status: 404, message: 'Customer not found' },
  UsernameTaken: { status: 400, message: 'Username is already taken' },
  AddressInUse: { status: 400 },
  LimitReached: { status: 400 },
  AccountNotFound: { status: 404 },
  EmailTaken: { status: 400 },
  StoreCodeTaken: { status: 400 },
  KeyNotFound: { status: 404 },
  PersonNotFound: { status: 404 },
  SessionNotFound: { status: 404 },
  NodeNotFound: { status: 404 },
  WebhookNotFound: { status: 404 },
  ReconciliationNotFound: { status: 404 },
  ReconciliationState: { status: 400 },
  ReviewNotFound: { status: 404 },
  ReviewResolved: { status: 400 },
  NodeNameTaken: { status: 400 },
  ExitNotFound: { status: 404 },
  ExitNameTaken: { status: 400 },
  CreditsFrozen: { status: 403 },
  CreditEventNotFound: { status: 404 },
  VoucherNotFound: { status: 404 },
  VoucherUnusable: { status: 400 },
  SubscriptionNotFound: { status: 404 },
  SubscriptionState: { status: 409 },
  SlotsInUse: { status: 409 },
  NoFreeSlot: { status: 409 },
  IdempotencyMismatch: { status: 400 },
  IdempotencyRunning: { status: 409 },
  MalformedBody: { status: 400 },
  BodyTooLarge: { status: 413 },
  UnsupportedMediaType: { status: 400 },
  UnknownRoute: { status: 404 },
  MethodNotAllowed: { status: 404 },
  Unavailable: { status: 503 },
  Internal: { status: 500 },
};

function messageOf(error: DomainError): string {
  if (isDomainError(error, 'MissingFields')) {
    return `Invalid Form Data. [${error.parameters.fields[0]}] is required`;
  }
  if (isDomainError(error, 'InvalidField')) {
    const { field, expected } = error.parameters;
    return `Invalid Form Data. [${field}] must be ${expected}`;
  }
  return ANSWERS[error.code].message ?? error.message;
}

export function answerError(error: DomainError): ErrorAnswer {
  const { status } = ANSWERS[error.code];
  return { status, body: { status: { code: status, message: messageOf(error) } } };
}

export const REFERENCE: DialectReference = {
  securitySchemes: {
    infiniteKey: { type: 'apiKey', in: 'header', name: 'X-INFINITE-KEY', description: 'The key' },
    bearer: {
      type: 'http',
      scheme: 'bearer',
      description: 'The same key: `Authorization: Bearer KEY`. An addition',
    },
    apiKey: { type: 'apiKey', in: 'header', name: 'X-API-KEY', description: 'The same key. An addition' },
  },
  guards: ['Unauthenticated', 'UnknownKey', 'NotReseller', 'InsufficientScope'],
  codeOf: () => undefined,
  describeFailure,
};
