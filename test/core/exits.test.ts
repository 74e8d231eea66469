/** Exits as the operator sets them up, and what gateways are told of them. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inProcessLink } from '../../src/api/control/in-process.ts';
import { sendEvent } from '../../src/core/events.ts';
import type { ExitFields } from '../../src/core/exits/validate.ts';
import type { ControlEvent } from '../../src/gateway/ports.ts';
import { createTestApi, type TestApi } from '../support/api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await createTestApi();
});
beforeEach(async () => {
  for (const { name } of await api.core.exits.list()) await api.core.exits.remove(api.operator, name);
});
afterAll(() => api.close());

const create = (fields: ExitFields) => api.core.exits.create(api.operator, fields);
const linkOf = () => inProcessLink(api.core, { name: 'gateway', ownsName: false });

const UPSTREAM = {
  name: 'berlin-1',
  kind: 'http',
  host: 'Proxy.Example.net',
  port: 8080,
  username: 'acme',
  password: 'top-secret-7',
  usernameTemplate: '{username}-country-{country}-session-{session}',
  checkTarget: 'example.com:443',
} as const;

test('a direct exit, from the least that has to be said', async () => {
  const made = await create({ name: 'here', kind: 'direct' });
  expect(made).toEqual({
    id: expect.stringMatching(/^exit_[a-z0-9]{16}$/),
    name: 'here',
    kind: 'direct',
    products: ['residential', 'mobile', 'subscription'],
    country: null,
    state: null,
    city: null,
    isp: null,
    weight: 1,
    enabled: true,
    maxTunnels: null,
    sourceAddresses: [],
    host: null,
    port: null,
    username: null,
    hasPassword: false,
    usernameTemplate: null,
    passwordTemplate: null,
    resolve: null,
    checkTarget: null,
    createdAt: expect.any(Date),
  });
  expect(await api.core.exits.show('here')).toEqual(made);
});

test('an upstream: its password is sealed, told to gateways alone, and in no record', async () => {
  const { id } = await create({ ...UPSTREAM, products: ['mobile', 'residential'], country: 'DE' });
  const shown = await api.core.exits.list();
  expect(shown).toMatchObject([
    { id, host: 'proxy.example.net', username: 'acme', hasPassword: true, country: 'de', resolve: 'local' },
  ]);
  expect(JSON.stringify(shown)).not.toContain('top-secret-7');
  const told = await linkOf().exits();
  expect(told).toEqual([
    {
      id,
      name: 'berlin-1',
      kind: 'http',
      products: ['residential', 'mobile'],
      country: 'de',
      weight: 1,
      enabled: true,
      host: 'proxy.example.net',
      port: 8080,
      username: 'acme',
      password: 'top-secret-7',
      usernameTemplate: '{username}-country-{country}-session-{session}',
      passwordTemplate: '{password}',
      resolve: 'local',
      checkTarget: 'example.com:443',
    },
  ]);
  expect(JSON.parse(JSON.stringify(told))).toEqual(told);
  const stored = await api.database.sql`
    SELECT row_to_json(e)::text AS text FROM exit e UNION ALL SELECT details::text FROM audit_entry`;
  expect(JSON.stringify(stored)).not.toContain('top-secret-7');
});

test('what is changed is changed, the rest stays; null takes away', async () => {
  const { id } = await create({ ...UPSTREAM, weight: 5, city: 'Berlin' });
  const changed = await api.core.exits.update(api.operator, 'berlin-1', {
    name: 'berlin-2',
    weight: 7,
    city: null,
    port: undefined,
    maxTunnels: 50,
  });
  expect(changed).toMatchObject({
    ...{ id, name: 'berlin-2', weight: 7, city: null, port: 8080, maxTunnels: 50 },
    ...{ username: 'acme', hasPassword: true, checkTarget: 'example.com:443' },
  });
  expect(await linkOf().exits()).toMatchObject([{ password: 'top-secret-7', maxTunnels: 50 }]);
  const nameless = { username: null, password: null, resolve: 'address' } as const;
  await api.core.exits.update(api.operator, 'berlin-2', nameless);
  expect(await linkOf().exits()).toMatchObject([{ resolve: 'address' }]);
  expect((await linkOf().exits())[0]).not.toHaveProperty('username');
  await expect(api.core.exits.show('berlin-1')).rejects.toMatchObject({ code: 'ExitNotFound' });
});

test('source addresses are kept in order and in canonical form', async () => {
  const sourceAddresses = ['203.0.113.9', '2001:DB8:0::7', '::ffff:203.0.113.8'];
  await create({ name: 'pool', kind: 'direct', sourceAddresses, checkTarget: 'example.com:443' });
  const canonical = ['203.0.113.9', '2001:db8::7', '203.0.113.8'];
  expect(await api.core.exits.show('pool')).toMatchObject({ sourceAddresses: canonical });
  expect(await linkOf().exits()).toMatchObject([{ kind: 'direct', sourceAddresses: canonical }]);
  await api.core.exits.update(api.operator, 'pool', { sourceAddresses: [] });
  expect(await api.core.exits.show('pool')).toMatchObject({
    ...{ sourceAddresses: [], checkTarget: 'example.com:443' },
  });
});

test('every change is told to gateways, and noted', async () => {
  const events: ControlEvent[] = [];
  linkOf().onEvent((event) => events.push(event));
  // Events come in the order in which they were sent: those of earlier tests come before this one.
  const barrier = { kind: 'subuser-changed', subuserId: '0', cut: 'none' } as const;
  await sendEvent(api.database.sql, barrier);
  await expect.poll(() => events.at(-1)).toEqual(barrier);
  events.length = 0;
  const { id } = await create({ name: 'noted', kind: 'direct' });
  await api.core.exits.setEnabled(api.operator, 'noted', false);
  expect(await linkOf().exits()).toMatchObject([{ id, enabled: false }]);
  await api.core.exits.remove(api.operator, 'noted');
  await expect.poll(() => events.filter((event) => event.kind === 'exits-changed')).toHaveLength(3);
  const notes = await api.database.sql`
    SELECT action FROM audit_entry WHERE subject = ${`exit:${id}`} ORDER BY id`;
  expect(notes.map((note) => note.action)).toEqual(['exit.create', 'exit.update', 'exit.remove']);
});

test('names are unique; of two at once, one is made', async () => {
  const both = await Promise.allSettled(
    [1, 2].map((weight) => create({ name: 'one', kind: 'direct', weight })),
  );
  expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find((result) => result.status === 'rejected')?.reason).toMatchObject({
    code: 'ExitNameTaken',
  });
  await create({ name: 'two', kind: 'direct' });
  await expect(api.core.exits.update(api.operator, 'two', { name: 'one' })).rejects.toMatchObject({
    code: 'ExitNameTaken',
  });
  // Its own name is no obstacle.
  await api.core.exits.update(api.operator, 'two', { name: 'two', weight: 2 });
  for (const change of [
    () => api.core.exits.remove(api.operator, 'three'),
    () => api.core.exits.setEnabled(api.operator, 'three', true),
  ]) {
    await expect(change()).rejects.toMatchObject({ code: 'ExitNotFound' });
  }
});

describe('refused, with the field that is wrong', () => {
  const direct = { name: 'x', kind: 'direct' };
  const upstream = { ...UPSTREAM, name: 'x' };
  test.each<[string, object]>([
    ['name', { ...direct, name: '' }],
    ['name', { ...direct, name: '-x' }],
    ['name', { ...direct, name: 'a b' }],
    ['name', { ...direct, name: 'x'.repeat(65) }],
    ['name', { ...direct, name: 7 }],
    ['kind', { name: 'x', kind: 'ftp' }],
    ['kind', { name: 'x' }],
    ['products', { ...direct, products: [] }],
    ['products', { ...direct, products: ['residential', 'residential'] }],
    ['products', { ...direct, products: ['datacenter'] }],
    ['products', { ...direct, products: 'mobile' }],
    ['weight', { ...direct, weight: 0 }],
    ['weight', { ...direct, weight: 1001 }],
    ['weight', { ...direct, weight: 1.5 }],
    ['weight', { ...direct, weight: Number.NaN }],
    ['maxTunnels', { ...direct, maxTunnels: 0 }],
    ['enabled', { ...direct, enabled: 'yes' }],
    ['country', { ...direct, country: 'usa' }],
    ['city', { ...direct, city: '' }],
    ['isp', { ...direct, isp: 'ä' }],
    ['sourceAddresses', { ...direct, sourceAddresses: ['192.0.2.1', '::ffff:192.0.2.1'] }],
    ['sourceAddresses', { ...direct, sourceAddresses: ['0.0.0.0'] }],
    ['sourceAddresses', { ...direct, sourceAddresses: ['192.0.2.0/24'] }],
    ['sourceAddresses', { ...upstream, sourceAddresses: ['192.0.2.1'] }],
    ['host', { ...direct, host: 'proxy.example.net' }],
    ['password', { ...direct, password: 'secret' }],
    ['host', { ...upstream, host: 'a b' }],
    ['host', { ...upstream, host: '1.2.3' }],
    ['host', { ...upstream, host: 'http://proxy.example.net' }],
    ['port', { ...upstream, port: 65_536 }],
    ['username', { ...upstream, username: 'a:b' }],
    ['username', { ...upstream, username: 'ä' }],
    ['username', { ...upstream, username: null }],
    ['password', { ...upstream, password: 'line\nbreak' }],
    ['usernameTemplate', { ...upstream, usernameTemplate: '{password}' }],
    ['usernameTemplate', { ...upstream, usernameTemplate: '{colour}' }],
    ['usernameTemplate', { ...upstream, usernameTemplate: '{username}[-x]' }],
    ['usernameTemplate', { ...upstream, usernameTemplate: '{username' }],
    ['usernameTemplate', { ...upstream, usernameTemplate: '{username}:{country}' }],
    ['usernameTemplate', { ...upstream, usernameTemplate: '{username}-city-{city:hyphen}' }],
    ['passwordTemplate', { ...upstream, passwordTemplate: '{password}_city-{city:underscore}' }],
    ['passwordTemplate', { ...upstream, passwordTemplate: '{password}[a[{city}]]' }],
    ['resolve', { ...upstream, resolve: 'there' }],
    ['checkTarget', { ...upstream, checkTarget: 'example.com' }],
    ['checkTarget', { ...upstream, checkTarget: 'example.com:0' }],
  ])('%s: %j', async (field, fields) => {
    await expect(create(fields as ExitFields)).rejects.toMatchObject({
      code: 'InvalidField',
      parameters: { field },
    });
    expect(await api.core.exits.list()).toEqual([]);
  });

  test('what an upstream must have', async () => {
    await expect(create({ name: 'x', kind: 'socks5' })).rejects.toMatchObject({
      code: 'MissingFields',
      parameters: { fields: ['host', 'port'] },
    });
  });
});
