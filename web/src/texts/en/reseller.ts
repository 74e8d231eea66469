/** The reseller's console. */
import { resellerAccess } from './reseller-access.ts';
import { resellerBooks } from './reseller-books.ts';
import { resellerSubusers } from './reseller-subusers.ts';
import { resellerTrade } from './reseller-trade.ts';

export const reseller = {
  nav: {
    overview: 'Overview',
    customers: 'Customers',
    books: 'Books',
    access: 'Access',
  },
  ...resellerSubusers,
  ...resellerTrade,
  ...resellerBooks,
  ...resellerAccess,
  overview: {
    title: 'Overview',
    balance: 'Balance',
    frozen: 'frozen by the provider',
    subusers: 'Subusers',
    subscriptions: 'Subscriptions',
    subscriptionsNote_one: '{{count, number}} active',
    subscriptionsNote_other: '{{count, number}} active',
    now: 'Flowing now',
    nowNote: 'in the last minutes',
    today: 'Today',
    todayNote: 'since midnight, UTC',
    month: '30 days',
    pooled: 'In the pool',
    allocated: 'With subusers',
    used: 'Used',
    daysLeft_one: 'Lasts {{count, number}} day at this rate ({{rate}} a day)',
    daysLeft_other: 'Lasts {{count, number}} days at this rate ({{rate}} a day)',
    noUse: 'Nothing was used in the last week',
    nothing: 'Nothing bought yet',
    top: 'Subusers by usage',
    topOf: 'Subusers by usage: {{product}}',
    topIntro: 'Those who have used most, and what they have left',
    noTop: 'No subuser has used anything yet',
    left: '{{used}} used, {{left}} left',
  },
};
