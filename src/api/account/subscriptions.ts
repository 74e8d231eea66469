/** A reseller's own subscriptions: what one would cost, buying, changing, renewing, and the addresses that may use it. */
import { Type } from 'typebox';
import type { Quote } from '../../core/subscriptions/look.ts';
import { Answer, Body, Time, Whole } from '../http/fields.ts';
import {
  CHOICE,
  definePlanList,
  defineSubscriptionRoutes,
  PLAN,
  PLAN_CHOICE,
  PlanForm,
  SubscriptionAnswer,
  type SubscriptionContext,
  SubscriptionPath,
  showById,
  showSubscription,
  toWirePlan,
} from '../own/subscriptions.ts';
import type { AccountRoutes } from './context.ts';

const QuoteAnswer = Answer(
  {
    plan: PlanForm,
    creditCents: Whole('Given back for the unused time of what is changed'),
    dueCents: Whole('The price less what is given back; below zero when more is given back than charged'),
    balanceCents: Whole('Money there is'),
    isAffordable: Type.Boolean(),
    periodEnd: Time('When the period would end'),
  },
  {
    plan: PLAN,
    creditCents: 2000,
    dueCents: 6800,
    balanceCents: 10_000,
    isAffordable: true,
    periodEnd: '2026-06-04T10:00:00.000Z',
  },
);

function toWireQuote({ plan, ...quote }: Quote) {
  return { plan: toWirePlan(plan), ...quote };
}

export const subscriptions: AccountRoutes = (app, { core, read, write, invoke, accountId }) => {
  const context: SubscriptionContext = { core, read, write, invoke, whose: accountId };
  const tags = ['subscriptions'];
  definePlanList(app, context);

  app.post(
    '/subscriptions/quote',
    {
      ...read,
      schema: {
        operationId: 'quoteSubscription',
        tags,
        summary: 'What buying a plan would cost, or changing a subscription to it',
        description: 'Nothing is reserved: the price that counts is the one at the time of buying.',
        body: Body(
          {
            ...PLAN_CHOICE,
            subscriptionId: Type.Optional(Type.String({ description: 'the id of a subscription' })),
          },
          { ...CHOICE, subscriptionId: 'su_018f3a7c2b4d0f9a2c4e6b8d' },
        ),
        response: { 200: QuoteAnswer },
        refuses: ['SubscriptionNotFound'],
      },
    },
    async (request) => {
      const { subscriptionId, ...choice } = request.body;
      return toWireQuote(await core.subscriptionLook.quote(accountId(request), choice, subscriptionId));
    },
  );

  app.post(
    '/subscriptions',
    {
      ...write,
      schema: {
        operationId: 'buySubscription',
        tags,
        summary: 'Buy a plan; the period begins now',
        body: Body(PLAN_CHOICE, CHOICE),
        response: { 201: SubscriptionAnswer },
        refuses: ['InsufficientBalance', 'CreditsFrozen'],
      },
    },
    async (request, reply) => {
      const { id } = await core.subscriptions.create(invoke(request), accountId(request), request.body);
      reply.code(201);
      return showById(context, id);
    },
  );

  app.post(
    '/subscriptions/:id/change',
    {
      ...write,
      schema: {
        operationId: 'changeSubscription',
        tags,
        summary: 'Change the plan',
        description:
          'What is unused of the time paid for is given back, the new plan is charged in full, and its period begins now.',
        params: SubscriptionPath,
        body: Body(PLAN_CHOICE, CHOICE),
        response: { 200: SubscriptionAnswer },
        refuses: [
          'SubscriptionNotFound',
          'SubscriptionState',
          'SlotsInUse',
          'InsufficientBalance',
          'CreditsFrozen',
        ],
      },
    },
    async (request) => {
      await core.subscriptions.update(invoke(request), accountId(request), request.params.id, request.body);
      return showSubscription(context, request);
    },
  );

  app.post(
    '/subscriptions/:id/renew',
    {
      ...write,
      schema: {
        operationId: 'renewSubscription',
        tags,
        summary: 'Buy one more cycle at today’s price',
        params: SubscriptionPath,
        response: { 200: SubscriptionAnswer },
        refuses: [
          'SubscriptionNotFound',
          'SubscriptionState',
          'LimitReached',
          'InsufficientBalance',
          'CreditsFrozen',
        ],
      },
    },
    async (request) => {
      await core.subscriptions.renew(invoke(request), accountId(request), request.params.id);
      return showSubscription(context, request);
    },
  );

  app.put(
    '/subscriptions/:id/auto-renewal',
    {
      ...write,
      schema: {
        operationId: 'setAutoRenewal',
        tags,
        summary: 'Whether the period’s end renews it',
        params: SubscriptionPath,
        body: Body({ autoRenewal: Type.Boolean({ description: 'true or false' }) }, { autoRenewal: true }),
        response: { 200: SubscriptionAnswer },
        refuses: ['SubscriptionNotFound', 'SubscriptionState'],
      },
    },
    async (request) => {
      const { id } = request.params;
      await core.subscriptions.setAutoRenewal(
        invoke(request),
        accountId(request),
        id,
        request.body.autoRenewal,
      );
      return showSubscription(context, request);
    },
  );

  for (const [action, operationId, summary] of [
    ['bind', 'bindAddress', 'Let a single address use the first free slot'],
    ['unbind', 'unbindAddress', 'Take an address off its slot; its tunnels are cut'],
  ] as const) {
    app.post(
      `/subscriptions/:id/${action}`,
      {
        ...write,
        schema: {
          operationId,
          tags,
          summary,
          params: SubscriptionPath,
          body: Body(
            { address: Type.String({ maxLength: 64, description: 'a single IPv4 or IPv6 address' }) },
            { address: '203.0.113.7' },
          ),
          response: { 200: SubscriptionAnswer },
          refuses: [
            'SubscriptionNotFound',
            ...(action === 'bind' ? (['SubscriptionState', 'AddressInUse', 'NoFreeSlot'] as const) : []),
          ],
        },
      },
      async (request) => {
        const { id } = request.params;
        await core.subscriptions[action](invoke(request), accountId(request), id, request.body.address);
        return showSubscription(context, request);
      },
    );
  }

  defineSubscriptionRoutes(app, context);
};
