/** The control API of a test's core, on a real port, and carriers to it. */
import { MessageChannel } from 'node:worker_threads';
import { inProcessCarrier } from '../../src/api/control/in-process.ts';
import type { CarriedEvent } from '../../src/gateway/link/events.ts';
import { HttpsCarrier } from '../../src/gateway/link/https.ts';
import type { Carrier } from '../../src/gateway/link/link.ts';
import { portCarrier, servePort } from '../../src/gateway/link/port.ts';
import { silentLog } from '../../src/gateway/log.ts';
import type { TestApi } from './api.ts';

export interface Opened {
  readonly carrier: Carrier;
  close(): void;
}

export interface ControlSide {
  readonly url: URL;
  /** A token of a new node. */
  mint(name: string): Promise<string>;
  https(token: string, url?: URL): HttpsCarrier;
  /** Every way by which a question can come, by its name. */
  readonly ways: Record<'in process' | 'port' | 'HTTPS', () => Promise<Opened>>;
}

export async function startControl(api: TestApi): Promise<ControlSide> {
  const url = new URL(await api.app.listen({ host: '127.0.0.1', port: 0 }));
  let lastNode = 0;
  const mint = async (name: string) => (await api.core.nodes.create(api.operator, { name })).secret;
  // However busy the machine is.
  const patiently = { log: silentLog, callTimeoutMs: 60_000 };
  const https = (token: string, target = url) => new HttpsCarrier({ url: target, token, ...patiently });
  const inProcess = () => inProcessCarrier(api.core, { name: 'test', ownsName: false });
  return {
    url,
    mint,
    https,
    ways: {
      'in process': async () => ({ carrier: inProcess(), close: () => {} }),
      port: async () => {
        const { port1, port2 } = new MessageChannel();
        servePort(port1, inProcess());
        return { carrier: portCarrier(port2), close: () => port1.close() };
      },
      HTTPS: async () => {
        lastNode += 1;
        const carrier = https(await mint(`way-${lastNode}`));
        return { carrier, close: () => carrier.close() };
      },
    },
  };
}

/** Events as they come. */
export function heard(carrier: Carrier): CarriedEvent[] {
  const events: CarriedEvent[] = [];
  carrier.onEvent((event) => events.push(event));
  return events;
}
