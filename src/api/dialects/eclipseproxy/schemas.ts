/**
 * What EclipseProxy's calls take and answer. In what is taken, `description` completes "<field> must be …" in the answer to a
 * bad value.
 */
import { type TSchema, Type } from 'typebox';

export const CreateSubuser = Type.Object(
  {
    username: Type.String({ description: '1 to 48 letters, digits, underscores or dots (no hyphen)' }),
    email: Type.String({ description: 'an email address of at most 254 characters' }),
    bandwidth: Type.Number({ description: 'a positive number of MB' }),
  },
  { examples: [{ username: 'user1', email: 'ann@example.com', bandwidth: 100 }] },
);

export const SetPassword = Type.Object(
  { newPassword: Type.String({ description: '8 to 64 printable ASCII characters without spaces' }) },
  { examples: [{ newPassword: 'n7Qw!ternSchool' }] },
);

export const WhitelistAddress = Type.Object(
  { ip: Type.String({ description: 'an IPv4 or IPv6 address, or a CIDR range' }) },
  { examples: [{ ip: '198.51.100.7' }] },
);

export const MoveBandwidth = Type.Object(
  {
    action: Type.Union([Type.Literal('ADD'), Type.Literal('REMOVE')], { description: '"ADD" or "REMOVE"' }),
    amountMb: Type.Number({ description: 'a positive number of MB' }),
  },
  { examples: [{ action: 'ADD', amountMb: 50 }] },
);

export const SubuserPath = Type.Object({
  id: Type.String({
    description: 'The full username, such as MYSTORE_user1, in any case of its letters, or the `id`',
    examples: ['MYSTORE_user1'],
  }),
});

export const ListQuery = Type.Object({
  limit: Type.Optional(
    Type.String({ pattern: '^([1-9]\\d{0,2}|1000)$', description: 'a whole number from 1 to 1000' }),
  ),
  cursor: Type.Optional(
    Type.String({ pattern: '^[!-~]{1,64}$', description: 'one that a list has answered' }),
  ),
});

export const UsageQuery = Type.Object({
  days: Type.Optional(
    Type.String({
      pattern: '^([1-9]\\d?|[12]\\d\\d|3[0-5]\\d|36[0-6])$',
      description: 'a whole number from 1 to 366',
    }),
  ),
});

export const SignIn = Type.Object(
  { email: Type.String({ description: 'a text' }), password: Type.String({ description: 'a text' }) },
  { examples: [{ email: 'r@example.com', password: 'correct horse battery staple' }] },
);

const EXACT = { additionalProperties: false };
const Megabytes = (description: string) =>
  Type.Number({ minimum: 0, description: `${description}, in MB with at most two decimals, rounded down` });
const Time = (description: string) =>
  Type.String({
    pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$',
    description: `${description}, ISO 8601 in UTC`,
  });
const Addresses = Type.Array(Type.String(), {
  description: 'IPv4 and IPv6 addresses in canonical form, and CIDR ranges',
});
const Username = Type.String({ description: 'The full username, with the store code in front' });

const SUBUSER_FIELDS = {
  id: Type.String({ description: 'Random; it never changes' }),
  username: Username,
  email: Type.String({ description: 'Empty when the subuser was made without one' }),
  bandwidthBalance: Megabytes('What the subuser has left'),
  createdAt: Time('When it was made'),
  whitelistIPs: Addresses,
};
const Subuser = Type.Object(SUBUSER_FIELDS, { ...EXACT, title: 'Subuser' });
const SubuserWithPassword = Type.Object(
  { ...SUBUSER_FIELDS, password: Type.String({ description: 'Of the gateway, as it is' }) },
  { ...EXACT, title: 'SubuserWithPassword' },
);

const Whitelist = Type.Object(
  { username: Username, whitelistIPs: Addresses },
  { ...EXACT, title: 'Whitelist' },
);

const Bandwidth = Type.Object(
  {
    username: Username,
    bandwidthAllocated: Megabytes('What was ever given to the subuser, less what was taken back'),
    bandwidthUsed: Megabytes('What went through the gateway'),
    bandwidthRemaining: Megabytes('What is left'),
  },
  { ...EXACT, title: 'SubuserBandwidth' },
);

/** An answer with its data, in the envelope. */
function answer<Data extends TSchema, Code extends string, Message extends string>(
  data: Data,
  example: unknown,
  messageCode: Code,
  message: Message,
) {
  return Type.Object(
    {
      status: Type.Literal('success'),
      message: Type.Literal(message),
      messageCode: Type.Literal(messageCode),
      data,
    },
    { ...EXACT, examples: [{ status: 'success', message, messageCode, data: example }] },
  );
}

const SUBUSER = {
  id: 'subuser-7kq2m4ws9xbd3h6n',
  username: 'MYSTORE_user1',
  email: 'ann@example.com',
  bandwidthBalance: 100,
  createdAt: '2026-03-04T09:15:42Z',
  whitelistIPs: ['198.51.100.7', '2001:db8::7'],
};
const WITH_PASSWORD = { ...SUBUSER, password: 'pR4mBw7kTz2sYq9dHn5c' };
const WHITELIST = { username: SUBUSER.username, whitelistIPs: SUBUSER.whitelistIPs };
const BANDWIDTH = {
  username: SUBUSER.username,
  bandwidthAllocated: 150,
  bandwidthUsed: 50,
  bandwidthRemaining: 100,
};

export const Overview = answer(
  Type.Object(
    {
      bandwidthBalance: Megabytes('What the pool has left to allocate'),
      storeName: Type.String(),
      storeCode: Type.String({ description: 'In front of every username' }),
      subuserCount: Type.Integer({ minimum: 0 }),
      totalAllocated: Megabytes('What all subusers were given, used or not'),
      createdAt: Time('When the account was made'),
    },
    { ...EXACT, title: 'Overview' },
  ),
  {
    bandwidthBalance: 7250.5,
    storeName: 'My Store',
    storeCode: 'MYSTORE',
    subuserCount: 18,
    totalAllocated: 2749.5,
    createdAt: '2026-01-07T16:41:05Z',
  },
  'OK',
  'OK',
);

export const SubuserList = {
  ...answer(Type.Array(Subuser), [SUBUSER], 'OK', 'OK'),
  headers: {
    'X-Next-Cursor': Type.String({ description: 'Where the next page begins; only when a page is full' }),
    Link: Type.String({ description: 'The address of the next page, with rel="next"' }),
  },
};
export const SubuserCreated = answer(
  SubuserWithPassword,
  { ...WITH_PASSWORD, whitelistIPs: [] },
  'SUBUSER_CREATED',
  'Subuser created',
);
export const SubuserDetails = answer(SubuserWithPassword, WITH_PASSWORD, 'OK', 'OK');
export const SubuserDeleted = answer(
  Type.Object({ username: Username, bandwidthReturned: Megabytes('What went back to the pool') }, EXACT),
  { username: SUBUSER.username, bandwidthReturned: 100 },
  'SUBUSER_DELETED',
  'Subuser deleted',
);
export const PasswordUpdated = answer(
  Type.Object({ username: Username, newPassword: Type.String() }, EXACT),
  { username: SUBUSER.username, newPassword: 'n7Qw!ternSchool' },
  'PASSWORD_UPDATED',
  'Password updated',
);
export const WhitelistDetails = answer(Whitelist, WHITELIST, 'OK', 'OK');
export const AddressAdded = answer(Whitelist, WHITELIST, 'IP_ADDED', 'IP added to whitelist');
export const AddressRemoved = answer(
  Whitelist,
  { ...WHITELIST, whitelistIPs: ['2001:db8::7'] },
  'IP_REMOVED',
  'IP removed from whitelist',
);
export const BandwidthDetails = answer(Bandwidth, BANDWIDTH, 'OK', 'OK');
export const BandwidthMoved = Type.Object(
  {
    status: Type.Literal('success'),
    message: Type.Union([Type.Literal('Bandwidth added'), Type.Literal('Bandwidth removed')]),
    messageCode: Type.Union([Type.Literal('BANDWIDTH_ADDED'), Type.Literal('BANDWIDTH_REMOVED')]),
    data: Bandwidth,
  },
  {
    ...EXACT,
    examples: [
      { status: 'success', message: 'Bandwidth added', messageCode: 'BANDWIDTH_ADDED', data: BANDWIDTH },
    ],
  },
);

export const History = answer(
  Type.Object(
    {
      username: Username,
      history: Type.Array(
        Type.Object(
          {
            action: Type.Union([Type.Literal('ADD'), Type.Literal('REMOVE')]),
            amountMb: Megabytes('How much'),
            at: Time('When'),
          },
          EXACT,
        ),
      ),
    },
    EXACT,
  ),
  {
    username: SUBUSER.username,
    history: [
      { action: 'ADD', amountMb: 200, at: '2026-03-04T09:15:42Z' },
      { action: 'REMOVE', amountMb: 50, at: '2026-03-06T11:03:11Z' },
    ],
  },
  'OK',
  'OK',
);

const Bytes = (description: string) => Type.Integer({ minimum: 0, description });

export const Usage = answer(
  Type.Object(
    {
      username: Username,
      usage: Type.Array(
        Type.Object(
          {
            date: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A day in UTC' }),
            upBytes: Bytes('From the subuser to its targets'),
            downBytes: Bytes('From the targets to the subuser'),
          },
          EXACT,
        ),
        { description: 'Days without use are left out' },
      ),
    },
    EXACT,
  ),
  {
    username: SUBUSER.username,
    usage: [{ date: '2026-03-04', upBytes: 1_204_551, downBytes: 48_795_449 }],
  },
  'OK',
  'OK',
);

/** An answer of the user API, whose envelope has no `messageCode`. */
function userAnswer<Data extends TSchema, Message extends string>(
  data: Data,
  example: unknown,
  message: Message,
) {
  return Type.Object(
    { status: Type.Literal('success'), message: Type.Literal(message), data },
    { ...EXACT, examples: [{ status: 'success', message, data: example }] },
  );
}

export const TokenIssued = userAnswer(
  Type.Object({ apiToken: Type.String({ description: 'Shown once' }) }, EXACT),
  { apiToken: 'hg_live_8rT2vKq7mZx4NcW9bLp3Ds6f' },
  'API token generated and previous token (if any) invalidated',
);

const UserBalance = Type.Object(
  {
    remaining: Megabytes('What is left'),
    unit: Type.Literal('MB'),
    asOf: Type.String({ description: 'Now, ISO 8601 in UTC with milliseconds' }),
  },
  { ...EXACT, title: 'UserBalance' },
);
const USER_BALANCE = { remaining: 7250.5, unit: 'MB', asOf: '2026-03-04T09:15:42.000Z' };

export const UserBandwidth = userAnswer(
  Type.Object({ coreResidential: UserBalance, residential: UserBalance }, EXACT),
  { coreResidential: USER_BALANCE, residential: USER_BALANCE },
  'Bandwidth data retrieved successfully',
);

const oneOf = (values: readonly string[]) => Type.Unsafe<string>({ type: 'string', enum: [...values] });

/** The body of an error of the reseller API. */
export function describeFailure(_status: number, messageCodes: readonly string[]): TSchema {
  return Type.Object(
    {
      status: Type.Literal('error'),
      message: Type.String(),
      messageCode: oneOf(messageCodes),
      data: Type.Null(),
    },
    EXACT,
  );
}

/** The body of an error of the user API. */
export function describeUserFailure(): TSchema {
  return Type.Object(
    { status: Type.Literal('error'), message: Type.String(), data: Type.Null() },
    { ...EXACT, title: 'UserError' },
  );
}
