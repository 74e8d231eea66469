import { IconHistory, IconKey, IconLayoutDashboard, IconScale, IconWebhook } from '@tabler/icons-react';
import type { NavigationGroup } from '../app/navigation.ts';

export const ownerNavigation: readonly NavigationGroup[] = [
  { links: [{ to: '/owner', text: 'owner.nav.overview', icon: IconLayoutDashboard, exact: true }] },
  {
    title: 'owner.nav.record',
    links: [
      { to: '/owner/reconciliations', text: 'reconciliation.title', icon: IconScale },
      { to: '/owner/audit', text: 'audit.title', icon: IconHistory },
    ],
  },
  {
    title: 'owner.nav.access',
    links: [
      { to: '/owner/keys', text: 'keys.title', icon: IconKey },
      { to: '/owner/webhooks', text: 'webhooks.title', icon: IconWebhook },
    ],
  },
];
