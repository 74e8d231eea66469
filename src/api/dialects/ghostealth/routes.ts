/** Ghostealth's reseller API: subscriptions, their plans, slots and money. Each handler decodes, calls the core, encodes. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Core } from '../../../core/core.ts';
import { DomainError } from '../../../core/errors.ts';
import type { Scope } from '../../../core/keys/scopes.ts';
import {
  authenticateRequest,
  callerOf,
  invocationOf,
  requireScope,
  schemeCredentials,
} from '../../http/caller.ts';
import type { Dialect, TypedApp } from '../../http/dialect.ts';
import { answerError } from './errors.ts';
import { countCall } from './limit.ts';
import {
  Address,
  AutoRenewal,
  answers,
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

export type Prefix = '/api/v1.0' | '/dev/v1.0';

/** The reseller API under one of its two prefixes, which are the same in everything. */
export function ghostealth(core: Core, prefix: Prefix): Dialect {
  return {
    prefix,
    answerError,
    authenticateWith: SCHEME,
    bodyLimitBytes: 16 * 1024,
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
  const read = { onRequest: allow('reseller:read') };
  const write = { onRequest: allow('reseller:write') };
  const accountOf = (request: FastifyRequest) => callerOf(request).accountId;
  const invoke = (request: FastifyRequest) => invocationOf(request, 'ghostealth');

  app.get(
    '/resellers',
    { ...read, schema: { summary: 'Your account, balance and figures', response: answers(ResellerAnswer) } },
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
        summary: 'A page of your subscriptions',
        querystring: ListQuery,
        response: answers(PageAnswer, 400),
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
        summary: 'Buy a subscription; its period begins now',
        body: PlanChoice,
        response: answers(SubscriptionAnswer, 400, 402),
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
        summary: 'Change the plan: the unused part is credited, a new period begins now',
        params: SubscriptionPath,
        body: PlanChoice,
        response: answers(SubscriptionAnswer, 400, 402, 404, 409),
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
        summary: 'Renew by one cycle',
        params: SubscriptionPath,
        response: answers(RenewedAnswer, 402, 404, 409),
      },
    },
    async (request) => {
      await core.subscriptions.renew(invoke(request), accountOf(request), request.params.id);
      return { success: true as const, message: 'Subscription renewed successfully.' };
    },
  );

  const changes = (summary: string) => ({
    ...write,
    schema: { summary, params: SubscriptionPath, response: answers(EmptyAnswer, 404, 409) },
  });
  app.put(
    '/resellers/subscriptions/:id/suspend',
    changes('Stop service; the period runs on'),
    async (request) => {
      await core.subscriptions.suspend(invoke(request), accountOf(request), request.params.id);
      return {};
    },
  );
  app.put('/resellers/subscriptions/:id/resume', changes('Bring service back'), async (request) => {
    await core.subscriptions.resume(invoke(request), accountOf(request), request.params.id);
    return {};
  });
  app.put('/resellers/subscriptions/:id/cancel', changes('End with the period'), async (request) => {
    await core.subscriptions.cancel(invoke(request), accountOf(request), request.params.id);
    return {};
  });

  app.put(
    '/resellers/subscriptions/:id/autorenewal',
    {
      ...write,
      schema: {
        summary: 'Renew at the end of each period, or not',
        params: SubscriptionPath,
        body: AutoRenewal,
        response: answers(EmptyAnswer, 400, 404, 409),
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
        summary: 'The slots of a subscription',
        params: SubscriptionPath,
        response: answers(SlotsAnswer, 404),
      },
    },
    async (request) => ({
      data: (await core.subscriptions.slots(accountOf(request), request.params.id)).map(toWireSlot),
    }),
  );

  const bindings = (summary: string) => ({
    ...write,
    schema: {
      summary,
      params: SubscriptionPath,
      body: Address,
      response: answers(EmptyAnswer, 400, 404, 409),
    },
  });
  app.put(
    '/resellers/subscriptions/:id/whitelist',
    bindings('Bind an IP address to the first unbound slot'),
    async (request) => {
      const { params, body } = request;
      await core.subscriptions.bind(invoke(request), accountOf(request), params.id, body.ip);
      return {};
    },
  );
  app.put('/resellers/subscriptions/:id/blacklist', bindings('Unbind an IP address'), async (request) => {
    const { params, body } = request;
    await core.subscriptions.unbind(invoke(request), accountOf(request), params.id, body.ip);
    return {};
  });
}
