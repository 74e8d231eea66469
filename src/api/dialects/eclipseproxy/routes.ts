/** The EclipseProxy reseller API. See README.md here; the shapes are in wire.ts. */
import type { FastifyRequest } from 'fastify';
import type { Core } from '../../../core/core.ts';
import { DomainError, type ErrorCode } from '../../../core/errors.ts';
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
import { answerError, REFERENCE } from './errors.ts';
import {
  AddressAdded,
  AddressRemoved,
  BandwidthDetails,
  BandwidthMoved,
  CreateSubuser,
  History,
  ListQuery,
  MoveBandwidth,
  Overview,
  PasswordUpdated,
  SetPassword,
  SubuserCreated,
  SubuserDeleted,
  SubuserDetails,
  SubuserList,
  SubuserPath,
  Usage,
  UsageQuery,
  WhitelistAddress,
  WhitelistDetails,
} from './schemas.ts';
import {
  ok,
  success,
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
    reference: REFERENCE,
    routes: (app) => defineRoutes(app, core),
  };
}

const NOT_FOUND: readonly ErrorCode[] = ['SubuserNotFound'];

const accountOf = (request: FastifyRequest) => callerOf(request).accountId;
const invoke = (request: FastifyRequest) => invocationOf(request, 'eclipseproxy');

/** Who may make a call: route options. */
function accessTo(core: Core) {
  /** A hook before the body is read: a caller without a good key costs us nothing more. */
  const allow = (scope: Scope) => ({
    config: { scopes: [scope] },
    onRequest: async (request: FastifyRequest) => {
      const secret = schemeCredentials(request, 'Bearer') ?? headerCredentials(request, 'x-api-key');
      const identity = await authenticateRequest(core, request, secret);
      if (identity.tier !== 'RESELLER') throw new DomainError('NotReseller', {});
      requireScope(identity, scope);
    },
  });
  return { read: allow('reseller:read'), write: allow('reseller:write') };
}
type Access = ReturnType<typeof accessTo>;

function defineRoutes(app: TypedApp, core: Core): void {
  const access = accessTo(core);
  const { read, write } = access;

  app.get(
    '/bandwidth',
    {
      ...read,
      schema: {
        operationId: 'getPool',
        tags: ['account'],
        summary: 'The pool, and what was allocated from it',
        response: { 200: Overview },
      },
    },
    async (request) => ok(toWireOverview(await core.accounts.poolOverview(accountOf(request), PRODUCT))),
  );

  app.get(
    '/subusers',
    {
      ...read,
      schema: {
        operationId: 'listSubusers',
        tags: ['subusers'],
        summary: 'All subusers, or a page of them',
        description: 'All of them unless `limit` is given. `limit` and `cursor` are additions.',
        querystring: ListQuery,
        response: { 200: SubuserList },
      },
    },
    async (request, reply) => {
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
    },
  );

  app.post(
    '/subusers',
    {
      ...write,
      schema: {
        operationId: 'createSubuser',
        tags: ['subusers'],
        summary: 'Make a subuser and give it bandwidth',
        description:
          'The store code is put in front of `username`, and a password is generated. The subuser works at once.',
        body: CreateSubuser,
        response: { 201: SubuserCreated },
        refuses: ['UsernameTaken', 'InsufficientBalance'],
      },
    },
    async (request, reply) => {
      const { username, email, bandwidth } = request.body;
      const subuser = await core.subusers.create(invoke(request), accountOf(request), {
        username,
        email,
        bytes: validMegabytes(bandwidth, 'bandwidth'),
        product: PRODUCT,
      });
      reply.code(201);
      return success('Subuser created', 'SUBUSER_CREATED', toWireSubuserWithPassword(subuser));
    },
  );

  app.get(
    '/subusers/:id',
    {
      ...read,
      schema: {
        operationId: 'getSubuser',
        tags: ['subusers'],
        summary: 'One subuser, with its password',
        params: SubuserPath,
        response: { 200: SubuserDetails },
        refuses: NOT_FOUND,
      },
    },
    async (request) =>
      ok(toWireSubuserWithPassword(await core.subusers.get(accountOf(request), request.params.id, PRODUCT))),
  );

  app.delete(
    '/subusers/:id',
    {
      ...write,
      schema: {
        operationId: 'deleteSubuser',
        tags: ['subusers'],
        summary: 'Delete a subuser',
        description: 'What it has left returns to the pool; its running tunnels are cut.',
        added: true,
        params: SubuserPath,
        response: { 200: SubuserDeleted },
        refuses: NOT_FOUND,
      },
    },
    async (request) => {
      const deleted = await core.subusers.remove(invoke(request), accountOf(request), request.params.id);
      const { username, returnedBytes } = deleted;
      return success('Subuser deleted', 'SUBUSER_DELETED', toWireDeleted(username, returnedBytes[PRODUCT]));
    },
  );

  app.put(
    '/subusers/:id/password',
    {
      ...write,
      schema: {
        operationId: 'setPassword',
        tags: ['subusers'],
        summary: 'Set the password of a subuser',
        description: 'Its running tunnels are cut.',
        params: SubuserPath,
        body: SetPassword,
        response: { 200: PasswordUpdated },
        refuses: NOT_FOUND,
      },
    },
    async (request) => {
      const { username, password } = await core.subusers.setPassword(
        invoke(request),
        accountOf(request),
        request.params.id,
        request.body.newPassword,
      );
      return success('Password updated', 'PASSWORD_UPDATED', { username, newPassword: password });
    },
  );

  app.get(
    '/subusers/:id/usage',
    {
      ...read,
      schema: {
        operationId: 'getUsage',
        tags: ['subusers'],
        summary: 'What a subuser used, by day',
        description: 'The last 30 days unless `days` is given, today last.',
        added: true,
        params: SubuserPath,
        querystring: UsageQuery,
        response: { 200: Usage },
        refuses: NOT_FOUND,
      },
    },
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

  defineWhitelistRoutes(app, core, access);
  defineBandwidthRoutes(app, core, access);
}

function defineWhitelistRoutes(app: TypedApp, core: Core, { read, write }: Access): void {
  app.get(
    '/subusers/:id/whitelist',
    {
      ...read,
      schema: {
        operationId: 'getWhitelist',
        tags: ['whitelist'],
        summary: 'The addresses that need no password',
        params: SubuserPath,
        response: { 200: WhitelistDetails },
        refuses: NOT_FOUND,
      },
    },
    async (request) =>
      ok(toWireWhitelist(await core.subusers.whitelist(accountOf(request), request.params.id))),
  );

  app.post(
    '/subusers/:id/whitelist',
    {
      ...write,
      schema: {
        operationId: 'addAddress',
        tags: ['whitelist'],
        summary: 'Add an address',
        description: 'Adding one that is there already succeeds and changes nothing. CIDR is an addition.',
        inferred: 'the page of this call is not public. Its form is that of its two siblings.',
        params: SubuserPath,
        body: WhitelistAddress,
        response: { 200: AddressAdded },
        refuses: ['SubuserNotFound', 'AddressInUse', 'LimitReached'],
      },
    },
    async (request) => {
      const { params, body } = request;
      const state = await core.subusers.addAddress(invoke(request), accountOf(request), params.id, body.ip);
      return success('IP added to whitelist', 'IP_ADDED', toWireWhitelist(state));
    },
  );

  app.delete(
    '/subusers/:id/whitelist',
    {
      ...write,
      schema: {
        operationId: 'removeAddress',
        tags: ['whitelist'],
        summary: 'Remove an address',
        description:
          'The address is in the body. Removing one that is not there succeeds and changes nothing.',
        params: SubuserPath,
        body: WhitelistAddress,
        response: { 200: AddressRemoved },
        refuses: NOT_FOUND,
      },
    },
    async (request) => {
      const { params, body } = request;
      const state = await core.subusers.removeAddress(
        invoke(request),
        accountOf(request),
        params.id,
        body.ip,
      );
      return success('IP removed from whitelist', 'IP_REMOVED', toWireWhitelist(state));
    },
  );
}

function defineBandwidthRoutes(app: TypedApp, core: Core, { read, write }: Access): void {
  app.get(
    '/subusers/:id/bandwidth',
    {
      ...read,
      schema: {
        operationId: 'getBandwidth',
        tags: ['bandwidth'],
        summary: 'What a subuser was given, used and has left',
        params: SubuserPath,
        response: { 200: BandwidthDetails },
        refuses: NOT_FOUND,
      },
    },
    async (request) =>
      ok(toWireBandwidth(await core.subusers.bandwidth(accountOf(request), request.params.id, PRODUCT))),
  );

  app.post(
    '/subusers/:id/bandwidth',
    {
      ...write,
      schema: {
        operationId: 'moveBandwidth',
        tags: ['bandwidth'],
        summary: 'Give a subuser bandwidth from the pool, or take it back',
        added: true,
        params: SubuserPath,
        body: MoveBandwidth,
        response: { 200: BandwidthMoved },
        refuses: ['SubuserNotFound', 'InsufficientBalance'],
      },
    },
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
      const data = toWireBandwidth(state);
      return action === 'ADD'
        ? success('Bandwidth added', 'BANDWIDTH_ADDED', data)
        : success('Bandwidth removed', 'BANDWIDTH_REMOVED', data);
    },
  );

  app.get(
    '/subusers/:id/bandwidth/history',
    {
      ...read,
      schema: {
        operationId: 'getBandwidthHistory',
        tags: ['bandwidth'],
        summary: 'What was given to a subuser and taken back',
        params: SubuserPath,
        response: { 200: History },
        refuses: NOT_FOUND,
      },
    },
    async (request) =>
      ok(toWireHistory(await core.subusers.history(accountOf(request), request.params.id, PRODUCT))),
  );
}
