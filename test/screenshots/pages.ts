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

/** Opens the first thing of a list, whose pages lie under `path`; `tab` of it. */
const openFirst = (path: string, tab?: string) => async (page: Page) => {
  await page.locator(`main a[href^="${path}/"]:not([href$="/bulk"])`).first().click();
  await page.waitForURL((url) => url.pathname.startsWith(`${path}/`));
  if (tab !== undefined) await page.goto(`${page.url().split('?')[0]}?tab=${tab}`);
};

const press = (name: string) => async (page: Page) => {
  await page.getByRole('button', { name }).first().click();
  await page.getByRole('dialog').waitFor();
};

const plain = (who: 'owner' | 'reseller', names: readonly string[]): Screen[] =>
  names.map((name) => ({ name: `${who}-${name.replaceAll('/', '-')}`, who, path: `/${who}/${name}` }));

/** Of a reseller's page. */
const TABS = [
  'subusers',
  'subscriptions',
  'keys',
  'events',
  'standing',
  'statement',
  'limits',
  'people',
  'audit',
];
const BIGGEST_FIRST = '/owner/resellers?sort=-used';

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
  ...plain('owner', [
    'ledger',
    'audit',
    'gateways',
    'tunnels',
    'exits',
    'keys',
    'people',
    'webhooks',
    'settings',
  ]),
  { name: 'owner-reseller', who: 'owner', path: BIGGEST_FIRST, prepare: openFirst('/owner/resellers') },
  ...TABS.map(
    (tab): Screen => ({
      name: `owner-reseller-${tab}`,
      who: 'owner',
      path: BIGGEST_FIRST,
      prepare: openFirst('/owner/resellers', tab),
    }),
  ),
  {
    name: 'owner-subuser',
    who: 'owner',
    path: BIGGEST_FIRST,
    prepare: async (page) => {
      await openFirst('/owner/resellers', 'subusers')(page);
      await openFirst('/owner/subusers')(page);
    },
  },
  {
    name: 'owner-reconciliation',
    who: 'owner',
    path: '/owner/reconciliations',
    prepare: openFirst('/owner/reconciliations'),
  },
  { name: 'owner-mint-key', who: 'owner', path: '/owner/keys', prepare: press('Mint a key') },
  { name: 'owner-not-found', who: 'owner', path: '/owner/nothing-here' },
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
    path: '/reseller/subusers?sort=-used',
    prepare: openFirst('/reseller/subusers'),
  },
  {
    name: 'reseller-new-subuser',
    who: 'reseller',
    path: '/reseller/subusers',
    prepare: press('New subuser'),
  },
  {
    name: 'reseller-subscription',
    who: 'reseller',
    path: '/reseller/subscriptions',
    prepare: openFirst('/reseller/subscriptions'),
  },
  {
    name: 'reseller-buy',
    who: 'reseller',
    path: '/reseller/subscriptions',
    prepare: press('Buy a subscription'),
  },
  {
    name: 'reseller-reconciliation',
    who: 'reseller',
    path: '/reseller/reconciliations',
    prepare: openFirst('/reseller/reconciliations'),
  },
];
