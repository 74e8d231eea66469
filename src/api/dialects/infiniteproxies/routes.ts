/** The InfiniteProxies reseller API, version 2. See README.md here; the shapes are in wire.ts. */
import type { FastifyRequest } from 'fastify';
import type { Core } from '../../../core/core.ts';
import { DomainError, type ErrorCode } from '../../../core/errors.ts';
import type { Scope } from '../../../core/keys/scopes.ts';
import { wholeMegabytes } from '../../../shared/units.ts';
import {
  callerOf,
  headerCredentials,
  invocationOf,
  recogniseRequest,
  requireScope,
  schemeCredentials,
} from '../../http/caller.ts';
import type { Dialect, TypedApp } from '../../http/dialect.ts';
import { answerError, REFERENCE } from './errors.ts';
import {
  BalanceMoved,
  BODY_TYPES,
  Consumption,
  Created,
  Customer,
  CustomerPath,
  Customers,
  Me,
  MoveBody,
  MoveQuery,
  NameBody,
  NameQuery,
  PasswordReset,
  ReadQuery,
} from './schemas.ts';
import {
  firstConsumptionDay,
  fromWireBalance,
  fromWireParameters,
  fromWireType,
  fromWireUsername,
  success,
  successWith,
  toWireBalance,
  toWireConsumption,
  toWireCredentials,
  toWireCustomer,
  toWireMe,
} from './wire.ts';

const NOT_FOUND: readonly ErrorCode[] = ['SubuserNotFound'];

/** The API under /v2. */
export function infiniteProxies(core: Core): Dialect {
  return {
    prefix: '/v2',
    answerError,
    authenticateWith: 'Bearer',
    bodyLimitBytes: 16 * 1024,
    acceptsForms: true,
    reference: REFERENCE,
    routes: (app) => defineRoutes(app, core),
  };
}

function defineRoutes(app: TypedApp, core: Core): void {
  /** A hook before the body is read: a caller without a good key costs us nothing more. */
  const allow = (scope: Scope) => async (request: FastifyRequest) => {
    const secret =
      headerCredentials(request, 'x-infinite-key') ??
      schemeCredentials(request, 'Bearer') ??
      headerCredentials(request, 'x-api-key');
    const recognition = await recogniseRequest(core, request, secret);
    if (recognition.kind === 'unknown') throw new DomainError('UnknownKey', {});
    if (recognition.kind !== 'known') throw new DomainError('Unauthenticated', {});
    if (recognition.identity.tier !== 'RESELLER') throw new DomainError('NotReseller', {});
    requireScope(recognition.identity, scope);
  };
  const read = { onRequest: allow('reseller:read'), config: { scopes: ['reseller:read' as const] } };
  const write = { onRequest: allow('reseller:write'), config: { scopes: ['reseller:write' as const] } };
  const accountOf = (request: FastifyRequest) => callerOf(request).accountId;
  const invoke = (request: FastifyRequest) => invocationOf(request, 'infiniteproxies');
  const customerOf = (request: FastifyRequest, name: string) =>
    core.subusers.fullUsername(accountOf(request), name);

  app.get(
    '/@me',
    {
      ...read,
      schema: {
        operationId: 'getMe',
        tags: ['account'],
        summary: 'The reseller and its two balances',
        response: { 200: Me },
      },
    },
    async (request) => {
      const accountId = accountOf(request);
      const { storeCode, balanceBytes } = await core.accounts.poolOverview(accountId, 'residential');
      return success(toWireMe(storeCode, balanceBytes, await core.accounts.balance(accountId, 'mobile')));
    },
  );

  app.post(
    '/customer/create',
    {
      ...write,
      schema: {
        operationId: 'createCustomer',
        tags: ['customers'],
        summary: 'Make a customer, for a fee',
        description:
          'Takes `username`. The customer begins with balance 0; the fee, 100 MB unless the provider has set another, is residential.',
        querystring: NameQuery,
        body: NameBody,
        consumes: BODY_TYPES,
        response: { 200: Created },
        refuses: ['MissingFields', 'UsernameTaken', 'InsufficientBalance'],
      },
    },
    async (request) => {
      const { username } = fromWireParameters(request, ['username']);
      const made = await core.subusers.create(invoke(request), accountOf(request), {
        username: fromWireUsername(username),
        email: null,
        bytes: 0n,
        product: 'residential',
        feeBytes: (await core.settings.read()).infiniteCreationFeeBytes,
      });
      return successWith(
        `User has been created. To prevent abuse, we substracted ${wholeMegabytes(made.feeBytes)} MB from your balance`,
        toWireCredentials(made),
      );
    },
  );

  app.get(
    '/customers',
    {
      ...read,
      schema: {
        operationId: 'listCustomers',
        tags: ['customers'],
        summary: 'All customers',
        querystring: ReadQuery,
        response: { 200: Customers },
      },
    },
    async (request) => {
      const product = fromWireType(request.query.type);
      const customers = await core.subusers.listWithPasswords(accountOf(request), product);
      return success({ users: customers.map(toWireCustomer) });
    },
  );

  app.get(
    '/customer/@:username',
    {
      ...read,
      schema: {
        operationId: 'getCustomer',
        tags: ['customers'],
        summary: 'One customer',
        params: CustomerPath,
        querystring: ReadQuery,
        response: { 200: Customer },
        refuses: NOT_FOUND,
      },
    },
    async (request) => {
      const product = fromWireType(request.query.type);
      const reference = await customerOf(request, request.params.username);
      return success(toWireCustomer(await core.subusers.get(accountOf(request), reference, product)));
    },
  );

  app.get(
    '/customer/@:username/transactions',
    {
      ...read,
      schema: {
        operationId: 'getConsumption',
        tags: ['customers'],
        summary: 'What a customer used on each of the last 14 days',
        params: CustomerPath,
        querystring: ReadQuery,
        response: { 200: Consumption },
        refuses: NOT_FOUND,
      },
    },
    async (request) => {
      const product = fromWireType(request.query.type);
      const reference = await customerOf(request, request.params.username);
      const from = firstConsumptionDay(core.clock.now());
      const { usage } = await core.subusers.usage(accountOf(request), reference, product, 'day', from);
      return success(toWireConsumption(from, usage));
    },
  );

  const moves = [
    {
      path: '/customer/add_balance',
      operationId: 'addBalance',
      action: 'ADD',
      summary: 'Move MB from the reseller to a customer',
      message: 'Successfully added balance',
      holder: 'pool',
    },
    {
      path: '/customer/remove_balance',
      operationId: 'removeBalance',
      action: 'REMOVE',
      summary: 'Move MB from a customer back to the reseller',
      message: 'Successfully removed balance',
      holder: 'subuser',
    },
  ] as const;
  for (const { path, operationId, action, summary, message, holder } of moves) {
    app.post(
      path,
      {
        ...write,
        schema: {
          operationId,
          tags: ['balances'],
          summary,
          description:
            'Takes `username` and `balance`, and `type` where it is about mobile. The answer has the balance after it.',
          querystring: MoveQuery,
          body: MoveBody,
          consumes: BODY_TYPES,
          response: { 200: BalanceMoved },
          refuses: ['MissingFields', 'SubuserNotFound', new DomainError('InsufficientBalance', { holder })],
        },
      },
      async (request) => {
        const given = fromWireParameters(request, ['username', 'balance']);
        const bytes = fromWireBalance(given.balance);
        const product = fromWireType(given.type);
        const reference = await customerOf(request, fromWireUsername(given.username));
        const state = await core.subusers.moveBandwidth(
          invoke(request),
          accountOf(request),
          reference,
          product,
          action,
          bytes,
        );
        return successWith(message, toWireBalance(state));
      },
    );
  }

  app.post(
    '/customer/reset_password',
    {
      ...write,
      schema: {
        operationId: 'resetPassword',
        tags: ['customers'],
        summary: 'Give a customer a new generated proxy password',
        description: 'Takes `username`. Running tunnels of the customer are cut.',
        querystring: NameQuery,
        body: NameBody,
        consumes: BODY_TYPES,
        response: { 200: PasswordReset },
        refuses: ['MissingFields', 'SubuserNotFound'],
      },
    },
    async (request) => {
      const { username } = fromWireParameters(request, ['username']);
      const reference = await customerOf(request, fromWireUsername(username));
      const reset = await core.subusers.resetPassword(invoke(request), accountOf(request), reference);
      return successWith('Successfully resetted password', toWireCredentials(reset));
    },
  );
}
