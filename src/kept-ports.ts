/**
 * Listening sockets that outlive this process: they are kept by the launcher (bin/keeper.mjs), which hands them to the server that
 * takes our place. It gives one as often as it is asked for, with a descriptor of its own each time.
 */
import net from 'node:net';

/** Node's own handle of a socket that is bound and listens. */
export interface KeptSocket {
  readonly fd: number;
}

interface Tell {
  readonly tell: 'socket' | 'hand-over';
  readonly id: number;
  readonly isKept: boolean;
}

interface Place {
  /** A kept socket is found by it. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

const BACKLOG = 4096;

export class KeptPorts {
  readonly #taking = new Map<number, (socket: KeptSocket | undefined) => void>();
  #lastId = 0;
  #onHandOver: () => void = () => {};

  /** The ports of this process; undefined where no launcher keeps any. */
  static find(): KeptPorts | undefined {
    return process.send === undefined ? undefined : new KeptPorts();
  }

  private constructor() {
    process.on('message', (told: Tell, handle: unknown) =>
      this.#hear(told, handle as KeptSocket | undefined),
    );
    // Without a launcher the server goes on as it is.
    process.on('disconnect', () => {
      for (const id of [...this.#taking.keys()]) this.#settle(id, undefined);
    });
    // The channel is no reason to go on living, unless an answer is waited for.
    process.channel?.unref();
  }

  /** Told when another server is ready to serve, on the same sockets. */
  onHandOver(listener: () => void): void {
    this.#onHandOver = listener;
  }

  /** This server is ready: one that was before it may finish. `canHandOver`: another may run beside it. */
  ready(canHandOver: boolean): void {
    process.send?.({ ask: 'ready', canHandOver });
  }

  /** The socket that the server before us had under that name, or else a new one. Rejects when it cannot listen there. */
  async open(place: Place): Promise<KeptSocket> {
    const kept = await this.#take(place.name);
    if (kept !== undefined) return kept;
    await this.#keepNew(place);
    return (await this.#take(place.name))!;
  }

  #take(name: string): Promise<KeptSocket | undefined> {
    if (!process.connected) return Promise.resolve(undefined);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((settle) => {
      this.#taking.set(id, settle);
      process.channel?.ref();
      process.send?.({ ask: 'take', id, name }, undefined, {}, (error) => {
        if (error) this.#settle(id, undefined);
      });
    });
  }

  #settle(id: number, socket: KeptSocket | undefined): void {
    const settle = this.#taking.get(id);
    this.#taking.delete(id);
    if (this.#taking.size === 0) process.channel?.unref();
    settle?.(socket);
  }

  async #keepNew({ name, host, port }: Place): Promise<void> {
    // Nobody is served before the process is ready: who comes so early is sent away.
    const server = net.createServer((socket) => socket.destroy());
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, backlog: BACKLOG }, resolve);
    });
    const { _handle: handle } = server as unknown as { _handle: net.Server };
    await new Promise<void>((resolve, reject) => {
      process.send?.({ ask: 'keep', name }, handle, {}, (error) => (error ? reject(error) : resolve()));
    });
    server.close();
  }

  #hear({ tell, id, isKept }: Tell, handle: KeptSocket | undefined): void {
    if (tell === 'hand-over') {
      this.#onHandOver();
      return;
    }
    this.#settle(id, isKept ? handle : undefined);
  }
}
