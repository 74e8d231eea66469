/** People as the owner and resellers see and change them. */
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';
import { Browser } from '../support/person-browser.ts';

const PASSWORD = 'a-good-password';
let api: TestApi;
let base: string;
let owner: Browser;
let store: TestReseller;

beforeAll(async () => {
  api = await createTestApi();
  await api.core.accounts.ensureOwner(api.operator, 'owner@example.com', PASSWORD);
  store = await api.reseller();
  await api.core.accounts.setPassword(api.operator, store.email, PASSWORD);
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  base = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
  owner = await signedIn('owner@example.com');
});
afterAll(() => api.close());

async function signedIn(email: string): Promise<Browser> {
  const browser = new Browser(base);
  expect((await browser.signIn(email, PASSWORD)).status).toBe(200);
  return browser;
}

/** Invites somebody, who takes it up. */
async function join(body: object): Promise<{ id: string; browser: Browser }> {
  const invited = await owner.ask('POST', '/api/admin/people', body);
  expect(invited).toMatchObject({ status: 201, body: { person: { state: 'invited' } } });
  expect(invited.body.path).toBe(`/invitation#${invited.body.token}`);
  const browser = new Browser(base);
  const taken = { token: invited.body.token, password: PASSWORD };
  expect((await browser.ask('POST', '/api/session/invitation', taken)).status).toBe(200);
  return { id: invited.body.person.id, browser };
}

describe('the owner', () => {
  it('invites, lists in pages and searches', async () => {
    for (const name of ['Ann', 'Bob', 'Chloë']) {
      await join({ email: `${name.toLowerCase().replace('ë', 'e')}@example.com`, name, role: 'viewer' });
    }
    const seen: string[] = [];
    let path = '/api/admin/people?limit=2';
    for (let page = 0; page < 10 && path !== ''; page++) {
      const { body, headers } = await owner.ask('GET', path);
      seen.push(...body.data.map(({ email }: { email: string }) => email));
      path = /^<(.*)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1] ?? '';
      expect(path === '').toBe(body.nextCursor === null);
    }
    expect(seen).toEqual([
      'owner@example.com',
      store.email,
      'ann@example.com',
      'bob@example.com',
      'chloe@example.com',
    ]);
    const search = async (text: string) =>
      (await owner.ask('GET', `/api/admin/people?search=${encodeURIComponent(text)}`)).body.data.map(
        ({ name }: { name: string }) => name,
      );
    expect(await search('CHLOË')).toEqual(['Chloë']);
    expect(await search('%')).toEqual([]);
    const theirs = await owner.ask('GET', `/api/admin/people?account=${store.storeCode}`);
    expect(theirs.body.data).toMatchObject([
      { email: store.email, role: 'reseller', storeCode: store.storeCode },
    ]);
  });

  it('disables, which ends the sessions, and enables', async () => {
    const { id, browser } = await join({ email: 'dora@example.com', name: 'Dora', role: 'manager' });
    expect((await owner.ask('POST', `/api/admin/people/${id}/disable`)).body.person.state).toBe('disabled');
    await expect.poll(async () => (await browser.who()).status).toBe(401);
    expect((await new Browser(base).signIn('dora@example.com', PASSWORD)).status).toBe(401);
    expect((await owner.ask('POST', `/api/admin/people/${id}/enable`)).body.person.state).toBe('active');
    expect((await new Browser(base).signIn('dora@example.com', PASSWORD)).status).toBe(200);
  });

  it('changes a role, which counts at once, and never the last owner’s', async () => {
    const { id, browser } = await join({ email: 'emil@example.com', name: 'Emil', role: 'viewer' });
    const role = (to: string, of = id) => owner.ask('PUT', `/api/admin/people/${of}/role`, { role: to });
    expect((await role('manager')).body.person.role).toBe('manager');
    await expect.poll(async () => (await browser.who()).body.scopes).toEqual(['admin:read', 'admin:write']);
    expect((await role('reseller')).body.errors[0].field).toBe('role');
    const { body: me } = await owner.who();
    expect((await role('viewer', me.id)).body.errors[0].field).toBe('person');
    expect((await owner.ask('POST', `/api/admin/people/${me.id}/disable`)).body.errors[0].field).toBe(
      'person',
    );
    await role('owner');
    await role('viewer', id);
  });

  it('replaces a lost password by a link, without ending what goes on until it is used', async () => {
    const { id, browser } = await join({ email: 'finn@example.com', name: 'Finn', role: 'viewer' });
    const first = (await owner.ask('POST', `/api/admin/people/${id}/invitation`)).body.token;
    const { token } = (await owner.ask('POST', `/api/admin/people/${id}/invitation`)).body;
    expect((await browser.who()).status).toBe(200);
    const take = (used: string) =>
      new Browser(base).ask('POST', '/api/session/invitation', { token: used, password: 'another-password' });
    expect((await take(first)).status).toBe(400);
    expect((await take(token)).status).toBe(200);
    await expect.poll(async () => (await browser.who()).status).toBe(401);
  });

  it('is who gives access: neither staff nor a key', async () => {
    const { browser: manager } = await join({ email: 'gina@example.com', name: 'Gina', role: 'manager' });
    const body = { email: 'x@example.com', name: 'X', role: 'owner' };
    expect((await manager.ask('POST', '/api/admin/people', body)).body.code).toBe('reserved_for');
    expect((await manager.ask('GET', '/api/admin/people')).status).toBe(200);
    const key = await api.mintKey(await api.core.accounts.ownerId(), ['admin:read', 'admin:write']);
    const byKey = await new Browser(base).ask('POST', '/api/admin/people', body, {
      authorization: `Bearer ${key}`,
    });
    expect(byKey.body.code).toBe('reserved_for');
  });

  it('is told what is wrong with an invitation', async () => {
    const invite = async (body: object) => (await owner.ask('POST', '/api/admin/people', body)).body;
    const good = { email: 'new@example.com', name: 'New', role: 'viewer' };
    expect(await invite({ ...good, email: 'OWNER@example.com' })).toMatchObject({
      status: 409,
      code: 'email_taken',
    });
    expect(await invite({ ...good, reseller: store.storeCode })).toMatchObject({
      errors: [{ field: 'role' }],
    });
    expect(await invite({ ...good, reseller: 'NOBODY' })).toMatchObject({ code: 'account_not_found' });
    expect(await invite({ ...good, rôle: 'owner' })).toMatchObject({
      errors: [{ field: 'rôle', expected: 'left out: there is no such field' }],
    });
    expect(await invite({ email: 'a@b.c' })).toMatchObject({
      code: 'missing_fields',
      errors: [
        { field: 'name', expected: 'there' },
        { field: 'role', expected: 'there' },
      ],
    });
  });
});

describe('a reseller', () => {
  it('sees, invites and disables its own people, and nobody else', async () => {
    const browser = await signedIn(store.email);
    const invited = await browser.ask('POST', '/api/account/people', {
      email: 'hugo@example.com',
      name: 'Hugo',
    });
    expect(invited.body.person).toMatchObject({ role: 'reseller', storeCode: store.storeCode });
    const { data } = (await browser.ask('GET', '/api/account/people')).body;
    expect(data.map(({ email }: { email: string }) => email)).toEqual([store.email, 'hugo@example.com']);
    const disable = (id: string) => browser.ask('POST', `/api/account/people/${id}/disable`);
    expect((await disable(invited.body.person.id)).body.person.state).toBe('disabled');
    const { body: ownerSelf } = await owner.who();
    const [strangers, nobodys] = [await disable(ownerSelf.id), await disable('prs_nobody')];
    expect(strangers.body).toMatchObject({ status: 404, code: 'person_not_found' });
    expect(strangers.body).toEqual(nobodys.body);
    const byKey = { authorization: `Bearer ${store.key}` };
    const invite = { email: 'x@example.com', name: 'X' };
    expect((await new Browser(base).ask('POST', '/api/account/people', invite, byKey)).body.code).toBe(
      'reserved_for',
    );
  });
});
