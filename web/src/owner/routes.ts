/** The provider's pages. Each is loaded when it is first opened. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { NotFound } from '../app/not-found.tsx';
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

const notFound = createRoute({ getParentRoute: () => ownerRoute, path: '$', component: NotFound });

export const ownerRoutes = ownerRoute.addChildren([overview, notFound]);
