/** Vouchers, and what resellers reported of their customers' payments. */
import { Type } from 'typebox';
import { VOUCHER_STATES, type VoucherEntry } from '../../core/vouchers/list.ts';
import {
  Answer,
  Body,
  Named,
  OptionalTime,
  Time,
  TimeIn,
  timeFrom,
  Whole,
  WholeIn,
  Word,
} from '../http/fields.ts';
import { answerPage, keyset, List, ListQuery } from '../http/paging.ts';
import {
  CREDIT_EVENT_FILTERS,
  CreditEventList,
  filtersFrom,
  NEWEST_EVENT,
  toWireCreditEvent,
} from '../own/credit-events.ts';
import { idPath } from '../own/figures.ts';
import { type AdminRoutes, resellerFilter } from './context.ts';

const Voucher = Named('Voucher', {
  id: Type.String(),
  amountCents: Whole('What each redemption is worth'),
  maxUses: Type.Integer({ description: 'Redemptions in all, one for an account' }),
  uses: Type.Integer({ description: 'Redemptions so far' }),
  state: Word(VOUCHER_STATES),
  expiresAt: OptionalTime('From then on it is worth nothing'),
  disabledAt: OptionalTime('When it was taken out of use'),
  createdAt: Time('When it was made'),
});
const VOUCHER = {
  id: 'vou_4kq7m2ws9xbd3h6n',
  amountCents: 1000,
  maxUses: 1,
  uses: 0,
  state: 'usable',
  expiresAt: null,
  disabledAt: null,
  createdAt: '2026-05-04T10:00:00.000Z',
};
const VoucherAnswer = Type.Object(Voucher.properties, {
  additionalProperties: false,
  title: 'Voucher',
  examples: [VOUCHER],
});
const VoucherPath = idPath(VOUCHER.id);

const VoucherUse = Named('VoucherUse', {
  accountId: Type.String(),
  email: Type.String(),
  amountCents: Whole('What it was worth'),
  at: Time('When it was redeemed'),
});

const NEWEST_VOUCHER = keyset('vouchers', 'id');
const USES = keyset('voucher-uses', 'id');

function toWireVoucher({ cents, ...voucher }: VoucherEntry) {
  return { ...voucher, amountCents: cents };
}

export const money: AdminRoutes = (app, { core, read, write, invoke }) => {
  const filter = resellerFilter(core);
  app.get(
    '/vouchers',
    {
      ...read,
      schema: {
        operationId: 'listVouchers',
        tags: ['vouchers'],
        summary: 'Vouchers, newest first; their codes are nowhere',
        querystring: ListQuery({ state: Type.Optional(Word(VOUCHER_STATES)) }),
        response: { 200: List(Voucher, [VOUCHER]) },
      },
    },
    async (request, reply) => {
      const page = await core.vouchers.page(request.query.state, NEWEST_VOUCHER.read(request.query));
      return answerPage(request, reply, NEWEST_VOUCHER, page, toWireVoucher);
    },
  );

  app.post(
    '/vouchers',
    {
      ...write,
      schema: {
        operationId: 'createVouchers',
        tags: ['vouchers'],
        summary: 'Make vouchers; the codes are in the answer and nowhere else',
        body: Body(
          {
            amountCents: WholeIn('a whole number of cents from 1 to 10^11', { minimum: 1, maximum: 1e11 }),
            count: Type.Optional(WholeIn('a whole number from 1 to 1000', { minimum: 1, maximum: 1000 })),
            maxUses: Type.Optional(WholeIn('a whole number from 1 to 1000000', { minimum: 1, maximum: 1e6 })),
            expiresAt: Type.Optional(TimeIn()),
          },
          { amountCents: 1000, count: 2, maxUses: 1, expiresAt: '2027-01-31T12:00:00Z' },
        ),
        response: {
          201: Answer(
            {
              vouchers: Type.Array(Named('MadeVoucher', { id: Type.String(), code: Type.String() })),
            },
            { vouchers: [{ id: 'vou_4kq7m2ws9xbd3h6n', code: 'VFC-7KQ2-WMX4-TZ9R' }] },
          ),
        },
      },
    },
    async (request, reply) => {
      const { amountCents, count = 1, maxUses = 1, expiresAt } = request.body;
      const made = await core.vouchers.create(invoke(request), {
        cents: BigInt(amountCents),
        count,
        maxUses,
        expiresAt: expiresAt === undefined ? null : timeFrom(expiresAt, 'expiresAt'),
      });
      reply.code(201);
      return { vouchers: made.ids.map((id, index) => ({ id, code: made.codes[index]! })) };
    },
  );

  app.get(
    '/vouchers/:id',
    {
      ...read,
      schema: {
        operationId: 'getVoucher',
        tags: ['vouchers'],
        summary: 'One voucher',
        params: VoucherPath,
        response: { 200: VoucherAnswer },
        refuses: ['VoucherNotFound'],
      },
    },
    async (request) => toWireVoucher(await core.vouchers.get(request.params.id)),
  );

  app.get(
    '/vouchers/:id/uses',
    {
      ...read,
      schema: {
        operationId: 'listVoucherUses',
        tags: ['vouchers'],
        summary: 'Who has redeemed a voucher',
        params: VoucherPath,
        querystring: ListQuery({}),
        response: {
          200: List(VoucherUse, [
            {
              accountId: 'acc_4kq7m2ws9xbd3h6n',
              email: 'r@example.com',
              amountCents: 1000,
              at: '2026-05-04T10:00:00.000Z',
            },
          ]),
        },
        refuses: ['VoucherNotFound'],
      },
    },
    async (request, reply) => {
      const page = await core.vouchers.uses(request.params.id, USES.read(request.query));
      return answerPage(request, reply, USES, page, ({ cents, ...use }) => ({ ...use, amountCents: cents }));
    },
  );

  app.post(
    '/vouchers/:id/disable',
    {
      ...write,
      schema: {
        operationId: 'disableVoucher',
        tags: ['vouchers'],
        summary: 'Take a voucher out of use',
        description: 'What was redeemed stays. There is no way back.',
        params: VoucherPath,
        response: { 200: VoucherAnswer },
        refuses: ['VoucherNotFound'],
      },
    },
    async (request) => toWireVoucher(await core.vouchers.disable(invoke(request), request.params.id)),
  );

  app.get(
    '/credit-events',
    {
      ...read,
      schema: {
        operationId: 'listCreditEvents',
        tags: ['credit events'],
        summary: 'What was reported, newest first',
        querystring: ListQuery({
          ...CREDIT_EVENT_FILTERS,
          ...filter.fields,
        }),
        response: { 200: CreditEventList },
        refuses: ['AccountNotFound'],
      },
    },
    async (request, reply) => {
      const page = await core.creditEventList.page(
        { accountId: await filter.accountOf(request), ...filtersFrom(request.query) },
        NEWEST_EVENT.read(request.query),
      );
      return answerPage(request, reply, NEWEST_EVENT, page, toWireCreditEvent);
    },
  );
};
