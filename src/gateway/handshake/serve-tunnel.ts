import type { RefusalCode } from '../answers.ts';
import type { Authority } from '../http/target.ts';
import type { Leg } from '../leg.ts';
import { type ClientIdentity, prohibitionFor, reach, refusalOf, type Service, takeSeat } from '../service.ts';
import { relayTunnel } from '../tunnel.ts';

/**
 * From an identified client to its tunnel, the same for every protocol. `established` is what the client is told once
 * the target is connected. Answers why there is no tunnel; undefined: the connection is a tunnel's now, or gone.
 */
export async function serveTunnel(
  identity: ClientIdentity,
  authority: Authority,
  established: Buffer,
  client: Leg,
  service: Service,
): Promise<RefusalCode | undefined> {
  const prohibition = prohibitionFor(identity, authority, service);
  if (prohibition !== undefined) return prohibition;
  const seating = takeSeat(identity, client, service);
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
    client.write(established);
    relayTunnel(client, target, seat, service);
    return undefined;
  } finally {
    seat.leaveUnlessTaken();
  }
}
