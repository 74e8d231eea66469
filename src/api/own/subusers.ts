/** Subusers on the wire: what the provider and a reseller see and do alike. */
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Invocation } from '../../core/command.ts';
import type { Core } from '../../core/core.ts';
import { DomainError } from '../../core/errors.ts';
import {
  SUBUSER_SORTS,
  type SubuserKey,
  type SubuserQuery,
  type SubuserSort,
} from '../../core/subusers/list.ts';
import { PRODUCTS, type Product } from '../../shared/products.ts';
import type { TypedApp } from '../http/dialect.ts';
import { Answer, Body, Named, OptionalText, Query, Time, WholeIn, Word } from '../http/fields.ts';
import type { Guard } from '../http/own-api.ts';
import { answerPage, type Keyset, keyset, List, ListQuery } from '../http/paging.ts';
import { type Cell, csvAnswer, sendCsv } from './csv.ts';
import {
  ByProduct,
  direction,
  Figures,
  idPath,
  RANGE_FIELDS,
  rangeFrom,
  search,
  toWireUsage,
  Usage,
} from './figures.ts';
import type { AccountFilter } from './filter.ts';
import {
  answerStatement,
  StatementCsvQuery,
  StatementList,
  StatementPageQuery,
  sendStatement,
  statementCsv,
} from './statements.ts';

export interface SubuserContext {
  core: Core;
  read: Guard;
  write: Guard;
  /** Of the call that shows a password. */
  reveal: Guard;
  invoke: (request: FastifyRequest) => Invocation;
  /** The account whose subusers the caller may see; null: all. */
  whose: (request: FastifyRequest) => bigint | null;
  /** The causes that the caller may see in statements; undefined: all. */
  ownCauses: (request: FastifyRequest) => Promise<ReadonlySet<string> | undefined>;
  /** What lists can be limited to besides, and the account that a query means by it. */
  filter?: AccountFilter;
}

export const Subuser = Named('Subuser', {
  id: Type.String(),
  username: Type.String({ description: 'With the store code in front' }),
  email: OptionalText('Where one is known'),
  reseller: Named('SubuserReseller', { id: Type.String(), storeCode: Type.String() }),
  createdAt: Time('When it was made'),
  bandwidth: Named('Bandwidth', { residential: Figures, mobile: Figures }),
  whitelist: Type.Array(Type.String(), {
    description: 'Addresses and ranges that need no password, oldest first',
  }),
});

export const SUBUSER = {
  id: 'subuser-4kq7m2ws9xbd3h6n',
  username: 'MYSTORE_anna',
  email: 'anna@example.com',
  reseller: { id: 'acc_4kq7m2ws9xbd3h6n', storeCode: 'MYSTORE' },
  createdAt: '2026-05-04T10:00:00.000Z',
  bandwidth: {
    residential: { allocatedBytes: 5_000_000_000, usedBytes: 1_200_000_000, remainingBytes: 3_800_000_000 },
    mobile: { allocatedBytes: 0, usedBytes: 0, remainingBytes: 0 },
  },
  whitelist: ['203.0.113.7'],
};

const SubuserAnswer = Type.Object(Subuser.properties, {
  additionalProperties: false,
  title: 'Subuser',
  examples: [SUBUSER],
});

const SubuserPath = idPath(SUBUSER.id);

const Credentials = Answer(
  { username: Type.String(), password: Type.String() },
  { username: 'MYSTORE_anna', password: 'pH7kq2WmX4tBz9RcVn3L' },
);

const FILTERS = {
  search,
  sort: Type.Optional(Word(SUBUSER_SORTS)),
  order: direction,
  product: Type.Optional(Word(PRODUCTS, 'residential or mobile: whose figures to sort by')),
};

interface Filters {
  search?: string;
  sort?: SubuserSort;
  order?: 'asc' | 'desc';
  product?: Product;
}

function queryFrom(accountId: bigint | null, filters: Filters): SubuserQuery {
  const { sort = 'created', order = 'desc', product = 'residential' } = filters;
  return { accountId, sort, descending: order === 'desc', product, search: filters.search };
}

/** A cursor belongs to its order. */
function orderOf({ sort, descending, product }: SubuserQuery): Keyset<SubuserKey> {
  const name = `subusers-${sort}-${product}-${descending ? 'desc' : 'asc'}`;
  return sort === 'name' ? keyset(name, 'text', 'id') : keyset(name, 'id', 'id');
}

const COLUMNS = [
  'id',
  'username',
  'email',
  'storeCode',
  'createdAt',
  'residentialAllocatedBytes',
  'residentialUsedBytes',
  'residentialRemainingBytes',
  'mobileAllocatedBytes',
  'mobileUsedBytes',
  'mobileRemainingBytes',
  'whitelist',
];
const EXPORT_PAGE = 500;
const SHARED_REFUSALS = ['SubuserNotFound'] as const;

/** Lists, and all calls on one subuser. Making them is each API's own. */
export function defineSubuserRoutes(app: TypedApp, context: SubuserContext): void {
  const { core, read, write, reveal, invoke, whose, ownCauses, filter } = context;
  const tags = ['subusers'];
  const filters = { ...FILTERS, ...filter?.fields };
  const listedOf = async (request: FastifyRequest) => (filter ? filter.accountOf(request) : whose(request));
  /** The subuser of a path, and the account it belongs to. Another's is not there. */
  const find = (request: FastifyRequest) =>
    core.subusers.entry(whose(request), (request.params as { id: string }).id);
  /** The account for a command; also of a deleted subuser, so that a repeated request gets the answer it had. */
  const accountOf = async (request: FastifyRequest): Promise<bigint> => {
    const { id } = request.params as { id: string };
    if (!id.startsWith('subuser-')) throw new DomainError('SubuserNotFound', {});
    return whose(request) ?? core.subusers.accountOf(id);
  };
  const show = async (request: FastifyRequest) => {
    const { internalId: _, accountId: __, ...entry } = await find(request);
    return entry;
  };

  app.get(
    '/subusers',
    {
      ...read,
      schema: {
        operationId: 'listSubusers',
        tags,
        summary: 'Subusers, newest first unless sorted otherwise',
        description:
          'The order by `used` and `remaining` is that of some seconds ago; the figures are those of now. `search` finds a part of a username or email address, or an id.',
        querystring: ListQuery(filters),
        response: { 200: List(Subuser, [SUBUSER]) },
        refuses: filter ? ['AccountNotFound'] : [],
      },
    },
    async (request, reply) => {
      const query = queryFrom(await listedOf(request), request.query);
      const order = orderOf(query);
      const page = await core.subusers.page(query, order.read(request.query));
      return answerPage(request, reply, order, page, (entry) => entry);
    },
  );

  app.get(
    '/subusers/export',
    {
      ...read,
      schema: {
        operationId: 'exportSubusers',
        tags,
        summary: 'All subusers that match, as CSV',
        querystring: Query(filters),
        response: {
          200: csvAnswer(
            'Subusers without their passwords. A text that a spreadsheet would take for a formula begins with an apostrophe.',
            `${COLUMNS.join(',')}\r\nsubuser-4kq7m2ws9xbd3h6n,MYSTORE_anna,anna@example.com,MYSTORE,2026-05-04T10:00:00.000Z,5000000000,1200000000,3800000000,0,0,0,203.0.113.7\r\n`,
          ),
        },
        refuses: filter ? ['AccountNotFound'] : [],
      },
    },
    async (request, reply) => {
      const query = queryFrom(await listedOf(request), request.query);
      async function* tables(): AsyncGenerator<Cell[][]> {
        let after: SubuserKey | undefined;
        do {
          const page = await core.subusers.page(query, { limit: EXPORT_PAGE, after });
          yield page.rows.map(({ bandwidth: { residential, mobile }, ...entry }) => [
            entry.id,
            entry.username,
            entry.email,
            entry.reseller.storeCode,
            entry.createdAt,
            residential.allocatedBytes,
            residential.usedBytes,
            residential.remainingBytes,
            mobile.allocatedBytes,
            mobile.usedBytes,
            mobile.remainingBytes,
            entry.whitelist.join(' '),
          ]);
          after = page.next;
        } while (after !== undefined);
      }
      return sendCsv(reply, 'subusers.csv', COLUMNS, tables());
    },
  );

  app.get(
    '/subusers/:id',
    {
      ...read,
      schema: {
        operationId: 'getSubuser',
        tags,
        summary: 'One subuser',
        params: SubuserPath,
        response: { 200: SubuserAnswer },
        refuses: SHARED_REFUSALS,
      },
    },
    show,
  );

  app.delete(
    '/subusers/:id',
    {
      ...write,
      schema: {
        operationId: 'deleteSubuser',
        tags,
        summary: 'Delete a subuser',
        description: 'What it has left returns to the pool; its running tunnels are cut.',
        params: SubuserPath,
        response: {
          200: Answer(
            {
              username: Type.String(),
              returnedBytes: ByProduct,
            },
            { username: 'MYSTORE_anna', returnedBytes: { residential: 3_800_000_000, mobile: 0 } },
          ),
        },
        refuses: SHARED_REFUSALS,
      },
    },
    async (request) => {
      const accountId = await accountOf(request);
      return core.subusers.remove(invoke(request), accountId, request.params.id);
    },
  );

  for (const [path, action, operationId, summary] of [
    ['allocate', 'ADD', 'allocateToSubuser', 'Give a subuser bandwidth from the pool'],
    ['take-back', 'REMOVE', 'takeBackFromSubuser', 'Take bandwidth back into the pool'],
  ] as const) {
    app.post(
      `/subusers/:id/${path}`,
      {
        ...write,
        schema: {
          operationId,
          tags,
          summary,
          params: SubuserPath,
          body: Body(
            {
              product: Word(PRODUCTS),
              bytes: WholeIn('a positive whole number of bytes', { minimum: 1, maximum: 1e15 }),
            },
            { product: 'residential', bytes: 5_000_000_000 },
          ),
          response: { 200: SubuserAnswer },
          refuses: [...SHARED_REFUSALS, 'InsufficientBalance'],
        },
      },
      async (request) => {
        const accountId = await accountOf(request);
        const { product, bytes } = request.body;
        const { id } = request.params;
        await core.subusers.moveBandwidth(invoke(request), accountId, id, product, action, BigInt(bytes));
        return show(request);
      },
    );
  }

  app.get(
    '/subusers/:id/credentials',
    {
      ...reveal,
      schema: {
        operationId: 'getCredentials',
        tags,
        summary: 'The name and password of a subuser',
        description: 'That they were shown is written into the audit log.',
        params: SubuserPath,
        response: { 200: Credentials },
        refuses: SHARED_REFUSALS,
      },
    },
    async (request) => {
      const accountId = await accountOf(request);
      return core.subusers.showCredentials(invoke(request), accountId, request.params.id);
    },
  );

  app.post(
    '/subusers/:id/reset-password',
    {
      ...write,
      schema: {
        operationId: 'resetPassword',
        tags,
        summary: 'Give a subuser another password',
        description: 'Generated unless `password` is given. Running tunnels are cut.',
        params: SubuserPath,
        body: Body(
          {
            password: Type.Optional(
              Type.String({ description: '8 to 64 printable ASCII characters without spaces' }),
            ),
          },
          {},
        ),
        response: { 200: Credentials },
        refuses: SHARED_REFUSALS,
      },
    },
    async (request) => {
      const accountId = await accountOf(request);
      const { password } = request.body;
      const { id } = request.params;
      return password === undefined
        ? core.subusers.resetPassword(invoke(request), accountId, id)
        : core.subusers.setPassword(invoke(request), accountId, id, password);
    },
  );

  for (const [path, operationId, summary] of [
    ['whitelist', 'addToWhitelist', 'Let an address or range in without a password'],
    ['whitelist/remove', 'removeFromWhitelist', 'Take an address or range off the whitelist'],
  ] as const) {
    const isAdding = path === 'whitelist';
    app.post(
      `/subusers/:id/${path}`,
      {
        ...write,
        schema: {
          operationId,
          tags,
          summary,
          ...(isAdding ? {} : { description: 'Tunnels that were let in by it are cut.' }),
          params: SubuserPath,
          body: Body(
            {
              address: Type.String({ maxLength: 64, description: 'an IPv4 or IPv6 address or a CIDR range' }),
            },
            { address: '203.0.113.7' },
          ),
          response: {
            200: Answer(
              { whitelist: Type.Array(Type.String()) },
              { whitelist: isAdding ? ['203.0.113.7'] : [] },
            ),
          },
          refuses: [...SHARED_REFUSALS, ...(isAdding ? (['AddressInUse', 'LimitReached'] as const) : [])],
        },
      },
      async (request) => {
        const accountId = await accountOf(request);
        const { id } = request.params;
        const { address } = request.body;
        const { whitelist } = isAdding
          ? await core.subusers.addAddress(invoke(request), accountId, id, address)
          : await core.subusers.removeAddress(invoke(request), accountId, id, address);
        return { whitelist };
      },
    );
  }

  app.get(
    '/subusers/:id/usage',
    {
      ...read,
      schema: {
        operationId: 'getSubuserUsage',
        tags,
        summary: 'What a subuser used, by minute, hour or day',
        description: 'At most 1500 periods. Minutes are kept for 31 days.',
        params: SubuserPath,
        querystring: Query(RANGE_FIELDS),
        response: { 200: Usage },
        refuses: SHARED_REFUSALS,
      },
    },
    async (request) => {
      const range = rangeFrom(request.query);
      const { internalId } = await find(request);
      return toWireUsage(range, await core.usage.ofSubuser(internalId, range));
    },
  );

  const product = { product: Type.Optional(Word(PRODUCTS)) };
  /** What a subuser has left, as an account of the ledger. */
  const statementOf = async (request: FastifyRequest) => {
    const { internalId } = await find(request);
    const { product: wanted = 'residential' } = request.query as { product?: Product };
    const [ledgerId, own] = await Promise.all([
      core.statements.ledgerOfSubuser(internalId, wanted),
      ownCauses(request),
    ]);
    return { ledgerId, own };
  };
  app.get(
    '/subusers/:id/statement',
    {
      ...read,
      schema: {
        operationId: 'getSubuserStatement',
        tags,
        summary: 'Every movement of what a subuser has left, newest first',
        params: SubuserPath,
        querystring: Type.Object(
          { ...StatementPageQuery.properties, ...product },
          { additionalProperties: false },
        ),
        response: { 200: StatementList },
        refuses: SHARED_REFUSALS,
      },
    },
    async (request, reply) => answerStatement(core, await statementOf(request), request, reply),
  );
  app.get(
    '/subusers/:id/statement.csv',
    {
      ...read,
      schema: {
        operationId: 'exportSubuserStatement',
        tags,
        summary: 'The same as CSV',
        params: SubuserPath,
        querystring: Type.Object(
          { ...StatementCsvQuery.properties, ...product },
          { additionalProperties: false },
        ),
        response: { 200: statementCsv() },
        refuses: SHARED_REFUSALS,
      },
    },
    async (request, reply) =>
      sendStatement(core, await statementOf(request), request, reply, 'subuser-statement.csv'),
  );
}
