/** Every error of the core's list, in VPSCtrl's envelope. The compiler holds the table complete. */
import { type DomainError, type ErrorCode, isDomainError } from '../../../core/errors.ts';
import type { DialectReference, ErrorAnswer } from '../../http/dialect.ts';
import { describeFailure } from './schemas.ts';

interface Answer {
  status: number;
  /** What programs read: never changes. */
  error: string;
}

export const ANSWERS: Record<ErrorCode, Answer> = {
  Unauthenticated: { status: 401, error: 'unauthorized' },
  UnknownKey: { status: 401, error: 'unauthorized' },
  NotReseller: { status: 403, error: 'not_reseller' },
  InsufficientScope: { status: 403, error: 'insufficient_scope' },
  ReservedFor: { status: 403, error: 'insufficient_scope' },
  RateLimited: { status: 429, error: 'rate_limited' },
  SignInFailed: { status: 401, error: 'unauthorized' },
  CrossSite: { status: 403, error: 'insufficient_scope' },
  MissingFields: { status: 400, error: 'missing_fields' },
  InvalidField: { status: 400, error: 'invalid_field' },
  InsufficientBalance: { status: 400, error: 'insufficient_balance' },
  SubuserNotFound: { status: 404, error: 'subuser_not_found' },
  UsernameTaken: { status: 409, error: 'username_taken' },
  AddressInUse: { status: 409, error: 'address_in_use' },
  LimitReached: { status: 400, error: 'limit_reached' },
  AccountNotFound: { status: 404, error: 'user_not_found' },
  EmailTaken: { status: 409, error: 'user_exists' },
  StoreCodeTaken: { status: 409, error: 'store_code_taken' },
  KeyNotFound: { status: 404, error: 'key_not_found' },
  PersonNotFound: { status: 404, error: 'person_not_found' },
  SessionNotFound: { status: 404, error: 'session_not_found' },
  NodeNotFound: { status: 404, error: 'node_not_found' },
  WebhookNotFound: { status: 404, error: 'webhook_not_found' },
  ReconciliationNotFound: { status: 404, error: 'reconciliation_not_found' },
  ReconciliationState: { status: 409, error: 'reconciliation_state' },
  ReviewNotFound: { status: 404, error: 'review_not_found' },
  ReviewResolved: { status: 409, error: 'review_resolved' },
  NodeNameTaken: { status: 409, error: 'node_name_taken' },
  ExitNotFound: { status: 404, error: 'exit_not_found' },
  ExitNameTaken: { status: 409, error: 'exit_exists' },
  CreditsFrozen: { status: 403, error: 'credits_frozen' },
  CreditEventNotFound: { status: 404, error: 'credit_event_not_found' },
  VoucherNotFound: { status: 404, error: 'voucher_not_found' },
  VoucherUnusable: { status: 409, error: 'voucher_unusable' },
  SubscriptionNotFound: { status: 404, error: 'subscription_not_found' },
  SubscriptionState: { status: 409, error: 'subscription_state' },
  SlotsInUse: { status: 409, error: 'slots_in_use' },
  NoFreeSlot: { status: 409, error: 'no_free_slot' },
  IdempotencyMismatch: { status: 422, error: 'idempotency_key_reused' },
  IdempotencyRunning: { status: 409, error: 'idempotency_key_in_use' },
  MalformedBody: { status: 400, error: 'malformed_body' },
  BodyTooLarge: { status: 413, error: 'body_too_large' },
  UnsupportedMediaType: { status: 400, error: 'unsupported_media_type' },
  UnknownRoute: { status: 404, error: 'not_found' },
  MethodNotAllowed: { status: 404, error: 'not_found' },
  Unavailable: { status: 503, error: 'unavailable' },
  Internal: { status: 500, error: 'internal_error' },
};

const VOUCHER_ERRORS = {
  expired: 'voucher_expired',
  'used-up': 'voucher_used_up',
  'already-redeemed': 'voucher_already_redeemed',
};

/** Fields of the core that have another name here. */
const FIELD_NAMES: Record<string, string> = { expiry: 'expires_at' };

export function answerError(error: DomainError): ErrorAnswer {
  let { status, error: code } = ANSWERS[error.code];
  let { message } = error;
  if (isDomainError(error, 'VoucherUnusable')) code = VOUCHER_ERRORS[error.parameters.why];
  if (isDomainError(error, 'InvalidField')) {
    const { field, expected } = error.parameters;
    message = `${FIELD_NAMES[field] ?? field} must be ${expected}`;
  }
  return { status, body: { ok: false, error: code, message } };
}

export const REFERENCE: DialectReference = {
  securitySchemes: {
    bearer: { type: 'http', scheme: 'bearer', description: 'The key: `Authorization: Bearer KEY`' },
    apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'The same key' },
  },
  guards: ['Unauthenticated', 'InsufficientScope'],
  codeOf: (body) => (body as { error: string }).error,
  describeFailure,
};
