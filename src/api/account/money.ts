/** What the reseller reported of its customers' payments, and vouchers that it redeems. */
import { Type } from 'typebox';
import { Answer, Body, Whole } from '../http/fields.ts';
import { answerPage } from '../http/paging.ts';
import {
  CreditEventList,
  CreditEventQuery,
  filtersFrom,
  NEWEST_EVENT,
  toWireCreditEvent,
} from '../own/credit-events.ts';
import type { AccountRoutes } from './context.ts';

export const money: AccountRoutes = (app, { core, credit, write, invoke, accountId }) => {
  app.get(
    '/credit-events',
    {
      ...credit,
      schema: {
        operationId: 'listCreditEvents',
        tags: ['credit events'],
        summary: 'What was reported, newest first',
        querystring: CreditEventQuery,
        response: { 200: CreditEventList },
      },
    },
    async (request, reply) => {
      const page = await core.creditEventList.page(
        { accountId: accountId(request), ...filtersFrom(request.query) },
        NEWEST_EVENT.read(request.query),
      );
      return answerPage(request, reply, NEWEST_EVENT, page, toWireCreditEvent);
    },
  );

  app.post(
    '/vouchers/redeem',
    {
      ...write,
      schema: {
        operationId: 'redeemVoucher',
        tags: ['account'],
        summary: 'Redeem a voucher’s code for money',
        body: Body(
          { code: Type.String({ minLength: 1, maxLength: 64, description: 'a voucher’s code' }) },
          { code: 'VFC-7KQ2-WMX4-TZ9R' },
        ),
        response: {
          200: Answer(
            { amountCents: Whole('What it was worth'), balanceCents: Whole('Money there is now') },
            { amountCents: 1000, balanceCents: 11_000 },
          ),
        },
        refuses: ['VoucherNotFound', 'VoucherUnusable', 'CreditsFrozen'],
      },
    },
    async (request) => {
      const { cents, balanceCents } = await core.vouchers.redeem(
        invoke(request),
        accountId(request),
        request.body.code,
      );
      return { amountCents: cents, balanceCents };
    },
  );
};
