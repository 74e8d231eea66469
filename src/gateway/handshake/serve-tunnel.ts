import type { RefusalCode } from '../answers.ts';
import type { Authority } from '../http/target.ts';
import type { Leg } from '../leg.ts';
import type { TunnelProtocol } from '../ports.ts';
import { reachThen } from '../reach.ts';
import {
  type ClientIdentity,
  prohibitionFor,
  refusalOf,
  type Seat,
  type Service,
  takeSeat,
} from '../service.ts';
import { relayTunnel } from '../tunnel.ts';

/** How a protocol lets a client into its tunnel. */
export interface TunnelDoor {
  readonly protocol: TunnelProtocol;
  /** What the client is told once the target is connected. */
  readonly established: Buffer;
}

/** Why there is no tunnel; undefined: the connection is a tunnel's now, or gone. */
export type TunnelOutcome = RefusalCode | undefined;

/** From an identified client to its tunnel, the same for every protocol. */
export function serveTunnel(
  identity: ClientIdentity,
  authority: Authority,
  door: TunnelDoor,
  client: Leg,
  service: Service,
): Promise<TunnelOutcome> {
  return new Promise((done, failed) => {
    serveTunnelThen(identity, authority, door, client, service, done, failed);
  });
}

/** One of the two is called, once, at once or later. What is thrown is said to nobody else. */
export function serveTunnelThen(
  identity: ClientIdentity,
  authority: Authority,
  door: TunnelDoor,
  client: Leg,
  service: Service,
  done: (outcome: TunnelOutcome) => void,
  failed: (error: unknown) => void,
): void {
  const prohibition = prohibitionFor(identity, authority, service);
  if (prohibition !== undefined) {
    done(prohibition);
    return;
  }
  const seated = (seat: Seat | RefusalCode) => {
    if (typeof seat === 'string') {
      done(seat);
      return;
    }
    const left = (error: unknown) => {
      seat.leaveUnlessTaken();
      failed(error);
    };
    const reached = (target: Leg | RefusalCode) => {
      const outcome = typeof target === 'string' ? target : lead(client, target, seat, door, service);
      seat.leaveUnlessTaken();
      done(outcome);
    };
    try {
      reachThen(authority, seat, client, service, { reached, failed: left });
    } catch (error) {
      left(error);
    }
  };
  const seating = takeSeat(identity, door.protocol, client, service);
  if (seating instanceof Promise) seating.then(seated).catch(failed);
  else seated(seating);
}

function lead(
  client: Leg,
  target: Leg,
  seat: Seat,
  { protocol, established }: TunnelDoor,
  service: Service,
): TunnelOutcome {
  if (seat.endedBy !== undefined) {
    target.destroy();
    return refusalOf(seat.endedBy);
  }
  if (client.isClosed) {
    target.destroy();
    return undefined;
  }
  seat.holder.countRequest();
  service.counters.opened[protocol] += 1;
  client.write(established);
  relayTunnel(client, target, seat, service);
  return undefined;
}
