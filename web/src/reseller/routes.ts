/** The reseller's pages. Each is loaded when it is first opened. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { NotFound } from '../app/not-found.tsx';
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

const notFound = createRoute({ getParentRoute: () => resellerRoute, path: '$', component: NotFound });

export const resellerRoutes = resellerRoute.addChildren([overview, notFound]);
