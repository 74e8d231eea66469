/** The account at a glance, how much flows, and every movement of what it holds. */
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ASSETS, type Asset } from '../../core/accounts/accounts.ts';
import { STANDINGS } from '../../core/accounts/resellers.ts';
import { PRODUCTS } from '../../shared/products.ts';
import { Answer, Named, Query, Time, Whole, Word } from '../http/fields.ts';
import { RANGE_FIELDS, rangeFrom, toWireUsage, USAGE_NOW, Usage, UsageNowForm } from '../own/figures.ts';
import {
  answerStatement,
  StatementCsvQuery,
  StatementList,
  StatementPageQuery,
  sendStatement,
  statementCsv,
} from '../own/statements.ts';
import type { AccountRoutes } from './context.ts';

const Overview = Answer(
  {
    at: Time('When this was so'),
    pools: Type.Array(
      Named('Pool', {
        product: Word(PRODUCTS),
        pooledBytes: Whole('Not allocated'),
        allocatedBytes: Whole('With subusers, not used'),
        usedBytes: Whole('By the subusers there are'),
        dailyBytes: Whole('Used a day, over the last week'),
        daysLeft: Type.Unsafe<number | null>({
          type: ['number', 'null'],
          description: 'How long pooled and allocated bytes last at this rate; null when nothing is used',
        }),
      }),
    ),
    usage: Type.Array(UsageNowForm),
    subusers: Type.Integer(),
    topSubusers: Type.Array(
      Named('SubuserUse', {
        id: Type.String(),
        username: Type.String(),
        product: Word(PRODUCTS),
        usedBytes: Whole('Some seconds ago'),
        remainingBytes: Whole('Some seconds ago'),
      }),
      { description: 'Those who have used most of each product' },
    ),
    subscriptions: Named('SubscriptionCounts', {
      total: Type.Integer(),
      ACTIVE: Type.Integer(),
      SUSPENDED: Type.Integer(),
      STOPPED: Type.Integer(),
      TERMINATED: Type.Integer(),
    }),
    balanceCents: Whole('Money'),
    creditsFrozen: Type.Boolean({ description: 'Whether the provider has frozen the money' }),
    standing: Word(STANDINGS, 'Under review: credit log and own ledger differ'),
  },
  {
    at: '2026-05-04T10:00:00.000Z',
    pools: [
      {
        product: 'residential',
        pooledBytes: 10_000_000_000,
        allocatedBytes: 40_000_000_000,
        usedBytes: 7_000_000_000,
        dailyBytes: 1_000_000_000,
        daysLeft: 50,
      },
    ],
    usage: USAGE_NOW,
    subusers: 34,
    topSubusers: [
      {
        id: 'subuser-4kq7m2ws9xbd3h6n',
        username: 'MYSTORE_anna',
        product: 'residential',
        usedBytes: 1_200_000_000,
        remainingBytes: 3_800_000_000,
      },
    ],
    subscriptions: { total: 2, ACTIVE: 1, SUSPENDED: 0, STOPPED: 1, TERMINATED: 0 },
    balanceCents: 10_000,
    creditsFrozen: false,
    standing: 'good',
  },
);

export const overview: AccountRoutes = (app, { core, read, accountId }) => {
  const tags = ['account'];
  app.get(
    '/overview',
    {
      ...read,
      schema: {
        operationId: 'getOverview',
        tags,
        summary: 'The account at a glance',
        description: 'Sums of use and of what is allocated are some seconds old.',
        response: { 200: Overview },
      },
    },
    async (request) => core.resellerOverviews.read(accountId(request)),
  );

  app.get(
    '/usage',
    {
      ...read,
      schema: {
        operationId: 'getUsage',
        tags,
        summary: 'What all subusers used, by minute, hour or day',
        description: 'At most 1500 periods; some seconds old. Minutes are kept for 31 days.',
        querystring: Query(RANGE_FIELDS),
        response: { 200: Usage },
      },
    },
    async (request) => {
      const range = rangeFrom(request.query);
      return toWireUsage(range, await core.usage.ofAccount(accountId(request), range));
    },
  );

  const asset = { asset: Word(ASSETS, 'residential, mobile or usd') };
  const statementOf = async (request: FastifyRequest) => {
    const { asset: wanted } = request.query as { asset: Asset };
    const [ledgerId, own] = await Promise.all([
      core.statements.ledgerOfAccount(accountId(request), wanted),
      core.statements.causesOfAccount(accountId(request)),
    ]);
    return { ledgerId, own };
  };
  app.get(
    '/statement',
    {
      ...read,
      schema: {
        operationId: 'getStatement',
        tags,
        summary: 'Every movement of a pool or of the money, newest first',
        description: 'What the provider caused has the cause `provider`.',
        querystring: Type.Object(
          { ...StatementPageQuery.properties, ...asset },
          { additionalProperties: false },
        ),
        response: { 200: StatementList },
      },
    },
    async (request, reply) => answerStatement(core, await statementOf(request), request, reply),
  );
  app.get(
    '/statement.csv',
    {
      ...read,
      schema: {
        operationId: 'exportStatement',
        tags,
        summary: 'The same as CSV',
        querystring: Type.Object(
          { ...StatementCsvQuery.properties, ...asset },
          { additionalProperties: false },
        ),
        response: { 200: statementCsv() },
      },
    },
    async (request, reply) =>
      sendStatement(core, await statementOf(request), request, reply, 'statement.csv'),
  );
};
