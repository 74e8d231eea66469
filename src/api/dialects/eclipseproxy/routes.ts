/** The EclipseProxy reseller API. See README.md here; the shapes are in wire.ts. */
import type { FastifyRequest } from 'fastify';
import type { Core } from '../../../core/core.ts';
import { DomainError } from '../../../core/errors.ts';
import type { Scope } from '../../../core/keys/scopes.ts';
import { validMegabytes } from '../../../core/validate.ts';
import {
  authenticateRequest,
  callerOf,
  headerCredentials,
  invocationOf,
  requireScope,
  schemeCredentials,
} from '../../http/caller.ts';
import type { Dialect, TypedApp } from '../../http/dialect.ts';
import { answerError } from './errors.ts';
import {
  CreateSubuser,
  ListQuery,
  MoveBandwidth,
  SetPassword,
  SubuserPath,
  UsageQuery,
  WhitelistAddress,
} from './schemas.ts';
import {
  envelope,
  ok,
  toWireBandwidth,
  toWireDeleted,
  toWireHistory,
  toWireOverview,
  toWireSubuser,
  toWireSubuserWithPassword,
  toWireUsage,
  toWireWhitelist,
} from './wire.ts';

const PREFIX = '/api/reseller/v1';
/** This dialect knows one product. */
const PRODUCT = 'residential';
const DAY_MS = 24 * 3600 * 1000;
const DEFAULT_USAGE_DAYS = 30;

/** The reseller API under /api/reseller/v1. */
export function eclipseProxy(core: Core): Dialect {
  return {
    prefix: PREFIX,
    answerError,
    authenticateWith: 'Bearer',
    bodyLimitBytes: 64 * 1024,
    routes: (app) => defineRoutes(app, core),
  };
}

function defineRoutes(app: TypedApp, core: Core): void {
  /** A hook before the body is read: a caller without a good key costs us nothing more. */
  const allow = (scope: Scope) => async (request: FastifyRequest) => {
    const secret = schemeCredentials(request, 'Bearer') ?? headerCredentials(request, 'x-api-key');
    const identity = await authenticateRequest(core, request, secret);
    if (identity.tier !== 'RESELLER') throw new DomainError('NotReseller', {});
    requireScope(identity, scope);
  };
  const read = { onRequest: allow('reseller:read') };
  const write = { onRequest: allow('reseller:write') };
  const accountOf = (request: FastifyRequest) => callerOf(request).accountId;
  const invoke = (request: FastifyRequest) => invocationOf(request, 'eclipseproxy');

  app.get('/bandwidth', read, async (request) =>
    ok(toWireOverview(await core.accounts.poolOverview(accountOf(request), PRODUCT))),
  );

  app.get('/subusers', { ...read, schema: { querystring: ListQuery } }, async (request, reply) => {
    const limit = request.query.limit === undefined ? undefined : Number(request.query.limit);
    const page = await core.subusers.list(accountOf(request), PRODUCT, {
      limit,
      after: request.query.cursor,
    });
    if (limit !== undefined && page.length === limit) {
      const next = page.at(-1)!.id;
      reply.header('x-next-cursor', next);
      reply.header('link', `<${PREFIX}/subusers?limit=${limit}&cursor=${next}>; rel="next"`);
    }
    return ok(page.map(toWireSubuser));
  });

  app.post('/subusers', { ...write, schema: { body: CreateSubuser } }, async (request, reply) => {
    const { username, email, bandwidth } = request.body;
    const subuser = await core.subusers.create(invoke(request), accountOf(request), {
      username,
      email,
      bytes: validMegabytes(bandwidth, 'bandwidth'),
      product: PRODUCT,
    });
    reply.code(201);
    return envelope('success', 'Subuser created', 'SUBUSER_CREATED', toWireSubuserWithPassword(subuser));
  });

  app.get('/subusers/:id', { ...read, schema: { params: SubuserPath } }, async (request) =>
    ok(toWireSubuserWithPassword(await core.subusers.get(accountOf(request), request.params.id, PRODUCT))),
  );

  app.delete('/subusers/:id', { ...write, schema: { params: SubuserPath } }, async (request) => {
    const deleted = await core.subusers.remove(invoke(request), accountOf(request), request.params.id);
    return envelope(
      'success',
      'Subuser deleted',
      'SUBUSER_DELETED',
      toWireDeleted(deleted.username, deleted.returnedBytes[PRODUCT]),
    );
  });

  app.put(
    '/subusers/:id/password',
    { ...write, schema: { params: SubuserPath, body: SetPassword } },
    async (request) => {
      const { username, password } = await core.subusers.setPassword(
        invoke(request),
        accountOf(request),
        request.params.id,
        request.body.newPassword,
      );
      return envelope('success', 'Password updated', 'PASSWORD_UPDATED', { username, newPassword: password });
    },
  );

  app.get('/subusers/:id/whitelist', { ...read, schema: { params: SubuserPath } }, async (request) =>
    ok(toWireWhitelist(await core.subusers.whitelist(accountOf(request), request.params.id))),
  );

  const changesWhitelist = { ...write, schema: { params: SubuserPath, body: WhitelistAddress } };
  app.post('/subusers/:id/whitelist', changesWhitelist, async (request) => {
    const { params, body } = request;
    const state = await core.subusers.addAddress(invoke(request), accountOf(request), params.id, body.ip);
    return envelope('success', 'IP added to whitelist', 'IP_ADDED', toWireWhitelist(state));
  });

  app.delete('/subusers/:id/whitelist', changesWhitelist, async (request) => {
    const { params, body } = request;
    const state = await core.subusers.removeAddress(invoke(request), accountOf(request), params.id, body.ip);
    return envelope('success', 'IP removed from whitelist', 'IP_REMOVED', toWireWhitelist(state));
  });

  app.get('/subusers/:id/bandwidth', { ...read, schema: { params: SubuserPath } }, async (request) =>
    ok(toWireBandwidth(await core.subusers.bandwidth(accountOf(request), request.params.id, PRODUCT))),
  );

  app.post(
    '/subusers/:id/bandwidth',
    { ...write, schema: { params: SubuserPath, body: MoveBandwidth } },
    async (request) => {
      const { action, amountMb } = request.body;
      const state = await core.subusers.moveBandwidth(
        invoke(request),
        accountOf(request),
        request.params.id,
        PRODUCT,
        action,
        validMegabytes(amountMb, 'amountMb'),
      );
      const [message, code] =
        action === 'ADD'
          ? ['Bandwidth added', 'BANDWIDTH_ADDED']
          : ['Bandwidth removed', 'BANDWIDTH_REMOVED'];
      return envelope('success', message!, code!, toWireBandwidth(state));
    },
  );

  app.get('/subusers/:id/bandwidth/history', { ...read, schema: { params: SubuserPath } }, async (request) =>
    ok(toWireHistory(await core.subusers.history(accountOf(request), request.params.id, PRODUCT))),
  );

  app.get(
    '/subusers/:id/usage',
    { ...read, schema: { params: SubuserPath, querystring: UsageQuery } },
    async (request) => {
      const days = Number(request.query.days ?? DEFAULT_USAGE_DAYS);
      const today = Math.floor(core.clock.now().getTime() / DAY_MS) * DAY_MS;
      const usage = await core.subusers.usage(
        accountOf(request),
        request.params.id,
        PRODUCT,
        'day',
        new Date(today - (days - 1) * DAY_MS),
      );
      return ok(toWireUsage(usage));
    },
  );
}
