import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Pair,
  type Parameters,
  parseParameters,
  passwordReadings,
  placeOf,
  splitUsername,
} from '../../src/gateway/handshake/parameters.ts';
import { basic, eventually, type Rig, startRig } from '../support/gateway/harness.ts';
import { type Origin, startEcho, startHeadOrigin } from '../support/gateway/origins.ts';

const KEYS = ['country', 'region', 'state', 'city', 'isp', 'session', 'lifetime', 'product'];

/** What both spellings come to: the parameters, or the reason why not. */
function readName(text: string): [string, Parameters | string] {
  const { name, pairs } = splitUsername(text);
  return [name, resultOf(pairs)];
}

/** What is read behind this password. */
function readPassword(text: string, password: string): Parameters | string | undefined {
  const reading = passwordReadings(text).find((candidate) => candidate.password === password);
  return reading && resultOf(reading.pairs);
}

function resultOf(pairs: readonly Pair[]): Parameters | string {
  const parsed = parseParameters(pairs);
  return parsed.kind === 'malformed' ? parsed.reason : parsed.parameters;
}

describe('behind the username', () => {
  test.each<[string, string, Parameters | string]>([
    ['STORE_alice', 'STORE_alice', {}],
    ['alice-country-us', 'alice', { country: 'us' }],
    ['alice-country-US', 'alice', { country: 'us' }],
    [
      'alice-country-id-city-nganjuk-session-AB12CD34-lifetime-30',
      'alice',
      { country: 'id', city: 'nganjuk', session: 'AB12CD34', lifetimeMinutes: 30 },
    ],
    ['alice-state-new_york', 'alice', { region: 'new_york' }],
    ['alice-region-bali-isp-as7922', 'alice', { region: 'bali', isp: 'as7922' }],
    ['alice-lifetime-30-session-zzzzzzzz', 'alice', { session: 'zzzzzzzz', lifetimeMinutes: 30 }],
    ['alice-product-mobile', 'alice', { product: 'mobile' }],
    ['alice-product-residential', 'alice', { product: 'residential' }],
    ['alice-lifetime-10080', 'alice', { lifetimeMinutes: 10_080 }],
    ['alice-', 'alice', 'unknown parameter'],
    ['alice-country', 'alice', 'country must be a code of two letters'],
    ['alice-country-usa', 'alice', 'country must be a code of two letters'],
    ['alice-country-u1', 'alice', 'country must be a code of two letters'],
    ['alice-country--session-AB12CD34', 'alice', 'country must be a code of two letters'],
    ['alice-colour-red', 'alice', 'unknown parameter colour'],
    ['alice-Country-us', 'alice', 'unknown parameter Country'],
    ['alice-constructor-x', 'alice', 'unknown parameter constructor'],
    ['alice-__proto__-x', 'alice', 'unknown parameter'],
    ['alice-a"b\r\n-x', 'alice', 'unknown parameter'],
    ['alice-country-us-country-us', 'alice', 'country is given twice'],
    ['alice-region-bali-state-bali', 'alice', 'state is given twice'],
    ['alice-session-AB12CD3', 'alice', 'session must be 8 letters or digits'],
    ['alice-session-AB12CD345', 'alice', 'session must be 8 letters or digits'],
    ['alice-session-AB12CD3.', 'alice', 'session must be 8 letters or digits'],
    ['alice-lifetime-0', 'alice', 'lifetime must be whole minutes from 1 to 10080'],
    ['alice-lifetime-10081', 'alice', 'lifetime must be whole minutes from 1 to 10080'],
    ['alice-lifetime-030', 'alice', 'lifetime must be whole minutes from 1 to 10080'],
    ['alice-lifetime-1.5', 'alice', 'lifetime must be whole minutes from 1 to 10080'],
    ['alice-product-datacenter', 'alice', 'product must be residential or mobile'],
    ['alice-city-', 'alice', 'city must be a name'],
    ['alice-city-new-york', 'alice', 'unknown parameter york'],
    ['-country-us', '', { country: 'us' }],
    ['', '', {}],
  ])('%s', (text, name, result) => {
    expect(readName(text)).toEqual([name, result]);
  });
});

describe('behind the password', () => {
  test.each<[string, string, Parameters | string | undefined]>([
    ['secret', 'secret', {}],
    ['secret_country-us', 'secret', { country: 'us' }],
    [
      'secret_country-us_session-AB12CD34_lifetime-30',
      'secret',
      { country: 'us', session: 'AB12CD34', lifetimeMinutes: 30 },
    ],
    ['secret_region-bali_city-den-pasar_isp-x', 'secret', { region: 'bali', city: 'den-pasar', isp: 'x' }],
    ['se_cr-et_product-mobile', 'se_cr-et', { product: 'mobile' }],
    ['se_city-cret_product-mobile', 'se_city-cret', { product: 'mobile' }],
    ['se_city-cret_product-mobile', 'se', { city: 'cret', product: 'mobile' }],
    ['se_city-cret_product-mobile', 'se_city-cret_product-mobile', {}],
    ['secret_country-us_colour-red', 'secret', 'unknown parameter colour'],
    ['secret_country-us_', 'secret', 'unknown parameter'],
    ['secret_country-us_country-us', 'secret', 'country is given twice'],
    ['secret_country-usa', 'secret', 'country must be a code of two letters'],
    ['secret_session-', 'secret', 'session must be 8 letters or digits'],
    ['secret_colour-red', 'secret', 'unknown parameter colour'],
    ['secret_colour-red_product-mobile', 'secret', 'unknown parameter colour'],
    // No parameter begins here: it is a password.
    ['secret_country', 'secret', undefined],
    ['secretcountry-us', 'secret', undefined],
    ['_country-us', '', undefined],
  ])('%s, read as %s', (text, password, result) => {
    expect(readPassword(text, password)).toEqual(result);
  });

  test('as it stands first, then the cuts from the left, and no more of them than there are parameters, and one', () => {
    const text = `secret${'_city-x'.repeat(20)}`;
    const passwords = passwordReadings(text).map((reading) => reading.password);
    expect(passwords).toHaveLength(9);
    expect(passwords[0]).toBe(text);
    expect(passwords.slice(1)).toEqual(
      [12, 13, 14, 15, 16, 17, 18, 19].map((count) => `secret${'_city-x'.repeat(count)}`),
    );
  });
});

test('the place is named for people', () => {
  expect(placeOf({ session: 'AB12CD34' })).toBeUndefined();
  expect(placeOf({ city: 'nganjuk', country: 'id', lifetimeMinutes: 3 })).toBe('country id, city nganjuk');
});

describe('whatever is sent', () => {
  const word = fc.oneof(
    fc.constantFrom(...KEYS),
    fc.constantFrom('us', 'mobile', 'AB12CD34', '30', 'bali', ''),
    fc.string(),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  const separated = fc
    .array(fc.tuple(word, fc.constantFrom('-', '_', '')), { maxLength: 20 })
    .map((parts) => parts.flat().join(''));

  test('it is read without a fault, and its answer fits in a head', () => {
    fc.assert(
      fc.property(separated, (text) => {
        const readings = passwordReadings(text);
        expect(readings.length).toBeLessThanOrEqual(8);
        for (const pairs of [splitUsername(text).pairs, ...readings.map((reading) => reading.pairs)]) {
          const result = resultOf(pairs);
          const shown = typeof result === 'string' ? result : (placeOf(result) ?? '');
          expect(shown).toMatch(/^[\x20-\x7e]{0,400}$/);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('what is accepted holds known keys only, each once, and says them all', () => {
    const pairs = fc.array(fc.tuple(word, word), { maxLength: 9 });
    fc.assert(
      fc.property(pairs, (given) => {
        const result = resultOf(given);
        if (typeof result === 'string') return;
        expect(given.every(([key]) => KEYS.includes(key))).toBe(true);
        expect(Object.keys(result)).toHaveLength(given.length);
      }),
      { numRuns: 2_000 },
    );
  });

  test('good parameters come through both spellings alike, in any order', () => {
    const good = fc.record(
      {
        country: fc.stringMatching(/^[a-z]{2}$/),
        region: fc.stringMatching(/^[a-z0-9]{1,20}$/),
        city: fc.stringMatching(/^[a-z0-9]{1,20}$/),
        isp: fc.stringMatching(/^[a-z0-9]{1,20}$/),
        session: fc.stringMatching(/^[A-Za-z0-9]{8}$/),
        lifetime: fc.integer({ min: 1, max: 10_080 }).map(String),
        product: fc.constantFrom('residential', 'mobile'),
      },
      { requiredKeys: [] },
    );
    const shuffled = good.chain((record) => {
      const entries = Object.entries(record);
      return fc.shuffledSubarray(entries, { minLength: entries.length });
    });
    fc.assert(
      fc.property(shuffled, fc.stringMatching(/^[\x21-\x7e]{8,20}$/), (entries, password) => {
        const { lifetime, ...rest } = Object.fromEntries(entries) as Record<string, string>;
        const expected = { ...rest, ...(lifetime && { lifetimeMinutes: Number(lifetime) }) };
        const behind = (separator: string) =>
          entries.map(([key, value]) => `${separator}${key}-${value}`).join('');
        expect(readName(`alice${behind('-')}`)).toEqual(['alice', expected]);
        expect(readPassword(`${password}${behind('_')}`, password)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});

describe('on the wire', () => {
  let rig: Rig;
  let echo: Origin;

  beforeEach(async () => {
    rig = await startRig();
    echo = rig.adopt(await startEcho());
  });
  afterEach(() => rig.dispose());

  async function connect(username: string, password = 'secret') {
    const client = await rig.connect();
    client.send(`CONNECT ${echo.authority} HTTP/1.1\r\n${basic(username, password)}\r\n`);
    const head = await client.readHead();
    const details = /details="([^"]*)"/.exec(head)?.[1];
    client.destroy();
    return { status: Number(head.split(' ')[1]), ...(details === undefined ? {} : { details }) };
  }

  test('sessions and lifetimes are accepted in both spellings', async () => {
    rig.link.addUser('alice', 1_000);
    expect(await connect('alice-session-AB12CD34-lifetime-30')).toEqual({ status: 200 });
    expect(await connect('alice', 'secret_session-AB12CD34_lifetime-30')).toEqual({ status: 200 });
    expect(await connect('alice-session-AB12CD34', 'secret_lifetime-30')).toEqual({ status: 200 });
  });

  test('a place is understood, and there is no exit in it', async () => {
    rig.link.addUser('alice', 1_000);
    const refused = { status: 502, details: 'no exit in country id, city nganjuk' };
    expect(await connect('alice-country-id-city-nganjuk')).toEqual(refused);
    expect(await connect('alice', 'secret_country-id_city-nganjuk')).toEqual(refused);
    const client = await rig.connect();
    client.send(
      `GET http://${echo.authority}/ HTTP/1.1\r\nHost: x\r\n${basic('alice-state-bali-isp-x')}\r\n`,
    );
    const response = await client.readResponse();
    expect(response.status).toBe(502);
    expect(response.body).toBe('502 Bad Gateway: no exit in region bali, isp x\n');
    expect(echo.connections).toBe(0);
    expect(await connect('alice-country-id', 'wrong')).toMatchObject({ status: 407 });
  });

  test('malformed ones behind a username are refused alike, whoever is named and with whatever password', async () => {
    rig.link.addUser('alice', 1_000);
    const refused = { status: 400, details: 'unknown parameter colour' };
    for (const [name, password] of [
      ['alice', 'secret'],
      ['alice', 'wrong'],
      ['nobody', 'secret'],
    ] as const) {
      expect(await connect(`${name}-colour-red`, password)).toEqual(refused);
    }
    expect(rig.link.authentications).toBe(0);
  });

  test('malformed ones behind a password are told to who knows the password only', async () => {
    rig.link.addUser('alice', 1_000);
    const refused = { status: 400, details: 'session must be 8 letters or digits' };
    expect(await connect('alice', 'secret_session-1')).toEqual(refused);
    expect(await connect('alice-country-us', 'secret_country-us')).toMatchObject({
      status: 400,
      details: 'country is given twice',
    });
    const wrong = { status: 407, details: 'wrong username or password' };
    expect(await connect('alice', 'wrong_session-1')).toEqual(wrong);
    expect(await connect('nobody', 'secret_session-1')).toEqual(wrong);
    expect(await connect('alice', 'wrong_colour-red')).toEqual(wrong);
    expect(await connect('alice', 'secret_colour-red')).toEqual({
      status: 400,
      details: 'unknown parameter colour',
    });
  });

  test('a password that looks like parameters is a password first', async () => {
    rig.link.addUser('alice', 1_000, { password: 'secret_country-us' });
    expect(await connect('alice', 'secret_country-us')).toEqual({ status: 200 });
    expect(await connect('alice', 'secret_country-us_session-AB12CD34')).toEqual({ status: 200 });
    expect(await connect('alice', 'secret')).toMatchObject({ status: 407 });
    expect(await connect('alice', 'secret_session-AB12CD34')).toMatchObject({ status: 407 });
  });

  test('a known password is recognised in front of any parameters without a question', async () => {
    rig.link.addUser('alice', 1_000);
    await connect('alice');
    expect(rig.link.authentications).toBe(1);
    for (let round = 10; round < 20; round += 1) {
      expect(await connect('alice', `secret_session-AB12CD${round}`)).toEqual({ status: 200 });
    }
    expect(rig.link.authentications).toBe(1);
    rig.link.isAway = true;
    expect(await connect('alice', 'secret_session-ZZZZZZZZ')).toEqual({ status: 200 });
    expect(await connect('bob', 'secret_session-ZZZZZZZZ')).toMatchObject({ status: 503 });
  });

  test('traffic of the mobile product lives on mobile bandwidth', async () => {
    const alice = rig.link.addUser('alice', 1_000);
    const mobile = { ...alice, product: 'mobile' as const };
    expect(await connect('alice-product-mobile')).toMatchObject({ status: 402, details: 'quota exhausted' });
    rig.link.add(mobile, 500);
    const client = await rig.tunnel(echo.authority, 'alice-product-mobile');
    client.send('x'.repeat(100));
    await client.readBytes(100);
    client.finish();
    await client.closed();
    const target = rig.adopt(
      await startHeadOrigin(() => 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'),
    );
    const forwarded = await rig.connect();
    forwarded.send(`GET http://${target.authority}/ HTTP/1.1\r\nConnection: close\r\n`);
    forwarded.send(`${basic('alice', 'secret_product-mobile')}\r\n`);
    const answerBytes = (await forwarded.readAll()).length;
    await rig.settled();
    await eventually(() => expect(rig.link.openLeases).toBe(1));
    expect(rig.link.used(mobile).total).toBe(200 + target.receivedBytes + answerBytes);
    expect(rig.link.used(alice).total).toBe(0);
  });
});
