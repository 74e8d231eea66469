/**
 * What one process tells all others on the same database, the moment it is committed: credentials changed, a key was
 * revoked, a lease is wanted back. PostgreSQL's NOTIFY carries it, so an event is sent exactly when its change is there.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
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

/** `resync`: events may have been missed, or cannot be had for the moment. */
export type EventListener = (event: CoreEvent | { kind: 'resync' }) => void;

const CHANNEL = 'headgate_event';
/** So often each process tells itself something, to see that it hears. */
const ECHO_EVERY_MS = 1_000;
/** One may still lie in the socket when this process itself was held up. */
const DEAF_AFTER_ECHOES = 2;

/** Sends an event when the transaction commits. */
export async function sendEvent(tx: Tx | Sql, event: CoreEvent): Promise<void> {
  await tx`SELECT pg_notify(${CHANNEL}, ${JSON.stringify(event)})`;
}

export class Events {
  readonly #listeners = new Set<EventListener>();
  readonly #ending = new AbortController();
  #stop: (() => Promise<void>) | undefined;
  #heard = 0;
  #isHearing = true;

  /** Answers how to stop listening. */
  on(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Starts to listen. The connection is kept and renewed by the driver; every renewal is told as `resync`. One that has died without a word
   * (a firewall that forgot it) is noticed by what this process tells itself: until it is heard again, `resync` is told every second.
   */
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
    const channel = `headgate_echo_${randomUUID()}`;
    const echo = await sql.listen(channel, (payload) => {
      this.#heard = Number(payload);
    });
    void this.#watch(sql, channel);
    this.#stop = async () => {
      this.#ending.abort();
      // On a connection that is dead, nobody would answer.
      if (this.#isHearing) await Promise.all([subscription.unlisten(), echo.unlisten()]);
    };
  }

  async stop(): Promise<void> {
    await this.#stop?.();
    this.#listeners.clear();
  }

  async #watch(sql: Sql, channel: string): Promise<void> {
    const { signal } = this.#ending;
    for (let told = 1; ; told += 1) {
      // Where the database is away as a whole, the driver listens anew when it is back.
      const isTold = await sql.notify(channel, String(told)).then(
        () => true,
        () => false,
      );
      await setTimeout(ECHO_EVERY_MS, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      if (!isTold) continue;
      this.#isHearing = told - this.#heard < DEAF_AFTER_ECHOES;
      if (!this.#isHearing) this.#tell({ kind: 'resync' });
    }
  }

  #tell(event: CoreEvent | { kind: 'resync' }): void {
    for (const listener of this.#listeners) listener(event);
  }
}
