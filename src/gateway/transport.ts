/** How connections are made and accepted: what the two relays, on the system's sockets and on `net.Socket`, have in common. */
import type { Leg } from './leg.ts';
import type { GatewayLog } from './log.ts';
import { portableTransport } from './net-transport.ts';
import { type FastOptions, fastTransport } from './socket-transport.ts';
import { checkTransport } from './transport-check.ts';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * A socket that listens already, or is bound, and is taken over: Node's own handle of it, or its descriptor, which nobody else in
 * this process may use.
 */
export type OpenedSocket = { readonly handle: object } | { readonly fd: number };

export interface ListenTarget extends ListenAddress {
  /** Used in place of opening one at the address. */
  readonly opened?: OpenedSocket | undefined;
}

export interface Listening {
  readonly address: ListenAddress;
  readonly isListening: boolean;
  /** Accepts no more. What was accepted stays. */
  close(): void;
}

/** A leg that is, or was, being connected. */
export interface DialledLeg extends Leg {
  /** Why it closed, when it did not close in peace. */
  readonly error: Error | undefined;
}

export interface Accepting {
  accepted(client: Leg): void;
  /** Accepting failed; it goes on. */
  failed(error: Error): void;
}

export interface Transport {
  readonly name: 'fast' | 'portable';
  /** Rejects when the address cannot be listened on. */
  listen(target: ListenTarget, accepting: Accepting): Promise<Listening>;
  /**
   * Connects to an address (never a name), from the local address `source` where one is given. `connected` is called once it
   * stands; when it cannot, the leg closes instead, with an error whose `syscall` is `bind` when `source` is to blame.
   */
  connect(address: string, port: number, connected: () => void, source?: string): DialledLeg;
}

/** The fast one where it proves to work on this machine and this Node. Rejects when it was asked for by name and does not. */
export async function chooseTransport(
  relay: 'auto' | 'fast' | 'portable',
  log: GatewayLog,
  options?: FastOptions,
): Promise<Transport> {
  if (relay === 'portable') return portableTransport();
  try {
    const transport = fastTransport(options);
    await checkTransport(transport);
    return transport;
  } catch (error) {
    if (relay === 'fast') throw new Error('the fast relay does not work here', { cause: error });
    log.warn({ err: error }, 'the fast relay does not work here; the portable one is used');
    return portableTransport();
  }
}
