/** The provider's pages. Each is loaded when it is first opened. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { only, shellRoute } from '../app/root.tsx';

const ownerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: 'owner',
  beforeLoad: only('owner', 'manager', 'viewer'),
});

const overview = createRoute({
  getParentRoute: () => ownerRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./overview.tsx'), 'OverviewPage'),
});

export const ownerRoutes = ownerRoute.addChildren([overview]);
