/** Programs that send their traffic through a gateway: curl, Python's requests, and a tunnel that counts for itself. */
import net from 'node:net';
import { run } from './run.ts';

export interface Credentials {
  username: string;
  password: string;
}

export interface CurlResult {
  exitCode: number | null;
  /** Of the last response, 0 when there was none. */
  status: number;
  /** Of the answer to CONNECT, 0 when there was none. */
  connectStatus: number;
  headBytes: number;
  bodyBytes: number;
}

export interface CurlOptions {
  gatewayUrl: string;
  credentials?: Credentials;
  certificateFile?: string;
  args?: string[];
}

/** Against hanging. What was relayed to a curl that gives up counts, and curl does not count it: it is longer than a machine stands still. */
const MAX_SECONDS = '120';
const CURL_FORM = '%{http_code} %{http_connect} %{size_header} %{size_download}';

export async function curl(
  url: string,
  { gatewayUrl, credentials, certificateFile, args = [] }: CurlOptions,
): Promise<CurlResult> {
  const login = credentials ? ['-U', `${credentials.username}:${credentials.password}`] : [];
  const trust = certificateFile === undefined ? [] : ['--cacert', certificateFile];
  const quiet = ['-s', '-o', '/dev/null', '-w', CURL_FORM, '--noproxy', '', '--max-time', MAX_SECONDS];
  const finished = await run('curl', [...quiet, '-x', gatewayUrl, ...login, ...trust, ...args, url]);
  const [status, connectStatus, headBytes, bodyBytes] = finished.stdout.split(' ').map(Number);
  return {
    exitCode: finished.code,
    status: status!,
    connectStatus: connectStatus!,
    headBytes: headBytes!,
    bodyBytes: bodyBytes!,
  };
}

const PYTHON = `
import json, sys, requests
job = json.loads(sys.argv[1])
session = requests.Session()
session.trust_env = False
session.proxies = {'http': job['proxy'], 'https': job['proxy']}
session.verify = job['certificate']
answers = []
for call in job['calls']:
    body = b'x' * call['upload'] if call['upload'] else None
    response = session.request(call['method'], call['url'], data=body)
    answers.append({'status': response.status_code, 'bytes': len(response.content), 'text': response.text[:20]})
session.close()
print(json.dumps(answers))
`;

export interface PythonCall {
  method: string;
  url: string;
  /** Length of the request's body. */
  upload: number;
}

/** One session of Python's requests: connections are kept between the calls, as a scraper does. */
export async function pythonRequests(
  proxyUrl: string,
  certificateFile: string,
  calls: PythonCall[],
): Promise<{ status: number; bytes: number; text: string }[]> {
  const job = JSON.stringify({ proxy: proxyUrl, certificate: certificateFile, calls });
  const finished = await run('python3', ['-c', PYTHON, job]);
  if (finished.code !== 0) throw new Error(finished.stderr);
  return JSON.parse(finished.stdout);
}

/** The gateway's address with a login in it, as scripts write it. */
export function proxyUrlOf(gatewayUrl: string, { username, password }: Credentials): string {
  const url = new URL(gatewayUrl);
  url.username = username;
  url.password = password;
  return url.href.replace(/\/$/, '');
}

/** A CONNECT tunnel that counts what comes through it. */
export class Tunnel {
  /** Of the answer to CONNECT. */
  readonly status: number;
  readonly socket: net.Socket;
  /** After the answer to CONNECT. */
  receivedBytes = 0;
  /** Told of every arrival, with the count so far. */
  onBytes: ((receivedBytes: number) => void) | undefined;
  readonly closed: Promise<void>;
  isClosed = false;

  private constructor(status: number, socket: net.Socket, early: Buffer) {
    this.status = status;
    this.socket = socket;
    this.receivedBytes = early.length;
    socket.on('data', (bytes: Buffer) => {
      this.receivedBytes += bytes.length;
      this.onBytes?.(this.receivedBytes);
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.isClosed = true;
        resolve();
      });
    });
  }

  /** Without credentials, the client is known by its address, or not at all. */
  static open(gatewayUrl: string, credentials: Credentials | undefined, authority: string): Promise<Tunnel> {
    const { hostname, port } = new URL(gatewayUrl);
    const login =
      credentials && Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
    const authorization = login === undefined ? '' : `Proxy-Authorization: Basic ${login}\r\n`;
    const socket = net.connect({ host: hostname, port: Number(port), noDelay: true });
    return new Promise((resolve, reject) => {
      let head = Buffer.alloc(0);
      const onData = (bytes: Buffer) => {
        head = Buffer.concat([head, bytes]);
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        socket.off('data', onData);
        socket.off('close', onClose);
        const status = Number(head.toString('latin1', 9, 12));
        resolve(new Tunnel(status, socket, head.subarray(end + 4)));
      };
      const onClose = () => reject(new Error('the gateway closed without an answer to CONNECT'));
      socket.on('data', onData);
      socket.on('close', onClose);
      // Resets show as a close.
      socket.on('error', () => {});
      socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${authorization}\r\n`);
    });
  }

  /** Asks the web server at the other end. Answers the length of the request. */
  get(path: string, authority: string): number {
    const request = `GET ${path} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`;
    this.socket.write(request);
    return request.length;
  }

  close(): Promise<void> {
    this.socket.destroy();
    return this.closed;
  }
}

/**
 * Downloads `bodyBytes` through a tunnel of its own. Answers when all of it is there, when the gateway has cut the tunnel,
 * or when it refused to make one.
 */
export async function download(
  gatewayUrl: string,
  credentials: Credentials,
  authority: string,
  bodyBytes: number,
): Promise<{ status: number; receivedBytes: number; isComplete: boolean }> {
  const tunnel = await Tunnel.open(gatewayUrl, credentials, authority);
  if (tunnel.status !== 200) {
    await tunnel.close();
    return { status: tunnel.status, receivedBytes: 0, isComplete: false };
  }
  const body = new Promise<void>((resolve) => {
    // A head of less than 1 KB comes before the body; the server keeps the connection, so the length tells the end.
    let head = '';
    let headBytes = 0;
    tunnel.socket.on('data', (bytes: Buffer) => {
      if (headBytes === 0) {
        head += bytes.toString('latin1');
        headBytes = head.indexOf('\r\n\r\n') + 4;
        if (headBytes < 4) headBytes = 0;
      }
      if (headBytes > 0 && tunnel.receivedBytes >= headBytes + bodyBytes) resolve();
    });
  });
  tunnel.get(`/bytes/${bodyBytes}`, authority);
  const isComplete = await Promise.race([body.then(() => true), tunnel.closed.then(() => false)]);
  await tunnel.close();
  return { status: 200, receivedBytes: tunnel.receivedBytes, isComplete };
}
