import net from 'node:net';

/** A target, on 127.0.0.1 if not said otherwise, that counts what really passed its sockets. */
export interface Origin {
  readonly port: number;
  readonly authority: string;
  connections: number;
  receivedBytes: number;
  sentBytes: number;
  readonly sockets: Set<net.Socket>;
  close(): Promise<void>;
}

export async function startOrigin(
  serve: (socket: net.Socket, origin: Origin) => void,
  host = '127.0.0.1',
): Promise<Origin> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    origin.connections += 1;
    sockets.add(socket);
    socket.on('data', (bytes) => {
      origin.receivedBytes += bytes.length;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      origin.sentBytes += socket.bytesWritten;
      sockets.delete(socket);
    });
    serve(socket, origin);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as net.AddressInfo;
  const origin: Origin = {
    port,
    authority: `127.0.0.1:${port}`,
    connections: 0,
    receivedBytes: 0,
    sentBytes: 0,
    sockets,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
  return origin;
}

/** Sends back what it gets; its FIN follows the client's. */
export function startEcho(host?: string): Promise<Origin> {
  return startOrigin((socket) => {
    socket.pipe(socket);
  }, host);
}

/** One request head as the origin read it, and the socket to answer on. */
export interface SeenRequest {
  readonly head: string;
  readonly lines: string[];
  readonly socket: net.Socket;
}

/** Answers each head by what `answer` returns; bodies are left to the caller. Keeps connections open. */
export function startHeadOrigin(
  answer: (request: SeenRequest) => string | Buffer | undefined,
): Promise<Origin & { heads: string[] }> {
  const heads: string[] = [];
  return startOrigin((socket) => {
    let text = '';
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const head = text.slice(0, end + 4);
        text = text.slice(end + 4);
        heads.push(head);
        const response = answer({ head, lines: head.trimEnd().split('\r\n'), socket });
        if (response !== undefined) socket.write(response);
      }
    });
    socket.on('end', () => socket.end());
  }).then((origin) => Object.assign(origin, { heads }));
}
