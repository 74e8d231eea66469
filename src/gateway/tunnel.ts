/**
 * client → gateway → target   every byte counted up, FIN after the last
 * client ← gateway ← target   every byte counted down, FIN after the last
 *
 * The two directions live and end on their own: a FIN is passed on once everything before it is, and the other direction
 * goes on. Each direction holds one piece at a time and reads no further until the receiver has taken it.
 */
import type { Consumer, Leg } from './leg.ts';
import { closeGently, resetAfterWrites } from './linger.ts';
import type { Allowance, Direction, EndReason } from './meter.ts';
import { MeteredWriter } from './metered-writer.ts';
import type { Occupant, Seat, Service } from './service.ts';
import { type Idler, IdleTimer } from './timers.ts';

/** Relays until both connections are closed. Nobody waits for that: a waiting caller would cost memory in every idle tunnel. */
export function relayTunnel(client: Leg, target: Leg, seat: Seat, service: Service): void {
  new Tunnel(client, target, seat, service).start();
}

class Tunnel implements Occupant, Idler {
  readonly #client: Leg;
  readonly #target: Leg;
  readonly #seat: Seat;
  readonly #service: Service;
  readonly #up: TunnelDirection;
  readonly #down: TunnelDirection;
  readonly idle: IdleTimer;
  #openLegs = 2;
  #isEnding = false;

  constructor(client: Leg, target: Leg, seat: Seat, service: Service) {
    this.#client = client;
    this.#target = target;
    this.#seat = seat;
    this.#service = service;
    this.#up = new TunnelDirection(this, client, target, seat, 'up');
    this.#down = new TunnelDirection(this, target, client, seat, 'down');
    this.idle = new IdleTimer(service.timers, service.delays.idle, this);
  }

  start(): void {
    this.#seat.occupy(this);
    this.#target.attach(this.#down);
    this.#client.attach(this.#up);
    if (this.#seat.endedBy !== undefined) this.giveUp(this.#seat.endedBy);
  }

  directionEnded(): void {
    this.idle.setLimit(this.#service.delays.halfClosedIdle);
  }

  /** No more allowance: what was counted leaves, then both sides are told. */
  giveUp(reason: EndReason): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    if (reason === 'revoked') {
      this.#cut();
      return;
    }
    this.#up.leaveSource();
    this.#down.leaveSource();
    closeGently(this.#client, this.#service.timers, this.#service.limits);
    closeGently(this.#target, this.#service.timers, this.#service.limits);
  }

  timedOut(): void {
    this.#cut();
  }

  #cut(): void {
    this.#client.destroy();
    this.#target.destroy();
  }

  /** Each of the two, once. */
  legClosed(): void {
    this.#openLegs -= 1;
    if (this.#openLegs > 0) return;
    this.idle.stop();
    this.#up.abandon();
    this.#down.abandon();
    this.#seat.leave();
  }
}

class TunnelDirection extends MeteredWriter implements Consumer {
  readonly #tunnel: Tunnel;
  readonly #source: Leg;
  readonly #sink: Leg;
  #isSourceClosed = false;

  constructor(tunnel: Tunnel, source: Leg, sink: Leg, allowance: Allowance, direction: Direction) {
    super(sink, allowance, direction);
    this.#tunnel = tunnel;
    this.#source = source;
    this.#sink = sink;
  }

  data(bytes: Buffer): boolean {
    this.#tunnel.idle.touch();
    return this.write(bytes);
  }

  override end(): void {
    super.end();
    this.#tunnel.directionEnded();
  }

  closed(error: Error | undefined): void {
    if (error !== undefined) resetAfterWrites(this.#sink, this);
    // Closed by ourselves; after both directions have ended, the other side may still be taking its last bytes.
    else if (!this.#source.hasEnded) this.#sink.destroy();
    this.#sourceClosed();
  }

  /** Somebody else consumes what comes from there from now on. */
  leaveSource(): void {
    this.abandon();
    this.#source.whenClosed(() => this.#sourceClosed());
  }

  #sourceClosed(): void {
    if (this.#isSourceClosed) return;
    this.#isSourceClosed = true;
    this.#tunnel.legClosed();
  }

  /** Whoever gets its turn is not idle, however little it may send. */
  override wake(): void {
    this.#tunnel.idle.touch();
    super.wake();
  }

  giveUp(reason: EndReason): void {
    this.#tunnel.giveUp(reason);
  }

  protected taken(): void {
    this.#tunnel.idle.touch();
    this.#source.resume();
  }
}
