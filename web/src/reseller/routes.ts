/** The reseller's pages. Each is loaded when it is first opened. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { only, shellRoute } from '../app/root.tsx';

const resellerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: 'reseller',
  beforeLoad: only('reseller'),
});

const overview = createRoute({
  getParentRoute: () => resellerRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./overview.tsx'), 'OverviewPage'),
});

export const resellerRoutes = resellerRoute.addChildren([overview]);
