import { IconLayoutDashboard } from '@tabler/icons-react';
import type { NavigationGroup } from '../app/navigation.ts';

export const resellerNavigation: readonly NavigationGroup[] = [
  { links: [{ to: '/reseller', text: 'reseller.nav.overview', icon: IconLayoutDashboard, exact: true }] },
];
