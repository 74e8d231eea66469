/** The reseller's pages. Each is loaded when it is first opened. */
import { createRoute } from '@tanstack/react-router';
import { NotFound } from '../app/not-found.tsx';
import { page } from '../app/page.ts';
import { only, shellRoute } from '../app/root.tsx';
import { beginOverview } from './overview-queries.ts';
import { readSubusersSearch } from './subusers/search.ts';

const resellerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: 'reseller',
  beforeLoad: only('reseller'),
});

const overview = createRoute({
  getParentRoute: () => resellerRoute,
  path: '/',
  loader: ({ context }) => beginOverview(context.queries),
  component: page(() => import('./overview.tsx'), 'OverviewPage'),
});

const subusers = createRoute({
  getParentRoute: () => resellerRoute,
  path: 'subusers',
  validateSearch: readSubusersSearch,
  component: page(() => import('./subusers/list.tsx'), 'SubusersPage'),
});

const bulk = createRoute({
  getParentRoute: () => resellerRoute,
  path: 'subusers/bulk',
  component: page(() => import('./subusers/bulk-page.tsx'), 'BulkPage'),
});

const subuser = createRoute({
  getParentRoute: () => resellerRoute,
  path: 'subusers/$id',
  component: page(() => import('./subusers/subuser.tsx'), 'SubuserPage'),
});

const subscriptions = createRoute({
  getParentRoute: () => resellerRoute,
  path: 'subscriptions',
  component: page(() => import('./subscriptions/list.tsx'), 'SubscriptionsPage'),
});

const subscription = createRoute({
  getParentRoute: () => resellerRoute,
  path: 'subscriptions/$id',
  component: page(() => import('./subscriptions/subscription.tsx'), 'SubscriptionPage'),
});

const tunnels = createRoute({
  getParentRoute: () => resellerRoute,
  path: 'tunnels',
  component: page(() => import('./tunnels.tsx'), 'TunnelsPage'),
});

const statement = createRoute({
  getParentRoute: () => resellerRoute,
  path: 'statement',
  component: page(() => import('./statement.tsx'), 'StatementPage'),
});

const creditEvents = createRoute({
  getParentRoute: () => resellerRoute,
  path: 'credit-events',
  component: page(() => import('./credit/events.tsx'), 'CreditEventsPage'),
});

const reconciliations = createRoute({
  getParentRoute: () => resellerRoute,
  path: 'reconciliations',
  component: page(() => import('./credit/reconciliations.tsx'), 'ReconciliationsPage'),
});

const reconciliation = createRoute({
  getParentRoute: () => resellerRoute,
  path: 'reconciliations/$id',
  component: page(() => import('./credit/reconciliations.tsx'), 'ReconciliationPage'),
});

const keys = createRoute({
  getParentRoute: () => resellerRoute,
  path: 'keys',
  component: page(() => import('./keys.tsx'), 'KeysPage'),
});

const webhooks = createRoute({
  getParentRoute: () => resellerRoute,
  path: 'webhooks',
  component: page(() => import('./webhooks.tsx'), 'WebhooksPage'),
});

const reference = createRoute({
  getParentRoute: () => resellerRoute,
  path: 'reference',
  component: page(() => import('./reference/page.tsx'), 'ReferencePage'),
});

const notFound = createRoute({ getParentRoute: () => resellerRoute, path: '$', component: NotFound });

export const resellerRoutes = resellerRoute.addChildren([
  overview,
  subusers,
  bulk,
  subuser,
  subscriptions,
  subscription,
  tunnels,
  statement,
  creditEvents,
  reconciliations,
  reconciliation,
  keys,
  webhooks,
  reference,
  notFound,
]);
