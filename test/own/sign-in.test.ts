/** People sign in: password, second factor, sessions, and what slows those who guess. Over a socket, as a browser does it. */
import type { AddressInfo } from 'node:net';
import { type TOTP, URI } from 'otpauth';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi } from '../support/api.ts';
import { Browser as BrowserAt } from '../support/person-browser.ts';

const clock = new ManualClock('2026-05-04T10:00:00.000Z');
const PASSWORD = 'a-good-password';
let api: TestApi;
let base: string;
let ownerAccount: bigint;
let made = 0;

class Browser extends BrowserAt {
  constructor(address?: string) {
    super(base, address);
  }
  override signIn(email: string, password = PASSWORD) {
    return super.signIn(email, password);
  }
}

beforeAll(async () => {
  api = await createTestApi({ clock });
  await api.core.accounts.ensureOwner(api.operator, 'owner@example.com', PASSWORD);
  ownerAccount = (await api.core.accounts.find('owner@example.com')).id;
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  base = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
});
afterAll(() => api.close());

/** Somebody of the staff with a password. */
async function person(role: 'owner' | 'manager' | 'viewer' = 'manager') {
  const email = `person${++made}@example.com`;
  const { id } = await api.core.people.create(
    api.operator,
    { accountId: ownerAccount, email, name: 'Ann', role },
    PASSWORD,
  );
  return { email, id };
}

async function signedIn(email: string): Promise<Browser> {
  const browser = new Browser();
  expect((await browser.signIn(email)).body).toMatchObject({ step: 'signed-in' });
  return browser;
}

/** Sets a second factor up; answers how to make its codes. */
async function enrol(browser: Browser): Promise<{ code: () => string; recoveryCodes: string[] }> {
  const { body } = await browser.ask('POST', '/api/session/second-factor/enrol', { password: PASSWORD });
  const totp = URI.parse(body.otpauthUri) as TOTP;
  expect(totp.secret.base32).toBe(body.secret);
  const code = () => totp.generate({ timestamp: clock.now().getTime() });
  const confirmed = await browser.ask('POST', '/api/session/second-factor/confirm', { code: code() });
  expect(confirmed.status).toBe(200);
  return { code, recoveryCodes: confirmed.body.recoveryCodes };
}

describe('a session', () => {
  it('begins with a password and ends with signing out', async () => {
    const browser = new Browser();
    const answer = await browser.signIn('OWNER@example.com');
    expect(answer).toMatchObject({ status: 200, body: { step: 'signed-in' } });
    expect(browser.setCookie).toMatch(
      /^headgate_session=hgs_[A-Za-z0-9]{44}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    );
    expect((await browser.who()).body).toMatchObject({
      email: 'owner@example.com',
      role: 'owner',
      scopes: ['admin:read', 'admin:write'],
    });
    const token = browser.cookie;
    expect((await browser.ask('DELETE', '/api/session')).status).toBe(200);
    expect(browser.cookie).toBe('headgate_session=');
    browser.cookie = token;
    await expect.poll(async () => (await browser.who()).status).toBe(401);
  });

  it('is for this host and TLS alone where the browser speaks TLS', async () => {
    const browser = new Browser();
    const host = base.replace('http:', 'https:');
    await browser.ask(
      'POST',
      '/api/session',
      { email: 'owner@example.com', password: PASSWORD },
      { origin: host },
    );
    expect(browser.setCookie).toMatch(
      /^__Host-headgate_session=\S+; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/,
    );
    expect((await browser.who()).status).toBe(200);
  });

  it('lets in to the admin API as far as the role goes', async () => {
    const viewer = await signedIn((await person('viewer')).email);
    expect((await viewer.ask('GET', '/api/admin/overview')).status).toBe(200);
    expect((await viewer.who()).body.scopes).toEqual(['admin:read']);
    const reseller = await api.reseller();
    expect((await viewer.ask('GET', '/api/account/me')).body.code).toBe('not_reseller');
    await api.core.accounts.setPassword(api.operator, reseller.email, PASSWORD);
    const theirs = await signedIn(reseller.email);
    expect((await theirs.ask('GET', '/api/account/me')).body.email).toBe(reseller.email);
    expect((await theirs.ask('GET', '/api/admin/overview')).body.code).toBe('insufficient_scope');
  });

  it('ends after a day without a call, and after two weeks with them', async () => {
    const { email } = await person();
    const idle = await signedIn(email);
    const busy = await signedIn(email);
    for (let hours = 0; hours < 14 * 24; hours += 12) {
      expect((await busy.who()).status, `after ${hours} h`).toBe(200);
      // What was noted beside the call is there before the clock is turned on.
      const noted = `SELECT FROM person_session WHERE last_seen_at = '${clock.now().toISOString()}'`;
      await expect.poll(async () => (await api.database.sql.unsafe(noted)).length).toBeGreaterThan(0);
      clock.advance(12 * 3600_000);
    }
    expect((await busy.who()).status).toBe(401);
    expect((await idle.who()).status).toBe(401);
  });

  it('is seen and ended among the others', async () => {
    const { email } = await person();
    const [one, two] = [await signedIn(email), await signedIn(email)];
    const { data } = (await one.ask('GET', '/api/session/sessions')).body;
    expect(data).toMatchObject([
      { isThis: false, address: expect.stringMatching(/^127\./) },
      { isThis: true },
    ]);
    const stranger = await signedIn((await person()).email);
    expect((await stranger.ask('DELETE', `/api/session/sessions/${data[0].id}`)).body.code).toBe(
      'session_not_found',
    );
    expect((await one.ask('DELETE', `/api/session/sessions/${data[0].id}`)).status).toBe(200);
    await expect.poll(async () => (await two.who()).status).toBe(401);
    expect((await one.who()).status).toBe(200);
  });

  it('is of no use to another key or cookie', async () => {
    for (const cookie of [
      'headgate_session=x',
      '=;=;',
      'headgate_session=%00',
      `headgate_session=hgs_${'a'.repeat(44)}`,
    ]) {
      const browser = new Browser();
      browser.cookie = cookie;
      expect((await browser.who()).body.code).toBe('unauthenticated');
    }
    const browser = await signedIn('owner@example.com');
    // A key that is there is what counts.
    const both = await browser.ask('GET', '/api/admin/overview', undefined, {
      authorization: 'Bearer nonsense',
    });
    expect(both.status).toBe(401);
  });
});

describe('another site', () => {
  it('changes nothing with a session’s cookie', async () => {
    const browser = await signedIn((await person()).email);
    const end = (headers: Record<string, string>) =>
      browser.ask('DELETE', '/api/session', undefined, headers);
    const port = base.split(':').at(-1);
    for (const origin of [
      'https://evil.example',
      'null',
      `http://127.0.0.1.evil.example:${port}`,
      'http://127.0.0.1:1',
      '',
    ]) {
      expect((await end({ origin })).body.code, origin).toBe('cross_site');
    }
    expect((await end({ 'sec-fetch-site': 'cross-site' })).body.code).toBe('cross_site');
    expect((await browser.who()).status).toBe(200);
  });

  it('signs nobody in', async () => {
    const browser = new Browser();
    const body = { email: 'owner@example.com', password: PASSWORD };
    const answer = await browser.ask('POST', '/api/session', body, { origin: 'https://evil.example' });
    expect(answer.body.code).toBe('cross_site');
    expect(browser.cookie).toBe('');
  });

  it('is not what a program is that says so', async () => {
    const browser = await signedIn((await person()).email);
    const ask = (headers: Record<string, string>) =>
      fetch(`${base}/api/session`, { method: 'DELETE', headers: { cookie: browser.cookie, ...headers } });
    expect((await ask({})).status).toBe(403);
    expect((await ask({ 'x-headgate-console': '1' })).status).toBe(200);
  });
});

describe('guessing', () => {
  it('is told nothing of who there is', async () => {
    const known = await person();
    const wrong = await new Browser().signIn(known.email, 'not-the-password');
    const nobody = await new Browser().signIn('nobody@example.com', 'not-the-password');
    expect(wrong.body).toMatchObject({ status: 401, code: 'sign_in_failed' });
    expect(nobody.body).toEqual(wrong.body);
    const disabled = await person();
    await api.core.people.setDisabled(api.operator, disabled.id, true);
    expect((await new Browser().signIn(disabled.email)).body).toEqual(wrong.body);
    const invited = {
      accountId: ownerAccount,
      email: 'invited@example.com',
      name: 'Eve',
      role: 'viewer' as const,
    };
    await api.core.people.invite(api.operator, invited);
    expect((await new Browser().signIn(invited.email, '')).body).toEqual(wrong.body);
  });

  it('waits longer with every guess, then may go on, and is forgiven with the right one', async () => {
    const { email } = await person();
    const waits: number[] = [];
    for (let guess = 1; guess <= 9; guess++) {
      expect((await new Browser().signIn(email, `guess ${guess}`)).status).toBe(401);
      const next = await new Browser().signIn(email);
      if (next.status === 200) continue;
      expect(next.body.code).toBe('rate_limited');
      const seconds = Number(next.headers.get('retry-after'));
      waits.push(seconds);
      clock.advance(seconds * 1000);
    }
    // The right one in between forgave all before it: waits begin only when wrong ones are in a row.
    expect(waits).toEqual([]);
    for (let guess = 1; guess <= 11; guess++) {
      expect((await new Browser().signIn(email, `guess ${guess}`)).status, `guess ${guess}`).toBe(401);
      if (guess < 5) continue;
      const refused = await new Browser().signIn(email);
      expect(refused.status, `after guess ${guess}`).toBe(429);
      const seconds = Number(refused.headers.get('retry-after'));
      waits.push(seconds);
      clock.advance(seconds * 1000);
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900]);
    expect((await new Browser().signIn(email)).status).toBe(200);
  });

  it('is not sped up by many at once', async () => {
    const { email } = await person();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => new Browser().signIn(email, `guess ${n}`)),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(35);
    await api.core.people.unlock(api.operator, email);
    expect((await new Browser().signIn(email)).status).toBe(200);
  });

  it('is slowed from one address, whomever it is at', async () => {
    const signIn = (email: string, password?: string) => new Browser('127.250.0.1').signIn(email, password);
    const statuses: number[] = [];
    for (let guess = 0; guess < 22; guess++) {
      statuses.push((await signIn(`nobody${guess}@example.com`, 'x')).status);
      // Who has an account too is not let off.
      if (guess === 10) expect((await signIn('owner@example.com')).status).toBe(200);
    }
    expect(statuses).toEqual([...Array(20).fill(401), 429, 429]);
    expect((await signIn('owner@example.com')).status).toBe(429);
    expect((await new Browser().signIn('owner@example.com')).status).toBe(200);
    clock.advance(31_000);
    expect((await signIn('owner@example.com')).status).toBe(200);
  });
});

describe('the second factor', () => {
  it('is asked for, once it is confirmed', async () => {
    const { email } = await person();
    const browser = await signedIn(email);
    const other = await signedIn(email);
    const { code, recoveryCodes } = await enrol(browser);
    expect(new Set(recoveryCodes).size).toBe(10);
    expect((await browser.who()).body.hasSecondFactor).toBe(true);
    await expect.poll(async () => (await other.who()).status).toBe(401);

    clock.advance(30_000);
    const next = new Browser();
    expect((await next.signIn(email)).body.step).toBe('second-factor');
    const firstToken = next.cookie;
    expect((await next.who()).status).toBe(401);
    expect((await next.ask('GET', '/api/admin/overview')).status).toBe(401);
    const right = code();
    const given = await next.ask('POST', '/api/session/second-factor', { code: right });
    expect(given.body.step).toBe('signed-in');
    expect(next.cookie).not.toBe(firstToken);
    expect((await next.who()).body.email).toBe(email);

    // The first step's token is used up, and so is the code.
    const again = new Browser();
    await again.signIn(email);
    expect((await again.ask('POST', '/api/session/second-factor', { code: right })).body.code).toBe(
      'sign_in_failed',
    );
    again.cookie = firstToken;
    clock.advance(30_000);
    expect((await again.ask('POST', '/api/session/second-factor', { code: code() })).body.code).toBe(
      'unauthenticated',
    );
  });

  it('opens one session with one code, however many ask at once', async () => {
    const { email } = await person();
    const { code, recoveryCodes } = await enrol(await signedIn(email));
    clock.advance(30_000);
    for (const right of [code(), recoveryCodes[0]!.toUpperCase()]) {
      const browsers = await Promise.all(
        Array.from({ length: 4 }, async () => {
          const browser = new Browser();
          await browser.signIn(email);
          return browser;
        }),
      );
      const answers = await Promise.all(
        browsers.map((browser) => browser.ask('POST', '/api/session/second-factor', { code: right })),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      clock.advance(16 * 60_000);
    }
  });

  it('cannot be guessed', async () => {
    const { email, id } = await person();
    await enrol(await signedIn(email));
    const statuses: number[] = [];
    for (let guess = 0; guess < 7; guess++) {
      const browser = new Browser();
      await browser.signIn(email);
      statuses.push((await browser.ask('POST', '/api/session/second-factor', { code: '000000' })).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    await api.core.people.removeSecondFactor(api.operator, id);
    expect((await new Browser().signIn(email)).body.step).toBe('signed-in');
  });

  it('goes with the password, and new recovery codes come with it', async () => {
    const { email } = await person();
    const browser = await signedIn(email);
    const { recoveryCodes } = await enrol(browser);
    const renew = (password: string) =>
      browser.ask('POST', '/api/session/second-factor/recovery-codes', { password });
    expect((await renew('not-the-password')).body.errors).toEqual([
      { field: 'password', expected: 'the current password' },
    ]);
    const renewed: string[] = (await renew(PASSWORD)).body.recoveryCodes;
    expect(renewed.some((code) => recoveryCodes.includes(code))).toBe(false);
    const disable = (password: string) =>
      browser.ask('POST', '/api/session/second-factor/disable', { password });
    expect((await disable('not-the-password')).status).toBe(400);
    expect((await disable(PASSWORD)).status).toBe(200);
    expect((await new Browser().signIn(email)).body.step).toBe('signed-in');
  });
});

describe('passwords', () => {
  it('are changed by who knows the old one, which ends the other sessions', async () => {
    const { email } = await person();
    const [browser, other] = [await signedIn(email), await signedIn(email)];
    const change = (currentPassword: string, newPassword: string) =>
      browser.ask('POST', '/api/session/password', { currentPassword, newPassword });
    expect((await change('wrong', 'another-password')).body.errors[0].field).toBe('currentPassword');
    expect((await change(PASSWORD, 'short')).body.errors[0].field).toBe('newPassword');
    expect((await change(PASSWORD, PASSWORD)).body.errors[0].field).toBe('newPassword');
    expect((await change(PASSWORD, 'another-password')).status).toBe(200);
    expect((await browser.who()).status).toBe(200);
    await expect.poll(async () => (await other.who()).status).toBe(401);
    expect((await new Browser().signIn(email)).status).toBe(401);
    expect((await new Browser().signIn(email, 'another-password')).status).toBe(200);
  });

  it('are first set by an invitation, once and in time', async () => {
    const invite = (email: string) =>
      api.core.people.invite(api.operator, { accountId: ownerAccount, email, name: 'Bob', role: 'viewer' });
    const { token, person: bob } = await invite('bob@example.com');
    const browser = new Browser();
    const read = await browser.ask('POST', '/api/session/invitation/read', { token });
    expect(read.body).toEqual({ email: 'bob@example.com', name: 'Bob' });
    const take = (password: string) => browser.ask('POST', '/api/session/invitation', { token, password });
    expect((await take('short')).body.errors[0].field).toBe('password');
    expect((await take(PASSWORD)).body.step).toBe('signed-in');
    expect((await browser.who()).body).toMatchObject({ id: bob.id, role: 'viewer' });
    expect((await take(PASSWORD)).body.errors[0].field).toBe('token');

    const late = await invite('late@example.com');
    clock.advance(3 * 24 * 3600_000);
    const tooLate = await browser.ask('POST', '/api/session/invitation', {
      token: late.token,
      password: PASSWORD,
    });
    expect(tooLate.body.errors[0].field).toBe('token');
  });
});

it('stores nothing that lets anybody in', async () => {
  const browser = await signedIn('owner@example.com');
  const { recoveryCodes } = await enrol(await signedIn((await person()).email));
  const secrets = [
    browser.cookie.split('=')[1]!,
    PASSWORD,
    ...recoveryCodes,
    ...recoveryCodes.map((code) => code.replace('-', '')),
  ];
  const tables = await api.database.sql<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
  for (const { name } of tables) {
    const rows = JSON.stringify(await api.database.sql.unsafe(`SELECT t::text FROM "${name}" t`));
    for (const secret of secrets) expect(rows.includes(secret), `${secret} in ${name}`).toBe(false);
  }
});
