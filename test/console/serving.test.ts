/** The console as the API serves it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { serveConsole } from '../../src/api/console/routes.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const BUILD = path.resolve(import.meta.dirname, '../../web/dist');

async function serve(folder: string): Promise<FastifyInstance> {
  const app = Fastify();
  serveConsole(app, folder);
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'unknown' }));
  await app.ready();
  onTestFinished(() => app.close());
  return app;
}

it('shows one page at every address of its own', async () => {
  const app = await serve(BUILD);
  const pages = [
    '/',
    '/sign-in',
    '/owner',
    '/owner/resellers/acc_1?tab=keys',
    '/reseller/subusers',
    '/profile',
  ];
  const answers = await Promise.all(pages.map((url) => app.inject(url)));
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  for (const { statusCode, headers } of answers) {
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
    });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
  }
});

it('leaves other addresses to the APIs', async () => {
  const app = await serve(BUILD);
  for (const url of [
    '/api/nothing',
    '/ownership',
    '/console/assets/nothing.js',
    '/console/../index.html',
    '/console/',
  ]) {
    expect([url, (await app.inject(url)).statusCode]).toEqual([url, 404]);
  }
});

it('sends its files in the smallest form that is taken, to be kept for good', async () => {
  const app = await serve(BUILD);
  const page = (await app.inject('/')).body;
  const script = /src="(\/console\/assets\/[^"]+\.js)"/.exec(page)![1]!;
  const fetchAs = (encoding: string) => app.inject({ url: script, headers: { 'accept-encoding': encoding } });
  const [br, gzip, plain, refused] = await Promise.all(
    ['gzip, deflate, br, zstd', 'gzip', 'identity', 'br;q=0, gzip;q=0'].map(fetchAs),
  );
  expect(br!.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
  });
  expect(gzip!.headers['content-encoding']).toBe('gzip');
  expect(plain!.headers['content-encoding']).toBeUndefined();
  expect(refused!.headers['content-encoding']).toBeUndefined();
  expect(br!.rawPayload.length).toBeLessThan(gzip!.rawPayload.length);
  expect(gzip!.rawPayload.length).toBeLessThan(plain!.rawPayload.length);
});

it('files whose names stay the same are asked for again', async () => {
  const app = await serve(BUILD);
  expect((await app.inject('/console/scheme.js')).headers['cache-control']).toBe('no-cache');
});

it('says so where it is not built, and shows itself once it is', async () => {
  const folder = path.join(makeTempFolder('headgate-console-'), 'dist');
  const app = await serve(folder);
  const missing = await app.inject('/owner');
  expect(missing.statusCode).toBe(503);
  expect(missing.body).toContain('The console is not built');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>built</title>');
  expect((await app.inject('/owner')).body).toContain('built');
});
