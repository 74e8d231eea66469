/** Which tunnels are open, for those who ask; and their end, for those who may say so. */
import { randomBytes } from 'node:crypto';
import { callLink } from './link-call.ts';
import type { GatewayLog } from './log.ts';
import type { Account, ControlEvent, ControlLink, LiveTunnel, TunnelFilter } from './ports.ts';
import type { Seat, Service } from './service.ts';

type TunnelsAsked = Extract<ControlEvent, { kind: 'tunnels-asked' }>;

export class LiveTunnels {
  readonly #link: ControlLink;
  readonly #service: Service;
  readonly #log: GatewayLog;
  /** No two gateways have the same. */
  readonly #prefix = randomBytes(6).toString('hex');

  constructor(link: ControlLink, service: Service, log: GatewayLog) {
    this.#link = link;
    this.#service = service;
    this.#log = log;
  }

  answer({ requestId, filter, limit, cut }: TunnelsAsked): void {
    const { timers, limits } = this.#service;
    const meant = this.#meantBy(filter);
    const tunnels = meant.slice(0, limit).map((seat) => this.#describe(seat));
    // Listed first: nobody ends without having been told of.
    if (cut) for (const seat of meant) seat.end('revoked');
    callLink(timers, limits.linkCallTimeoutMs, () =>
      this.#link.answerTunnels({ requestId, total: meant.length, tunnels }),
    ).catch((error: unknown) =>
      this.#log.warn({ err: error, requestId }, 'who asked for tunnels was not answered'),
    );
  }

  /** In the order in which they came. */
  #meantBy({ tunnelId, subject, host }: TunnelFilter): Seat[] {
    return [...this.#openOf(subject)].filter(
      (seat) =>
        (tunnelId === undefined || this.#idOf(seat) === tunnelId) &&
        (host === undefined || seat.target?.host === host),
    );
  }

  #openOf(whose: TunnelFilter['subject']): Iterable<Seat> {
    const { parties } = this.#service;
    if (whose === undefined || isAccount(whose)) return parties.seats(whose);
    return parties.partyOf(whose)?.seats ?? [];
  }

  #idOf(seat: Seat): string {
    return `t_${this.#prefix}_${seat.number}`;
  }

  #describe(seat: Seat): LiveTunnel {
    return {
      tunnelId: this.#idOf(seat),
      subject: seat.party.subject,
      protocol: seat.protocol,
      clientAddress: seat.address,
      ...(seat.target && { host: seat.target.host, port: seat.target.port }),
      upBytes: seat.upBytes,
      downBytes: seat.downBytes,
      openForMs: Math.round(this.#service.timers.nowMs() - seat.openedAtMs),
    };
  }
}

function isAccount(whose: NonNullable<TunnelFilter['subject']>): whose is Account {
  return whose.startsWith('account:');
}
