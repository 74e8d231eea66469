/**
 * client → gateway → target   every byte counted up, FIN after the last
 * client ← gateway ← target   every byte counted down, FIN after the last
 *
 * The two directions live and end on their own: a FIN is passed on once everything before it is, and the other direction
 * goes on. Each direction holds one piece at a time and reads no further until the receiver has taken it.
 */
import type { Consumer, Leg } from './leg.ts';
import { closeGently, resetAfterWrites } from './linger.ts';
import type { EndReason } from './meter.ts';
import { MeteredWriter } from './metered-writer.ts';
import type { Seat, Service } from './service.ts';
import { IdleTimer } from './timers.ts';

/** Relays until both connections are closed. */
export function relayTunnel(client: Leg, target: Leg, seat: Seat, service: Service): Promise<void> {
  return new Promise((resolve) => {
    new Tunnel(client, target, seat, service, resolve).start();
  });
}

class Tunnel {
  readonly #client: Leg;
  readonly #target: Leg;
  readonly #seat: Seat;
  readonly #service: Service;
  readonly #up: MeteredWriter;
  readonly #down: MeteredWriter;
  readonly #idle: IdleTimer;
  readonly #onOver: () => void;
  #openLegs = 2;
  #isEnding = false;

  constructor(client: Leg, target: Leg, seat: Seat, service: Service, onOver: () => void) {
    this.#client = client;
    this.#target = target;
    this.#seat = seat;
    this.#service = service;
    this.#onOver = onOver;
    const giveUp = (reason: EndReason) => this.#end(reason);
    this.#up = new MeteredWriter(target, seat.holder, 'up', giveUp);
    this.#down = new MeteredWriter(client, seat.holder, 'down', giveUp);
    this.#idle = new IdleTimer(service.timers, service.limits.tunnelIdleMs, () => this.#cut());
  }

  start(): void {
    this.#seat.onEnd = (reason) => this.#end(reason);
    for (const leg of [this.#client, this.#target]) leg.whenClosed(() => this.#legClosed());
    this.#target.attach(this.#direction(this.#target, this.#client, this.#down));
    this.#client.attach(this.#direction(this.#client, this.#target, this.#up));
    if (this.#seat.endedBy !== undefined) this.#end(this.#seat.endedBy);
  }

  #direction(source: Leg, sink: Leg, writer: MeteredWriter): Consumer {
    const goOn = () => {
      this.#idle.touch();
      source.resume();
    };
    return {
      data: (bytes) => {
        this.#idle.touch();
        return writer.write(bytes, goOn);
      },
      end: () => {
        writer.end();
        this.#idle.setLimit(this.#service.limits.halfClosedIdleMs);
      },
      closed: (error) => {
        if (error !== undefined) resetAfterWrites(sink, writer);
        // Closed by ourselves; after both directions have ended, the other side may still be taking its last bytes.
        else if (!source.hasEnded) sink.destroy();
      },
    };
  }

  /** No more allowance: what was counted leaves, then both sides are told. */
  #end(reason: EndReason): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    if (reason === 'revoked') {
      this.#cut();
      return;
    }
    this.#up.abandon();
    this.#down.abandon();
    closeGently(this.#client, this.#service.timers, this.#service.limits);
    closeGently(this.#target, this.#service.timers, this.#service.limits);
  }

  #cut(): void {
    this.#client.destroy();
    this.#target.destroy();
  }

  #legClosed(): void {
    this.#openLegs -= 1;
    if (this.#openLegs > 0) return;
    this.#idle.stop();
    this.#up.abandon();
    this.#down.abandon();
    this.#seat.leave();
    this.#onOver();
  }
}
