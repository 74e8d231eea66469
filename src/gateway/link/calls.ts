/**
 * Every call of a ControlLink, once: what it takes, what it answers, and the form of both on a wire. The links over HTTPS and to a
 * worker thread, and the control API, are made from this table: a method that is added to ports.ts compiles as soon as it
 * has its line here and its answer in the core's desk (api/control/desk.ts), and nothing else is to be done.
 *
 * Every call may arrive twice: an answer that was lost is asked for again. Whoever adds one says in ports.ts why that does no harm.
 */
import { type Static, type TSchema, Type } from 'typebox';
import { EXIT_PRODUCTS, RESOLVE_MODES } from '../../shared/exits.ts';
import { PRODUCTS } from '../../shared/products.ts';
import {
  type Account,
  type AuthenticationAnswer,
  type ControlEvent,
  type ControlLink,
  type ExitReport,
  type ExitSettings,
  type LeaseAnswer,
  type LeaseRequest,
  type LimitSubject,
  type LiveTunnel,
  type RecoveredUse,
  type RecoveryAnswer,
  type ReportAnswer,
  type SeatAnswer,
  type SeatRequest,
  type ServiceLimits,
  type ShareAnswer,
  type ShareRequest,
  type SubscriptionReport,
  type SubscriptionStanding,
  TUNNEL_PROTOCOLS,
  type TunnelAnswer,
  type TunnelFilter,
  type UsageReport,
} from '../ports.ts';

export type Calls = Omit<ControlLink, 'onEvent'>;
export type CallName = keyof Calls;

/** A schema that describes exactly `T`. */
interface Form<T> {
  readonly schema: TSchema;
  readonly of?: (value: T) => T;
}

interface Call<Method extends (...args: never[]) => Promise<unknown>> {
  /** In their order, by the names they have on the wire. */
  readonly parameters: Named<Parameters<Method>>;
  readonly answer: Form<Awaited<ReturnType<Method>>>;
  /** It is asked in the session that `open` gave. */
  readonly inSession: boolean;
}

type Named<Args extends readonly unknown[]> = {
  readonly [Index in keyof Args]: Form<Args[Index]> & { readonly name: string };
};

type Flat<T> = T extends object ? { -readonly [Key in keyof T]: Flat<T[Key]> } : T;
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? unknown : { differs: [A, B] };

/** Does not compile when the schema describes more, less or something else than `T`. */
function form<T>() {
  return <Schema extends TSchema>(schema: Schema & Same<Flat<Static<Schema>>, Flat<T>>): Form<T> => ({
    schema,
  });
}

function named<Name extends string, T>(name: Name, { schema }: Form<T>): Form<T> & { name: Name } {
  return { name, schema };
}

/** What a gateway sends. A field too many is a mistake; in answers it is news for later versions. */
const Sent = <Fields extends Record<string, TSchema>>(fields: Fields) =>
  Type.Object(fields, { additionalProperties: false });

/** More than any gateway holds at once. */
const MOST_REPORTS = 50_000;
const MOST_SEATS = 1_000_000;
const MOST_SUBJECTS = 1_000;
const MOST_SESSIONS = 1_000;
const MOST_TUNNELS = 10_000;
const MOST_EXITS = 1_000;

const Id = Type.String({ pattern: '^[0-9]{1,18}$', description: 'an id: 1 to 18 digits' });
export const SESSION_ID = Id;
const Count = Type.Integer({
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'a whole number from 0 to 2^53 - 1',
});
export const SEQUENCE = Count;
const Flag = Type.Boolean({ description: 'true or false' });
const Span = Type.Number();
const ProductName = Type.Enum(PRODUCTS, { description: `one of ${PRODUCTS.join(', ')}` });
/** PostgreSQL's text has no NUL; nothing that holds one is anybody's name or password. */
const Words = Type.String({
  maxLength: 16_384,
  pattern: '^[^\\u0000]*$',
  description: 'a text of at most 16384 characters, without NUL',
});
const Address = Type.String({
  maxLength: 64,
  pattern: '^[0-9A-Fa-f.:]{2,64}$',
  description: 'an IP address in canonical form',
});

const Subject = Type.Unsafe<LimitSubject>(
  Type.String({
    pattern: '^(subuser|subscription):[0-9]{1,18}$',
    description: 'subuser: or subscription: and an id',
  }),
);
const AnAccount = Type.Unsafe<Account>(Type.String({ pattern: '^account:[0-9]{1,18}$' }));
const Host = Type.String({ minLength: 1, maxLength: 255, description: 'a name or an address' });
const Text = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, description: `a text of 1 to ${maxLength} characters` });

const aTunnel = form<LiveTunnel>()(
  Sent({
    tunnelId: Text(64),
    subject: Subject,
    protocol: Type.Enum(TUNNEL_PROTOCOLS, { description: `one of ${TUNNEL_PROTOCOLS.join(', ')}` }),
    clientAddress: Text(64),
    host: Type.Optional(Host),
    port: Type.Optional(Count),
    upBytes: Count,
    downBytes: Count,
    openForMs: Count,
  }),
);

const tunnelFilter = form<TunnelFilter>()(
  Type.Object({
    tunnelId: Type.Optional(Type.String()),
    subject: Type.Optional(Type.Union([Subject, AnAccount])),
    host: Type.Optional(Type.String()),
  }),
);

const SharedLimit = Type.Union([Type.Literal('tunnels'), Type.Literal('rate')]);

const Limits = Type.Object({
  maxTunnels: Type.Optional(Count),
  tunnelsPerSecond: Type.Optional(Count),
  bytesPerSecond: Type.Optional(Count),
  rules: Type.Optional(
    Type.Array(Type.Object({ allow: Type.Array(Type.String()), deny: Type.Array(Type.String()) })),
  ),
});

const Terms = { admitsForMs: Span, servesForMs: Span };

const authentication = form<AuthenticationAnswer>()(
  Type.Union([
    Type.Object({
      kind: Type.Literal('known'),
      identity: Type.Union([
        Type.Object({
          kind: Type.Literal('subuser'),
          subuserId: Type.String(),
          account: AnAccount,
          username: Type.String(),
          product: ProductName,
          limits: Type.Optional(Limits),
        }),
        Type.Object({
          kind: Type.Literal('subscription'),
          subscriptionId: Type.String(),
          account: AnAccount,
          limits: Type.Optional(Limits),
          ...Terms,
        }),
      ]),
    }),
    Type.Object({ kind: Type.Literal('unknown') }),
  ]),
);

const usageReports = form<UsageReport[]>()(
  Type.Array(Sent({ leaseId: Id, usedUpBytes: Count, usedDownBytes: Count, close: Flag }), {
    maxItems: MOST_REPORTS,
    description: `a list of at most ${MOST_REPORTS} reports`,
  }),
);

const anExit = {
  id: Type.String(),
  name: Type.String(),
  enabled: Flag,
  products: Type.Array(Type.Enum(EXIT_PRODUCTS)),
  country: Type.Optional(Type.String()),
  state: Type.Optional(Type.String()),
  city: Type.Optional(Type.String()),
  isp: Type.Optional(Type.String()),
  weight: Count,
  maxTunnels: Type.Optional(Count),
};

const exitSettings = form<ExitSettings[]>()(
  Type.Array(
    Type.Union([
      Type.Object({
        ...anExit,
        kind: Type.Literal('direct'),
        sourceAddresses: Type.Array(Type.String()),
      }),
      Type.Object({
        ...anExit,
        kind: Type.Union([Type.Literal('http'), Type.Literal('socks5')]),
        host: Type.String(),
        port: Count,
        username: Type.Optional(Type.String()),
        password: Type.Optional(Type.String()),
        usernameTemplate: Type.String(),
        passwordTemplate: Type.String(),
        resolve: Type.Enum(RESOLVE_MODES),
        checkTarget: Type.Optional(Type.String()),
      }),
    ]),
  ),
);

export const CALLS: { readonly [Name in CallName]: Call<Calls[Name]> } = {
  open: {
    parameters: [],
    answer: form<{ sessionId: string; leaseValidForMs: number }>()(
      Type.Object({ sessionId: Type.String(), leaseValidForMs: Span }),
    ),
    inSession: false,
  },
  authenticate: {
    parameters: [named('username', form<string>()(Words)), named('password', form<string>()(Words))],
    answer: authentication,
    inSession: false,
  },
  identify: {
    parameters: [named('address', form<string>()(Address))],
    answer: authentication,
    inSession: false,
  },
  lease: {
    parameters: [
      named(
        'request',
        form<LeaseRequest>()(
          Sent({
            subuserId: Id,
            product: ProductName,
            leaseId: Type.Optional(Id),
            knownGrantedBytes: Count,
            usedUpBytes: Count,
            usedDownBytes: Count,
            wantBytes: Count,
          }),
        ),
      ),
    ],
    answer: form<LeaseAnswer>()(
      Type.Union([
        Type.Object({ kind: Type.Literal('granted'), leaseId: Type.String(), grantedBytes: Count }),
        Type.Object({ kind: Type.Literal('wait'), retryAfterMs: Span }),
        Type.Object({ kind: Type.Literal('exhausted') }),
        Type.Object({ kind: Type.Literal('revoked') }),
      ]),
    ),
    inSession: true,
  },
  report: {
    parameters: [named('reports', usageReports)],
    answer: form<ReportAnswer[]>()(
      Type.Array(
        Type.Union([
          Type.Object({
            leaseId: Type.String(),
            kind: Type.Literal('closed'),
          }),
          Type.Object({ leaseId: Type.String(), kind: Type.Literal('ended') }),
        ]),
      ),
    ),
    inSession: true,
  },
  recover: {
    parameters: [
      named(
        'uses',
        form<RecoveredUse[]>()(
          Type.Array(Sent({ sessionId: Id, leaseId: Id, usedUpBytes: Count, usedDownBytes: Count }), {
            maxItems: MOST_REPORTS,
            description: `a list of at most ${MOST_REPORTS} figures`,
          }),
        ),
      ),
    ],
    answer: form<RecoveryAnswer>()(Type.Object({ strangeSessionIds: Type.Array(Type.String()) })),
    inSession: false,
  },
  endSessions: {
    parameters: [
      named(
        'sessionIds',
        form<string[]>()(
          Type.Array(Id, {
            maxItems: MOST_SESSIONS,
            description: `a list of at most ${MOST_SESSIONS} ids`,
          }),
        ),
      ),
    ],
    answer: form<void>()(Type.Unsafe<void>({})),
    inSession: false,
  },
  holdSeats: {
    parameters: [
      named(
        'request',
        form<SeatRequest>()(
          Sent({
            subscriptionId: Id,
            seats: Type.Integer({
              minimum: 0,
              maximum: MOST_SEATS,
              description: `a whole number from 0 to ${MOST_SEATS}`,
            }),
          }),
        ),
      ),
    ],
    answer: form<SeatAnswer>()(
      Type.Union([
        Type.Object({ kind: Type.Literal('held'), seats: Count, isRecalled: Flag }),
        Type.Object({ kind: Type.Literal('over') }),
      ]),
    ),
    inSession: true,
  },
  reportSubscriptions: {
    parameters: [
      named(
        'reports',
        form<SubscriptionReport[]>()(
          Type.Array(Sent({ sessionId: Id, subscriptionId: Id, bytes: Count, requests: Count }), {
            maxItems: MOST_REPORTS,
            description: `a list of at most ${MOST_REPORTS} reports`,
          }),
        ),
      ),
    ],
    answer: form<SubscriptionStanding[]>()(
      Type.Array(
        Type.Union([
          Type.Object({ kind: Type.Literal('serving'), subscriptionId: Type.String(), ...Terms }),
          Type.Object({ kind: Type.Literal('over'), subscriptionId: Type.String() }),
        ]),
      ),
    ),
    inSession: false,
  },
  exits: {
    parameters: [],
    answer: exitSettings,
    inSession: false,
  },
  reportExits: {
    parameters: [
      named(
        'reports',
        form<ExitReport[]>()(
          Type.Array(Sent({ exitId: Text(64), isHealthy: Flag, tunnels: Count, failures: Count }), {
            maxItems: MOST_EXITS,
            description: `a list of at most ${MOST_EXITS} exits`,
          }),
        ),
      ),
    ],
    answer: form<void>()(Type.Unsafe<void>({})),
    inSession: true,
  },
  limitsOf: {
    parameters: [
      named(
        'subjects',
        form<LimitSubject[]>()(
          Type.Array(Subject, {
            maxItems: MOST_SUBJECTS,
            description: `a list of at most ${MOST_SUBJECTS} subjects`,
          }),
        ),
      ),
    ],
    answer: form<(ServiceLimits | null)[]>()(Type.Array(Type.Union([Limits, Type.Null()]))),
    inSession: false,
  },
  holdShare: {
    parameters: [
      named(
        'request',
        form<ShareRequest>()(
          Sent({
            subject: Subject,
            what: SharedLimit,
            units: Type.Integer({
              minimum: 0,
              maximum: MOST_SEATS,
              description: `a whole number from 0 to ${MOST_SEATS}`,
            }),
          }),
        ),
      ),
    ],
    answer: form<ShareAnswer>()(
      Type.Union([
        Type.Object({ kind: Type.Literal('held'), units: Count, isRecalled: Flag }),
        Type.Object({ kind: Type.Literal('unlimited') }),
      ]),
    ),
    inSession: true,
  },
  answerTunnels: {
    parameters: [
      named(
        'answer',
        form<TunnelAnswer>()(
          Sent({
            requestId: Text(64),
            total: Count,
            tunnels: Type.Unsafe<LiveTunnel[]>(
              Type.Array(aTunnel.schema, {
                maxItems: MOST_TUNNELS,
                description: `a list of at most ${MOST_TUNNELS} tunnels`,
              }),
            ),
          }),
        ),
      ),
    ],
    answer: form<void>()(Type.Unsafe<void>({})),
    inSession: true,
  },
  close: {
    parameters: [named('reports', usageReports)],
    answer: form<void>()(Type.Unsafe<void>({})),
    inSession: true,
  },
};

export const CALL_NAMES = Object.keys(CALLS) as CallName[];

/** What a carrier delivers: an event, and the session that caused it and does not need to hear it. */
export type CarriedEvent = ControlEvent & { exceptSession?: string };

const Cause = { exceptSession: Type.Optional(Type.String()) };

export const CARRIED_EVENT = form<CarriedEvent>()(
  Type.Union([
    Type.Object({
      kind: Type.Literal('subuser-changed'),
      subuserId: Type.String(),
      cut: Type.Union([Type.Literal('none'), Type.Literal('all'), Type.Literal('by-address')]),
      ...Cause,
    }),
    Type.Object({
      kind: Type.Literal('quota-added'),
      subuserId: Type.String(),
      product: ProductName,
      ...Cause,
    }),
    Type.Object({
      kind: Type.Literal('lease-recall'),
      subuserId: Type.String(),
      product: ProductName,
      ...Cause,
    }),
    Type.Object({ kind: Type.Literal('subscription-changed'), subscriptionId: Type.String(), ...Cause }),
    Type.Object({ kind: Type.Literal('seats-recall'), subscriptionId: Type.String(), ...Cause }),
    Type.Object({ kind: Type.Literal('exits-changed'), ...Cause }),
    Type.Object({ kind: Type.Literal('limits-changed'), subject: Type.Optional(Subject), ...Cause }),
    Type.Object({
      kind: Type.Literal('share-recall'),
      subject: Subject,
      what: SharedLimit,
      fairUnits: Count,
      ...Cause,
    }),
    Type.Object({
      kind: Type.Literal('tunnels-asked'),
      requestId: Type.String(),
      filter: Type.Unsafe<TunnelFilter>(tunnelFilter.schema),
      limit: Count,
      cut: Flag,
      ...Cause,
    }),
    Type.Object({ kind: Type.Literal('resync'), ...Cause }),
  ]),
);
