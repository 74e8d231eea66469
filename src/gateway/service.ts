import type { Acquaintance } from './acquaintance.ts';
import type { RefusalCode } from './answers.ts';
import type { GatewayCounters, Traffic } from './counters.ts';
import type { Credentials } from './credentials.ts';
import type { Destinations } from './destination.ts';
import type { Exits } from './exits/exits.ts';
import type { ExitWish } from './exits/wish.ts';
import type { Guesses } from './guesses.ts';
import type { Admission, Holder, Member } from './holder.ts';
import type { Authority } from './http/target.ts';
import type { Leases } from './leases.ts';
import type { Leg } from './leg.ts';
import type { Obstacle } from './limiter.ts';
import type { GatewayLimits } from './limits.ts';
import type { Allowance, Direction, EndReason, Waiter } from './meter.ts';
import type { Parties, Party } from './parties.ts';
import type { Identity, TunnelProtocol } from './ports.ts';
import type { Place, Roster } from './roster.ts';
import { type RuleBook, ruleBook } from './rules.ts';
import type { Strangers } from './strangers.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Delays, Timers } from './timers.ts';
import type { Transport } from './transport.ts';

/** What every connection of one gateway shares. */
export interface Service {
  readonly timers: Timers;
  readonly limits: GatewayLimits;
  readonly counters: GatewayCounters;
  readonly delays: Delays;
  readonly transport: Transport;
  readonly credentials: Credentials;
  readonly guesses: Guesses;
  readonly strangers: Strangers;
  readonly leases: Leases;
  readonly subscriptions: Subscriptions;
  readonly parties: Parties;
  readonly destinations: Destinations;
  readonly exits: Exits;
  readonly clients: Roster<Connection>;
  readonly targets: Roster<Leg>;
  isStopping: boolean;
}

/** What nearly always is there at once; then nobody has to wait for it. */
export type Soon<Result> = Result | Promise<Result>;

/** A client connection, as the handshakes see it. */
export interface Connection {
  readonly client: Leg;
  /** In canonical form. Behind a trusted load balancer it is what that said, not the socket's. */
  readonly clientAddress: string;
  readonly acceptedAtMs: number;
  /** Called when the gateway stops, while the connection waits for a request. */
  onStop: (() => void) | undefined;
  /** Somebody was let in. */
  becomesKnown(): void;
}

/** Who a client is, and how we know. */
export interface ClientIdentity {
  readonly identity: Identity;
  /** When the control side was asked. */
  readonly askedAtMs: number;
  readonly by: 'password' | 'address';
  readonly address: string;
  readonly acquaintance: Acquaintance;
  /** Absent: any exit will do. */
  readonly wish?: ExitWish;
}

/** What lives on a seat at the moment. */
export interface Occupant {
  /** The seat is no longer theirs. */
  giveUp(reason: EndReason): void;
}

/**
 * A place among those whom one holder serves, from admission to the last byte. What passes it is taken from the holder, at the
 * pace and within the limits of the party.
 */
export class Seat implements Member, Allowance {
  readonly holder: Holder;
  readonly party: Party;
  readonly client: ClientIdentity;
  /** Where it leads, once that is known, and the addresses of it that may be tried. */
  target: Authority | undefined;
  targetAddresses: readonly string[] = [];
  readonly #service: Service;
  holderPlace: Place<Member> | undefined;
  /** Among the seats of its party. */
  partyPlace: Place<Seat> | undefined;
  readonly #traffic: Traffic;
  #isTaken = false;
  #obstacle: Obstacle = 'holder';
  readonly protocol: TunnelProtocol;
  readonly number: number;
  readonly openedAtMs: number;
  upBytes = 0;
  downBytes = 0;
  endedBy: EndReason | undefined;
  occupant: Occupant | undefined;

  constructor(client: ClientIdentity, protocol: TunnelProtocol, service: Service) {
    const { identity, askedAtMs, acquaintance } = client;
    this.holder =
      identity.kind === 'subuser'
        ? service.leases.holderOf(identity, acquaintance)
        : service.subscriptions.holderOf(identity, askedAtMs);
    this.client = client;
    this.protocol = protocol;
    this.#traffic = service.counters.trafficOf(identity);
    this.openedAtMs = service.timers.nowMs();
    service.counters.seats += 1;
    this.number = service.counters.seats;
    this.#service = service;
    this.holder.join(this);
    this.party = service.parties.join(this, identity, askedAtMs, acquaintance);
  }

  get address(): string {
    return this.client.address;
  }

  /** Asks for a place. */
  admit(): Admission | undefined {
    return this.party.limiter === undefined ? this.holder.admit(this) : this.party.limiter.admit(this);
  }

  take(direction: Direction, wantedBytes: number): number {
    const { limiter } = this.party;
    const takenBytes =
      limiter === undefined
        ? this.holder.take(direction, wantedBytes)
        : limiter.take(this.holder, direction, wantedBytes);
    if (limiter !== undefined && takenBytes < wantedBytes) this.#obstacle = limiter.obstacle;
    if (direction === 'up') {
      this.upBytes += takenBytes;
      this.#traffic.upBytes += takenBytes;
    } else {
      this.downBytes += takenBytes;
      this.#traffic.downBytes += takenBytes;
    }
    return takenBytes;
  }

  wait(waiter: Waiter): void {
    if (this.party.limiter === undefined) this.holder.wait(waiter);
    else this.party.limiter.wait(this.#obstacle, this.holder, waiter);
  }

  stopWaiting(waiter: Waiter): void {
    this.party.limiter?.stopWaiting(waiter);
    this.holder.stopWaiting(waiter);
  }

  isProhibitedBy(rules: RuleBook): boolean {
    const { target } = this;
    if (target === undefined) return false;
    return rules.prohibits(target) || this.targetAddresses.some((address) => !rules.permits(target, address));
  }

  end(reason: EndReason): void {
    this.endedBy ??= reason;
    this.occupant?.giveUp(reason);
  }

  /** From now on a tunnel lives on it, and leaves it at its end. */
  occupy(occupant: Occupant): void {
    this.#isTaken = true;
    this.occupant = occupant;
  }

  leaveUnlessTaken(): void {
    if (!this.#isTaken) this.leave();
  }

  leave(): void {
    this.occupant = undefined;
    this.holder.leave(this);
    this.#service.parties.leave(this);
  }
}

const REFUSAL_OF_REASON: Record<EndReason, RefusalCode> = {
  exhausted: 'quota-exhausted',
  revoked: 'subuser-revoked',
  away: 'control-away',
  'held-elsewhere': 'quota-held-elsewhere',
  crowded: 'connection-limit',
  'too-many': 'tunnel-limit',
  'too-fast': 'tunnel-rate',
};

export function refusalOf(reason: EndReason): RefusalCode {
  return REFUSAL_OF_REASON[reason];
}

/** A seat with allowance, or why there is none. */
export function takeSeat(
  identity: ClientIdentity,
  protocol: TunnelProtocol,
  client: Leg,
  service: Service,
): Soon<Seat | RefusalCode> {
  const seat = new Seat(identity, protocol, service);
  if (seat.party.seats.size > service.limits.tunnelsOfOne) {
    seat.leave();
    return 'tunnel-limit';
  }
  const admission = seat.admit();
  return admission === undefined ? seated(seat, client) : admitted(seat, admission, client);
}

async function admitted(seat: Seat, admission: Admission, client: Leg): Promise<Seat | RefusalCode> {
  client.whenClosed(admission.abandon);
  const reason = (await admission.answer) ?? seat.endedBy;
  client.forgetWhenClosed(admission.abandon);
  if (reason === undefined) return seated(seat, client);
  seat.leave();
  return refusalOf(reason);
}

function seated(seat: Seat, client: Leg): Seat {
  seat.occupant = new Newcomer(client);
  return seat;
}

/** Until a relay takes over. With the client gone, what is being connected for it is given up. */
class Newcomer implements Occupant {
  readonly #client: Leg;

  constructor(client: Leg) {
    this.#client = client;
  }

  giveUp(reason: EndReason): void {
    if (reason === 'revoked') this.#client.destroy();
  }
}

/** What can be said of a destination before anything is asked for it. */
export function prohibitionFor(
  { identity }: ClientIdentity,
  authority: Authority,
  { destinations }: Service,
): RefusalCode | undefined {
  const prohibition = destinations.prohibition(authority);
  if (prohibition !== undefined) return prohibition;
  return ruleBook(identity.limits?.rules)?.prohibits(authority) ? 'destination-denied' : undefined;
}
