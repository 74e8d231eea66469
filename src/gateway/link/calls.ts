/**
 * Every call of a ControlLink, once: what it takes, what it answers, and the form of both on a wire. The links over HTTPS and to a
 * worker thread, and the control API, are made from this table: a method that is added to ports.ts compiles as soon as it
 * has its line here and its answer in the core's desk (api/control/desk.ts), and nothing else is to be done.
 *
 * Every call may arrive twice: an answer that was lost is asked for again. Whoever adds one says in ports.ts why that does no harm.
 */
import { Type } from 'typebox';
import type {
  ControlLink,
  ExitReport,
  LeaseAnswer,
  LeaseRequest,
  LimitSubject,
  LiveTunnel,
  RecoveredUse,
  RecoveryAnswer,
  ReportAnswer,
  SeatAnswer,
  SeatRequest,
  ServiceLimits,
  ShareAnswer,
  ShareRequest,
  SubscriptionReport,
  SubscriptionStanding,
  TunnelAnswer,
} from '../ports.ts';
import {
  Address,
  aTunnel,
  authentication,
  Count,
  exitSettings,
  Flag,
  type Form,
  form,
  Id,
  Limits,
  MOST_EXITS,
  MOST_REPORTS,
  MOST_SEATS,
  MOST_SESSIONS,
  MOST_SUBJECTS,
  MOST_TUNNELS,
  named,
  ProductName,
  Sent,
  SharedLimit,
  Span,
  Subject,
  Terms,
  Text,
  usageReports,
  Words,
} from './forms.ts';

export type Calls = Omit<ControlLink, 'onEvent'>;
export type CallName = keyof Calls;

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
