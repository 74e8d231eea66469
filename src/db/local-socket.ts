/**
 * A connection to PostgreSQL's UNIX socket that makes few system calls. Batches send half a dozen statements at one moment:
 * the driver would write each by itself, waking the server every time, and Node would take a new 64 KiB buffer for each of
 * the small answers. Here all that is sent in one turn leaves in one write, and answers are read into one buffer.
 */
import { once } from 'node:events';
import net from 'node:net';

const READ_BUFFER_BYTES = 65_536;

/** Connects. The socket has what the driver uses: `data` events, and `write`, whose bytes may be reused after the call. */
export async function openLocalSocket(file: string): Promise<net.Socket> {
  const buffer = Buffer.allocUnsafeSlow(READ_BUFFER_BYTES);
  const socket: net.Socket = net.connect({
    path: file,
    onread: {
      buffer,
      callback: (length) => {
        socket.emit('data', Buffer.from(buffer.subarray(0, length)));
        return true;
      },
    },
  });
  await once(socket, 'connect');
  gatherWrites(socket);
  return socket;
}

function gatherWrites(socket: net.Socket): void {
  const write = socket.write.bind(socket) as (data: Buffer, done: () => void) => boolean;
  let waiting: Buffer[] = [];
  let callbacks: (() => void)[] = [];
  const flush = () => {
    const data = waiting.length === 1 ? waiting[0]! : Buffer.concat(waiting);
    const done = callbacks;
    waiting = [];
    callbacks = [];
    write(data, () => {
      for (const callback of done) callback();
    });
  };
  socket.write = ((data: Uint8Array, done?: () => void) => {
    // After the microtasks of this turn, in which the statements of a batch are made.
    if (waiting.length === 0) process.nextTick(flush);
    waiting.push(Buffer.from(data));
    if (done) callbacks.push(done);
    return true;
  }) as typeof socket.write;
}
