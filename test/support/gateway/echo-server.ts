/**
 * A program that echoes on the relay named by its argument, and ends by itself when it is told to close on its standard input and
 * nothing is open any more. Says where it listens, and which attempts to accept failed.
 */
import { createInterface } from 'node:readline';
import { silentLog } from '../../../src/gateway/log.ts';
import { chooseTransport } from '../../../src/gateway/transport.ts';

const transport = await chooseTransport(process.argv[2] as 'fast' | 'portable', silentLog);
const listening = await transport.listen(
  { host: '127.0.0.1', port: 0 },
  {
    accepted(client) {
      client.attach({
        data(bytes) {
          client.write(bytes);
          return true;
        },
        end: () => client.finish(),
        closed: () => {},
      });
    },
    failed: (error) => process.stdout.write(`failed ${(error as NodeJS.ErrnoException).code}\n`),
  },
);
process.stdout.write(`port ${listening.address.port}\n`);
const lines = createInterface({ input: process.stdin });
lines.on('line', () => {
  listening.close();
  lines.close();
  process.stdin.destroy();
});
