/** What the main thread and a gateway's thread say to each other, besides the link. */
import type { MessagePort } from 'node:worker_threads';
import type { ExitStats } from '../exits/exits.ts';
import type { GatewayAddress, GatewaySettings, GatewayStats, StopOptions } from '../gateway.ts';
import type { GuessNews } from '../guesses.ts';
import type { Transport } from '../transport.ts';

/** Descriptors of listening sockets, which are the thread's from now on. */
export interface Descriptors {
  readonly plain: number;
  readonly tls?: number | undefined;
}

export interface ThreadData {
  readonly settings: GatewaySettings;
  readonly relay: 'auto' | 'fast' | 'portable';
  readonly descriptors: Descriptors;
  /** By descriptor: 1 where the thread has it open. */
  readonly opened: SharedArrayBuffer;
  readonly link: MessagePort;
}

export type Order =
  | { readonly kind: 'stop'; readonly options: StopOptions }
  | { readonly kind: 'cut' }
  | Neighbourly;

/** From one thread to all others, by way of the main one. */
export interface Neighbourly {
  readonly kind: 'guess';
  readonly news: GuessNews;
}

/** How a thread's gateway is at the moment. */
export interface Snapshot {
  readonly listening: boolean;
  readonly linked: boolean;
  readonly stats: GatewayStats;
  readonly exits: ExitStats[];
  /** Its values: what is cloned has no methods. */
  readonly counters: object;
}

export type Report =
  | { readonly kind: 'started'; readonly address: GatewayAddress; readonly relay: Transport['name'] }
  | { readonly kind: 'failed'; readonly message: string; readonly isTlsFiles: boolean }
  | ({ readonly kind: 'snapshot' } & Snapshot)
  | Neighbourly
  | { readonly kind: 'log'; readonly level: 'info' | 'warn'; readonly fields: object; readonly text: string };

export const SNAPSHOT_EVERY_MS = 250;
