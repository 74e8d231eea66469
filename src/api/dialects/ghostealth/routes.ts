/** Ghostealth's reseller API: subscriptions, their plans, slots and money. Each handler decodes, calls the core, encodes. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Core } from '../../../core/core.ts';
import { DomainError, type ErrorCode } from '../../../core/errors.ts';
import type { Scope } from '../../../core/keys/scopes.ts';
import {
  authenticateRequest,
  callerOf,
  invocationOf,
  requireScope,
  schemeCredentials,
} from '../../http/caller.ts';
import type { Dialect, TypedApp } from '../../http/dialect.ts';
import { answerError, REFERENCE } from './errors.ts';
import { countCall } from './limit.ts';
import {
  Address,
  AutoRenewal,
  EmptyAnswer,
  ListQuery,
  PageAnswer,
  PlanChoice,
  RenewedAnswer,
  ResellerAnswer,
  SlotsAnswer,
  SubscriptionAnswer,
  SubscriptionPath,
} from './schemas.ts';
import { toWireReseller, toWireSlot, toWireSubscription } from './wire.ts';

const SCHEME = 'ApiKey';
const DEFAULT_PAGE_SIZE = 20;

/** What a change of one subscription refuses, and what taking money does. */
const CHANGING: readonly ErrorCode[] = ['SubscriptionNotFound', 'SubscriptionState'];
const PAYING: readonly (ErrorCode | DomainError)[] = [
  new DomainError('InsufficientBalance', { holder: 'account' }),
  'CreditsFrozen',
];
const TOO_FAR_AHEAD = new DomainError('LimitReached', { what: 'years paid ahead', limit: 10 });

export const PREFIXES = ['/api/v1.0', '/dev/v1.0'] as const;
export type Prefix = (typeof PREFIXES)[number];

/** The reseller API under one of its two prefixes, which are the same in everything. */
export function ghostealth(core: Core, prefix: Prefix): Dialect {
  return {
    prefix,
    answerError,
    authenticateWith: SCHEME,
    bodyLimitBytes: 16 * 1024,
    reference: REFERENCE,
    routes: (app) => defineRoutes(app, core, prefix),
  };
}

function defineRoutes(app: TypedApp, core: Core, prefix: Prefix): void {
  /** A hook before the body is read: a caller without a good key, or over its limit, costs us nothing more. */
  const allow = (scope: Scope) => async (request: FastifyRequest, reply: FastifyReply) => {
    const identity = await authenticateRequest(core, request, schemeCredentials(request, SCHEME));
    await countCall(core, prefix, identity, request, reply);
    if (identity.tier !== 'RESELLER') throw new DomainError('NotReseller', {});
    requireScope(identity, scope);
  };
  const read = { onRequest: allow('reseller:read'), config: { scopes: ['reseller:read' as const] } };
  const write = { onRequest: allow('reseller:write'), config: { scopes: ['reseller:write' as const] } };
  const accountOf = (request: FastifyRequest) => callerOf(request).accountId;
  const invoke = (request: FastifyRequest) => invocationOf(request, 'ghostealth');

  app.get(
    '/resellers',
    {
      ...read,
      schema: {
        operationId: 'getReseller',
        tags: ['account'],
        summary: 'Your account, balance and figures',
        response: { 200: ResellerAnswer },
      },
    },
    async (request) => {
      const identity = callerOf(request);
      const balance = await core.accounts.balance(identity.accountId, 'usd');
      const counts = await core.subscriptions.count(identity.accountId);
      return { data: toWireReseller(identity, balance, counts, schemeCredentials(request, SCHEME)!) };
    },
  );

  app.get(
    '/resellers/subscriptions',
    {
      ...read,
      schema: {
        operationId: 'listSubscriptions',
        tags: ['subscriptions'],
        summary: 'A page of your subscriptions',
        description:
          'Pages count from 0; `size` is 20 unless given. By `id`, newest first, unless `sortBy` and `direction` say otherwise.',
        inferred: 'the example of the original shows one subscription under `data`, where this is a list.',
        querystring: ListQuery,
        response: { 200: PageAnswer },
      },
    },
    async (request) => {
      const page = Number(request.query.page ?? 0);
      const size = Number(request.query.size ?? DEFAULT_PAGE_SIZE);
      const { sortBy = 'id', direction = 'DESC' } = request.query;
      const { subscriptions, total } = await core.subscriptions.list(accountOf(request), {
        page,
        size,
        sortBy,
        direction,
      });
      const data = subscriptions.map(toWireSubscription);
      return { data, page, size, totalElements: total, totalPages: Math.ceil(total / size) };
    },
  );

  app.post(
    '/resellers/subscriptions',
    {
      ...write,
      schema: {
        operationId: 'createSubscription',
        tags: ['subscriptions'],
        summary: 'Buy a subscription; its period begins now',
        body: PlanChoice,
        response: { 200: SubscriptionAnswer },
        refuses: PAYING,
      },
    },
    async (request) => ({
      data: toWireSubscription(
        await core.subscriptions.create(invoke(request), accountOf(request), request.body),
      ),
    }),
  );

  app.post(
    '/resellers/subscriptions/:id',
    {
      ...write,
      schema: {
        operationId: 'changePlan',
        tags: ['subscriptions'],
        summary: 'Change the plan',
        description:
          'The unused part of what was paid is credited, the new plan is charged in full, and a new period begins now.',
        params: SubscriptionPath,
        body: PlanChoice,
        response: { 200: SubscriptionAnswer },
        refuses: [...CHANGING, ...PAYING, 'SlotsInUse'],
      },
    },
    async (request) => {
      const { params, body } = request;
      const subscription = await core.subscriptions.update(
        invoke(request),
        accountOf(request),
        params.id,
        body,
      );
      return { data: toWireSubscription(subscription) };
    },
  );

  app.put(
    '/resellers/subscriptions/:id',
    {
      ...write,
      schema: {
        operationId: 'renewSubscription',
        tags: ['subscriptions'],
        summary: 'Renew by one cycle',
        params: SubscriptionPath,
        response: { 200: RenewedAnswer },
        refuses: [...CHANGING, ...PAYING, TOO_FAR_AHEAD],
      },
    },
    async (request) => {
      await core.subscriptions.renew(invoke(request), accountOf(request), request.params.id);
      return { success: true as const, message: 'Subscription renewed successfully.' as const };
    },
  );

  const changes = (operationId: string, summary: string) => ({
    ...write,
    schema: {
      operationId,
      tags: ['subscriptions'],
      summary,
      description: 'Doing it again changes nothing.',
      params: SubscriptionPath,
      response: { 200: EmptyAnswer },
      refuses: CHANGING,
    },
  });
  app.put(
    '/resellers/subscriptions/:id/suspend',
    changes('suspendSubscription', 'Stop service; the period runs on'),
    async (request) => {
      await core.subscriptions.suspend(invoke(request), accountOf(request), request.params.id);
      return {};
    },
  );
  app.put(
    '/resellers/subscriptions/:id/resume',
    changes('resumeSubscription', 'Bring service back'),
    async (request) => {
      await core.subscriptions.resume(invoke(request), accountOf(request), request.params.id);
      return {};
    },
  );
  app.put(
    '/resellers/subscriptions/:id/cancel',
    changes('cancelSubscription', 'End with the period'),
    async (request) => {
      await core.subscriptions.cancel(invoke(request), accountOf(request), request.params.id);
      return {};
    },
  );

  app.put(
    '/resellers/subscriptions/:id/autorenewal',
    {
      ...write,
      schema: {
        operationId: 'setAutoRenewal',
        tags: ['subscriptions'],
        summary: 'Renew at the end of each period, or not',
        params: SubscriptionPath,
        body: AutoRenewal,
        response: { 200: EmptyAnswer },
        refuses: CHANGING,
      },
    },
    async (request) => {
      const { params, body } = request;
      await core.subscriptions.setAutoRenewal(
        invoke(request),
        accountOf(request),
        params.id,
        body.autoRenewal,
      );
      return {};
    },
  );

  app.get(
    '/resellers/subscriptions/:id/slots',
    {
      ...read,
      schema: {
        operationId: 'listSlots',
        tags: ['addresses'],
        summary: 'The slots of a subscription',
        params: SubscriptionPath,
        response: { 200: SlotsAnswer },
        refuses: ['SubscriptionNotFound'],
      },
    },
    async (request) => ({
      data: (await core.subscriptions.slots(accountOf(request), request.params.id)).map(toWireSlot),
    }),
  );

  const bindings = (operationId: string, summary: string, refuses: readonly ErrorCode[]) => ({
    ...write,
    schema: {
      operationId,
      tags: ['addresses'],
      summary,
      description: 'Doing it again changes nothing.',
      inferred: 'the original names the call and its method; body and answer are not public.',
      params: SubscriptionPath,
      body: Address,
      response: { 200: EmptyAnswer },
      refuses,
    },
  });
  app.put(
    '/resellers/subscriptions/:id/whitelist',
    bindings('whitelistAddress', 'Bind an IP address to the first unbound slot', [
      ...CHANGING,
      'NoFreeSlot',
      'AddressInUse',
    ]),
    async (request) => {
      const { params, body } = request;
      await core.subscriptions.bind(invoke(request), accountOf(request), params.id, body.ip);
      return {};
    },
  );
  app.put(
    '/resellers/subscriptions/:id/blacklist',
    bindings('blacklistAddress', 'Unbind an IP address', ['SubscriptionNotFound']),
    async (request) => {
      const { params, body } = request;
      await core.subscriptions.unbind(invoke(request), accountOf(request), params.id, body.ip);
      return {};
    },
  );
}
