/** What a reseller's own subusers and subscriptions have open. Others' are as if there were none. */
import { RESELLERS_VIEW, tunnels as sharedTunnels } from '../own/tunnels.ts';
import type { AccountRoutes } from './context.ts';

export const tunnels: AccountRoutes = (app, context) => {
  sharedTunnels(app, {
    ...context,
    view: RESELLERS_VIEW,
    whose: async (request) => context.accountId(request),
  });
};
