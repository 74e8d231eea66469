/** Resellers and customers: who they are, what they hold, and every movement of it. */
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ASSETS, type Asset } from '../../core/accounts/accounts.ts';
import {
  ACCOUNT_SORTS,
  type AccountEntry,
  type AccountKey,
  type AccountQuery,
  STANDINGS,
} from '../../core/accounts/resellers.ts';
import { PROVIDER_KINDS } from '../../core/statements/statements.ts';
import { Answer, Body, Named, OptionalText, Time, Whole, WholeIn, Word } from '../http/fields.ts';
import { answerPage, type Keyset, keyset, List, ListQuery } from '../http/paging.ts';
import { ByProduct, direction, idPath, search } from '../own/figures.ts';
import {
  answerStatement,
  StatementCsvQuery,
  StatementList,
  StatementPageQuery,
  sendStatement,
  statementCsv,
} from '../own/statements.ts';
import type { AdminRoutes } from './context.ts';

const TIERS = ['STANDARD', 'RESELLER'] as const;

const Account = Named('Account', {
  id: Type.String(),
  email: Type.String(),
  name: Type.String(),
  tier: Word(TIERS),
  storeCode: OptionalText('Of a reseller'),
  storeName: OptionalText('Of a reseller'),
  createdAt: Time('When it was made'),
  creditsFrozen: Type.Boolean({ description: 'Whether its money is frozen: it buys and redeems nothing' }),
  standing: Word(
    STANDINGS,
    'Under review: its credit log and its own ledger differ, and nobody has resolved that yet',
  ),
  balances: Named('Balances', {
    residential: Whole('Bytes in the pool, not allocated'),
    mobile: Whole('The same'),
    usd: Whole('US cents'),
  }),
  subuserCount: Type.Integer(),
  last30DaysBytes: ByProduct,
});
const ACCOUNT = {
  id: 'acc_4kq7m2ws9xbd3h6n',
  email: 'r@example.com',
  name: 'My Store',
  tier: 'RESELLER',
  storeCode: 'MYSTORE',
  storeName: 'My Store',
  createdAt: '2026-05-04T10:00:00.000Z',
  creditsFrozen: false,
  standing: 'good',
  balances: { residential: 10_000_000_000, mobile: 1_000_000_000, usd: 10_000 },
  subuserCount: 34,
  last30DaysBytes: { residential: 2_400_000_000_000, mobile: 0 },
};
const AccountAnswer = Type.Object(Account.properties, {
  additionalProperties: false,
  title: 'Account',
  examples: [ACCOUNT],
});

const AccountPath = idPath(ACCOUNT.id);

const text = (description: string) => Type.String({ description });
const assetWord = Word(ASSETS, 'residential, mobile or usd');

function orderOf({ tier, sort, descending }: AccountQuery): Keyset<AccountKey> {
  const name = `accounts-${tier}-${sort}-${descending ? 'desc' : 'asc'}`;
  return sort === 'name' || sort === 'storeCode' ? keyset(name, 'text', 'id') : keyset(name, 'id', 'id');
}

export const resellers: AdminRoutes = (app, { core, read, write, invoke }) => {
  const show = async (id: string): Promise<AccountEntry> => {
    const { internalId: _, ...entry } = await core.administration.get(id);
    return entry;
  };
  const idOf = (request: FastifyRequest) => (request.params as { id: string }).id;
  const tags = ['resellers'];

  app.get(
    '/resellers',
    {
      ...read,
      schema: {
        operationId: 'listResellers',
        tags,
        summary: 'Resellers, newest first unless sorted otherwise',
        description:
          '`search` finds a part of a name, store code or email address, or an id. `tier=STANDARD` lists customers who do not resell.',
        querystring: ListQuery({
          search,
          sort: Type.Optional(Word(ACCOUNT_SORTS)),
          order: direction,
          tier: Type.Optional(Word(TIERS)),
          standing: Type.Optional(Word(STANDINGS)),
          frozen: Type.Optional(
            Word(['true', 'false'], 'true or false: only those whose money is frozen, or is not'),
          ),
        }),
        response: { 200: List(Account, [ACCOUNT]) },
      },
    },
    async (request, reply) => {
      const { tier = 'RESELLER', sort = 'created', order: way = 'desc', frozen } = request.query;
      const query: AccountQuery = {
        tier,
        sort,
        descending: way === 'desc',
        search: request.query.search,
        standing: request.query.standing,
        frozen: frozen === undefined ? undefined : frozen === 'true',
      };
      const order = orderOf(query);
      const page = await core.administration.page(query, order.read(request.query));
      return answerPage(request, reply, order, page, (entry) => entry);
    },
  );

  app.post(
    '/resellers',
    {
      ...write,
      schema: {
        operationId: 'createReseller',
        tags,
        summary: 'Make a reseller with empty pools',
        description: 'Its store code is for good. A password is for signing in.',
        body: Body(
          {
            storeCode: text('2 to 16 capital letters and digits, beginning with a letter'),
            storeName: text('a text of 1 to 100 characters on one line'),
            email: text('an email address of at most 254 characters'),
            password: Type.Optional(text('a text of 8 to 256 characters')),
          },
          { storeCode: 'MYSTORE', storeName: 'My Store', email: 'r@example.com' },
        ),
        response: { 201: AccountAnswer },
        refuses: ['EmailTaken', 'StoreCodeTaken'],
      },
    },
    async (request, reply) => {
      const { id } = await core.accounts.createReseller(invoke(request), request.body);
      reply.code(201);
      return show(id);
    },
  );

  app.get(
    '/resellers/:id',
    {
      ...read,
      schema: {
        operationId: 'getReseller',
        tags,
        summary: 'One reseller or customer',
        params: AccountPath,
        response: { 200: AccountAnswer },
        refuses: ['AccountNotFound'],
      },
    },
    async (request) => show(idOf(request)),
  );

  app.patch(
    '/resellers/:id',
    {
      ...write,
      schema: {
        operationId: 'updateReseller',
        tags,
        summary: 'Change the name or the email address of an account',
        params: AccountPath,
        body: Body(
          {
            name: Type.Optional(text('a text of 1 to 100 characters on one line')),
            email: Type.Optional(text('an email address of at most 254 characters')),
          },
          { name: 'My Other Store' },
        ),
        response: { 200: AccountAnswer },
        refuses: ['AccountNotFound', 'EmailTaken'],
      },
    },
    async (request) => {
      await core.administration.update(invoke(request), idOf(request), request.body);
      return show(idOf(request));
    },
  );

  app.post(
    '/resellers/:id/promote',
    {
      ...write,
      schema: {
        operationId: 'promoteToReseller',
        tags,
        summary: 'Make a customer a reseller',
        description: 'There is no way back: the store code is for good.',
        params: AccountPath,
        body: Body(
          {
            storeCode: text('2 to 16 capital letters and digits, beginning with a letter'),
            storeName: text('a text of 1 to 100 characters on one line'),
          },
          { storeCode: 'MYSTORE', storeName: 'My Store' },
        ),
        response: { 200: AccountAnswer },
        refuses: ['AccountNotFound', 'StoreCodeTaken'],
      },
    },
    async (request) => {
      const { storeCode, storeName } = request.body;
      await core.administration.promote(invoke(request), idOf(request), storeCode, storeName);
      return show(idOf(request));
    },
  );

  for (const [path, operationId, summary, sign] of [
    ['top-up', 'topUpReseller', 'Add bytes to a pool, or money', 1n],
    ['take-back', 'takeBackFromReseller', 'Take bytes back from a pool, or money', -1n],
  ] as const) {
    app.post(
      `/resellers/:id/${path}`,
      {
        ...write,
        schema: {
          operationId,
          tags,
          summary,
          ...(sign > 0n ? {} : { description: 'No more than is there.' }),
          params: AccountPath,
          body: Body(
            {
              asset: assetWord,
              amount: WholeIn('a positive whole number: bytes, at most 10^15, or US cents, at most 10^11', {
                minimum: 1,
                maximum: 1e15,
              }),
              note: Type.Optional(text('a printable text of at most 500 characters')),
            },
            { asset: 'residential', amount: 5_000_000_000, note: 'Invoice 1042' },
          ),
          response: {
            200: Answer(
              {
                asset: assetWord,
                balance: Whole('Held now'),
                transferId: Whole('The movement in the statement'),
              },
              {
                asset: 'residential',
                balance: sign > 0n ? 15_000_000_000 : 5_000_000_000,
                transferId: 81_723,
              },
            ),
          },
          refuses: ['AccountNotFound', ...(sign > 0n ? [] : (['InsufficientBalance'] as const))],
        },
      },
      async (request) => {
        const { asset, amount, note = null } = request.body;
        return core.administration.moveStock(
          invoke(request),
          idOf(request),
          asset,
          sign * BigInt(amount),
          note,
        );
      },
    );
  }

  for (const [path, operationId, summary, frozen] of [
    ['freeze', 'freezeCredits', 'Freeze an account’s money', true],
    ['unfreeze', 'unfreezeCredits', 'Let an account spend its money again', false],
  ] as const) {
    app.post(
      `/resellers/:id/${path}`,
      {
        ...write,
        schema: {
          operationId,
          tags,
          summary,
          ...(frozen
            ? {
                description:
                  'It buys and redeems nothing; it can still be given money, and bytes still flow.',
              }
            : {}),
          params: AccountPath,
          response: { 200: AccountAnswer },
          refuses: ['AccountNotFound'],
        },
      },
      async (request) => {
        const { email } = await core.administration.get(idOf(request));
        await core.credits.setFrozen(invoke(request), email, frozen);
        return show(idOf(request));
      },
    );
  }

  const asset = { asset: assetWord };
  const statementOf = async (request: FastifyRequest) => {
    const { internalId } = await core.administration.get(idOf(request));
    const { asset: wanted } = request.query as { asset: Asset };
    return { ledgerId: await core.statements.ledgerOfAccount(internalId, wanted) };
  };
  app.get(
    '/resellers/:id/statement',
    {
      ...read,
      schema: {
        operationId: 'getResellerStatement',
        tags,
        summary: 'Every movement of what an account holds, newest first',
        params: AccountPath,
        querystring: Type.Object(
          { ...StatementPageQuery.properties, ...asset },
          { additionalProperties: false },
        ),
        response: { 200: StatementList },
        refuses: ['AccountNotFound'],
      },
    },
    async (request, reply) => answerStatement(core, await statementOf(request), request, reply),
  );
  app.get(
    '/resellers/:id/statement.csv',
    {
      ...read,
      schema: {
        operationId: 'exportResellerStatement',
        tags,
        summary: 'The same as CSV',
        params: AccountPath,
        querystring: Type.Object(
          { ...StatementCsvQuery.properties, ...asset },
          { additionalProperties: false },
        ),
        response: { 200: statementCsv() },
        refuses: ['AccountNotFound'],
      },
    },
    async (request, reply) =>
      sendStatement(core, await statementOf(request), request, reply, 'statement.csv'),
  );

  const ledger = { ...asset, account: Word(PROVIDER_KINDS) };
  const providerStatementOf = async (request: FastifyRequest) => {
    const { asset: wanted, account } = request.query as {
      asset: Asset;
      account: (typeof PROVIDER_KINDS)[number];
    };
    return { ledgerId: await core.statements.ledgerOfProvider(wanted, account) };
  };
  app.get(
    '/ledger/statement',
    {
      ...read,
      schema: {
        operationId: 'getProviderStatement',
        tags,
        summary: 'Every movement of one of the provider’s own accounts, newest first',
        querystring: Type.Object(
          { ...StatementPageQuery.properties, ...ledger },
          { additionalProperties: false },
        ),
        response: { 200: StatementList },
        refuses: ['AccountNotFound'],
      },
    },
    async (request, reply) => answerStatement(core, await providerStatementOf(request), request, reply),
  );
  app.get(
    '/ledger/statement.csv',
    {
      ...read,
      schema: {
        operationId: 'exportProviderStatement',
        tags,
        summary: 'The same as CSV',
        querystring: Type.Object(
          { ...StatementCsvQuery.properties, ...ledger },
          { additionalProperties: false },
        ),
        response: { 200: statementCsv() },
        refuses: ['AccountNotFound'],
      },
    },
    async (request, reply) =>
      sendStatement(core, await providerStatementOf(request), request, reply, 'statement.csv'),
  );
};
