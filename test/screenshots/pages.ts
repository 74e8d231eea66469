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

export const PAGES: readonly Screen[] = [
  { name: 'sign-in', who: 'nobody', path: '/sign-in' },
  { name: 'owner-overview', who: 'owner', path: '/owner', prepare: showMonth },
  { name: 'owner-profile', who: 'owner', path: '/profile' },
  { name: 'reseller-overview', who: 'reseller', path: '/reseller', prepare: showMonth },
];
