import { Networks } from '../shared/networks.ts';
import { machineAddresses } from './addresses.ts';
import { GatewayCounters } from './counters.ts';
import { Credentials } from './credentials.ts';
import { Destinations, systemResolver } from './destination.ts';
import { type ExitStats, Exits } from './exits/exits.ts';
import { Guesses, type Neighbours } from './guesses.ts';
import { JournalFolder, type JournalSettings } from './journal/folder.ts';
import { FileJournal, noJournal } from './journal/journal.ts';
import { canMap } from './journal/mapped-file.ts';
import { Leases } from './leases.ts';
import type { Leg } from './leg.ts';
import { DEFAULT_LIMITS, type GatewayLimits } from './limits.ts';
import { Listener } from './listener.ts';
import { LiveTunnels } from './live-tunnels.ts';
import { type GatewayLog, silentLog } from './log.ts';
import type { Resolver } from './lookups.ts';
import { portableTransport } from './net-transport.ts';
import { Parties } from './parties.ts';
import type { ControlEvent, ControlLink } from './ports.ts';
import { Roster } from './roster.ts';
import type { Service } from './service.ts';
import { Strangers } from './strangers.ts';
import { Subscriptions } from './subscriptions.ts';
import { DelayQueue, systemTimers, type Timers } from './timers.ts';
import { type TlsFiles, TlsListener } from './tls-listener.ts';
import type { ListenAddress, OpenedSocket, Transport } from './transport.ts';

/** What can be said to another thread as it is. */
export interface GatewaySettings {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** CIDRs of private destinations that may be reached. */
  readonly allow?: readonly string[];
  readonly denyPorts?: readonly number[];
  /** A second port on the same host, for clients that speak TLS to their proxy. */
  readonly tls?: TlsFiles & { readonly port: number };
  /** CIDRs of load balancers. They, and nobody else, say by the PROXY protocol who their clients are. */
  readonly proxyProtocolFrom?: readonly string[];
  /** In place of the limits of the same names. */
  readonly handshakes?: number;
  readonly handshakesPerAddress?: number;
  /** Where it keeps what it has relayed and not reported, for its successor. Absent: nowhere. */
  readonly journal?: JournalSettings;
}

/** Sockets to accept on, in place of opening them at the addresses. */
export interface OpenedSockets {
  readonly plain: OpenedSocket;
  readonly tls?: OpenedSocket | undefined;
}

export interface GatewayOptions extends GatewaySettings {
  readonly opened?: OpenedSockets | undefined;
  readonly link: ControlLink;
  /** Gateways on the same port: they count wrong credentials together. */
  readonly neighbours?: Neighbours;
  readonly log?: GatewayLog;
  readonly limits?: Partial<GatewayLimits>;
  readonly resolver?: Resolver;
  readonly timers?: Timers;
  /** Deals out connections among exits; from 0 to below 1. */
  readonly random?: () => number;
  /** By default the portable one. */
  readonly transport?: Transport;
}

export interface GatewayStats {
  readonly clientConnections: number;
  readonly targetConnections: number;
  /** Of these, where nobody was let in yet. */
  readonly handshakes: number;
  /** Tunnels and exchanges that are being served, or wait to be. */
  readonly served: number;
  /** Of these directions, the ones paused for lack of allowance. */
  readonly paused: number;
  readonly leases: number;
}

export interface GatewayAddress extends ListenAddress {
  readonly tlsPort: number | undefined;
}

export interface StopOptions {
  readonly drainMs?: number;
  /** By default 0: a connection on which nothing is asked at the moment is closed. */
  readonly graceMs?: number;
}

export interface Gateway {
  /** Opens a session with the control side and listens. Answers where. Rejects with `TlsFilesUnusable` for such files. */
  start(): Promise<GatewayAddress>;
  /**
   * Accepts no more; who has been accepted may still ask for something for `graceMs`. Lets what is under way finish for
   * `drainMs`, cuts the rest, and reports the exact totals.
   */
  stop(options?: StopOptions): Promise<void>;
  /** Closes every client and target connection now; what a running stop waits for is then over. */
  cut(): void;
  readonly listening: boolean;
  /** Its session with the control side is good at this moment: it may relay. */
  readonly linked: boolean;
  stats(): GatewayStats;
  /** Every exit that is set up, as this process sees it. */
  exitStats(): ExitStats[];
  /** What was counted since it was created. */
  readonly counters: GatewayCounters;
}

const DENIED_PORTS = [25];

export function createGateway(options: GatewayOptions): Gateway {
  const timers = options.timers ?? systemTimers;
  const { handshakes, handshakesPerAddress } = { ...DEFAULT_LIMITS, ...options };
  const limits: GatewayLimits = { ...DEFAULT_LIMITS, handshakes, handshakesPerAddress, ...options.limits };
  const log = options.log ?? silentLog;
  const policy = { allow: options.allow ?? [], denyPorts: options.denyPorts ?? DENIED_PORTS };
  const credentials = new Credentials(options.link, timers, limits);
  const counters = new GatewayCounters();
  const journals = options.journal && new JournalFolder(options.journal, log);
  const transport = options.transport ?? portableTransport();
  // The portable relay keeps to what Node itself has.
  const mayMap = transport.name === 'fast' && options.journal !== undefined && canMap(options.journal.folder);
  const journal = journals ? new FileJournal({ ...journals, timers, log, mayMap }) : noJournal;
  const leases = new Leases(options.link, timers, limits, log, counters, journal, journals);
  const resolver = options.resolver ?? systemResolver;
  const destinations = new Destinations(policy, resolver, timers, limits, addressesHere(log));
  const service: Service = {
    timers,
    limits,
    counters,
    delays: {
      head: new DelayQueue(timers, limits.headTimeoutMs),
      keepAlive: new DelayQueue(timers, limits.keepAliveTimeoutMs),
      connect: new DelayQueue(timers, limits.connectTimeoutMs),
      idle: new DelayQueue(timers, limits.tunnelIdleMs),
      halfClosedIdle: new DelayQueue(timers, limits.halfClosedIdleMs),
    },
    transport,
    credentials,
    guesses: new Guesses(timers, limits, options.neighbours),
    strangers: new Strangers(limits),
    leases,
    subscriptions: new Subscriptions(options.link, leases, credentials, timers, limits, log, journal),
    parties: new Parties(options.link, leases, timers, limits, log),
    destinations,
    exits: new Exits({
      link: options.link,
      destinations,
      dialler: { timers, limits, transport, resolver },
      log,
      random: options.random ?? Math.random,
    }),
    clients: new Roster(),
    targets: new Roster(),
    isStopping: false,
  };
  const introducers = new Networks(options.proxyProtocolFrom ?? []);
  const listener = new Listener(service, introducers, log);
  const tlsListener = options.tls && new TlsListener(options.tls, listener, introducers, service, log);
  let stopping: Promise<void> | undefined;

  const tunnels = new LiveTunnels(options.link, service, log);
  options.link.onEvent((event) => react(event, service, tunnels));

  return {
    async start() {
      await tlsListener?.prepare();
      service.subscriptions.start();
      service.parties.start();
      await leases.start();
      await service.exits.start();
      const address = await listener.listen({ ...options, opened: options.opened?.plain });
      const tlsPort = await tlsListener?.listen(options.host, options.opened?.tls);
      const shown = { ...address, ...(tlsPort !== undefined && { tlsPort }) };
      const ways = { relay: service.transport.name, journal: journal.way };
      log.info({ ...shown, ...ways }, 'the gateway is listening');
      return { ...address, tlsPort };
    },
    stop(options = {}) {
      stopping ??= stop(service, listener, tlsListener, options).then(() => journal.end());
      return stopping;
    },
    cut: () => cutAll(service),
    get listening() {
      return listener.isListening && (tlsListener?.isListening ?? true);
    },
    get linked() {
      return leases.isValid();
    },
    stats: () => ({
      clientConnections: service.clients.size,
      targetConnections: service.targets.size,
      handshakes: service.strangers.count,
      served: service.parties.seatCount,
      paused: leases.holders.reduce((sum, holder) => sum + holder.waiting, waitingElsewhere(service)),
      leases: leases.leaseCount,
    }),
    exitStats: () => service.exits.stats(),
    counters,
  };
}

/** Where the system tells nobody (a service without netlink sockets, for example), it is said once. */
function addressesHere(log: GatewayLog): () => readonly string[] {
  let isTold = false;
  return () => {
    try {
      return machineAddresses();
    } catch (error) {
      if (!isTold)
        log.warn(
          { err: error },
          'the addresses of this machine are not known; clients may reach public ones',
        );
      isTold = true;
      return [];
    }
  };
}

function waitingElsewhere({ subscriptions, parties }: Service): number {
  return subscriptions.waiting + parties.waiting;
}

function react(
  event: ControlEvent,
  { credentials, leases, subscriptions, parties, exits }: Service,
  tunnels: LiveTunnels,
): void {
  switch (event.kind) {
    case 'subuser-changed':
      credentials.forget(event.subuserId);
      for (const seat of parties.partyOf(`subuser:${event.subuserId}`)?.seats ?? []) {
        const isMeant = event.cut === 'all' || (event.cut === 'by-address' && seat.client.by === 'address');
        if (isMeant) seat.end('revoked');
      }
      return;
    case 'quota-added':
      for (const holder of leases.holdersOf(event.subuserId)) {
        if (holder.identity.product === event.product) holder.quotaAdded();
      }
      return;
    case 'lease-recall':
      for (const holder of leases.holdersOf(event.subuserId)) {
        if (holder.identity.product === event.product) holder.giveBack();
      }
      return;
    case 'subscription-changed':
      subscriptions.changed(event.subscriptionId);
      return;
    case 'seats-recall':
      subscriptions.recalled(event.subscriptionId);
      return;
    case 'exits-changed':
      exits.changed();
      return;
    case 'limits-changed':
      credentials.forgetSubject(event.subject);
      parties.changed(event.subject);
      return;
    case 'share-recall':
      parties.recalled(event.subject, event.what, event.fairUnits);
      return;
    case 'tunnels-asked':
      tunnels.answer(event);
      return;
    case 'resync':
      exits.changed();
      credentials.forgetAll();
      parties.changed();
      for (const holder of leases.holders) holder.quotaAdded();
      subscriptions.resync();
      return;
  }
}

async function stop(
  service: Service,
  listener: Listener,
  tlsListener: TlsListener | undefined,
  { drainMs = 0, graceMs = 0 }: StopOptions,
): Promise<void> {
  listener.close();
  tlsListener?.close();
  if (graceMs > 0) await allClosed(service, graceMs);
  service.isStopping = true;
  listener.stop();
  tlsListener?.stop();
  await allClosed(service, drainMs);
  cutAll(service);
  // What is being connected at this moment is destroyed as soon as it finds its client gone.
  await allClosed(service, service.limits.connectTimeoutMs);
  service.exits.stop();
  service.parties.stop();
  await service.subscriptions.stop();
  await service.leases.stop();
}

function cutAll(service: Service): void {
  for (const leg of openLegs(service)) leg.destroy();
}

function openLegs({ clients, targets }: Service): Leg[] {
  return [...[...clients].map(({ client }) => client), ...targets];
}

/** Resolves when no connection is left, at the latest after `withinMs`. */
function allClosed(service: Service, withinMs: number): Promise<void> {
  const { clients, targets, timers } = service;
  return new Promise((resolve) => {
    // On a machine that stood still, what was asked meanwhile is read before the time is up.
    const timer = timers.after(withinMs, () => setImmediate(resolve));
    const check = () => {
      if (clients.size > 0 || targets.size > 0) return;
      timer.cancel();
      resolve();
    };
    for (const leg of openLegs(service)) leg.whenClosed(() => queueMicrotask(check));
    check();
  });
}
