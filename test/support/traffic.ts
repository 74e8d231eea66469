/** Downloads that count themselves, and random numbers that come again. */
import { type Credentials, Tunnel } from './proxy-clients.ts';

/** What one subuser's tunnels have relayed. */
export class Traffic {
  readonly subuser: Credentials;
  readonly #tunnels: Tunnel[] = [];
  /** Both ways. */
  bytes = 0;
  /** Of these, what came to the client. */
  downBytes = 0;

  constructor(subuser: Credentials) {
    this.subuser = subuser;
  }

  async add(gatewayUrl: string, authority: string, path: string): Promise<void> {
    const tunnel = await Tunnel.open(gatewayUrl, this.subuser, authority);
    if (tunnel.status !== 200) throw new Error(`CONNECT was answered ${tunnel.status}`);
    this.#tunnels.push(tunnel);
    let seenBytes = 0;
    const arrived = Promise.withResolvers<void>();
    const requestBytes = tunnel.get(path, authority);
    tunnel.onBytes = (receivedBytes) => {
      // The first answer proves that the request was relayed.
      this.bytes += receivedBytes - seenBytes + (seenBytes === 0 ? requestBytes : 0);
      this.downBytes += receivedBytes - seenBytes;
      seenBytes = receivedBytes;
      arrived.resolve();
    };
    await arrived.promise;
  }

  async over(): Promise<void> {
    await Promise.all(this.#tunnels.map((tunnel) => tunnel.closed));
  }
}

/** Gives the same numbers for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
