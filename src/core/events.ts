/**
 * What one process tells all others on the same database, the moment it is committed: credentials changed, a key was
 * revoked, a lease is wanted back. PostgreSQL's NOTIFY carries it, so an event is sent exactly when its change is there.
 */
import type { Sql, Tx } from '../db/client.ts';
import type { Product } from '../shared/products.ts';
import type { LimitSubject } from './limits/service-limits.ts';
import type { TunnelFilter } from './tunnels/tunnels.ts';

export type CoreEvent =
  | { kind: 'subuser-changed'; subuserId: string; cut: 'none' | 'all' | 'by-address' }
  | { kind: 'lease-recall'; subuserId: string; product: Product; exceptSession?: string }
  /** `cut`: some of its tunnels may no longer be allowed. */
  | { kind: 'subscription-changed'; subscriptionId: string; cut: boolean }
  /** Another session lacks seats: those that lie idle are wanted back. */
  | { kind: 'seats-recall'; subscriptionId: string; exceptSession: string }
  /** Somebody waits for gateways to say which tunnels are open; with `cut`, they end them. */
  | { kind: 'tunnels-asked'; requestId: string; filter: TunnelFilter; limit: number; cut: boolean }
  /** Absent subject: of the installation or of a reseller, so of anybody. */
  | { kind: 'limits-changed'; subject?: LimitSubject }
  /** Another session needs a part of this limit: who holds more than `fairUnits`, or more than it needs, gives it back. */
  | {
      kind: 'share-recall';
      subject: LimitSubject;
      what: 'tunnels' | 'rate';
      fairUnits: number;
      exceptSession: string;
    }
  | { kind: 'exits-changed' }
  | { kind: 'keys-changed' }
  /** A person or a session is no longer what it was. */
  | { kind: 'people-changed' }
  | { kind: 'nodes-changed' };

/** `resync`: the connection was lost for a while, events may have been missed. */
export type EventListener = (event: CoreEvent | { kind: 'resync' }) => void;

const CHANNEL = 'headgate_event';

/** Sends an event when the transaction commits. */
export async function sendEvent(tx: Tx | Sql, event: CoreEvent): Promise<void> {
  await tx`SELECT pg_notify(${CHANNEL}, ${JSON.stringify(event)})`;
}

export class Events {
  readonly #listeners = new Set<EventListener>();
  #stop: (() => Promise<void>) | undefined;

  /** Answers how to stop listening. */
  on(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Starts to listen. The connection is kept and renewed by the driver; every renewal is told as `resync`. */
  async start(sql: Sql): Promise<void> {
    let connected = false;
    const subscription = await sql.listen(
      CHANNEL,
      (payload) => this.#tell(JSON.parse(payload) as CoreEvent),
      () => {
        if (connected) this.#tell({ kind: 'resync' });
        connected = true;
      },
    );
    this.#stop = () => subscription.unlisten();
  }

  async stop(): Promise<void> {
    await this.#stop?.();
    this.#listeners.clear();
  }

  #tell(event: CoreEvent | { kind: 'resync' }): void {
    for (const listener of this.#listeners) listener(event);
  }
}
