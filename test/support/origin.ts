/**
 * A web server on 127.0.0.1, over HTTP and HTTPS, that counts every byte that passes its TCP connections: for HTTPS those
 * of the TLS records, handshake and closing alert included.
 *
 *   GET  /bytes/N                    N bytes, as fast as they are taken
 *   GET  /paced/N/PIECE/EVERY_MS     N bytes, PIECE of them at a time
 *   any  /upload                     reads the body; answers its length
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import path from 'node:path';
import { Duplex } from 'node:stream';
import { makeTempFolder } from './temp-folder.ts';

export interface ByteCount {
  /** From clients. */
  receivedBytes: number;
  /** To clients. */
  sentBytes: number;
}

export interface Origin {
  readonly http: string;
  readonly https: string;
  /** `127.0.0.1:PORT` of the HTTP server. */
  readonly authority: string;
  /** What an HTTPS client has to trust. */
  readonly certificateFile: string;
  readonly certificate: string;
  /** Since the start, over both servers. */
  readonly count: Readonly<ByteCount>;
  /** Connections open at this moment, over both servers. */
  readonly openConnections: number;
  /** What has passed since `earlier`, a copy of `count`. */
  since(earlier: ByteCount): ByteCount;
  close(): Promise<void>;
}

/** Longer than any test: an idle connection is closed by the client, at a moment the test knows. */
const KEEP_ALIVE_MS = 120_000;
const BLOCK = Buffer.alloc(64 * 1024, 'headgate ');

export async function startOrigin(): Promise<Origin> {
  const folder = makeTempFolder('headgate-origin-');
  const { key, certificate, certificateFile } = makeCertificate(folder);
  const count: ByteCount = { receivedBytes: 0, sentBytes: 0 };
  const sockets = new Set<net.Socket>();
  const plain = http.createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, answer);
  const secure = https.createServer({ key, cert: certificate, keepAliveTimeout: KEEP_ALIVE_MS }, answer);
  secure.on('tlsClientError', () => {});
  const listen = (server: http.Server) => listenCounted(server, count, sockets);
  const [plainListener, secureListener] = await Promise.all([listen(plain), listen(secure)]);
  const authorityOf = (listener: net.Server) => `127.0.0.1:${(listener.address() as net.AddressInfo).port}`;
  return {
    http: `http://${authorityOf(plainListener)}`,
    https: `https://${authorityOf(secureListener)}`,
    authority: authorityOf(plainListener),
    certificateFile,
    certificate,
    count,
    get openConnections() {
      return sockets.size;
    },
    since: (earlier) => ({
      receivedBytes: count.receivedBytes - earlier.receivedBytes,
      sentBytes: count.sentBytes - earlier.sentBytes,
    }),
    async close() {
      const closed = [plainListener, secureListener].map(
        (listener) => new Promise((resolve) => listener.close(resolve)),
      );
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Accepts TCP connections itself, so that they can be counted, and hands them to `server`. */
async function listenCounted(
  server: http.Server,
  count: ByteCount,
  sockets: Set<net.Socket>,
): Promise<net.Server> {
  const listener = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    server.emit('connection', new CountedStream(socket, count));
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return listener;
}

class CountedStream extends Duplex {
  readonly #socket: net.Socket;
  readonly #count: ByteCount;

  constructor(socket: net.Socket, count: ByteCount) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    this.#count = count;
    socket.on('data', (bytes) => {
      count.receivedBytes += bytes.length;
      if (!this.push(bytes)) socket.pause();
    });
    socket.on('end', () => this.push(null));
    // A client that resets is everyday life here.
    socket.on('error', () => {});
    socket.on('close', () => this.destroy());
    this.on('error', () => {});
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#count.sentBytes += bytes.length;
    this.#socket.write(bytes, done);
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }
}

function answer(request: http.IncomingMessage, response: http.ServerResponse): void {
  // Connection and Keep-Alive are for one connection only: a proxy drops them, and would relay fewer bytes than were sent.
  response.removeHeader('connection');
  const [, what, ...numbers] = (request.url ?? '').split('/');
  const [total = 0, piece = BLOCK.length, everyMs = 0] = numbers.map(Number);
  if (what === 'bytes' || what === 'paced') {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': total });
    send(response, total, piece, everyMs);
    return;
  }
  let length = 0;
  request.on('data', (bytes: Buffer) => {
    length += bytes.length;
  });
  request.on('end', () => {
    const body = String(length);
    response.writeHead(200, { 'content-type': 'text/plain', 'content-length': body.length });
    response.end(body);
  });
}

/** The rest of a body, a piece at a time, while there is someone to take it. */
function send(response: http.ServerResponse, left: number, pieceBytes: number, everyMs: number): void {
  if (response.destroyed) return;
  if (left <= 0) {
    response.end();
    return;
  }
  const length = Math.min(left, pieceBytes, BLOCK.length);
  const isTaken = response.write(BLOCK.subarray(0, length));
  const next = () => send(response, left - length, pieceBytes, everyMs);
  if (!isTaken) response.once('drain', next);
  else if (everyMs > 0) setTimeout(next, everyMs);
  else setImmediate(next);
}

function makeCertificate(folder: string) {
  const keyFile = path.join(folder, 'key.pem');
  const certificateFile = path.join(folder, 'certificate.pem');
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  const files = ['-keyout', keyFile, '-out', certificateFile];
  execFileSync('openssl', [...request, '-days', '2', ...names, ...files], { stdio: 'pipe' });
  return {
    key: readFileSync(keyFile, 'utf8'),
    certificate: readFileSync(certificateFile, 'utf8'),
    certificateFile,
  };
}
