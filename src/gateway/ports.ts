/**
 * What a gateway needs from the rest of Headgate, and all of it. Links are made from the table of these calls
 * (link/calls.ts) and answered by the core's desk (api/control/desk.ts), in the same process or over HTTPS. Every call may
 * fail (the link is away): the gateway then goes on within the leases and cached credentials it holds, and never relays
 * unmetered. Every call may be repeated, because its answer may have been lost.
 *
 * Bytes are JavaScript numbers here (whole, below 2^53): this is the path of every byte. The core holds them as bigint.
 */
import type { ExitKind, ExitProduct, Place, ResolveMode } from '../shared/exits.ts';
import type { Product } from '../shared/products.ts';

/** Who a tunnel belongs to, and so what bounds it: a quota of bytes, or a number of tunnels at once for a period. */
export type Identity = SubuserIdentity | SubscriptionIdentity;

export interface SubuserIdentity {
  kind: 'subuser';
  /** Opaque, stable id of the subuser. */
  subuserId: string;
  account: Account;
  /** Full prefixed username, for logs. */
  username: string;
  product: Product;
  /** Absent: nothing is limited but by quota. */
  limits?: ServiceLimits;
}

/** The reseller to whom it belongs: `account:` and an opaque, stable id. */
export type Account = `account:${string}`;

/** Whose limits: `subuser:` or `subscription:` and its id. */
export type LimitSubject = `subuser:${string}` | `subscription:${string}`;

/** Beyond quota and seats of a plan. What is absent is not limited. */
export interface ServiceLimits {
  /** At once, over all gateways: parts of it are held with `holdShare`. */
  maxTunnels?: number;
  /** Over all gateways: a gateway serves so many thousandths of these two as it holds of `rate`. */
  tunnelsPerSecond?: number;
  /** Both directions together. */
  bytesPerSecond?: number;
  /** One for each level that says something; each must let a destination pass. Rules as in `shared/destination-rule.ts`. */
  rules?: DestinationRules[];
}

export interface DestinationRules {
  /** Empty: everything. */
  allow: string[];
  /** Wins. */
  deny: string[];
}

/**
 * How long a subscription serves, counted from the moment the question was sent: the two sides' wall clocks need not agree.
 * Without other news nobody is let in after `admitsForMs`, and every tunnel is cut after `servesForMs`, which is later where
 * the period's end may renew the subscription.
 */
export interface SubscriptionTerms {
  admitsForMs: number;
  servesForMs: number;
}

export interface SubscriptionIdentity extends SubscriptionTerms {
  kind: 'subscription';
  /** Opaque, stable id of the subscription. */
  subscriptionId: string;
  account: Account;
  /** Absent: nothing is limited but the seats. */
  limits?: ServiceLimits;
}

export type AuthenticationAnswer =
  | { kind: 'known'; identity: Identity }
  /** Unknown username, wrong password, deleted: never told apart. */
  | { kind: 'unknown' };

export interface LeaseRequest {
  subuserId: string;
  product: Product;
  /** The lease being extended; absent when the gateway holds none for this subuser and product. */
  leaseId?: string;
  /**
   * What the gateway knows to have been granted on `leaseId` in all. When the control side has granted more (an answer
   * was lost on the way), it answers the present state and grants nothing new: asking again is safe.
   */
  knownGrantedBytes: number;
  /** Cumulative use of `leaseId` at the moment of asking. */
  usedUpBytes: number;
  usedDownBytes: number;
  /** What would be useful. The control side grants this much, less, or nothing. */
  wantBytes: number;
}

export type LeaseAnswer =
  /** `grantedBytes` is cumulative for this lease; allowance left = grantedBytes - used. */
  | { kind: 'granted'; leaseId: string; grantedBytes: number }
  /** The balance is empty, but other gateways still hold unused bytes that may come back. */
  | { kind: 'wait'; retryAfterMs: number }
  /** Nothing is left anywhere, beyond what this gateway itself holds. */
  | { kind: 'exhausted' }
  /** The subuser is gone, or may not be served. */
  | { kind: 'revoked' };

/** Counters are cumulative per lease, so a report that arrives twice, late or out of order counts once. */
export interface UsageReport {
  leaseId: string;
  usedUpBytes: number;
  usedDownBytes: number;
  /** True: the gateway gives the lease up; what is unused returns to the subuser's balance. */
  close: boolean;
}

/** Of leases that go on nothing is said: what was reported on them is counted. */
export type ReportAnswer =
  | { leaseId: string; kind: 'closed' }
  /** The control side has ended this lease (it lapsed, or the subuser is gone): relay nothing more on it. */
  | { leaseId: string; kind: 'ended' };

/** What was relayed on a lease of a session that is over, or whose gateway is. */
export interface RecoveredUse {
  sessionId: string;
  leaseId: string;
  usedUpBytes: number;
  usedDownBytes: number;
}

export interface RecoveryAnswer {
  /** Sessions of other nodes: nothing was counted for them. */
  strangeSessionIds: string[];
}

export interface SeatRequest {
  subscriptionId: string;
  /** Tunnels this session wants to be able to hold open at once, in all: not how many more. 0 gives all back. */
  seats: number;
}

export type SeatAnswer =
  /**
   * The session holds this many: never more than it asked for; fewer than it held and still asks for only when the
   * subscription allows fewer now. `isRecalled`: others hold some, and were asked to give idle ones back.
   */
  | { kind: 'held'; seats: number; isRecalled: boolean }
  /** The subscription gives no service now. */
  | { kind: 'over' };

/** A rate is shared among gateways in so many parts. */
export const RATE_UNITS = 1000;

export interface ShareRequest {
  subject: LimitSubject;
  /** Tunnels at once, or thousandths of the rates. */
  what: 'tunnels' | 'rate';
  /** What this session wants to hold in all: not how much more. 0 gives all back. */
  units: number;
}

export type ShareAnswer =
  /**
   * The session holds this much: never more than it asked for; less than it held and still asks for only when the limit has
   * shrunk. `isRecalled`: others hold some, and were asked to give back what they can do without.
   */
  | { kind: 'held'; units: number; isRecalled: boolean }
  /** There is no such limit now. */
  | { kind: 'unlimited' };

/** What a session has relayed for a subscription. Cumulative within the session, so that it counts once however often it arrives. */
export interface SubscriptionReport {
  /** The session in which it was relayed: also one that has ended since. */
  sessionId: string;
  subscriptionId: string;
  /** Both ways. */
  bytes: number;
  /** Tunnels opened and requests forwarded. */
  requests: number;
}

export type SubscriptionStanding =
  | ({ kind: 'serving'; subscriptionId: string } & SubscriptionTerms)
  /** Its tunnels are to be cut. */
  | { kind: 'over'; subscriptionId: string };

/** A way out towards targets, as the owner set it up. */
export type ExitSettings = DirectExitSettings | UpstreamExitSettings;

interface CommonExitSettings extends Place {
  /** Stable: sticky sessions are dealt out by it. */
  id: string;
  name: string;
  enabled: boolean;
  products: ExitProduct[];
  /** Its part of the new tunnels, among the exits that fit. */
  weight: number;
  /** At once, on this gateway process. Absent: as many as come. */
  maxTunnels?: number;
  /** `host:port`. */
  checkTarget?: string;
}

/** From this machine. */
export interface DirectExitSettings extends CommonExitSettings {
  kind: 'direct';
  /** Each connection comes from one of these. Empty: as the system chooses. */
  sourceAddresses: string[];
}

/** Through another proxy. */
export interface UpstreamExitSettings extends CommonExitSettings {
  kind: Exclude<ExitKind, 'direct'>;
  /** A name, or an address in canonical form. */
  host: string;
  port: number;
  username?: string;
  /** Never logged. */
  password?: string;
  /** In the grammar of shared/exit-template.ts. */
  usernameTemplate: string;
  passwordTemplate: string;
  resolve: ResolveMode;
}

/** How an exit does on this gateway process. */
export interface ExitReport {
  exitId: string;
  /** False: ejected. */
  isHealthy: boolean;
  tunnels: number;
  /** Since it was set up as it is, or the process began. */
  failures: number;
}

/** Which tunnels are meant. Each field narrows; with none, all. */
export interface TunnelFilter {
  tunnelId?: string;
  /** Whose. */
  subject?: LimitSubject | Account;
  /** A destination as the client wrote it: a name in lower case, or an address in canonical form. */
  host?: string;
}

/** What is open at the moment of asking: a tunnel, or a forwarded request on its way. */
export interface LiveTunnel {
  /** Different from those of all other gateways. */
  tunnelId: string;
  subject: LimitSubject;
  protocol: TunnelProtocol;
  clientAddress: string;
  /** As the client wrote it; absent until that is known. */
  host?: string;
  port?: number;
  upBytes: number;
  downBytes: number;
  openForMs: number;
}

export const TUNNEL_PROTOCOLS = ['connect', 'http', 'socks5', 'socks4'] as const;
export type TunnelProtocol = (typeof TUNNEL_PROTOCOLS)[number];

export interface TunnelAnswer {
  /** Of the question. */
  requestId: string;
  /** All that are meant, though fewer are listed. */
  total: number;
  /** The ones that are open for longest. */
  tunnels: LiveTunnel[];
}

export type ControlEvent =
  /** Credentials or whitelist of a subuser changed: forget what is cached about it, and cut the tunnels named. */
  | { kind: 'subuser-changed'; subuserId: string; cut: 'none' | 'all' | 'by-address' }
  /** Bandwidth was added: a refusal for lack of quota is out of date. */
  | { kind: 'quota-added'; subuserId: string; product: Product }
  /** Report and return what is unused of this subuser's lease now; ask again if traffic still flows. */
  | { kind: 'lease-recall'; subuserId: string; product: Product }
  /** Its addresses, or how long and how much it serves: forget what is cached, and look which of its tunnels may go on. */
  | { kind: 'subscription-changed'; subscriptionId: string }
  /** Another gateway lacks seats: give back those that lie idle now. */
  | { kind: 'seats-recall'; subscriptionId: string }
  /** Ask for the exits again. */
  | { kind: 'exits-changed' }
  /** Limits changed, of this subject or (absent) of anybody: ask for them anew, for who is served and who comes. */
  | { kind: 'limits-changed'; subject?: LimitSubject }
  /** Another gateway needs a part of this limit: give back what is not needed, and of a rate all above `fairUnits`. */
  | { kind: 'share-recall'; subject: LimitSubject; what: 'tunnels' | 'rate'; fairUnits: number }
  /**
   * Say with `answerTunnels` which tunnels of yours are meant, at most `limit` of them; with `cut`, end them all. Nobody waits longer
   * than a few seconds.
   */
  | { kind: 'tunnels-asked'; requestId: string; filter: TunnelFilter; limit: number; cut: boolean }
  /** Events may have been missed: forget every cached credential and refusal. */
  | { kind: 'resync' };

export interface ControlLink {
  /** Opens a session. Leases live as long as the session's heartbeat: a report, even an empty one, at least every second. */
  open(): Promise<{ sessionId: string; leaseValidForMs: number }>;

  /** Is this username and password good? The password is the subuser's own, never logged. */
  authenticate(username: string, password: string): Promise<AuthenticationAnswer>;
  /** Whose whitelist, or which serving subscription's slot, holds this client address (canonical text form)? */
  identify(address: string): Promise<AuthenticationAnswer>;

  lease(request: LeaseRequest): Promise<LeaseAnswer>;
  /**
   * Reports use and renews every lease of the session for `leaseValidForMs` counted from the moment the gateway sent it. Answers
   * which of the leases have come to their end.
   * Rejects when the session is over (its heartbeat was missed): the gateway then drops its leases and opens a new one.
   */
  report(reports: UsageReport[]): Promise<ReportAnswer[]>;

  /**
   * Counts late what was relayed on leases of any session of this gateway's node: on an open lease like a report, on one that has
   * ended out of the subuser's balance, as far as that goes. No heartbeat. Cumulative, so it may come again and again.
   */
  recover(uses: RecoveredUse[]): Promise<RecoveryAnswer>;
  /**
   * Ends sessions of this gateway's node whose gateways are dead, and whose use is reported as far as anybody knows it: what their leases
   * have left returns now, not when they would lapse. One that has ended, or is of another node, is passed over.
   */
  endSessions(sessionIds: string[]): Promise<void>;

  /**
   * Asks for seats of a subscription. They live as long as the leases of the session, and go with it. Calls for one
   * subscription take effect in the order in which they were made. Rejects when the session is over.
   */
  holdSeats(request: SeatRequest): Promise<SeatAnswer>;
  /** Counts what subscriptions used, and answers for each that was named how it stands. */
  reportSubscriptions(reports: SubscriptionReport[]): Promise<SubscriptionStanding[]>;

  /** Every exit there is, disabled ones too. With none, targets are connected to from where the gateway runs. */
  exits(): Promise<ExitSettings[]>;
  /** How all of them do, every few seconds while there are any. Changes nothing: for people to see. */
  reportExits(reports: ExitReport[]): Promise<void>;

  /** What limits hold for each of these now; null: none. */
  limitsOf(subjects: LimitSubject[]): Promise<(ServiceLimits | null)[]>;
  /**
   * Asks for a part of a limit that holds over all gateways. It lives as long as the leases of the session, and goes with it.
   * Calls for one subject's one limit take effect in the order in which they were made. Rejects when the session is over.
   */
  holdShare(request: ShareRequest): Promise<ShareAnswer>;

  /** Answers `tunnels-asked`. A second answer of the session to the same question changes nothing. */
  answerTunnels(answer: TunnelAnswer): Promise<void>;

  /** Ends the session after a last report. Everything unused returns, and every seat. */
  close(reports: UsageReport[]): Promise<void>;

  onEvent(listener: (event: ControlEvent) => void): void;
}
