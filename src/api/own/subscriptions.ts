/** Subscriptions and plans on the wire: what the provider and a reseller see and do alike. */
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Invocation } from '../../core/command.ts';
import type { Core } from '../../core/core.ts';
import { DomainError } from '../../core/errors.ts';
import type { OwnedSubscription } from '../../core/subscriptions/look.ts';
import { BILLING_CYCLES } from '../../core/subscriptions/period.ts';
import {
  CONNECTIONS,
  type Connections,
  MAX_AUTHENTICATIONS,
  type Plan,
} from '../../core/subscriptions/plans.ts';
import type { TypedApp } from '../http/dialect.ts';
import { Answer, Named, OptionalText, Time, Whole, WholeIn, Word } from '../http/fields.ts';
import type { Guard } from '../http/own-api.ts';
import { answerPage, keyset, List, ListQuery } from '../http/paging.ts';
import { idPath } from './figures.ts';
import type { AccountFilter } from './filter.ts';

export interface SubscriptionContext {
  core: Core;
  read: Guard;
  write: Guard;
  invoke: (request: FastifyRequest) => Invocation;
  /** The account whose subscriptions the caller may see; null: all. */
  whose: (request: FastifyRequest) => bigint | null;
  /** What the list can be limited to besides, and the account that a query means by it. */
  filter?: AccountFilter;
}

const STATUSES = ['ACTIVE', 'SUSPENDED', 'STOPPED', 'TERMINATED'] as const;

/** What tells a plan from another, in a body. */
export const PLAN_CHOICE = {
  billingCycle: Word(BILLING_CYCLES),
  connections: Type.Unsafe<Connections>({
    type: 'integer',
    enum: [...CONNECTIONS],
    description: `one of ${CONNECTIONS.join(', ')}`,
  }),
  authentications: WholeIn(`a whole number from 1 to ${MAX_AUTHENTICATIONS}`, {
    minimum: 1,
    maximum: MAX_AUTHENTICATIONS,
  }),
};
export const CHOICE = { billingCycle: 'MONTHLY', connections: 100, authentications: 2 };

export const PlanForm = Named('Plan', {
  id: Type.String(),
  billingCycle: Word(BILLING_CYCLES),
  connections: Type.Integer({ description: 'Tunnels at once' }),
  authentications: Type.Integer({ description: 'Slots: addresses that may use it' }),
  grossCents: Whole('With tax'),
  netCents: Whole('Without tax'),
  taxCents: Whole('The tax in it'),
  taxBasisPoints: Type.Integer({ description: '1900 is 19 %' }),
});
export const PLAN = {
  id: 'pl_0f9a2c4e6b8d0f9a2c4e6b8d',
  ...CHOICE,
  grossCents: 8800,
  netCents: 7395,
  taxCents: 1405,
  taxBasisPoints: 1900,
};
export function toWirePlan({ price, ...plan }: Plan) {
  return { ...plan, ...price };
}

const SubscriptionForm = Named('Subscription', {
  id: Type.String(),
  reseller: Named('SubscriptionOwner', {
    id: Type.String(),
    storeCode: OptionalText('Of a reseller'),
    email: Type.String(),
  }),
  status: Word(STATUSES),
  canceled: Type.Boolean({ description: 'It ends with its period' }),
  autoRenewal: Type.Boolean({ description: 'Its period’s end renews it' }),
  periodStart: Time('The beginning of what is paid for'),
  periodEnd: Time('The first moment that is not paid for'),
  bytes: Whole('Used since it was made'),
  requests: Whole('Tunnels and requests since it was made'),
  plan: PlanForm,
  slots: Type.Array(
    Named('Slot', { id: Type.String(), address: OptionalText('Which may use it; null: none') }),
    { description: 'In the order of their numbers' },
  ),
  createdAt: Time('When it was bought'),
});
const SUBSCRIPTION = {
  id: 'su_018f3a7c2b4d0f9a2c4e6b8d',
  reseller: { id: 'acc_4kq7m2ws9xbd3h6n', storeCode: 'MYSTORE', email: 'r@example.com' },
  status: 'ACTIVE',
  canceled: false,
  autoRenewal: true,
  periodStart: '2026-05-04T10:00:00.000Z',
  periodEnd: '2026-06-04T10:00:00.000Z',
  bytes: 48_000_000,
  requests: 310,
  plan: PLAN,
  slots: [
    { id: 'sl_018f3a7c2b4d0f9a2c4e6b8d', address: '203.0.113.7' },
    { id: 'sl_018f3a7c2b4d1a2b3c4d5e6f', address: null },
  ],
  createdAt: '2026-05-04T10:00:00.000Z',
};
export const SubscriptionAnswer = Type.Object(SubscriptionForm.properties, {
  additionalProperties: false,
  title: 'Subscription',
  examples: [SUBSCRIPTION],
});
export const SubscriptionPath = idPath(SUBSCRIPTION.id);

function toWireSubscription({ plan, ...subscription }: OwnedSubscription) {
  return { ...subscription, plan: toWirePlan(plan) };
}

const NEWEST = keyset('subscriptions', 'text');

/** The subscription of a path. Another's is not there. */
async function find({ core, whose }: SubscriptionContext, request: FastifyRequest) {
  const { accountId, ...subscription } = await core.subscriptionLook.get(
    (request.params as { id: string }).id,
  );
  const limit = whose(request);
  if (limit !== null && limit !== accountId) throw new DomainError('SubscriptionNotFound', {});
  return { accountId, subscription };
}

export async function showSubscription(context: SubscriptionContext, request: FastifyRequest) {
  return toWireSubscription((await find(context, request)).subscription);
}

/** What was bought or changed, as it is shown. */
export async function showById({ core }: SubscriptionContext, id: string) {
  const { accountId: _, ...subscription } = await core.subscriptionLook.get(id);
  return toWireSubscription(subscription);
}

export function definePlanList(app: TypedApp, { core, read }: SubscriptionContext): void {
  app.get(
    '/plans',
    {
      ...read,
      schema: {
        operationId: 'listPlans',
        tags: ['subscriptions'],
        summary: 'All plans at today’s prices: by cycle, connections, authentications',
        response: { 200: Answer({ data: Type.Array(PlanForm) }, { data: [PLAN] }) },
      },
    },
    async () => ({ data: (await core.plans.list()).map(toWirePlan) }),
  );
}

/** Lists, and what both may do with one subscription. */
export function defineSubscriptionRoutes(app: TypedApp, context: SubscriptionContext): void {
  const { core, read, write, invoke, whose, filter } = context;
  const tags = ['subscriptions'];

  app.get(
    '/subscriptions',
    {
      ...read,
      schema: {
        operationId: 'listSubscriptions',
        tags,
        summary: 'Subscriptions, newest first',
        querystring: ListQuery({
          status: Type.Optional(Word(STATUSES)),
          ...filter?.fields,
        }),
        response: { 200: List(SubscriptionForm, [SUBSCRIPTION]) },
      },
    },
    async (request, reply) => {
      const { status } = request.query;
      const accountId = filter ? await filter.accountOf(request) : whose(request);
      const page = await core.subscriptionLook.page({ accountId, status }, NEWEST.read(request.query));
      return answerPage(request, reply, NEWEST, page, toWireSubscription);
    },
  );

  app.get(
    '/subscriptions/:id',
    {
      ...read,
      schema: {
        operationId: 'getSubscription',
        tags,
        summary: 'One subscription',
        params: SubscriptionPath,
        response: { 200: SubscriptionAnswer },
        refuses: ['SubscriptionNotFound'],
      },
    },
    (request) => showSubscription(context, request),
  );

  for (const [action, operationId, summary, description] of [
    ['suspend', 'suspendSubscription', 'Stop service at once', 'The period runs on.'],
    ['resume', 'resumeSubscription', 'Bring service back', 'Not when the period is over.'],
    ['cancel', 'cancelSubscription', 'End a subscription with its period', 'Nothing is given back.'],
  ] as const) {
    app.post(
      `/subscriptions/:id/${action}`,
      {
        ...write,
        schema: {
          operationId,
          tags,
          summary,
          description,
          params: SubscriptionPath,
          response: { 200: SubscriptionAnswer },
          refuses: ['SubscriptionNotFound', ...(action === 'cancel' ? [] : (['SubscriptionState'] as const))],
        },
      },
      async (request) => {
        const { accountId } = await find(context, request);
        await core.subscriptions[action](invoke(request), accountId, request.params.id);
        return showSubscription(context, request);
      },
    );
  }
}
