/** The reference pages: whole, on their own, and found from the first page. */
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Document } from '../../src/api/openapi/document.ts';
import { NO_CORE } from '../../src/api/openapi/generated.ts';
import { createApi } from '../../src/api/server.ts';
import { ERROR_CODES } from '../../src/core/errors.ts';
import { APIS, DIALECTS } from '../support/routes.ts';

let app: FastifyInstance;

beforeAll(async () => {
  app = createApi({
    core: NO_CORE,
    logger: pino({ level: 'silent' }),
    notReady: async () => [],
  });
  await app.ready();
});
afterAll(() => app.close());

async function pageAt(url: string): Promise<string> {
  const response = await app.inject(url);
  expect(response.statusCode, url).toBe(200);
  expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
  return response.body;
}

/** Elements opened are closed again, in order. */
function expectBalanced(page: string): void {
  const open: string[] = [];
  for (const [, slash, tag] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
    if (tag === 'meta') continue;
    if (slash === '') open.push(tag!);
    else expect(open.pop()).toBe(tag);
  }
  expect(open).toEqual([]);
}

it('lead from the first page to every document', async () => {
  const first = await pageAt('/');
  // The console's page, which is made by its program, or the one that says how to build it.
  expect(first).toContain('/docs');
  const index = await pageAt('/docs');
  expectBalanced(index);
  for (const name of APIS) {
    expect(index).toContain(`href="/docs/${name}"`);
    expect(index).toContain(`href="/openapi/${name}.json"`);
  }
});

describe.each(APIS)('%s', (name) => {
  it('has every call with its scope, example and errors', async () => {
    const page = await pageAt(`/docs/${name}`);
    expectBalanced(page);
    const document = (await app.inject(`/openapi/${name}.json`)).json<Document>();
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    for (const { operationId, responses } of operations) {
      const [, article = ''] =
        new RegExp(`<article id="${operationId}">(.*?)</article>`, 's').exec(page) ?? [];
      expect(article, operationId).toContain('curl ');
      for (const status of Object.keys(responses)) {
        expect(article, `${operationId} ${status}`).toMatch(new RegExp(`<(td|h4)>${status}\\b`));
      }
    }
    const inferred = page.match(/class="badge">inferred</g)?.length ?? 0;
    expect(inferred > 0).toBe((DIALECTS as readonly string[]).includes(name));
    expect(page).not.toMatch(/undefined|\[object/);
  });

  it('loads nothing and runs nothing', async () => {
    const response = await app.inject(`/docs/${name}`);
    expect(response.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(response.body).not.toMatch(/<script|<img|<link|\ssrc=|\sstyle=|@import|url\(/);
    expect([...response.body.matchAll(/href="([^"]*)"/g)].every(([, to]) => /^[/#]/.test(to!))).toBe(true);
  });
});

it('have every error, where problems say that it is explained', async () => {
  const page = await pageAt('/docs/errors');
  expectBalanced(page);
  for (const code of ERROR_CODES) expect(page).toContain(`<article id="${code}">`);
});
