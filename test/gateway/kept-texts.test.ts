/** What is remembered of what clients write must not grow with what they write. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { Credentials } from '../../src/gateway/credentials.ts';
import { Guesses } from '../../src/gateway/guesses.ts';
import { identifyByText } from '../../src/gateway/handshake/identify.ts';
import { parseRequestHead } from '../../src/gateway/http/head.ts';
import { parseAbsoluteTarget, parseAuthority } from '../../src/gateway/http/target.ts';
import { DEFAULT_LIMITS } from '../../src/gateway/limits.ts';
import type { Service } from '../../src/gateway/service.ts';
import { FakeLink } from '../support/gateway/fake-link.ts';
import { connectHead, startRig } from '../support/gateway/harness.ts';
import { ManualTimers } from '../support/gateway/manual-timers.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const ROUNDS = 3_000;
const HEAD_BYTES = 16_000;

/** What is still in memory of strings that were made and used. */
function keptBytes(use: (round: number) => unknown): number {
  const kept: unknown[] = [];
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  for (let round = 0; round < ROUNDS; round += 1) kept.push(use(round));
  collectGarbage();
  const bytes = process.memoryUsage().heapUsed - before;
  expect(kept).toHaveLength(ROUNDS);
  return bytes;
}

/** As it comes from a socket: one string for all of the head. */
function headOf(firstLine: string) {
  const padding = 'x'.repeat(HEAD_BYTES - firstLine.length);
  return parseRequestHead(Buffer.from(`${firstLine}\r\nX: ${padding}\r\n`).toString('latin1'), 100);
}

test.each<[string, (round: number) => unknown]>([
  ['a target', (round) => parseAuthority(headOf(`CONNECT long-name-${round}.example:443 HTTP/1.1`).target)],
  [
    'the host of a URL',
    (round) => parseAbsoluteTarget('GET', headOf(`GET http://long-${round}.example/ HTTP/1.1`).target).host,
  ],
  [
    'an address with many zeros',
    (round) => parseAuthority(`${'0'.repeat(HEAD_BYTES)}${round.toString(8)}:80`),
  ],
])('%s does not keep the head that it came in', (_, use) => {
  expect(keptBytes(use)).toBeLessThan((ROUNDS * HEAD_BYTES) / 4);
});

test('a login that is spelled at great length is right, and is not remembered by its text', async () => {
  const link = new FakeLink();
  link.addUser('alice', 1_000);
  const timers = new ManualTimers();
  const service = {
    credentials: new Credentials(link, timers, DEFAULT_LIMITS),
    guesses: new Guesses(timers, DEFAULT_LIMITS),
  } as Service;
  let readings = 0;
  const read = () => {
    readings += 1;
    return { username: 'alice', password: 'secret' };
  };
  const logIn = (text: string) => identifyByText(text, read, '192.0.2.1', service);
  for (const [text, expected] of [
    ['short', 1],
    ['long'.repeat(1_000), 3],
  ] as const) {
    expect(await logIn(text)).toHaveProperty('identity');
    expect(await logIn(text)).toHaveProperty('identity');
    expect(readings).toBe(expected);
  }
});

test('a name that nobody can have is wrong, and is not asked about', async () => {
  const rig = await startRig();
  const client = await rig.connect();
  client.send(connectHead('10.0.0.1:80', 'a'.repeat(10_000)));
  expect((await client.readResponse()).status).toBe(407);
  expect(rig.link.authentications).toBe(0);
  await rig.dispose();
});
