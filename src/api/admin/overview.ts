/** The installation at a glance. */
import { Type } from 'typebox';
import { Answer, Whole } from '../http/fields.ts';
import type { AdminRoutes } from './context.ts';

const Overview = Answer(
  {
    resellerCount: Type.Integer(),
    subuserCount: Type.Integer(),
    residentialBytes: Whole('In the pools of all resellers, not yet allocated'),
    mobileBytes: Whole('The same'),
    usdCents: Whole('Money that the resellers hold'),
  },
  {
    resellerCount: 12,
    subuserCount: 3400,
    residentialBytes: 5_000_000_000_000,
    mobileBytes: 800_000_000_000,
    usdCents: 120_050,
  },
);

export const overview: AdminRoutes = (app, { core, read }) => {
  app.get(
    '/overview',
    {
      ...read,
      schema: {
        operationId: 'getOverview',
        tags: ['overview'],
        summary: 'The installation at a glance',
        response: { 200: Overview },
      },
    },
    async () => {
      const resellers = await core.accounts.listResellers();
      const sum = (asset: 'residential' | 'mobile' | 'usd') =>
        resellers.reduce((total, { balances }) => total + balances[asset], 0n);
      return {
        resellerCount: resellers.length,
        subuserCount: resellers.reduce((total, { subuserCount }) => total + subuserCount, 0),
        residentialBytes: sum('residential'),
        mobileBytes: sum('mobile'),
        usdCents: sum('usd'),
      };
    },
  );
};
