/** The provider's pages. Each is loaded when it is first opened. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { NotFound } from '../app/not-found.tsx';
import { only, shellRoute } from '../app/root.tsx';
import { beginOverview } from './overview-queries.ts';

const ownerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: 'owner',
  beforeLoad: only('owner', 'manager', 'viewer'),
});

const overview = createRoute({
  getParentRoute: () => ownerRoute,
  path: '/',
  loader: ({ context }) => beginOverview(context.queries),
  component: lazyRouteComponent(() => import('./overview.tsx'), 'OverviewPage'),
});

const resellers = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'resellers',
  component: lazyRouteComponent(() => import('./resellers.tsx'), 'ResellersPage'),
});
const reseller = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'resellers/$id',
  component: lazyRouteComponent(() => import('./reseller.tsx'), 'ResellerPage'),
});
const subuser = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'subusers/$id',
  component: lazyRouteComponent(() => import('./subuser.tsx'), 'SubuserPage'),
});
const subscriptions = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'subscriptions',
  component: lazyRouteComponent(() => import('./subscriptions.tsx'), 'SubscriptionsPage'),
});
const plans = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'plans',
  component: lazyRouteComponent(() => import('./plans.tsx'), 'PlansPage'),
});
const vouchers = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'vouchers',
  component: lazyRouteComponent(() => import('./vouchers.tsx'), 'VouchersPage'),
});
const creditEvents = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'credit-events',
  component: lazyRouteComponent(() => import('./credit-events.tsx'), 'CreditEventsPage'),
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
const reviews = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'reviews',
  component: lazyRouteComponent(() => import('./reviews.tsx'), 'ReviewsPage'),
});
const ledger = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'ledger',
  component: lazyRouteComponent(() => import('./ledger.tsx'), 'LedgerPage'),
});
const audit = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'audit',
  component: lazyRouteComponent(() => import('./audit.tsx'), 'AuditPage'),
});
const gateways = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'gateways',
  component: lazyRouteComponent(() => import('./gateways.tsx'), 'GatewaysPage'),
});
const tunnels = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'tunnels',
  component: lazyRouteComponent(() => import('./tunnels.tsx'), 'TunnelsPage'),
});
const exits = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'exits',
  component: lazyRouteComponent(() => import('./exits.tsx'), 'ExitsPage'),
});
const keys = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'keys',
  component: lazyRouteComponent(() => import('./keys.tsx'), 'KeysPage'),
});
const people = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'people',
  component: lazyRouteComponent(() => import('./people.tsx'), 'PeoplePage'),
});
const webhooks = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'webhooks',
  component: lazyRouteComponent(() => import('./webhooks.tsx'), 'WebhooksPage'),
});
const settings = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'settings',
  component: lazyRouteComponent(() => import('./settings.tsx'), 'SettingsPage'),
});
const notFound = createRoute({ getParentRoute: () => ownerRoute, path: '$', component: NotFound });

export const ownerRoutes = ownerRoute.addChildren([
  overview,
  resellers,
  reseller,
  subuser,
  subscriptions,
  plans,
  vouchers,
  creditEvents,
  reconciliations,
  reconciliation,
  reviews,
  ledger,
  audit,
  gateways,
  tunnels,
  exits,
  keys,
  people,
  webhooks,
  settings,
  notFound,
]);
