/** The EclipseProxy reseller API. See README.md here; the shapes are in wire.ts. */
import type { Core } from '../../../core/core.ts';
import { validMegabytes } from '../../../core/validate.ts';
import type { Dialect, TypedApp } from '../../http/dialect.ts';
import { accessTo, accountOf, invoke } from './access.ts';
import { answerError, REFERENCE } from './errors.ts';
import {
  CreateSubuser,
  ListQuery,
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
} from './schemas.ts';
import { defineBandwidthRoutes, defineWhitelistRoutes } from './subuser-routes.ts';
import {
  ok,
  PRODUCT,
  success,
  toWireDeleted,
  toWireOverview,
  toWireSubuser,
  toWireSubuserWithPassword,
  toWireUsage,
} from './wire.ts';

const PREFIX = '/api/reseller/v1';
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
        refuses: ['SubuserNotFound'],
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
        refuses: ['SubuserNotFound'],
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
        refuses: ['SubuserNotFound'],
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
        refuses: ['SubuserNotFound'],
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
