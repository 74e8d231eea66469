/** VPSCtrl's key management under /api/admin/api-keys: for keys of the owner's account. */
import type { FastifyRequest } from 'fastify';
import type { Core } from '../../../core/core.ts';
import { validEmail } from '../../../core/validate.ts';
import { invocationOf } from '../../http/caller.ts';
import type { Dialect } from '../../http/dialect.ts';
import { allow } from './access.ts';
import { answerError, REFERENCE } from './errors.ts';
import { ApiKeys, KeyPath, MintedApiKey, NewApiKey, RevokedApiKey, RotateApiKey } from './schemas.ts';
import { fromWireTime, toWireKey, toWireMintedKey } from './wire.ts';

/** What this panel's clients expect their keys to begin with. */
const SECRET_PREFIX = 'vfc_live_';

export function vpsCtrlAdmin(core: Core): Dialect {
  return {
    prefix: '/api/admin/api-keys',
    answerError,
    authenticateWith: 'Bearer',
    bodyLimitBytes: 16 * 1024,
    reference: REFERENCE,
    routes: (app) => {
      const read = allow(core, 'admin:read');
      const write = allow(core, 'admin:write');
      const invoke = (request: FastifyRequest) => invocationOf(request, 'vpsctrl');

      app.post(
        '',
        {
          ...write,
          schema: {
            operationId: 'mintApiKey',
            tags: ['keys'],
            summary: 'Mint an API key',
            description:
              'The answer shows `secret` this once. Scopes of resellers and of the owner are the owner’s to give; `admin:` scopes are only for keys of the owner’s account.',
            inferred:
              'the original shows `secret` and speaks of the key’s record; the record’s fields are ours.',
            body: NewApiKey,
            response: { 200: MintedApiKey },
            refuses: ['AccountNotFound', 'LimitReached'],
          },
        },
        async (request) => {
          const { name, owner_email, scopes, expires_at } = request.body;
          const owner = await core.accounts.find(validEmail(owner_email, 'owner_email'));
          const minted = await core.keys.mint(invoke(request), {
            accountId: owner.id,
            name,
            scopes,
            expiresAt: fromWireTime(expires_at) ?? undefined,
            secretPrefix: SECRET_PREFIX,
          });
          return toWireMintedKey(minted);
        },
      );

      app.get(
        '',
        {
          ...read,
          schema: {
            operationId: 'listApiKeys',
            tags: ['keys'],
            summary: 'All API keys, newest first',
            added: true,
            response: { 200: ApiKeys },
          },
        },
        async () => (await core.keys.list()).map(toWireKey),
      );

      app.post(
        '/:id/rotate',
        {
          ...write,
          schema: {
            operationId: 'rotateApiKey',
            tags: ['keys'],
            summary: 'Mint a successor of an API key',
            description: 'The old key works on for a day, or for `overlap_ms`.',
            added: true,
            params: KeyPath,
            body: RotateApiKey,
            response: { 200: MintedApiKey },
            refuses: ['KeyNotFound', 'LimitReached'],
          },
        },
        async (request) => {
          const { overlap_ms } = request.body;
          return toWireMintedKey(
            await core.keys.rotate(invoke(request), request.params.id, overlap_ms, {
              secretPrefix: SECRET_PREFIX,
            }),
          );
        },
      );

      app.delete(
        '/:id',
        {
          ...write,
          schema: {
            operationId: 'revokeApiKey',
            tags: ['keys'],
            summary: 'Revoke an API key',
            description: 'At once, on every process.',
            added: true,
            params: KeyPath,
            response: { 200: RevokedApiKey },
            refuses: ['KeyNotFound'],
          },
        },
        async (request) => {
          const revoked = await core.keys.revoke(invoke(request), request.params.id);
          return { ok: true as const, ...toWireKey(revoked) };
        },
      );
    },
  };
}
