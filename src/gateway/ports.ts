/**
 * What a gateway needs from the rest of Headgate, and all of it. The in-process link implements these with the core;
 * a link over a network will implement the same. Every call may fail (the link is away): the gateway then goes on within
 * the leases and cached credentials it holds, and never relays unmetered.
 *
 * Bytes are JavaScript numbers here (whole, below 2^53): this is the path of every byte. The core holds them as bigint.
 */
import type { Product } from '../shared/products.ts';

/** Who a tunnel belongs to. */
export interface Identity {
  /** Opaque, stable id of the subuser. */
  subuserId: string;
  /** Full prefixed username, for logs. */
  username: string;
  product: Product;
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

export type ReportAnswer =
  | { leaseId: string; kind: 'open' | 'closed' }
  /** The control side has ended this lease (it lapsed, or the subuser is gone): relay nothing more on it. */
  | { leaseId: string; kind: 'ended' };

export type ControlEvent =
  /** Credentials or whitelist of a subuser changed: forget what is cached about it, and cut the tunnels named. */
  | { kind: 'subuser-changed'; subuserId: string; cut: 'none' | 'all' | 'by-address' }
  /** Bandwidth was added: a refusal for lack of quota is out of date. */
  | { kind: 'quota-added'; subuserId: string; product: Product }
  /** Report and return what is unused of this subuser's lease now; ask again if traffic still flows. */
  | { kind: 'lease-recall'; subuserId: string; product: Product }
  /** Events may have been missed: forget every cached credential and refusal. */
  | { kind: 'resync' };

export interface ControlLink {
  /** Opens a session. Leases live as long as the session's heartbeat: a report, even an empty one, at least every second. */
  open(): Promise<{ sessionId: string; leaseValidForMs: number }>;

  /** Is this username and password good? The password is the subuser's own, never logged. */
  authenticate(username: string, password: string): Promise<AuthenticationAnswer>;
  /** Whose whitelist holds this client address (canonical text form)? */
  identify(address: string): Promise<AuthenticationAnswer>;

  lease(request: LeaseRequest): Promise<LeaseAnswer>;
  /**
   * Reports use and renews every lease of the session for `leaseValidForMs` counted from the moment the gateway sent it.
   * Rejects when the session is over (its heartbeat was missed): the gateway then drops its leases and opens a new one.
   */
  report(reports: UsageReport[]): Promise<ReportAnswer[]>;

  /** Ends the session after a last report. Everything unused returns. */
  close(reports: UsageReport[]): Promise<void>;

  onEvent(listener: (event: ControlEvent) => void): void;
}
