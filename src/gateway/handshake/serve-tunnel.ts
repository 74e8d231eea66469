import type { RefusalCode } from '../answers.ts';
import type { Authority } from '../http/target.ts';
import type { Leg } from '../leg.ts';
import type { TunnelProtocol } from '../ports.ts';
import { type ClientIdentity, prohibitionFor, reach, refusalOf, type Service, takeSeat } from '../service.ts';
import { relayTunnel } from '../tunnel.ts';

/** How a protocol lets a client into its tunnel. */
export interface TunnelDoor {
  readonly protocol: TunnelProtocol;
  /** What the client is told once the target is connected. */
  readonly established: Buffer;
}

/**
 * From an identified client to its tunnel, the same for every protocol. Answers why there is no tunnel; undefined: the connection is a tunnel's now, or gone.
 */
export async function serveTunnel(
  identity: ClientIdentity,
  authority: Authority,
  { protocol, established }: TunnelDoor,
  client: Leg,
  service: Service,
): Promise<RefusalCode | undefined> {
  const prohibition = prohibitionFor(identity, authority, service);
  if (prohibition !== undefined) return prohibition;
  const seating = takeSeat(identity, protocol, client, service);
  const seat = seating instanceof Promise ? await seating : seating;
  if (typeof seat === 'string') return seat;
  try {
    const target = await reach(authority, seat, client, service);
    if (typeof target === 'string') return target;
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
  } finally {
    seat.leaveUnlessTaken();
  }
}
