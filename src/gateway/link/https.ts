/**
 * gateway ── a call each, over a few kept connections ──▶ control API
 *         ◀── events, over one connection of their own ──
 */
import http from 'node:http';
import https from 'node:https';
import type { GatewayLog } from '../log.ts';
import { SessionOver } from '../session-over.ts';
import { afterSilence, systemTimers, type Timer, type Timers } from '../timers.ts';
import { CALLS } from './calls.ts';
import { hasForm } from './check.ts';
import { CARRIED_EVENT, type CarriedEvent } from './events.ts';
import type { Carrier, Question } from './link.ts';
import { Lines, type News, SILENCE_LIMIT_MS } from './news.ts';

/** The control side has read the token and wants nothing of who bears it. */
export class NodeRefused extends Error {
  override name = 'NodeRefused';
}

export interface HttpsCarrierOptions {
  /** Of the server; the control API's path comes behind. */
  readonly url: URL;
  readonly token: string;
  /** Certificate authorities in PEM, instead of the ones that Node trusts. */
  readonly ca?: string | undefined;
  readonly log: GatewayLog;
  readonly timers?: Timers;
  readonly callTimeoutMs?: number;
}

const PATH = '/api/control/v1/';
const CALL_TIMEOUT_MS = 5_000;
const CALL_CONNECTIONS = 8;
const ANSWER_LIMIT_BYTES = 16 * 1024 * 1024;
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 2_000;
/** While events cannot be had and calls can, what is cached is forgotten this often. */
const BLIND_RESYNC_MS = 1_000;

interface Answer {
  readonly status: number;
  readonly text: string;
}

export class HttpsCarrier implements Carrier {
  readonly #base: URL;
  readonly #options: HttpsCarrierOptions;
  readonly #timers: Timers;
  readonly #client: typeof http | typeof https;
  readonly #agent: http.Agent;
  readonly #listeners = new Set<(event: CarriedEvent) => void>();
  #stream: http.ClientRequest | undefined;
  /** A first line has come. */
  #isHearing = false;
  #isDeaf = false;
  #at: string | undefined;
  #retry: Timer | undefined;
  #retryAfterMs = FIRST_RETRY_MS;
  #resyncedAtMs = Number.NEGATIVE_INFINITY;
  #isClosed = false;

  constructor(options: HttpsCarrierOptions) {
    this.#options = options;
    this.#timers = options.timers ?? systemTimers;
    this.#base = new URL(options.url);
    this.#base.pathname = this.#base.pathname.replace(/\/$/, '') + PATH;
    this.#client = this.#base.protocol === 'https:' ? https : http;
    this.#agent = new this.#client.Agent({ keepAlive: true, maxSockets: CALL_CONNECTIONS });
  }

  /** The name by which the control side knows this node. Rejects with NodeRefused, or another error when it is away. */
  async introduce(): Promise<string> {
    const { status, text } = await this.#send('GET', 'node');
    if (status !== 200) throw refusalOf(status, text);
    const { name } = JSON.parse(text) as { name: unknown };
    if (typeof name !== 'string') throw new Error('the control side answered what is no node');
    return name;
  }

  async ask({ call, sessionId, sequence, args }: Question): Promise<unknown> {
    const { parameters, answer: form } = CALLS[call];
    const fields = Object.fromEntries(parameters.map(({ name }, index) => [name, args[index]]));
    const body = JSON.stringify({ session: sessionId, sequence, ...fields });
    const { status, text } = await this.#send('POST', call, body);
    if (status !== 200 && status !== 204) throw refusalOf(status, text);
    const answer = status === 204 ? undefined : (JSON.parse(text) as unknown);
    if (!hasForm(form.schema, answer)) throw new Error(`the control side answered ${call} in no known form`);
    this.#resyncIfBlind();
    return answer;
  }

  onEvent(listener: (event: CarriedEvent) => void): () => void {
    this.#listeners.add(listener);
    if (this.#stream === undefined) this.#listen();
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    this.#isClosed = true;
    this.#retry?.cancel();
    this.#stream?.destroy();
    this.#agent.destroy();
  }

  /** Every call may arrive twice, so one that met a kept connection at its end is sent again at once. */
  async #send(method: 'GET' | 'POST', call: string, body?: string): Promise<Answer> {
    try {
      return await this.#sendOnce(method, call, body);
    } catch (error) {
      if (!(error instanceof StaleConnection) || this.#isClosed) throw error;
      return this.#sendOnce(method, call, body);
    }
  }

  #sendOnce(method: 'GET' | 'POST', call: string, body?: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const timeoutMs = this.#options.callTimeoutMs ?? CALL_TIMEOUT_MS;
      const request = this.#request(method, call, this.#agent);
      const timer = afterSilence(this.#timers, timeoutMs, () =>
        request.destroy(new Error(`no answer within ${timeoutMs} ms`)),
      );
      const fail = (error: Error) => {
        timer.cancel();
        const isStale = request.reusedSocket && STALE_CODES.has((error as NodeJS.ErrnoException).code ?? '');
        reject(isStale ? new StaleConnection(error.message, { cause: error }) : error);
      };
      request.on('error', fail);
      request.on('response', (response) => {
        const pieces: Buffer[] = [];
        let bytes = 0;
        response.on('data', (piece: Buffer) => {
          bytes += piece.length;
          if (bytes > ANSWER_LIMIT_BYTES) request.destroy(new Error('the answer is too large'));
          else pieces.push(piece);
        });
        response.on('error', fail);
        response.on('end', () => {
          timer.cancel();
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString('utf8') });
        });
      });
      if (body !== undefined) request.setHeader('content-type', 'application/json');
      request.end(body);
    });
  }

  #request(method: string, path: string, agent: http.Agent | false): http.ClientRequest {
    const { token, ca } = this.#options;
    return this.#client.request(new URL(path, this.#base), {
      method,
      agent,
      headers: { authorization: `Bearer ${token}` },
      ...(ca !== undefined && { ca }),
    });
  }

  #listen(): void {
    const lines = new Lines();
    const query = this.#at === undefined ? '' : `?after=${encodeURIComponent(this.#at)}`;
    const stream = this.#request('GET', `events${query}`, false);
    this.#stream = stream;
    let silence: Timer | undefined;
    let isOver = false;
    const expectLine = (withinMs: number) => {
      silence?.cancel();
      silence = afterSilence(this.#timers, withinMs, () => over(new Error('nothing was heard for too long')));
    };
    const over = (error: Error) => {
      if (isOver) return;
      isOver = true;
      silence?.cancel();
      stream.destroy();
      this.#lost(error);
    };
    expectLine(CALL_TIMEOUT_MS);
    stream.on('error', over);
    stream.on('close', () => over(new Error('the connection was closed')));
    stream.on('response', (response) => {
      response.on('error', over);
      if (response.statusCode !== 200) {
        over(refusalOf(response.statusCode ?? 0, ''));
        return;
      }
      response.setEncoding('utf8').on('data', (text: string) => {
        try {
          for (const line of lines.add(text)) {
            this.#hear(JSON.parse(line) as News);
            expectLine(SILENCE_LIMIT_MS);
          }
        } catch (error) {
          over(error as Error);
        }
      });
      response.on('end', () => over(new Error('the connection was closed')));
    });
    stream.end();
  }

  #hear({ at, event }: News): void {
    this.#isHearing = true;
    this.#retryAfterMs = FIRST_RETRY_MS;
    if (this.#isDeaf) this.#options.log.info({}, 'events of the control side are heard again');
    this.#isDeaf = false;
    if (event !== undefined) {
      // What a later version tells may concern anything.
      this.#tell(hasForm(CARRIED_EVENT.schema, event) ? event : { kind: 'resync' });
    }
    if (at !== undefined) this.#at = at;
  }

  #lost(error: Error): void {
    this.#isHearing = false;
    if (this.#isClosed) return;
    if (!this.#isDeaf) this.#options.log.warn({ err: error }, 'events of the control side are not heard');
    this.#isDeaf = true;
    this.#retry = this.#timers.after(this.#retryAfterMs, () => this.#listen());
    this.#retryAfterMs = Math.min(LAST_RETRY_MS, this.#retryAfterMs * 2);
  }

  #resyncIfBlind(): void {
    if (this.#isHearing || this.#timers.nowMs() - this.#resyncedAtMs < BLIND_RESYNC_MS) return;
    this.#tell({ kind: 'resync' });
  }

  #tell(event: CarriedEvent): void {
    if (event.kind === 'resync') this.#resyncedAtMs = this.#timers.nowMs();
    for (const listener of this.#listeners) listener(event);
  }
}

class StaleConnection extends Error {}

const STALE_CODES = new Set(['ECONNRESET', 'EPIPE']);

function refusalOf(status: number, text: string): Error {
  if (status === 401 || status === 403) {
    return new NodeRefused('the control side refuses the node token: it is revoked, expired or mistyped');
  }
  const { code, detail } = problemOf(text);
  if (code === 'session_over') return new SessionOver(detail);
  return new Error(`the control side answered ${status}${detail === undefined ? '' : `: ${detail}`}`);
}

function problemOf(text: string): { code?: string | undefined; detail?: string | undefined } {
  try {
    const { code, detail } = JSON.parse(text) as Record<string, unknown>;
    return {
      code: typeof code === 'string' ? code : undefined,
      detail: typeof detail === 'string' ? detail : undefined,
    };
  } catch {
    return {};
  }
}
