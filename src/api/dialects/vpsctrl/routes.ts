/** The VPSCtrl API under /api/v1: what resellers report, what users see, what the owner does. See README.md here. */
import type { FastifyRequest } from 'fastify';
import type { Core } from '../../../core/core.ts';
import { callerOf, invocationOf } from '../../http/caller.ts';
import type { Dialect, TypedApp } from '../../http/dialect.ts';
import { allow } from './access.ts';
import { answerError } from './errors.ts';
import {
  answers,
  Balance,
  CreditEvent,
  Freeze,
  Frozen,
  Grant,
  Granted,
  Me,
  NewVouchers,
  Redeem,
  Redeemed,
  Reported,
  SignedUp,
  SignUp,
  Users,
  UsersQuery,
  Vouchers,
} from './schemas.ts';
import {
  fromWireTime,
  fromWireUsd,
  toWireBalance,
  toWireEvent,
  toWireMe,
  toWireMovement,
  toWireRedemption,
  toWireSignUp,
  toWireUser,
} from './wire.ts';

const PREFIX = '/api/v1';

/** The API of resellers, users and the owner. Keys are managed at /api/admin (admin.ts). */
export function vpsCtrl(core: Core): Dialect {
  return {
    prefix: PREFIX,
    answerError,
    authenticateWith: 'Bearer',
    bodyLimitBytes: 64 * 1024,
    routes: (app) => {
      defineResellerRoutes(app, core);
      defineUserRoutes(app, core);
      defineOwnerRoutes(app, core);
    },
  };
}

function invoke(request: FastifyRequest) {
  return invocationOf(request, 'vpsctrl');
}

function defineResellerRoutes(app: TypedApp, core: Core): void {
  app.post(
    '/reseller/signup',
    {
      onRequest: allow(core, 'reseller:signup'),
      schema: { summary: 'Sign up a customer', body: SignUp, response: answers(SignedUp) },
    },
    async (request) => {
      const { email, name, password } = request.body;
      const { keyId } = callerOf(request);
      return toWireSignUp(await core.accounts.signUp(invoke(request), { email, name, password }, keyId));
    },
  );

  app.post(
    '/reseller/credit-event',
    {
      onRequest: allow(core, 'reseller:credit'),
      schema: { summary: 'Report a billable event', body: CreditEvent, response: answers(Reported) },
    },
    async (request) => {
      const { kind, amount_usd, external_ref, meta } = request.body;
      const recorded = await core.creditEvents.record(invoke(request), callerOf(request), {
        kind,
        cents: fromWireUsd(amount_usd),
        externalRef: external_ref,
        meta: meta ?? null,
      });
      return toWireEvent(recorded);
    },
  );
}

function defineUserRoutes(app: TypedApp, core: Core): void {
  // An admin key reaches these as the account that owns it.
  const read = allow(core, 'user:read', 'admin:read', 'admin:write');
  const write = allow(core, 'user:write', 'admin:write');

  app.get(
    '/me',
    { onRequest: read, schema: { summary: 'The account of the key', response: answers(Me) } },
    async (request) => toWireMe(await core.accounts.profile(callerOf(request).accountId)),
  );

  app.get(
    '/credits/balance',
    { onRequest: read, schema: { summary: 'The money of the account', response: answers(Balance) } },
    async (request) => toWireBalance(await core.credits.balance(callerOf(request).accountId)),
  );

  app.post(
    '/vouchers/redeem',
    {
      onRequest: write,
      schema: { summary: 'Redeem a voucher', body: Redeem, response: answers(Redeemed) },
    },
    async (request) =>
      toWireRedemption(
        await core.vouchers.redeem(invoke(request), callerOf(request).accountId, request.body.code),
      ),
  );
}

function defineOwnerRoutes(app: TypedApp, core: Core): void {
  const read = allow(core, 'admin:read');
  const write = allow(core, 'admin:write');

  app.get(
    '/admin/users',
    {
      onRequest: read,
      schema: { summary: 'All accounts', querystring: UsersQuery, response: answers(Users) },
    },
    async (request, reply) => {
      const { limit, after } = request.query;
      const users = await core.accounts.listProfiles({
        limit: limit === undefined ? undefined : Number(limit),
        after: after === undefined ? undefined : BigInt(after),
      });
      if (limit !== undefined && users.length === Number(limit)) {
        const next = String(users.at(-1)!.id);
        reply.header('link', `<${PREFIX}/admin/users?limit=${limit}&after=${next}>; rel="next"`);
      }
      return users.map(toWireUser);
    },
  );

  app.post(
    '/admin/credits/grant',
    {
      onRequest: write,
      schema: { summary: 'Give money to an account, or take it', body: Grant, response: answers(Granted) },
    },
    async (request) => {
      const { email, amount_usd, note } = request.body;
      const cents = fromWireUsd(amount_usd);
      return toWireMovement(await core.credits.grant(invoke(request), email, cents, note ?? ''));
    },
  );

  app.post(
    '/admin/credits/freeze',
    {
      onRequest: write,
      schema: {
        summary: 'Freeze or unfreeze the money of an account',
        body: Freeze,
        response: answers(Frozen),
      },
    },
    async (request) => {
      const { email, frozen } = request.body;
      await core.credits.setFrozen(invoke(request), email, frozen);
      return { ok: true as const, email, credits_frozen: frozen };
    },
  );

  app.post(
    '/admin/vouchers',
    {
      onRequest: write,
      schema: { summary: 'Make vouchers', body: NewVouchers, response: answers(Vouchers) },
    },
    async (request) => {
      const { amount_usd, count, max_uses, expires_at } = request.body;
      const { codes } = await core.vouchers.create(invoke(request), {
        cents: fromWireUsd(amount_usd),
        count,
        maxUses: max_uses,
        expiresAt: fromWireTime(expires_at),
      });
      return { ok: true as const, codes };
    },
  );
}
