/**
 * client's wish → exit, or an address that was judged → connection to the target
 *
 * Called back instead of awaited: nearly every tunnel comes this way, and most know at once where it leads.
 */
import type { RefusalCode } from './answers.ts';
import type { Resolution } from './destination.ts';
import { type DialResult, dial, dialOne } from './dial.ts';
import type { Authority } from './http/target.ts';
import type { Leg } from './leg.ts';
import type { Roster } from './roster.ts';
import type { Seat, Service } from './service.ts';

/** How a way to a target ends: exactly one of both is called, once, at once or later. */
export interface Arrival {
  reached(result: Leg | RefusalCode): void;
  failed(error: unknown): void;
}

export function reach(
  authority: Authority,
  seat: Seat,
  client: Leg,
  service: Service,
): Promise<Leg | RefusalCode> {
  return new Promise((reached, failed) => {
    reachThen(authority, seat, client, service, { reached, failed });
  });
}

export function reachThen(
  authority: Authority,
  seat: Seat,
  client: Leg,
  service: Service,
  arrival: Arrival,
): void {
  seat.target = authority;
  const { exits, timers, counters, targets } = service;
  const startedAtMs = timers.nowMs();
  const reached = (result: Leg | RefusalCode) => {
    try {
      counters.dials.observe((timers.nowMs() - startedAtMs) / 1000);
      if (typeof result !== 'string') {
        list(result, targets);
      }
      arrival.reached(result);
    } catch (error) {
      // Where this is called from, a fault would end the process.
      arrival.failed(error);
    }
  };
  if (exits.isPlain) reachPlainly(authority, seat, client, service, { reached, failed: arrival.failed });
  else reachByExits(authority, seat, client, service).then(reached, arrival.failed);
}

/** Apart, because what is called when the connection closes lives as long as that, with all that it could see. */
function list(target: Leg, targets: Roster<Leg>): void {
  const place = targets.join(target);
  target.whenClosed(() => place.leave());
}

async function reachByExits(
  authority: Authority,
  seat: Seat,
  client: Leg,
  service: Service,
): Promise<Leg | RefusalCode> {
  const { exits } = service;
  await exits.askUnlessKnown();
  if (!exits.isPlain) return exits.reach(authority, seat, client);
  return new Promise((reached, failed) => {
    reachPlainly(authority, seat, client, service, { reached, failed });
  });
}

/** Where no exits are set up. */
function reachPlainly(
  authority: Authority,
  seat: Seat,
  client: Leg,
  service: Service,
  arrival: Arrival,
): void {
  const resolved = (resolution: Resolution) => {
    if (resolution.kind === 'refused') {
      arrival.reached(resolution.code);
      return;
    }
    const { addresses } = resolution;
    seat.targetAddresses = addresses;
    const dialled = (result: DialResult) =>
      arrival.reached(result.kind === 'failed' ? result.code : result.leg);
    if (addresses.length === 1)
      dialOne(addresses[0]!, authority.port, service.delays.connect, client, service.transport, dialled);
    else dial(addresses, authority.port, client, service).then(dialled, arrival.failed);
  };
  const resolution = service.destinations.resolve(authority, seat.party);
  if (resolution instanceof Promise) resolution.then(resolved).catch(arrival.failed);
  else resolved(resolution);
}
