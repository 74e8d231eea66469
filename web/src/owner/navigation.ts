import { IconLayoutDashboard } from '@tabler/icons-react';
import type { NavigationGroup } from '../app/navigation.ts';

export const ownerNavigation: readonly NavigationGroup[] = [
  { links: [{ to: '/owner', text: 'owner.nav.overview', icon: IconLayoutDashboard, exact: true }] },
];
