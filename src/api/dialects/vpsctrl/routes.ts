/** The VPSCtrl API under /api/v1: what resellers report, what users see, what the owner does. See README.md here. */
import type { FastifyRequest } from 'fastify';
import type { Core } from '../../../core/core.ts';
import { DomainError } from '../../../core/errors.ts';
import { callerOf, invocationOf } from '../../http/caller.ts';
import type { Dialect, TypedApp } from '../../http/dialect.ts';
import { allow } from './access.ts';
import { answerError, REFERENCE } from './errors.ts';
import {
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

/** The API of resellers, users and the owner. Keys are managed at /api/admin/api-keys (admin.ts). */
export function vpsCtrl(core: Core): Dialect {
  return {
    prefix: PREFIX,
    answerError,
    authenticateWith: 'Bearer',
    bodyLimitBytes: 64 * 1024,
    reference: REFERENCE,
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
      ...allow(core, 'reseller:signup'),
      schema: {
        operationId: 'signUp',
        tags: ['reseller'],
        summary: 'Sign up a customer',
        body: SignUp,
        response: { 200: SignedUp },
        refuses: ['EmailTaken'],
      },
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
      ...allow(core, 'reseller:credit'),
      schema: {
        operationId: 'reportCreditEvent',
        tags: ['reseller'],
        summary: 'Report a billable event',
        description:
          'An `external_ref` is recorded once for a key and its successors, however often it is sent. A repetition with another kind or amount is answered as a duplicate and kept for review. `receipt` proves the event (docs/credit-log.md); a repetition that is the same event gets the same receipt.',
        body: CreditEvent,
        response: { 200: Reported },
      },
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
    {
      ...read,
      schema: {
        operationId: 'getMe',
        tags: ['user'],
        summary: 'The account of the key',
        description: 'An admin key reaches it as its own account.',
        response: { 200: Me },
      },
    },
    async (request) => toWireMe(await core.accounts.profile(callerOf(request).accountId)),
  );

  app.get(
    '/credits/balance',
    {
      ...read,
      schema: {
        operationId: 'getBalance',
        tags: ['user'],
        summary: 'The money of the account',
        response: { 200: Balance },
      },
    },
    async (request) => toWireBalance(await core.credits.balance(callerOf(request).accountId)),
  );

  app.post(
    '/vouchers/redeem',
    {
      ...write,
      schema: {
        operationId: 'redeemVoucher',
        tags: ['user'],
        summary: 'Redeem a voucher',
        description: 'Once for an account. The code is taken in any case of its letters.',
        inferred: 'the original has vouchers but shows no call that redeems one. This one was decided here.',
        body: Redeem,
        response: { 200: Redeemed },
        refuses: ['VoucherNotFound', 'VoucherUnusable', 'CreditsFrozen'],
      },
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
      ...read,
      schema: {
        operationId: 'listUsers',
        tags: ['owner'],
        summary: 'All accounts, or a page of them',
        description: 'All of them unless `limit` is given. `limit` and `after` are additions.',
        querystring: UsersQuery,
        response: { 200: Users },
      },
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
      ...write,
      schema: {
        operationId: 'grantCredits',
        tags: ['owner'],
        summary: 'Give money to an account, or take it',
        description: 'A negative amount takes. It goes through when the account is frozen.',
        body: Grant,
        response: { 200: Granted },
        refuses: ['AccountNotFound', new DomainError('InsufficientBalance', { holder: 'account' })],
      },
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
      ...write,
      schema: {
        operationId: 'freezeCredits',
        tags: ['owner'],
        summary: 'Freeze or unfreeze the money of an account',
        added: true,
        body: Freeze,
        response: { 200: Frozen },
        refuses: ['AccountNotFound'],
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
      ...write,
      schema: {
        operationId: 'makeVouchers',
        tags: ['owner'],
        summary: 'Make vouchers',
        description: 'Each can be redeemed once by an account, and `max_uses` times in all.',
        body: NewVouchers,
        response: { 200: Vouchers },
      },
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
