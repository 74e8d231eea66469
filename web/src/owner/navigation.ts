import {
  IconArrowsExchange,
  IconBook2,
  IconBuildingStore,
  IconDoorExit,
  IconEyeCheck,
  IconHistory,
  IconKey,
  IconLayoutDashboard,
  IconReceipt,
  IconRepeat,
  IconScale,
  IconServer2,
  IconSettings,
  IconTags,
  IconTicket,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react';
import type { NavigationGroup } from '../app/navigation.ts';

export const ownerNavigation: readonly NavigationGroup[] = [
  {
    links: [{ to: '/owner', text: 'owner.nav.overview', icon: IconLayoutDashboard, exact: true }],
  },
  {
    title: 'owner.nav.trade',
    links: [
      { to: '/owner/resellers', text: 'owner.resellers.title', icon: IconBuildingStore },
      { to: '/owner/subscriptions', text: 'owner.subscriptions.title', icon: IconRepeat },
      { to: '/owner/plans', text: 'owner.plans.title', icon: IconTags },
      { to: '/owner/vouchers', text: 'owner.vouchers.title', icon: IconTicket },
    ],
  },
  {
    title: 'owner.nav.record',
    links: [
      { to: '/owner/credit-events', text: 'creditEvents.title', icon: IconReceipt },
      { to: '/owner/reconciliations', text: 'reconciliation.title', icon: IconScale },
      { to: '/owner/reviews', text: 'owner.reviews.title', icon: IconEyeCheck },
      { to: '/owner/ledger', text: 'owner.ledger.title', icon: IconBook2 },
      { to: '/owner/audit', text: 'audit.title', icon: IconHistory },
    ],
  },
  {
    title: 'owner.nav.operation',
    links: [
      { to: '/owner/gateways', text: 'owner.gateways.title', icon: IconServer2 },
      { to: '/owner/tunnels', text: 'tunnels.title', icon: IconArrowsExchange },
      { to: '/owner/exits', text: 'owner.exits.title', icon: IconDoorExit },
      { to: '/owner/settings', text: 'owner.settings.title', icon: IconSettings },
    ],
  },
  {
    title: 'owner.nav.access',
    links: [
      { to: '/owner/keys', text: 'keys.title', icon: IconKey },
      { to: '/owner/people', text: 'owner.people.title', icon: IconUsers },
      { to: '/owner/webhooks', text: 'webhooks.title', icon: IconWebhook },
    ],
  },
];
