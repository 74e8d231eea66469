/** What every error means and what a client does about it: for people, in the reference pages and in docs/errors.md. */
import { DomainError, type ErrorCode } from '../../core/errors.ts';

export interface ErrorDescription<Code extends ErrorCode> {
  meaning: string;
  remedy: string;
  /** Examples of what the error carries; more than one where dialects answer them differently. */
  samples: DomainError<Code>['parameters'][];
}

export const ERROR_REFERENCE: { [Code in ErrorCode]: ErrorDescription<Code> } = {
  Unauthenticated: {
    meaning: 'There is no key, or it is unknown, expired or revoked.',
    remedy: 'Send a valid key in the header that the API names',
    samples: [{}],
  },
  UnknownKey: {
    meaning: 'The key is unknown or revoked. Only InfiniteProxies tells this from an expired key.',
    remedy: 'Ask the provider for a new key',
    samples: [{}],
  },
  NotReseller: {
    meaning: 'The account of the key is not a reseller.',
    remedy: 'Use a key of a reseller account',
    samples: [{}],
  },
  InsufficientScope: {
    meaning: 'The key lacks the scope that the call needs.',
    remedy: 'Ask the provider for a key with the scope named',
    samples: [{ needed: 'reseller:write' }],
  },
  ReservedFor: {
    meaning:
      'Only the owner may do this, and not the staff; or only a person, and not a key: the message says which.',
    remedy: 'Ask the owner, or sign in to the console',
    samples: [{ whom: 'the owner' }],
  },
  RateLimited: {
    meaning: 'Too many calls in a short time.',
    remedy: 'Wait as many seconds as `Retry-After` says',
    samples: [{ retryAfterSeconds: 40 }],
  },
  SignInFailed: {
    meaning: 'The email address, the password or the code is wrong. Which of them is not said.',
    remedy: 'Check them; after some wrong ones in a row, wait as the next answer says',
    samples: [{}],
  },
  CrossSite: {
    meaning: 'A call with a session’s cookie that changes something came from another site’s page.',
    remedy:
      'Call from the console’s own address; a program sends the header `X-Headgate-Console: 1`, or uses a key',
    samples: [{}],
  },
  MissingFields: {
    meaning: 'A required field is absent, null or, as a parameter, empty.',
    remedy: 'Send the fields named',
    samples: [{ fields: ['username'] }],
  },
  InvalidField: {
    meaning: 'A field cannot have this value.',
    remedy: 'The message says what the field must be',
    samples: [
      { field: 'username', expected: '1 to 48 letters, digits, underscores or dots (no hyphen)' },
      { field: 'bandwidth', expected: 'a positive number of MB' },
      { field: 'email', expected: 'an email address of at most 254 characters' },
      { field: 'ip', expected: 'an IPv4 or IPv6 address, or a CIDR range' },
      { field: 'newPassword', expected: '8 to 64 printable ASCII characters without spaces' },
      { field: 'action', expected: '"ADD" or "REMOVE"' },
      { field: 'limit', expected: 'a whole number from 1 to 1000' },
    ],
  },
  InsufficientBalance: {
    meaning: 'The pool, the subuser or the account has less than the call would take.',
    remedy: 'Take less, or top up first',
    samples: [{ holder: 'pool' }],
  },
  SubuserNotFound: {
    meaning: 'There is no such subuser of this reseller. Another reseller’s is answered the same.',
    remedy: 'Check the name; list the subusers',
    samples: [{}],
  },
  UsernameTaken: {
    meaning: 'The reseller has a subuser of this name, in any case of its letters.',
    remedy: 'Choose another name',
    samples: [{ username: 'MYSTORE_user1' }],
  },
  AddressInUse: {
    meaning: 'The IP address is whitelisted for somebody else, in any store of the installation.',
    remedy: 'Remove it there first, or use a name and password',
    samples: [{ address: '198.51.100.7' }],
  },
  LimitReached: {
    meaning: 'There can be no more of these.',
    remedy: 'Remove one first',
    samples: [{ what: 'whitelist entries for one subuser', limit: 100 }],
  },
  AccountNotFound: {
    meaning: 'There is no account with this email address or store code.',
    remedy: 'Check the address',
    samples: [{ reference: 'customer@example.com' }],
  },
  EmailTaken: {
    meaning: 'An account with this email address exists, in any case of its letters.',
    remedy: 'Use the account there is; a sign-up that is repeated ends here too',
    samples: [{ email: 'customer@example.com' }],
  },
  StoreCodeTaken: {
    meaning: 'Another reseller has this store code.',
    remedy: 'Choose another one',
    samples: [{ storeCode: 'MYSTORE' }],
  },
  KeyNotFound: {
    meaning: 'There is no API key with this id.',
    remedy: 'List the keys; the id is not the secret',
    samples: [{ id: 'key_4kq7m2ws9xbd3h6n' }],
  },
  ReconciliationNotFound: {
    meaning: 'There is no such reconciliation. Those of other accounts do not exist for the caller.',
    remedy: 'List the reconciliations',
    samples: [{}],
  },
  ReconciliationState: {
    meaning: 'A ledger was sent for a reconciliation that is being read or compared, or is over.',
    remedy: 'Begin another one for the same period',
    samples: [{ state: 'done' }],
  },
  ReviewNotFound: {
    meaning: 'There is no such review.',
    remedy: 'List the reviews',
    samples: [{}],
  },
  ReviewResolved: {
    meaning: 'Somebody has closed this review before.',
    remedy: 'Read its note',
    samples: [{}],
  },
  WebhookNotFound: {
    meaning:
      'There is no such webhook endpoint, or it has no such delivery. Those of other accounts do not exist for the caller.',
    remedy: 'List the webhooks',
    samples: [{ id: 'wh_k3m9q2w7x4b8n6v5' }],
  },
  NodeNotFound: {
    meaning: 'There is no node with this id, and none with this name that is not revoked.',
    remedy: 'List the nodes',
    samples: [{ reference: 'gw1' }],
  },
  NodeNameTaken: {
    meaning: 'A node that is not revoked has this name, in any case of its letters.',
    remedy: 'Choose another one, or rotate the token of the node there is',
    samples: [{ name: 'gw1' }],
  },
  ExitNotFound: {
    meaning: 'There is no exit with this name.',
    remedy: 'List the exits',
    samples: [{ name: 'berlin-1' }],
  },
  ExitNameTaken: {
    meaning: 'Another exit has this name.',
    remedy: 'Choose another one',
    samples: [{ name: 'berlin-1' }],
  },
  PersonNotFound: {
    meaning: 'There is no such person among those whom the caller may see.',
    remedy: 'List the people',
    samples: [{}],
  },
  SessionNotFound: {
    meaning: 'The person has no such session, or it has ended.',
    remedy: 'List the sessions',
    samples: [{}],
  },
  CreditsFrozen: {
    meaning: 'The provider has frozen the money of this account.',
    remedy: 'Ask the provider',
    samples: [{}],
  },
  CreditEventNotFound: {
    meaning: 'There is no such credit event of this reseller. Another reseller’s is answered the same.',
    remedy: 'Check the id: it was in the answer to the report',
    samples: [{}],
  },
  VoucherNotFound: {
    meaning: 'There is no such voucher.',
    remedy: 'Check the code',
    samples: [{}],
  },
  VoucherUnusable: {
    meaning: 'The voucher has expired, is used up, or was redeemed by this account before.',
    remedy: 'Use another voucher',
    samples: [{ why: 'expired' }, { why: 'used-up' }, { why: 'already-redeemed' }],
  },
  SubscriptionNotFound: {
    meaning: 'There is no such subscription of this reseller. Another reseller’s is answered the same.',
    remedy: 'Check the id; list the subscriptions',
    samples: [{}],
  },
  SubscriptionState: {
    meaning: 'The state of the subscription does not allow this.',
    remedy: 'Read its status; buy a new one if it is over',
    samples: [{ state: 'terminated', participle: 'renewed' }],
  },
  SlotsInUse: {
    meaning: 'More slots are bound than the new plan has.',
    remedy: 'Unbind addresses first',
    samples: [{ bound: 3, wanted: 2 }],
  },
  NoFreeSlot: {
    meaning: 'Every slot of the subscription is bound.',
    remedy: 'Unbind an address, or change to a plan with more authentications',
    samples: [{}],
  },
  IdempotencyMismatch: {
    meaning: 'The `Idempotency-Key` came before, with another request.',
    remedy: 'Use a new key for every new request',
    samples: [{}],
  },
  IdempotencyRunning: {
    meaning: 'The first request with this `Idempotency-Key` is still running.',
    remedy: 'Send it again in a moment: it gets the first one’s answer',
    samples: [{}],
  },
  MalformedBody: {
    meaning: 'The body cannot be read.',
    remedy: 'Send what the message names, as UTF-8',
    samples: [{ expected: 'valid JSON in UTF-8' }],
  },
  BodyTooLarge: {
    meaning: 'The body is larger than any call needs. The connection is closed.',
    remedy: 'Send less',
    samples: [{ limitBytes: 65_536 }],
  },
  UnsupportedMediaType: {
    meaning: 'The body has a `Content-Type` that the API does not take.',
    remedy: 'Send the type that the message names',
    samples: [{ expected: 'application/json' }],
  },
  UnknownRoute: {
    meaning: 'The API has no such call.',
    remedy: 'Check method and path',
    samples: [{ method: 'GET', path: '/…/nothing' }],
  },
  MethodNotAllowed: {
    meaning:
      'The API has calls at this address, but not with this method. Only Headgate’s own APIs tell that apart.',
    remedy: 'Use a method that `Allow` names',
    samples: [{ method: 'DELETE', path: '/…/me', allowed: ['GET', 'HEAD'] }],
  },
  Unavailable: {
    meaning: 'The service or its database is away or overloaded for a moment.',
    remedy: 'Send it again later, with the same `Idempotency-Key`: it may have been done all the same',
    samples: [{}],
  },
  Internal: {
    meaning: 'Something went wrong that should not. The cause is in the server’s log.',
    remedy: 'Send it again later, with the same `Idempotency-Key`; tell the provider if it goes on',
    samples: [{}],
  },
};

/** Examples of an error, one for each of its samples. */
export function sampleErrors<Code extends ErrorCode>(code: Code): DomainError[] {
  return ERROR_REFERENCE[code].samples.map((parameters) => new DomainError(code, parameters));
}
