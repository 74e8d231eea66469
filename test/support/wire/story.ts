/** Wire fixtures: requests and the answers they must get, one after the other, against a server that listens. */
import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { differences, fill, type Variables } from './pattern.ts';

const FIXTURES = path.join(import.meta.dirname, '../../dialects/fixtures');

export interface Exchange {
  name: string;
  /** By how much the server's clock is turned before it. */
  afterMs?: number;
  request: {
    method: string;
    path: string;
    /** On top of the chapter's; null takes one away. */
    headers?: Record<string, string | null>;
    /** Sent as JSON. */
    body?: unknown;
    /** Sent as it is. */
    text?: string;
    /** So many bytes of a JSON text. */
    bytes?: number;
  };
  answer: {
    status: number;
    /** Content-Type is JSON unless said otherwise here. */
    headers?: Record<string, string>;
    body: unknown;
  };
}

export interface Chapter {
  file: string;
  /** In front of every path. */
  prefix: string;
  headers: Record<string, string>;
  exchanges: Exchange[];
}

/** A dialect's chapters in the order of their files' names. */
export function readStory(dialect: string): Chapter[] {
  const folder = path.join(FIXTURES, dialect);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, ...JSON.parse(readFileSync(path.join(folder, file), 'utf8')) }));
}

interface RawAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
}

/** Sends one request and answers what is not as the fixture says. */
export async function replay(
  origin: string,
  chapter: Chapter,
  exchange: Exchange,
  variables: Variables,
): Promise<string[]> {
  const { answer } = exchange;
  const request = fill(exchange.request, variables) as Exchange['request'];
  const headers = fill(chapter.headers, variables) as Chapter['headers'];
  const raw = await send(`${origin}${chapter.prefix}${request.path}`, request, headers);
  const found: string[] = [];
  if (raw.status !== answer.status) found.push(`status: expected ${answer.status}, got ${raw.status}`);
  const expectedHeaders = { 'content-type': 'application/json; charset=utf-8', ...answer.headers };
  for (const [name, expected] of Object.entries(expectedHeaders)) {
    found.push(...differences(expected, raw.headers[name], variables, `header ${name}`));
  }
  found.push(...differences(answer.body, parse(raw.text), variables));
  return found.length === 0 ? [] : [...found, `the answer was ${raw.status} ${raw.text}`];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** By node:http, which sends exactly these headers and a body with any method. */
function send(
  url: string,
  { method, headers: added = {}, body, text, bytes }: Exchange['request'],
  common: Record<string, string>,
): Promise<RawAnswer> {
  const sent = bytes === undefined ? (text ?? JSON.stringify(body)) : `"${'x'.repeat(bytes - 2)}"`;
  const headers = Object.fromEntries(
    Object.entries({
      ...common,
      ...(sent === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(sent)) }),
      ...added,
    }).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, agent: false }, (response) => {
      let answered = '';
      response
        .setEncoding('utf8')
        .on('data', (piece: string) => {
          answered += piece;
        })
        .on('end', () =>
          resolve({ status: response.statusCode!, headers: response.headers, text: answered }),
        );
    });
    request.on('error', reject);
    request.end(sent);
  });
}
