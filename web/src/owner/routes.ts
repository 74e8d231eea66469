/** The provider's pages. Each is loaded when it is first opened. */
import { createRoute } from '@tanstack/react-router';
import { NotFound } from '../app/not-found.tsx';
import { page } from '../app/page.ts';
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
  component: page(() => import('./overview.tsx'), 'OverviewPage'),
});

const resellers = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'resellers',
  component: page(() => import('./resellers.tsx'), 'ResellersPage'),
});
const reseller = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'resellers/$id',
  component: page(() => import('./reseller.tsx'), 'ResellerPage'),
});
const subuser = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'subusers/$id',
  component: page(() => import('./subuser.tsx'), 'SubuserPage'),
});
const subscriptions = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'subscriptions',
  component: page(() => import('./subscriptions.tsx'), 'SubscriptionsPage'),
});
const plans = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'plans',
  component: page(() => import('./plans.tsx'), 'PlansPage'),
});
const vouchers = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'vouchers',
  component: page(() => import('./vouchers.tsx'), 'VouchersPage'),
});
const creditEvents = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'credit-events',
  component: page(() => import('./credit-events.tsx'), 'CreditEventsPage'),
});
const reconciliations = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'reconciliations',
  component: page(() => import('./reconciliations.tsx'), 'ReconciliationsPage'),
});
const reconciliation = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'reconciliations/$id',
  component: page(() => import('./reconciliations.tsx'), 'ReconciliationPage'),
});
const reviews = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'reviews',
  component: page(() => import('./reviews.tsx'), 'ReviewsPage'),
});
const ledger = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'ledger',
  component: page(() => import('./ledger.tsx'), 'LedgerPage'),
});
const audit = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'audit',
  component: page(() => import('./audit.tsx'), 'AuditPage'),
});
const gateways = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'gateways',
  component: page(() => import('./gateways.tsx'), 'GatewaysPage'),
});
const tunnels = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'tunnels',
  component: page(() => import('./tunnels.tsx'), 'TunnelsPage'),
});
const exits = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'exits',
  component: page(() => import('./exits.tsx'), 'ExitsPage'),
});
const keys = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'keys',
  component: page(() => import('./keys.tsx'), 'KeysPage'),
});
const people = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'people',
  component: page(() => import('./people.tsx'), 'PeoplePage'),
});
const webhooks = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'webhooks',
  component: page(() => import('./webhooks.tsx'), 'WebhooksPage'),
});
const settings = createRoute({
  getParentRoute: () => ownerRoute,
  path: 'settings',
  component: page(() => import('./settings.tsx'), 'SettingsPage'),
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
