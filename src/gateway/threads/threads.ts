/**
 * clients ── one port ──┬── thread: gateway ──┐
 *                       └── thread: gateway ──┴── the main thread's carriers ── control side
 *
 * Each thread is a gateway of its own, with its own session and leases. All accept on the same socket, each with a descriptor of its own.
 * One that dies takes its connections with it; what it relayed is reported from its journal, and another takes its place.
 */
import { MessageChannel, Worker } from 'node:worker_threads';
import { GatewayCounters } from '../counters.ts';
import type { ExitStats } from '../exits/exits.ts';
import type { Gateway, GatewayAddress, GatewaySettings, GatewayStats, StopOptions } from '../gateway.ts';
import type { Carrier } from '../link/link.ts';
import { servePort } from '../link/port.ts';
import type { GatewayLog } from '../log.ts';
import { closeLeftOpen } from '../socket-transport.ts';
import { TlsFilesUnusable } from '../tls-certificate.ts';
import type { Transport } from '../transport.ts';
import { addGrowth } from './growth.ts';
import type { Descriptors, Neighbourly, Order, Report, Snapshot, ThreadData } from './messages.ts';

export interface ThreadsOptions {
  readonly threads: number;
  readonly settings: GatewaySettings;
  readonly relay: ThreadData['relay'];
  /** Descriptors for one more thread, of the sockets that all of them accept on. */
  readonly openSockets: () => Promise<Descriptors>;
  /** The way to the control side, for the gateway with this number. */
  readonly carrierFor: (index: number) => Carrier;
  readonly log: GatewayLog;
}

/** Between the death of a thread and its successor: a fault at the start must not become a storm. */
const REPLACE_AFTER_MS = 250;
/** A connection with a higher number would stay open if its thread died. Few machines allow for as many. */
const MOST_DESCRIPTORS = 2 ** 20;

interface Started {
  readonly address: GatewayAddress;
  readonly relay: Transport['name'];
}

/** A gateway of several threads. */
export class ThreadedGateway implements Gateway {
  /** Of all threads, dead ones too, as they said it last. */
  readonly counters = new GatewayCounters();
  readonly #options: ThreadsOptions;
  readonly #threads: Thread[] = [];
  #relay: Transport['name'] | undefined;
  #isStopping = false;
  #stopping: Promise<void> | undefined;

  constructor(options: ThreadsOptions) {
    this.#options = options;
  }

  /** Known once it has started. */
  get relay(): Transport['name'] | undefined {
    return this.#relay;
  }

  async start(): Promise<GatewayAddress> {
    const { address, relay } = await this.#launch(0);
    this.#relay = relay;
    const others = Array.from({ length: this.#options.threads - 1 }, (_unused, index) =>
      this.#launch(index + 1),
    );
    await Promise.all(others);
    return address;
  }

  async #launch(index: number): Promise<Started> {
    const pass = (said: Neighbourly) => {
      for (const other of this.#threads) if (other !== thread) other?.tell(said);
    };
    const thread = new Thread(index, await this.#options.openSockets(), this.#options, this.counters, pass);
    this.#threads[index] = thread;
    void thread.ended.then((code) => {
      if (this.#isStopping || !thread.hasStarted) return;
      this.#options.log.warn(
        { thread: index, code },
        'a thread of the gateway has died; another takes its place',
      );
      setTimeout(() => this.#replace(index), REPLACE_AFTER_MS).unref();
    });
    return thread.started;
  }

  #replace(index: number): void {
    if (this.#isStopping) return;
    this.#launch(index).catch((error: unknown) => {
      this.#options.log.warn(
        { thread: index, err: error },
        'a thread of the gateway does not start; trying again',
      );
      setTimeout(() => this.#replace(index), REPLACE_AFTER_MS).unref();
    });
  }

  stop(options: StopOptions = {}): Promise<void> {
    this.#isStopping = true;
    this.#stopping ??= Promise.all(
      this.#threads.map((thread) => {
        thread.tell({ kind: 'stop', options });
        return thread.ended;
      }),
    ).then(() => {});
    return this.#stopping;
  }

  cut(): void {
    for (const thread of this.#threads) thread.tell({ kind: 'cut' });
  }

  get listening(): boolean {
    return this.#threads.some((thread) => thread.snapshot?.listening);
  }

  get linked(): boolean {
    return this.#threads.some((thread) => thread.snapshot?.linked);
  }

  /** Of all threads, as they said it last. */
  stats(): GatewayStats {
    const sum = (figure: keyof GatewayStats) =>
      this.#threads.reduce((total, { snapshot }) => total + (snapshot?.stats[figure] ?? 0), 0);
    return {
      clientConnections: sum('clientConnections'),
      targetConnections: sum('targetConnections'),
      handshakes: sum('handshakes'),
      served: sum('served'),
      paused: sum('paused'),
      leases: sum('leases'),
    };
  }

  exitStats(): ExitStats[] {
    const byName = new Map<string, ExitStats>();
    for (const exit of this.#threads.flatMap(({ snapshot }) => snapshot?.exits ?? [])) {
      const before = byName.get(exit.name);
      byName.set(exit.name, {
        ...exit,
        healthy: exit.healthy && (before?.healthy ?? true),
        tunnels: exit.tunnels + (before?.tunnels ?? 0),
        failures: exit.failures + (before?.failures ?? 0),
      });
    }
    return [...byName.values()];
  }
}

class Thread {
  readonly started: Promise<Started>;
  /** With the exit code of the thread. */
  readonly ended: Promise<number>;
  readonly #worker: Worker;
  hasStarted = false;
  snapshot: Snapshot | undefined;

  /** `counters`: where what it counts is added. `pass`: takes what it says to the other threads. */
  constructor(
    index: number,
    descriptors: Descriptors,
    { settings, relay, carrierFor, log }: ThreadsOptions,
    counters: GatewayCounters,
    pass: (said: Neighbourly) => void,
  ) {
    const { port1, port2 } = new MessageChannel();
    servePort(port1, carrierFor(index));
    const { journal } = settings;
    const own = { ...settings, ...(journal && { journal: { ...journal, index } }) };
    const opened = new SharedArrayBuffer(MOST_DESCRIPTORS);
    const data: ThreadData = { settings: own, relay, descriptors, opened, link: port2 };
    this.#worker = new Worker(new URL('./thread.ts', import.meta.url), {
      workerData: data,
      transferList: [port2],
    });
    const { promise, resolve, reject } = Promise.withResolvers<Started>();
    this.started = promise;
    this.#worker.on('message', (report: Report) => {
      switch (report.kind) {
        case 'started':
          this.hasStarted = true;
          resolve(report);
          return;
        case 'failed':
          reject(report.isTlsFiles ? new TlsFilesUnusable(report.message) : new Error(report.message));
          return;
        case 'snapshot':
          addGrowth(counters, report.counters, this.snapshot?.counters);
          this.snapshot = report;
          return;
        case 'guess':
          pass(report);
          return;
        case 'log':
          log[report.level]({ ...report.fields, thread: index }, report.text);
          return;
      }
    });
    this.#worker.on('error', (error) => {
      log.warn({ thread: index, err: error }, 'a thread of the gateway has failed');
      reject(error);
    });
    this.ended = new Promise((ended) => {
      this.#worker.once('exit', (code) => {
        port1.close();
        closeLeftOpen(new Uint8Array(opened));
        this.snapshot = undefined;
        reject(new Error(`the thread has ended with code ${code}`));
        ended(code);
      });
    });
  }

  tell(order: Order): void {
    this.#worker.postMessage(order);
  }
}
