import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Guesses, type GuessNews } from '../../src/gateway/guesses.ts';
import { DEFAULT_LIMITS } from '../../src/gateway/limits.ts';
import { basic, type Rig, startRig } from '../support/gateway/harness.ts';
import { ManualTimers } from '../support/gateway/manual-timers.ts';
import { type Origin, startEcho } from '../support/gateway/origins.ts';
import { proxyVersion1, socks5Login, WITH_LOGIN } from '../support/gateway/socks.ts';

describe('what is remembered', () => {
  const limits = { ...DEFAULT_LIMITS, guessFailures: 3, guessWindowMs: 60_000, guessEntries: 100 };
  let timers: ManualTimers;
  let guesses: Guesses;

  beforeEach(() => {
    timers = new ManualTimers();
    guesses = new Guesses(timers, limits);
  });

  function wrong(address: string, times: number, name = 'alice'): void {
    for (let count = 0; count < times; count += 1) guesses.wrong(address, name);
  }

  test('so many failures are free, and each is forgotten after its share of the window', async () => {
    wrong('192.0.2.1', 2);
    expect(guesses.mustWait('192.0.2.1', 'alice')).toBe(false);
    wrong('192.0.2.1', 1);
    expect(guesses.mustWait('192.0.2.1', 'alice')).toBe(true);
    await timers.advance(19_999);
    expect(guesses.mustWait('192.0.2.1', 'alice')).toBe(true);
    await timers.advance(1);
    expect(guesses.mustWait('192.0.2.1', 'alice')).toBe(false);
    wrong('192.0.2.1', 1);
    expect(guesses.mustWait('192.0.2.1', 'alice')).toBe(true);
    await timers.advance(60_000);
    wrong('192.0.2.1', 2);
    expect(guesses.mustWait('192.0.2.1', 'alice')).toBe(false);
  });

  test('gateways on one port count together, and know together who was let in', () => {
    const ears: ((news: GuessNews) => void)[] = [];
    let told = 0;
    const both = [0, 1].map((own) => {
      const tell = (news: GuessNews) => {
        told += 1;
        ears[1 - own]!(news);
      };
      return new Guesses(timers, limits, { tell, listen: (hear) => ears.push(hear) });
    });
    const [first, second] = [both[0]!, both[1]!];
    for (let time = 0; time < 3; time += 1) first.right('192.0.2.1', 'bob');
    // Once: it goes around no more than what is new.
    expect(told).toBe(1);
    first.wrong('192.0.2.1', 'alice');
    second.wrong('192.0.2.1', 'alice');
    second.wrong('192.0.2.1', 'alice');
    for (const guesses of both) {
      expect(guesses.mustWait('192.0.2.1', 'alice')).toBe(true);
      expect(guesses.mustWait('192.0.2.1', 'bob')).toBe(false);
    }
  });

  test.each([
    ['192.0.2.1', '192.0.2.2', false],
    ['2001:db8::1', '2001:db8::ffff:1', true],
    ['2001:db8::1', '2001:db8:0:1::1', false],
  ])('who is wrong at %s waits at %s: %s', (first, second, waits) => {
    wrong(first, 3);
    expect(guesses.mustWait(first, 'alice')).toBe(true);
    expect(guesses.mustWait(second, 'alice')).toBe(waits);
  });

  test('a name that was let in from there has a count of its own', () => {
    guesses.right('192.0.2.1', 'Alice');
    wrong('192.0.2.1', 3, 'bob');
    expect(guesses.mustWait('192.0.2.1', 'carol')).toBe(true);
    expect(guesses.mustWait('192.0.2.1', 'alice')).toBe(false);
    wrong('192.0.2.1', 3, 'alice');
    expect(guesses.mustWait('192.0.2.1', 'alice')).toBe(true);
  });

  test('its memory is bounded, and those who were wrong last are known', () => {
    for (let host = 0; host < 250; host += 1) wrong(`192.0.2.${host}`, 3);
    expect(guesses.mustWait('192.0.2.249', 'alice')).toBe(true);
    expect(guesses.mustWait('192.0.2.150', 'alice')).toBe(true);
    expect(guesses.mustWait('192.0.2.149', 'alice')).toBe(false);
  });
});

describe('on the wire', () => {
  const GUESSER = '203.0.113.66';
  let rig: Rig;
  let echo: Origin;

  beforeEach(async () => {
    // Clients of any address, by way of a load balancer.
    rig = await startRig({ proxyProtocolFrom: ['127.0.0.1/32'], limits: { guessFailures: 5 } });
    echo = rig.adopt(await startEcho());
    rig.link.addUser('alice', 100_000);
  });
  afterEach(() => rig.dispose());

  async function connect(address: string, login: string): Promise<number> {
    const client = await rig.connect();
    client.send(proxyVersion1(address));
    client.send(`CONNECT ${echo.authority} HTTP/1.1\r\n${login}\r\n`);
    const head = await client.readHead();
    client.destroy();
    return Number(head.split(' ')[1]);
  }

  async function guess(address: string, times: number): Promise<number[]> {
    const statuses: number[] = [];
    for (let count = 0; count < times; count += 1) {
      statuses.push(await connect(address, basic('alice', `guess-${count}`)));
    }
    return statuses;
  }

  test('after the fifth wrong guess answers say nothing, and cost no question', async () => {
    expect(await guess(GUESSER, 8)).toEqual([407, 407, 407, 407, 407, 429, 429, 429]);
    expect(rig.link.authentications).toBe(5);
    expect(await connect(GUESSER, basic('alice'))).toBe(429);
    expect(rig.link.authentications).toBe(5);
  });

  test('guesses at once are counted like guesses one by one', async () => {
    const logins = Array.from({ length: 40 }, (_, count) =>
      basic('alice', count === 39 ? 'secret' : `${count}`),
    );
    const statuses = await Promise.all(logins.map((login) => connect(GUESSER, login)));
    expect(statuses.filter((status) => status === 407).length).toBe(5);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(34);
  });

  test('nobody else is hurt: other addresses, who was let in before, who needs no password', async () => {
    rig.link.addUser('bob', 100_000);
    rig.link.addUser('home', 100_000, { addresses: [GUESSER] });
    expect(await connect(GUESSER, basic('bob'))).toBe(200);
    expect((await guess(GUESSER, 6)).at(-1)).toBe(429);
    expect(await connect('203.0.113.67', basic('alice'))).toBe(200);
    expect(await connect(GUESSER, basic('bob'))).toBe(200);
    expect(await connect(GUESSER, '')).toBe(200);
    expect(await connect(GUESSER, basic('alice'))).toBe(429);
  });

  test('a customer who is known there and mistypes, or changes the password, does not lock out the neighbours', async () => {
    rig.link.addUser('bob', 100_000);
    expect(await connect(GUESSER, basic('alice'))).toBe(200);
    expect((await guess(GUESSER, 6)).at(-1)).toBe(429);
    expect(await connect(GUESSER, basic('bob'))).toBe(200);
  });

  test('SOCKS5 and HTTP count together', async () => {
    await guess(GUESSER, 5);
    const client = await rig.connect();
    client.send(Buffer.concat([proxyVersion1(GUESSER), WITH_LOGIN, socks5Login('alice')]));
    expect((await client.readAll()).toString('hex')).toBe('05020104');
  });

  test('no credentials, and those that cannot be checked, are no guesses', async () => {
    for (let count = 0; count < 6; count += 1) expect(await connect(GUESSER, '')).toBe(407);
    rig.link.isAway = true;
    for (let count = 0; count < 6; count += 1) expect(await connect(GUESSER, basic('alice'))).toBe(503);
    rig.link.isAway = false;
    expect(await connect(GUESSER, basic('alice'))).toBe(200);
  });
});
