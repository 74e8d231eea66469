/** Every page of both consoles that is pictured. A new page belongs here. */
import type { Page } from 'playwright-core';

export interface Screen {
  /** Of the file. */
  name: string;
  who: 'nobody' | 'owner' | 'reseller';
  path: string;
  /** What is done before the picture is taken. */
  prepare?: (page: Page) => Promise<void>;
}

const showMonth = (page: Page) => page.getByText('30 days', { exact: true }).first().click();

/** Opens the first thing of a list, whose pages lie under `path`. */
const openFirst = (path: string) => async (page: Page) => {
  await page.locator(`main a[href^="${path}/"]:not([href$="/bulk"])`).first().click();
  await page.waitForURL((url) => url.pathname.startsWith(`${path}/`));
};

const plain = (who: 'owner' | 'reseller', names: readonly string[]): Screen[] =>
  names.map((name) => ({ name: `${who}-${name.replaceAll('/', '-')}`, who, path: `/${who}/${name}` }));

export const PAGES: readonly Screen[] = [
  { name: 'sign-in', who: 'nobody', path: '/sign-in' },
  { name: 'profile', who: 'owner', path: '/profile' },
  { name: 'owner-overview', who: 'owner', path: '/owner', prepare: showMonth },
  ...plain('owner', [
    'resellers',
    'subscriptions',
    'plans',
    'vouchers',
    'credit-events',
    'reconciliations',
    'reviews',
  ]),
  ...plain('owner', ['audit', 'gateways', 'tunnels', 'exits', 'keys', 'people', 'webhooks', 'settings']),
  { name: 'owner-reseller', who: 'owner', path: '/owner/resellers', prepare: openFirst('/owner/resellers') },
  { name: 'reseller-overview', who: 'reseller', path: '/reseller', prepare: showMonth },
  ...plain('reseller', [
    'subusers',
    'subusers/bulk',
    'subscriptions',
    'tunnels',
    'statement',
    'credit-events',
  ]),
  ...plain('reseller', ['reconciliations', 'keys', 'webhooks', 'reference']),
  {
    name: 'reseller-subuser',
    who: 'reseller',
    path: '/reseller/subusers?search=a',
    prepare: openFirst('/reseller/subusers'),
  },
];
