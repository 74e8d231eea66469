/** Getting in and out of the console, in a real browser against a real server. */

import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, openPage, PHONE } from '../support/browser.ts';
import { type Consoles, OWNER, startConsoles } from '../support/consoles.ts';
import { heading } from '../support/page-parts.ts';

/** What browsers write about an answer of that status. */
const refusals = (...statuses: number[]) => new RegExp(`status of (${statuses.join('|')})`);

let consoles: Consoles;
beforeAll(async () => {
  consoles = await startConsoles();
});
afterAll(() => consoles?.close());

/** As somebody who is not signed in. */
const open = (path: string, options: Parameters<typeof openPage>[2] = {}) =>
  openPage(consoles.browser, consoles.server.apiUrl + path, options);

async function enter(page: Page, password = OWNER.password): Promise<void> {
  await page.getByLabel('Email').fill(OWNER.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

describe('the sign-in page', () => {
  it('is what everybody sees first, and lets in with the password', async () => {
    const page = await open('/');
    await heading(page, 'Sign in');
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await expectAccessible(page);
    await enter(page);
    await heading(page, 'Overview');
    expect(new URL(page.url()).pathname).toBe('/owner');
    expect(await page.title()).toBe('Overview · Headgate');
  });

  it('says that the password is wrong, and keeps the address', async () => {
    const page = await open('/sign-in', { expected: refusals(401) });
    await enter(page, 'not this one');
    await expect.poll(() => page.getByRole('alert').textContent()).toBe('Email or password is wrong.');
    expect(await page.getByLabel('Email').inputValue()).toBe(OWNER.email);
    await expectAccessible(page);
    await enter(page);
    await heading(page, 'Overview');
  });

  it('leads to the page that was asked for', async () => {
    const page = await open('/profile');
    await enter(page);
    await heading(page, 'Profile and security');
  });

  it('leads to no other site', async () => {
    const page = await open('/sign-in?next=//example.com/');
    await enter(page);
    await heading(page, 'Overview');
    expect(page.url()).toBe(`${consoles.server.apiUrl}/owner`);
  });

  it('is used by the keyboard alone', async () => {
    const page = await open('/sign-in');
    await heading(page, 'Sign in');
    await page.keyboard.type(OWNER.email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(OWNER.password);
    await page.keyboard.press('Enter');
    await heading(page, 'Overview');
    await expect.poll(() => page.locator(':focus').getAttribute('id')).toBe('main');
    await page.reload();
    await heading(page, 'Overview');
    await page.keyboard.press('Tab');
    await expect.poll(() => page.locator(':focus').textContent()).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator(':focus').getAttribute('id')).toBe('main');
  });

  it('can be read in the dark on a phone', async () => {
    const page = await open('/sign-in', { viewport: PHONE, colours: 'dark' });
    await heading(page, 'Sign in');
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await enter(page);
    await heading(page, 'Overview');
    await expectNoSidewaysScroll(page);
  });

  it('speaks the language of the browser', async () => {
    const page = await open('/sign-in', { language: 'de-AT' });
    await heading(page, 'Anmelden');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
  });
});

describe('the shell', () => {
  it('changes language and colours, and remembers them', async () => {
    const page = await consoles.open('/owner');
    await heading(page, 'Overview');
    await page.getByRole('button', { name: /Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
    await heading(page, 'Übersicht');
    await page.getByRole('button', { name: /Ihr Konto/ }).click();
    await page.getByRole('menuitem', { name: 'Dunkel' }).click();
    const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme');
    await expect.poll(scheme).toBe('dark');
    await page.reload();
    await heading(page, 'Übersicht');
    expect(await scheme()).toBe('dark');
  });

  it('says that there is no such page', async () => {
    const page = await consoles.open('/owner/nothing-here');
    await page.getByText('There is no such page').waitFor();
    await expectAccessible(page);
  });

  it('sends people to the console of their own', async () => {
    const page = await consoles.open('/reseller');
    await heading(page, 'Overview');
    expect(new URL(page.url()).pathname).toBe('/owner');
  });

  it('opens its navigation on a phone', async () => {
    const page = await consoles.open('/profile', { viewport: PHONE });
    await heading(page, 'Profile and security');
    const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Overview' });
    expect(await link.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Open the navigation' }).click();
    await link.click();
    await heading(page, 'Overview');
    await expect.poll(() => link.isVisible()).toBe(false);
  });

  it('returns to the sign-in when the session has ended, and then to the page', async () => {
    const page = await open('/profile', { expected: refusals(401) });
    await enter(page);
    await heading(page, 'Profile and security');
    await page.context().clearCookies();
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByText('Your session has ended').waitFor();
    await enter(page);
    await heading(page, 'Overview');
  });

  it('signs out', async () => {
    const page = await open('/owner');
    await enter(page);
    await heading(page, 'Overview');
    await page.getByRole('button', { name: /Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await heading(page, 'Sign in');
    await page.goto(`${consoles.server.apiUrl}/owner`);
    await heading(page, 'Sign in');
  });
});

describe('the second factor', () => {
  it('is set up by QR code, asked for at the next sign-in, and taken off again', async () => {
    const page = await open('/profile', { expected: refusals(401, 429) });
    await enter(page);
    await heading(page, 'Profile and security');
    await expectAccessible(page);
    const panel = page.getByRole('region', { name: 'Second factor' });
    await panel.getByRole('button', { name: 'Set it up' }).click();
    await panel.getByLabel('Current password', { exact: true }).fill(OWNER.password);
    await panel.getByRole('button', { name: 'Set it up' }).click();
    await panel.getByRole('img', { name: /QR code/ }).waitFor();
    await expectAccessible(page);
    const secret = Secret.fromBase32((await panel.locator('code').textContent())!);
    await panel.getByLabel('Code', { exact: true }).fill(new TOTP({ secret }).generate());
    await panel.getByRole('button', { name: 'Turn it on' }).click();
    const recoveryCodes = (await panel.locator('pre').textContent())!.split('\n');
    expect(recoveryCodes.length).toBeGreaterThan(5);
    await expectAccessible(page);
    await panel.getByRole('button', { name: 'I have saved it' }).click();

    await page.getByRole('button', { name: /Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await enter(page);
    await heading(page, 'Second factor');
    await expectAccessible(page);
    await page.getByLabel('Code').fill('000000');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('This code is not right');
    await page.getByRole('button', { name: 'Use a recovery code instead' }).click();
    await page.getByLabel('Recovery code', { exact: true }).fill(recoveryCodes[0]!);
    await page.getByRole('button', { name: 'Continue' }).click();
    await heading(page, 'Overview');

    await page.goto(`${consoles.server.apiUrl}/profile`);
    await panel.getByRole('button', { name: 'Turn it off' }).click();
    await panel.getByLabel('Current password', { exact: true }).fill(OWNER.password);
    await panel.getByRole('button', { name: 'Turn it off' }).click();
    await panel.getByText('Off', { exact: true }).waitFor();
  });
});
