/** Proxies that stand in for the upstreams of exits. */
import net from 'node:net';
import ipaddr from 'ipaddr.js';
import { Server } from 'proxy-chain';
import type { DirectExitSettings, UpstreamExitSettings } from '../../../src/gateway/ports.ts';
import { type Origin, startOrigin } from './origins.ts';

/** What an upstream was asked for. */
export interface Asked {
  username: string;
  password: string;
  host: string;
  port: number;
}

export interface Upstream {
  readonly port: number;
  readonly asked: Asked[];
  close(): Promise<void>;
}

export type Judge = (asked: Asked) => boolean;

/** proxy-chain, a proxy as people run it. Every name is 127.0.0.1 to it. */
export async function startHttpUpstream(
  options: { port?: number; isWelcome?: Judge } = {},
): Promise<Upstream> {
  const asked: Asked[] = [];
  const server = new Server({
    host: '127.0.0.1',
    port: options.port ?? 0,
    prepareRequestFunction: ({ username, password, hostname, port }) => {
      const request = { username, password, host: hostname, port };
      asked.push(request);
      return {
        requestAuthentication: options.isWelcome?.(request) === false,
        dnsLookup: ((_name: string, { all }: { all?: boolean }, done: (...answer: unknown[]) => void) =>
          all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)) as never,
      };
    },
  });
  await server.listen();
  return { port: server.port, asked, close: () => server.close(true) };
}

export interface Socks5Options {
  port?: number;
  /** Without it, no login is asked for. */
  isWelcome?: Judge;
  /** What is answered instead of connecting. */
  reply?: number;
}

/** A small SOCKS5 server: CONNECT only, every name is 127.0.0.1. */
export async function startSocks5Upstream(options: Socks5Options = {}): Promise<Upstream> {
  const asked: Asked[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    serveSocks5(socket, asked, options).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    asked,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

async function serveSocks5(
  socket: net.Socket,
  asked: Asked[],
  { isWelcome, reply }: Socks5Options,
): Promise<void> {
  const read = reader(socket);
  const [, count] = await read(2);
  const methods = await read(count!);
  const method = isWelcome ? 2 : 0;
  if (!methods.includes(method)) {
    socket.end(Buffer.from([5, 0xff]));
    return;
  }
  socket.write(Buffer.from([5, method]));
  const request: Asked = { username: '', password: '', host: '', port: 0 };
  if (isWelcome) {
    await read(1);
    request.username = (await read((await read(1))[0]!)).toString();
    request.password = (await read((await read(1))[0]!)).toString();
    const isRight = isWelcome(request);
    socket.write(Buffer.from([1, isRight ? 0 : 1]));
    if (!isRight) {
      socket.end();
      return;
    }
  }
  const [, , , type] = await read(4);
  if (type === 3) request.host = (await read((await read(1))[0]!)).toString();
  else request.host = ipaddr.fromByteArray([...(await read(type === 1 ? 4 : 16))]).toString();
  request.port = (await read(2)).readUInt16BE();
  asked.push(request);
  if (reply !== undefined) {
    socket.end(Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]));
    return;
  }
  const host = ipaddr.isValid(request.host) ? request.host : '127.0.0.1';
  const target = net.connect(request.port, host);
  target.on('error', () => socket.end(Buffer.from([5, 5, 0, 1, 0, 0, 0, 0, 0, 0])));
  target.on('connect', () => {
    socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
    socket.pipe(target);
    target.pipe(socket);
  });
  socket.on('close', () => target.destroy());
}

/** Reads a number of bytes; the rest stays in the socket for whoever comes next. */
function reader(socket: net.Socket): (count: number) => Promise<Buffer> {
  return async (count) => {
    for (;;) {
      const bytes = count === 0 ? Buffer.alloc(0) : (socket.read(count) as Buffer | null);
      if (bytes !== null) return bytes;
      await new Promise<void>((resolve, reject) => {
        const settle = (then: () => void) => () => {
          for (const name of ['readable', 'end', 'close']) socket.removeAllListeners(name);
          then();
        };
        socket.once('readable', settle(resolve));
        socket.once(
          'end',
          settle(() => reject(new Error('ended'))),
        );
        socket.once(
          'close',
          settle(() => reject(new Error('closed'))),
        );
      });
    }
  };
}

/** An upstream that misbehaves: `serve` gets each connection once its first bytes, in Latin-1, have come. */
export function startBadUpstream(serve: (socket: net.Socket, first: string) => void): Promise<Origin> {
  return startOrigin((socket) => {
    socket.once('data', (bytes: Buffer) => serve(socket, bytes.toString('latin1')));
    socket.on('end', () => socket.end());
  });
}

/** Tells each client the address it comes from, and ends. */
export function startMirror(): Promise<Origin> {
  return startOrigin((socket) => socket.end(socket.remoteAddress!));
}

let nextId = 1;

export function directExit(changes: Partial<DirectExitSettings> = {}): DirectExitSettings {
  const id = `exit_${nextId++}`;
  return {
    id,
    name: id,
    kind: 'direct',
    enabled: true,
    products: ['residential'],
    weight: 1,
    sourceAddresses: [],
    ...changes,
  };
}

export function upstreamExit(
  kind: 'http' | 'socks5',
  port: number,
  changes: Partial<UpstreamExitSettings> = {},
): UpstreamExitSettings {
  const id = `exit_${nextId++}`;
  return {
    id,
    name: id,
    kind,
    enabled: true,
    products: ['residential'],
    weight: 1,
    host: '127.0.0.1',
    port,
    usernameTemplate: '{username}',
    passwordTemplate: '{password}',
    resolve: 'local',
    ...changes,
  };
}
