import {
  IconArrowsExchange,
  IconBook2,
  IconCalendarRepeat,
  IconKey,
  IconLayoutDashboard,
  IconListDetails,
  IconReceipt,
  IconScale,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react';
import type { NavigationGroup } from '../app/navigation.ts';

export const resellerNavigation: readonly NavigationGroup[] = [
  { links: [{ to: '/reseller', text: 'reseller.nav.overview', icon: IconLayoutDashboard, exact: true }] },
  {
    title: 'reseller.nav.customers',
    links: [
      { to: '/reseller/subusers', text: 'reseller.subusers.title', icon: IconUsers },
      { to: '/reseller/subscriptions', text: 'reseller.subscriptions.title', icon: IconCalendarRepeat },
      { to: '/reseller/tunnels', text: 'tunnels.title', icon: IconArrowsExchange },
    ],
  },
  {
    title: 'reseller.nav.books',
    links: [
      { to: '/reseller/statement', text: 'statement.title', icon: IconListDetails },
      { to: '/reseller/credit-events', text: 'creditEvents.title', icon: IconReceipt },
      { to: '/reseller/reconciliations', text: 'reconciliation.title', icon: IconScale },
    ],
  },
  {
    title: 'reseller.nav.access',
    links: [
      { to: '/reseller/keys', text: 'keys.title', icon: IconKey },
      { to: '/reseller/webhooks', text: 'webhooks.title', icon: IconWebhook },
      { to: '/reseller/reference', text: 'reseller.reference.title', icon: IconBook2 },
    ],
  },
];
