/** The InfiniteProxies reseller API, version 2. See README.md here; the shapes are in wire.ts. */
import type { FastifyRequest } from 'fastify';
import type { Core } from '../../../core/core.ts';
import { DomainError } from '../../../core/errors.ts';
import type { Scope } from '../../../core/keys/scopes.ts';
import type { BandwidthAction } from '../../../core/subusers/subusers.ts';
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
import { answerError } from './errors.ts';
import {
  answers,
  Balance,
  Body,
  Consumption,
  Credentials,
  Customer,
  CustomerPath,
  Customers,
  Me,
  Query,
  ReadQuery,
} from './schemas.ts';
import {
  firstConsumptionDay,
  fromWireBalance,
  fromWireParameters,
  fromWireType,
  fromWireUsername,
  success,
  toWireBalance,
  toWireConsumption,
  toWireCredentials,
  toWireCustomer,
  toWireMe,
} from './wire.ts';

export interface InfiniteProxiesOptions {
  /** What making a customer costs the reseller, in bytes of residential. */
  creationFeeBytes: bigint;
}

/** The API under /v2. */
export function infiniteProxies(core: Core, options: InfiniteProxiesOptions): Dialect {
  return {
    prefix: '/v2',
    answerError,
    authenticateWith: 'Bearer',
    bodyLimitBytes: 16 * 1024,
    acceptsForms: true,
    routes: (app) => defineRoutes(app, core, options),
  };
}

function defineRoutes(app: TypedApp, core: Core, { creationFeeBytes }: InfiniteProxiesOptions): void {
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
  const read = { onRequest: allow('reseller:read') };
  const write = { onRequest: allow('reseller:write') };
  const accountOf = (request: FastifyRequest) => callerOf(request).accountId;
  const invoke = (request: FastifyRequest) => invocationOf(request, 'infiniteproxies');
  const customerOf = (request: FastifyRequest, name: string) =>
    core.subusers.fullUsername(accountOf(request), name);

  app.get(
    '/@me',
    { ...read, schema: { summary: 'The reseller and its two balances', response: answers(Me) } },
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
        summary: 'Make a customer, for a fee',
        querystring: Query,
        body: Body,
        response: answers(Credentials),
      },
    },
    async (request) => {
      const { username } = fromWireParameters(request, ['username']);
      const made = await core.subusers.create(invoke(request), accountOf(request), {
        username: fromWireUsername(username),
        email: null,
        bytes: 0n,
        product: 'residential',
        feeBytes: creationFeeBytes,
      });
      return success(
        toWireCredentials(made),
        `User has been created. To prevent abuse, we substracted ${wholeMegabytes(creationFeeBytes)} MB from your balance`,
      );
    },
  );

  app.get(
    '/customers',
    {
      ...read,
      schema: { summary: 'All customers', querystring: ReadQuery, response: answers(Customers) },
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
        summary: 'One customer',
        params: CustomerPath,
        querystring: ReadQuery,
        response: answers(Customer),
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
        summary: 'What a customer used on each of the last 14 days',
        params: CustomerPath,
        querystring: ReadQuery,
        response: answers(Consumption),
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

  const moves: { path: string; action: BandwidthAction; summary: string; message: string }[] = [
    {
      path: '/customer/add_balance',
      action: 'ADD',
      summary: 'Move MB from the reseller to a customer',
      message: 'Successfully added balance',
    },
    {
      path: '/customer/remove_balance',
      action: 'REMOVE',
      summary: 'Move MB from a customer back to the reseller',
      message: 'Successfully removed balance',
    },
  ];
  for (const { path, action, summary, message } of moves) {
    app.post(
      path,
      { ...write, schema: { summary, querystring: Query, body: Body, response: answers(Balance) } },
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
        return success(toWireBalance(state), message);
      },
    );
  }

  app.post(
    '/customer/reset_password',
    {
      ...write,
      schema: {
        summary: 'Give a customer a new generated proxy password',
        querystring: Query,
        body: Body,
        response: answers(Credentials),
      },
    },
    async (request) => {
      const { username } = fromWireParameters(request, ['username']);
      const reference = await customerOf(request, fromWireUsername(username));
      const reset = await core.subusers.resetPassword(invoke(request), accountOf(request), reference);
      return success(toWireCredentials(reset), 'Successfully resetted password');
    },
  );
}
