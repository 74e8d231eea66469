/** HTTP requests byte for byte as a test wants them, over a socket of their own. */
import net from 'node:net';

export interface RawRequest {
  method: string;
  target: string;
  /** In this order, the same name as often as it is here. Content-Length and Connection are added. */
  headers: readonly (readonly [string, string])[];
  body: Buffer | undefined;
  /** Sends the body in chunks, without saying how long it is. */
  chunked?: boolean;
}

export interface RawResponse {
  status: number;
  headers: ReadonlyMap<string, string>;
  body: string;
}

const GIVE_UP_MS = 90_000;
const LINE = '\r\n';

/** Throws when nothing that could be read as an answer came. */
export async function sendRaw(port: number, request: RawRequest): Promise<RawResponse> {
  return parse(await exchange(port, head(request), request), request.method);
}

function head({ method, target, headers, body, chunked = false }: RawRequest): Buffer {
  const framing = chunked
    ? [['transfer-encoding', 'chunked'] as const]
    : body
      ? [['content-length', String(body.length)] as const]
      : [];
  const all = [['host', '127.0.0.1'], ...headers, ...framing, ['connection', 'close']] as const;
  const lines = all.map(([name, value]) => `${name}: ${value}${LINE}`).join('');
  return Buffer.from(`${method} ${target} HTTP/1.1${LINE}${lines}${LINE}`, 'latin1');
}

function exchange(port: number, headBytes: Buffer, { body, chunked }: RawRequest): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    const pieces: Buffer[] = [];
    socket.setTimeout(GIVE_UP_MS, () => socket.destroy(new Error('no answer in time')));
    socket.on('data', (piece) => pieces.push(piece));
    // A server that has answered may hang up on the rest of a body.
    socket.on('error', (error) => (pieces.length > 0 ? resolve(Buffer.concat(pieces)) : reject(error)));
    socket.on('close', () => resolve(Buffer.concat(pieces)));
    socket.write(headBytes);
    if (body && !chunked) socket.write(body);
    if (body && chunked) {
      // An empty chunk would be the last.
      if (body.length > 0) {
        socket.write(`${body.length.toString(16)}${LINE}`);
        socket.write(body);
        socket.write(LINE);
      }
      socket.write(`0${LINE}${LINE}`);
    }
  });
}

function parse(bytes: Buffer, method: string): RawResponse {
  const text = bytes.toString('utf8');
  const end = text.indexOf(LINE + LINE);
  const [statusLine = '', ...lines] = text.slice(0, end).split(LINE);
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
  if (end < 0 || !status) throw new Error(`no answer but ${JSON.stringify(text.slice(0, 200))}`);
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const body = text.slice(end + 4);
  const length = Number(headers.get('content-length') ?? 0);
  if (method !== 'HEAD' && Buffer.byteLength(body) !== length) {
    throw new Error(`an answer of ${Buffer.byteLength(body)} bytes that says it has ${length}`);
  }
  return { status, headers, body };
}
