/** A gateway in a thread of its own: the same as in the main thread, with its link and its log over ports. */
import { parentPort, workerData } from 'node:worker_threads';
import { createGateway } from '../gateway.ts';
import { linkOver } from '../link/link.ts';
import { portCarrier } from '../link/port.ts';
import type { GatewayLog } from '../log.ts';
import { TlsFilesUnusable } from '../tls-certificate.ts';
import { chooseTransport } from '../transport.ts';
import { type Order, type Report, SNAPSHOT_EVERY_MS, type ThreadData } from './messages.ts';

const main = parentPort!;
const { settings, relay, descriptors, opened, link } = workerData as ThreadData;
const report = (said: Report) => main.postMessage(said);

const log: GatewayLog = {
  info: (fields, text) => report({ kind: 'log', level: 'info', fields: plain(fields), text }),
  warn: (fields, text) => report({ kind: 'log', level: 'warn', fields: plain(fields), text }),
};

const transport = await chooseTransport(relay, log, { opened: new Uint8Array(opened) });
const gateway = createGateway({
  ...settings,
  opened: { plain: { fd: descriptors.plain }, tls: tlsSocket() },
  transport,
  link: linkOver(portCarrier(link)),
  neighbours: {
    tell: (news) => report({ kind: 'guess', news }),
    listen: (hear) => main.on('message', (order: Order) => order.kind === 'guess' && hear(order.news)),
  },
  log,
});

const snapshot = () =>
  report({
    kind: 'snapshot',
    listening: gateway.listening,
    linked: gateway.linked,
    stats: gateway.stats(),
    exits: gateway.exitStats(),
    counters: gateway.counters,
  });

main.on('message', (order: Order) => {
  if (order.kind === 'cut') gateway.cut();
  else if (order.kind === 'stop') void gateway.stop(order.options).then(end);
});

try {
  const address = await gateway.start();
  snapshot();
  setInterval(snapshot, SNAPSHOT_EVERY_MS).unref();
  report({ kind: 'started', address, relay: transport.name });
} catch (error) {
  report({
    kind: 'failed',
    message: (error as Error).message,
    isTlsFiles: error instanceof TlsFilesUnusable,
  });
  await gateway.stop();
  end();
}

function tlsSocket() {
  return descriptors.tls === undefined ? undefined : { fd: descriptors.tls };
}

function end(): void {
  link.close();
  main.close();
}

/** Errors lose what is theirs on the way, and other things may not pass at all. */
function plain(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value instanceof Error ? { type: value.name, message: value.message, stack: value.stack } : value,
    ]),
  );
}
