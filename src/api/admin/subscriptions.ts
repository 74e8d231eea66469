/** Plans with their prices, and every reseller's subscriptions. */
import { Type } from 'typebox';
import { Answer, Body, WholeIn } from '../http/fields.ts';
import {
  CHOICE,
  definePlanList,
  defineSubscriptionRoutes,
  PLAN,
  PLAN_CHOICE,
  PlanForm,
  type SubscriptionContext,
  toWirePlan,
} from '../own/subscriptions.ts';
import { type AdminRoutes, resellerFilter } from './context.ts';

const PlanAnswer = Type.Object(PlanForm.properties, {
  additionalProperties: false,
  title: 'Plan',
  examples: [PLAN],
});
const TAX_RATE = 'a whole number of hundredths of a percent from 0 to 10000';

export const subscriptions: AdminRoutes = (app, { core, read, write, invoke }) => {
  const context: SubscriptionContext = {
    core,
    read,
    write,
    invoke,
    whose: () => null,
    filter: resellerFilter(core),
  };
  definePlanList(app, context);

  app.put(
    '/plans/price',
    {
      ...write,
      schema: {
        operationId: 'setPlanPrice',
        tags: ['subscriptions'],
        summary: 'Change what a plan costs from now on',
        description: 'What was bought stays at the price it was bought for; renewals are at the new one.',
        body: Body(
          {
            ...PLAN_CHOICE,
            grossCents: WholeIn('a whole number of cents from 1 to 100000000', {
              minimum: 1,
              maximum: 100_000_000,
            }),
            taxBasisPoints: Type.Optional(WholeIn(TAX_RATE, { maximum: 10_000 })),
          },
          { ...CHOICE, grossCents: 8800, taxBasisPoints: 1900 },
        ),
        response: { 200: PlanAnswer },
      },
    },
    async (request) => {
      const { grossCents, taxBasisPoints, ...choice } = request.body;
      return toWirePlan(
        await core.plans.setPrice(invoke(request), choice, BigInt(grossCents), taxBasisPoints),
      );
    },
  );

  app.put(
    '/plans/tax-rate',
    {
      ...write,
      schema: {
        operationId: 'setTaxRate',
        tags: ['subscriptions'],
        summary: 'Change the tax rate of all plans; prices with tax stay',
        body: Body({ taxBasisPoints: WholeIn(TAX_RATE, { maximum: 10_000 }) }, { taxBasisPoints: 1900 }),
        response: {
          200: Answer({ plans: Type.Integer({ description: 'How many plans there are' }) }, { plans: 150 }),
        },
      },
    },
    async (request) => ({
      plans: await core.plans.setTaxRate(invoke(request), request.body.taxBasisPoints),
    }),
  );

  defineSubscriptionRoutes(app, context);
};
