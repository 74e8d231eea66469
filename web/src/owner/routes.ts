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

const keys = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'keys',
  component: lazyRouteComponent(() => import('./keys.tsx'), 'KeysPage'),
});
const reconciliations = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'reconciliations',
  component: lazyRouteComponent(() => import('./reconciliations.tsx'), 'ReconciliationsPage'),
});
const reconciliation = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'reconciliations/$id',
  component: lazyRouteComponent(() => import('./reconciliations.tsx'), 'ReconciliationPage'),
});
const audit = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'audit',
  component: lazyRouteComponent(() => import('./audit.tsx'), 'AuditPage'),
});
const webhooks = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'webhooks',
  component: lazyRouteComponent(() => import('./webhooks.tsx'), 'WebhooksPage'),
});

const notFound = createRoute({ getParentRoute: () => ownerRoute, path: '$', component: NotFound });

export const ownerRoutes = ownerRoute.addChildren([
  overview,
  keys,
  reconciliations,
  reconciliation,
  audit,
  webhooks,
  notFound,
]);
