/** What is open at the gateways, of all resellers. */
import { Type } from 'typebox';
import { PROVIDERS_VIEW, tunnels as sharedTunnels } from '../own/tunnels.ts';
import type { AdminRoutes } from './context.ts';

const reseller = Type.Optional(
  Type.String({ minLength: 1, maxLength: 300, description: 'a store code, an id or an email address' }),
);

export const tunnels: AdminRoutes = (app, context) => {
  sharedTunnels(app, {
    ...context,
    view: PROVIDERS_VIEW,
    filter: { reseller },
    whose: async (request) => {
      const { reseller } = request.query as { reseller?: string };
      return reseller === undefined ? undefined : (await context.core.accounts.find(reseller)).id;
    },
  });
};
