/**
 * Everything that can be refused, as one closed list. An error has three parts: a stable code that programs read, a
 * public sentence that people read, and a private detail that only the log sees. What a code becomes on the wire is each
 * dialect's own table, which the compiler holds complete.
 */

/** What each error carries besides its code. */
interface ErrorParameters {
  /** No key, an unknown, expired or revoked one: never told apart. */
  Unauthenticated: Record<string, never>;
  /** A key that is none of ours, or revoked; only for a door whose contract answers it otherwise than no key at all. */
  UnknownKey: Record<string, never>;
  /** The key's account is not a reseller. */
  NotReseller: Record<string, never>;
  InsufficientScope: { needed: string };
  /** Of those whom the account lets in, only some may do this. */
  ReservedFor: { whom: 'the owner' | 'the owner, signed in as a person,' | 'a person who is signed in' };
  RateLimited: { retryAfterSeconds: number };
  /** A person's address, password or code is wrong: which of them is never said. */
  SignInFailed: Record<string, never>;
  /** A browser sent this on behalf of another site. */
  CrossSite: Record<string, never>;

  MissingFields: { fields: string[] };
  /** `expected` completes the sentence "… must be …". */
  InvalidField: { field: string; expected: string };

  /** `holder` says whose balance is too small: the caller's pool, a subuser's balance, or an account's money. */
  InsufficientBalance: { holder: 'pool' | 'subuser' | 'account' };
  SubuserNotFound: Record<string, never>;
  UsernameTaken: { username: string };
  AddressInUse: { address: string };
  LimitReached: { what: string; limit: number };

  AccountNotFound: { reference: string };
  EmailTaken: { email: string };
  StoreCodeTaken: { storeCode: string };
  KeyNotFound: { id: string };
  PersonNotFound: Record<string, never>;
  SessionNotFound: Record<string, never>;
  NodeNotFound: { reference: string };
  NodeNameTaken: { name: string };
  ExitNotFound: { name: string };
  ExitNameTaken: { name: string };

  WebhookNotFound: { id: string };
  ReconciliationNotFound: Record<string, never>;
  /** A ledger was sent for one that does not wait for it. */
  ReconciliationState: { state: string };
  ReviewNotFound: Record<string, never>;
  ReviewResolved: Record<string, never>;

  /** The account may not spend or redeem. */
  CreditsFrozen: Record<string, never>;
  /** No such event, or another reseller's. */
  CreditEventNotFound: Record<string, never>;
  VoucherNotFound: Record<string, never>;
  VoucherUnusable: { why: 'expired' | 'used-up' | 'already-redeemed' };

  SubscriptionNotFound: Record<string, never>;
  /** Completes "A … subscription cannot be …". */
  SubscriptionState: { state: string; participle: string };
  /** More slots are bound than the plan wanted has. */
  SlotsInUse: { bound: number; wanted: number };
  NoFreeSlot: Record<string, never>;

  /** The idempotency key came before with another request. */
  IdempotencyMismatch: Record<string, never>;
  /** The first request with this idempotency key is still running. */
  IdempotencyRunning: Record<string, never>;

  /** `what` is the request body, unless it says. */
  MalformedBody: { what?: string; expected: string };
  BodyTooLarge: { limitBytes: number };
  UnsupportedMediaType: { expected: string };
  UnknownRoute: { method: string; path: string };
  /** There are other calls at this address; only doors that tell it apart from an unknown one. */
  MethodNotAllowed: { method: string; path: string; allowed: readonly string[] };

  /** The database is away or too slow: trying again later may work. */
  Unavailable: Record<string, never>;
  Internal: Record<string, never>;
}

export type ErrorCode = keyof ErrorParameters;

const TOO_LITTLE: Record<ErrorParameters['InsufficientBalance']['holder'], string> = {
  pool: 'The bandwidth balance is too low for this',
  subuser: 'The subuser has less bandwidth left than that',
  account: 'The account holds less money than that',
};

const UNUSABLE: Record<ErrorParameters['VoucherUnusable']['why'], string> = {
  expired: 'This voucher has expired',
  'used-up': 'This voucher has been used as often as it may be',
  'already-redeemed': 'This account has redeemed this voucher before',
};

/** What a person is told. Never holds anything the caller may not know. */
const SENTENCES: { [Code in ErrorCode]: (parameters: ErrorParameters[Code]) => string } = {
  Unauthenticated: () => 'Unauthorized',
  UnknownKey: () => 'API Key is invalid',
  NotReseller: () => 'This account is not a reseller',
  InsufficientScope: ({ needed }) => `This key lacks the scope ${needed}`,
  ReservedFor: ({ whom }) => `Only ${whom} may do this`,
  RateLimited: ({ retryAfterSeconds }) => `Too many requests: try again in ${retryAfterSeconds} s`,
  SignInFailed: () => 'The sign-in failed: check the address, the password or the code',
  CrossSite: () => 'This call must come from the console itself, not from another site',
  MissingFields: ({ fields }) =>
    `Missing required field${fields.length > 1 ? 's' : ''}: ${fields.join(', ')}`,
  InvalidField: ({ field, expected }) => `${field} must be ${expected}`,
  InsufficientBalance: ({ holder }) => TOO_LITTLE[holder],
  SubuserNotFound: () => 'Subuser not found',
  UsernameTaken: ({ username }) => `The username ${username} is taken`,
  AddressInUse: ({ address }) => `${address} is whitelisted elsewhere`,
  LimitReached: ({ what, limit }) => `At most ${limit} ${what}`,
  AccountNotFound: ({ reference }) => `No account ${reference}`,
  EmailTaken: ({ email }) => `An account with the email ${email} exists`,
  StoreCodeTaken: ({ storeCode }) => `The store code ${storeCode} is taken`,
  KeyNotFound: ({ id }) => `No API key ${id}`,
  NodeNotFound: ({ reference }) => `No node ${reference}`,
  NodeNameTaken: ({ name }) => `The node name ${name} is taken`,
  ExitNotFound: ({ name }) => `No exit ${name}`,
  ExitNameTaken: ({ name }) => `An exit named ${name} exists`,
  PersonNotFound: () => 'There is no such person',
  SessionNotFound: () => 'There is no such session',
  WebhookNotFound: ({ id }) => `No webhook ${id}`,
  ReconciliationNotFound: () => 'There is no such reconciliation',
  ReconciliationState: ({ state }) => `This reconciliation takes no ledger: it is ${state}`,
  ReviewNotFound: () => 'There is no such review',
  ReviewResolved: () => 'This review has been resolved',
  CreditsFrozen: () => 'The credits of this account are frozen',
  CreditEventNotFound: () => 'Credit event not found',
  VoucherNotFound: () => 'There is no such voucher',
  VoucherUnusable: ({ why }) => UNUSABLE[why],
  SubscriptionNotFound: () => 'Subscription not found',
  SubscriptionState: ({ state, participle }) => `A ${state} subscription cannot be ${participle}`,
  SlotsInUse: ({ bound, wanted }) =>
    `${bound} slots are bound and the plan has ${wanted}: unbind IP addresses first`,
  NoFreeSlot: () => 'Every slot of this subscription is bound',
  IdempotencyMismatch: () => 'This Idempotency-Key was used before with another request',
  IdempotencyRunning: () => 'The request with this Idempotency-Key is still running',
  MalformedBody: ({ what = 'request body', expected }) => `The ${what} must be ${expected}`,
  BodyTooLarge: ({ limitBytes }) => `The request body is larger than ${limitBytes} bytes`,
  UnsupportedMediaType: ({ expected }) => `The Content-Type must be ${expected}`,
  UnknownRoute: ({ method, path }) => `There is no ${method} ${path}`,
  MethodNotAllowed: ({ method, path, allowed }) => `There is no ${method} ${path}, but ${allowed.join(', ')}`,
  Unavailable: () => 'The service is unavailable for a moment: try again',
  Internal: () => 'Something went wrong on our side',
};

export const ERROR_CODES = Object.keys(SENTENCES) as ErrorCode[];

/** An error of one of the listed kinds. `message` is the public sentence; `detail` is for the log alone. */
export class DomainError<Code extends ErrorCode = ErrorCode> extends Error {
  override name = 'DomainError';
  readonly code: Code;
  readonly parameters: ErrorParameters[Code];
  readonly detail: string | undefined;

  constructor(code: Code, parameters: ErrorParameters[Code], detail?: string) {
    // Where it was thrown is no news: the code says what happened. A stack would cost more than the refusal itself.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(SENTENCES[code](parameters));
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
    this.parameters = parameters;
    this.detail = detail;
  }
}

export function isDomainError<Code extends ErrorCode>(
  error: unknown,
  code: Code,
): error is DomainError<Code> {
  return error instanceof DomainError && error.code === code;
}

/** A field that cannot be used, for validators. `expected` completes "… must be …". */
export function invalidField(field: string, expected: string): DomainError<'InvalidField'> {
  return new DomainError('InvalidField', { field, expected });
}
