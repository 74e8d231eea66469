/** The installation at a glance, and how much flows. */
import { Type } from 'typebox';
import { PRODUCTS } from '../../shared/products.ts';
import { Answer, Named, OptionalText, OptionalTime, Query, Time, Whole, Word } from '../http/fields.ts';
import {
  ByProduct,
  RANGE_FIELDS,
  rangeFrom,
  toWireUsage,
  USAGE_NOW,
  Usage,
  UsageNowForm,
} from '../own/figures.ts';
import type { AdminRoutes } from './context.ts';

const AT = '2026-05-04T10:00:00.000Z';

export const Gateway = Named('Gateway', {
  id: Type.String({ description: 'Of its session, which begins anew when it starts' }),
  name: Type.String(),
  openedAt: Time('When it started'),
  heartbeatAt: Time('When it was heard from last'),
  alive: Type.Boolean({ description: 'Heard from a moment ago' }),
  leases: Type.Integer({ description: 'Subusers whose bytes it holds, by product' }),
  heldBytes: Whole('Leased to it and not reported as used'),
  seats: Type.Integer({ description: 'Connections of subscriptions that it may hold open' }),
});
export const GATEWAY = {
  id: '17',
  name: 'gw1',
  openedAt: AT,
  heartbeatAt: AT,
  alive: true,
  leases: 41,
  heldBytes: 655_000_000,
  seats: 120,
};

export const JobState = Named('JobState', {
  name: Type.String(),
  everyMs: Type.Integer({ description: 'Milliseconds between two runs' }),
  startedAt: Time('When it began last'),
  finishedAt: Time('When it ended last'),
  succeededAt: OptionalTime('When it succeeded last'),
  failedAt: OptionalTime('When it failed last'),
  failure: OptionalText('What the last failure said'),
  failuresInARow: Type.Integer(),
  isLate: Type.Boolean({ description: 'It should have run again by now' }),
});
export const JOB = {
  name: 'expire-subscriptions',
  everyMs: 1000,
  startedAt: AT,
  finishedAt: AT,
  succeededAt: AT,
  failedAt: null,
  failure: null,
  failuresInARow: 0,
  isLate: false,
};

const LowPool = Named('LowPool', {
  resellerId: Type.String(),
  storeCode: Type.String(),
  storeName: Type.String(),
  product: Word(PRODUCTS),
  leftBytes: Whole('In the pool and with its subusers'),
  dailyBytes: Whole('Used a day, over the last week'),
  daysLeft: Type.Number({ description: 'How long it lasts at this rate, with one decimal' }),
});

const Attention = Named('Attention', {
  openReviews: Type.Integer({
    description: 'Accounts whose credit log and own ledger differ, and nobody has resolved that yet',
  }),
  lowPools: Type.Array(LowPool, { description: 'Those that are empty first' }),
  expiringSubscriptions: Named('ExpiringSubscriptions', {
    count: Type.Integer({ description: 'That end soon and do not renew themselves' }),
    first: Type.Array(
      Named('ExpiringSubscription', {
        id: Type.String(),
        resellerId: Type.String(),
        storeCode: Type.String(),
        periodEnd: Time('When it ends'),
        autoRenewal: Type.Boolean(),
      }),
    ),
  }),
  failingJobs: Type.Array(JobState),
  creditMismatches: Type.Integer({
    description: 'Credit events that came again with another kind or amount, in the last 30 days',
  }),
  silentGateways: Type.Integer({ description: 'Not heard from lately, and not closed' }),
});

const Overview = Answer(
  {
    at: Time('When this was so'),
    usage: Type.Array(UsageNowForm),
    stock: Type.Array(
      Named('Stock', {
        product: Word(PRODUCTS),
        soldBytes: Whole('Ever given to resellers, less what was taken back'),
        pooledBytes: Whole('Of them in pools, not allocated'),
        allocatedBytes: Whole('With subusers, not used'),
        consumedBytes: Whole('Used'),
        feeBytes: Whole('Taken for services'),
      }),
    ),
    resellers: Type.Integer(),
    subusers: Type.Integer(),
    activeSubscriptions: Type.Integer(),
    money: Type.Array(
      Named('MoneyDay', {
        day: Time('The beginning of the day, UTC'),
        receivedCents: Whole('Paid in, less what was taken back'),
        grantedCents: Whole('Given: grants and vouchers, less what was taken back'),
        revenueCents: Whole('Earned by subscriptions without tax, less what was given back'),
      }),
      { description: 'The last 30 days, today last' },
    ),
    topResellers: Type.Array(
      Named('ResellerUse', {
        id: Type.String(),
        storeCode: Type.String(),
        storeName: Type.String(),
        bytes: ByProduct,
      }),
      { description: 'Those who used most in the last 30 days' },
    ),
    gateways: Type.Array(Gateway),
    attention: Attention,
  },
  {
    at: AT,
    usage: USAGE_NOW,
    stock: [
      {
        product: 'residential',
        soldBytes: 9_000_000_000_000,
        pooledBytes: 2_000_000_000_000,
        allocatedBytes: 3_000_000_000_000,
        consumedBytes: 3_999_000_000_000,
        feeBytes: 1_000_000_000,
      },
    ],
    resellers: 12,
    subusers: 3400,
    activeSubscriptions: 31,
    money: [
      { day: '2026-05-04T00:00:00.000Z', receivedCents: 25_000, grantedCents: 0, revenueCents: 16_810 },
    ],
    topResellers: [
      {
        id: 'acc_4kq7m2ws9xbd3h6n',
        storeCode: 'MYSTORE',
        storeName: 'My Store',
        bytes: { residential: 2_400_000_000_000, mobile: 90_000_000_000 },
      },
    ],
    gateways: [GATEWAY],
    attention: {
      openReviews: 0,
      lowPools: [],
      expiringSubscriptions: { count: 0, first: [] },
      failingJobs: [],
      creditMismatches: 0,
      silentGateways: 0,
    },
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
        description: 'Sums of use and of what is allocated are some seconds old.',
        response: { 200: Overview },
      },
    },
    async () => core.ownerOverviews.read(),
  );

  app.get(
    '/usage',
    {
      ...read,
      schema: {
        operationId: 'getUsage',
        tags: ['overview'],
        summary: 'What everybody, or one reseller, used by minute, hour or day',
        description: 'At most 1500 periods; some seconds old. Minutes are kept for 31 days.',
        querystring: Query({
          ...RANGE_FIELDS,
          resellerId: Type.Optional(Type.String({ description: 'an id' })),
        }),
        response: { 200: Usage },
        refuses: ['AccountNotFound'],
      },
    },
    async (request) => {
      const range = rangeFrom(request.query);
      const { resellerId } = request.query;
      if (resellerId === undefined) return toWireUsage(range, await core.usage.ofAll(range));
      const { internalId } = await core.administration.get(resellerId);
      return toWireUsage(range, await core.usage.ofAccount(internalId, range));
    },
  );
};
