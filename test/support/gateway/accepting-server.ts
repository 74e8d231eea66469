/**
 * Run by the launcher: listens as a gateway does, in a loop that says it is in a rush, or calm, as it is told on its standard input.
 * Greets everybody with the number of descriptors that it accepts on besides the first.
 */
import { readdirSync, readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fastTransport } from '../../../src/gateway/handle-transport.ts';
import { KeptPorts } from '../../../src/kept-ports.ts';

const ports = KeptPorts.find()!;
let isRush = false;
let accepted = 0;
let turns = 0;
let copies = 0;

const transport = fastTransport(undefined, () => {
  // Nothing else is measured here: turns in which one, or many, were accepted.
  turns += isRush ? accepted / 8 : accepted;
  accepted = 0;
  return { turns, idleMs: isRush ? 0 : performance.now() };
});
const listening = await transport.listen(
  {
    host: '127.0.0.1',
    port: 0,
    async copySocket(handle) {
      const copy = await ports.copy(handle);
      copies += 1;
      return copy;
    },
  },
  {
    accepted(client) {
      accepted += 1;
      client.attach({ data: () => true, end: () => client.destroy(), closed: () => {} });
      client.write(Buffer.from(String(copies === 0 ? 0 : descriptorsOfTheSocket() - 1)));
      client.finish();
    },
    failed(error) {
      throw error;
    },
  },
);
process.stdout.write(`port ${listening.address.port}\n`);

/** Connections have sockets of their own; the listening one is the one that several descriptors lead to, or the oldest. */
function descriptorsOfTheSocket(): number {
  const counts = new Map<string, number>();
  for (const name of readdirSync('/proc/self/fd')) {
    try {
      const target = readlinkSync(`/proc/self/fd/${name}`);
      if (target.startsWith('socket:')) counts.set(target, (counts.get(target) ?? 0) + 1);
    } catch {
      // The one that the folder is read with.
    }
  }
  return Math.max(...counts.values());
}

createInterface({ input: process.stdin }).on('line', (word) => {
  if (word === 'close') listening.close();
  else if (word === 'end') process.exit(0);
  else isRush = word === 'rush';
});
