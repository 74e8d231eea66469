import { describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/gateway/limits.ts';
import { type Found, Lookups } from '../../src/gateway/lookups.ts';
import { connectHead, startRig } from '../support/gateway/harness.ts';
import { ManualTimers } from '../support/gateway/manual-timers.ts';
import { startEcho } from '../support/gateway/origins.ts';

/** A resolver that answers when it is told to. */
function setUp(lookupsAtOnce = DEFAULT_LIMITS.lookupsAtOnce, lookupsOfOne = DEFAULT_LIMITS.lookupsOfOne) {
  const asked: string[] = [];
  const open = new Map<string, PromiseWithResolvers<string[]>>();
  const timers = new ManualTimers();
  const limits = { ...DEFAULT_LIMITS, lookupsAtOnce, lookupsOfOne };
  const lookups = new Lookups(
    (name) => {
      asked.push(name);
      const answer = Promise.withResolvers<string[]>();
      open.set(name, answer);
      return answer.promise;
    },
    timers,
    limits,
  );
  const found = new Map<string, Found>();
  return {
    asked,
    found,
    timers,
    find(name: string, asker: string) {
      void lookups.find(name, asker).then((answer) => found.set(`${asker} ${name}`, answer));
    },
    async answer(name: string, address?: string) {
      if (address === undefined) open.get(name)!.reject(new Error('ENOTFOUND'));
      else open.get(name)!.resolve([address]);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('lookups', () => {
  test('who asks for names that nobody answers for waits for them alone', async () => {
    const { asked, found, find, answer, timers } = setUp();
    for (let number = 0; number < 1_000; number += 1) find(`dead${number}.test`, 'mallory');
    // The other half is for the others.
    expect(asked).toHaveLength(DEFAULT_LIMITS.lookupsAtOnce / 2);
    for (let number = 0; number < 100; number += 1) find(`silent${number}.test`, 'eve');
    expect(asked).toHaveLength(DEFAULT_LIMITS.lookupsAtOnce / 2 + DEFAULT_LIMITS.lookupsOfOne);
    find('good.test', 'alice');
    await answer('good.test', '192.0.2.1');
    expect(found.get('alice good.test')).toEqual(['192.0.2.1']);
    await timers.advance(DEFAULT_LIMITS.dnsTimeoutMs);
    expect([...found.values()].filter((answer) => answer === 'timeout')).toHaveLength(1_100);
    // The resolver still works on these. Who has given up is not looked up for when it is done.
    find('more.test', 'mallory');
    await answer('dead0.test');
    expect(asked.at(-1)).toBe('good.test');
    for (let number = 1; asked.at(-1) === 'good.test'; number += 1) await answer(`dead${number}.test`);
    expect(asked.at(-1)).toBe('more.test');
  });

  test('one in four names without an answer holds up none of the others', async () => {
    const { asked, found, find, answer, timers } = setUp();
    for (let number = 0; number < 100; number += 1) {
      find(`${number % 4 === 0 ? 'dead' : 'good'}${number}.test`, 'alice');
      if (number % 4 > 0) await answer(`good${number}.test`, '192.0.2.1');
    }
    expect(asked).toHaveLength(100);
    expect(found.size).toBe(75);
    await timers.advance(DEFAULT_LIMITS.dnsTimeoutMs);
    expect(found.size).toBe(100);
  });

  test('one name is looked up once for all who ask for it meanwhile, and anew after that', async () => {
    const { asked, found, find, answer } = setUp();
    for (const asker of ['alice', 'bob']) find('a.test', asker);
    await answer('a.test');
    expect([...found.values()]).toEqual(['failed', 'failed']);
    find('a.test', 'bob');
    await answer('a.test', '192.0.2.1');
    expect(asked).toEqual(['a.test', 'a.test']);
    expect(found.get('bob a.test')).toEqual(['192.0.2.1']);
  });

  test('a name that waits in one line is not waited for in another', async () => {
    const { asked, found, find, answer } = setUp(8, 1);
    find('dead.test', 'mallory');
    find('good.test', 'mallory');
    find('good.test', 'alice');
    expect(asked).toEqual(['dead.test', 'good.test']);
    await answer('good.test', '192.0.2.1');
    expect(found.get('alice good.test')).toEqual(['192.0.2.1']);
  });

  test('those who wait are served by turns, and all of them in the end', async () => {
    const { asked, found, find, answer } = setUp(2, 2);
    for (const name of ['m1', 'm2', 'm3', 'm4']) find(name, 'mallory');
    for (const name of ['a1', 'a2']) find(name, 'alice');
    find('b1', 'bob');
    for (let at = 0; at < 7; at += 1) await answer(asked[at]!, '192.0.2.1');
    expect(asked).toEqual(['m1', 'm2', 'm3', 'a1', 'b1', 'm4', 'a2']);
    expect(found.size).toBe(7);
  });
});

test('on the wire: names without an answer hold up nobody else', async () => {
  const silent = Promise.withResolvers<string[]>();
  const rig = await startRig({
    resolver: (name) => (name.startsWith('dead') ? silent.promise : Promise.resolve(['127.0.0.1'])),
  });
  for (const name of ['mallory', 'alice']) rig.link.addUser(name, 1_000_000);
  const echo = rig.adopt(await startEcho());
  const waiting = await Promise.all(Array.from({ length: 100 }, () => rig.connect()));
  for (const [number, client] of waiting.entries())
    client.send(connectHead(`dead${number}.test:80`, 'mallory'));
  const client = await rig.tunnel(`good.test:${echo.port}`, 'alice');
  client.send('x');
  await client.readBytes(1);
  silent.reject(new Error('ETIMEOUT'));
  for (const waiter of waiting) expect((await waiter.readResponse()).status).toBe(502);
  await rig.dispose();
});
