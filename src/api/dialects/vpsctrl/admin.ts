/** VPSCtrl's key management under /api/admin: for keys of the owner's account. */
import type { FastifyRequest } from 'fastify';
import type { Core } from '../../../core/core.ts';
import { validEmail } from '../../../core/validate.ts';
import { invocationOf } from '../../http/caller.ts';
import type { Dialect } from '../../http/dialect.ts';
import { allow } from './access.ts';
import { answerError } from './errors.ts';
import { ApiKey, ApiKeys, answers, KeyPath, MintedApiKey, NewApiKey, RotateApiKey } from './schemas.ts';
import { fromWireTime, toWireKey, toWireMintedKey } from './wire.ts';

/** What this panel's clients expect their keys to begin with. */
const SECRET_PREFIX = 'vfc_live_';

export function vpsCtrlAdmin(core: Core): Dialect {
  return {
    prefix: '/api/admin',
    answerError,
    authenticateWith: 'Bearer',
    bodyLimitBytes: 16 * 1024,
    routes: (app) => {
      const read = { onRequest: allow(core, 'admin:read') };
      const write = { onRequest: allow(core, 'admin:write') };
      const invoke = (request: FastifyRequest) => invocationOf(request, 'vpsctrl');

      app.post(
        '/api-keys',
        {
          ...write,
          schema: { summary: 'Mint an API key', body: NewApiKey, response: answers(MintedApiKey) },
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
        '/api-keys',
        { ...read, schema: { summary: 'All API keys, newest first', response: answers(ApiKeys) } },
        async () => (await core.keys.list()).map(toWireKey),
      );

      app.post(
        '/api-keys/:id/rotate',
        {
          ...write,
          schema: {
            summary: 'Mint a successor of an API key',
            params: KeyPath,
            body: RotateApiKey,
            response: answers(MintedApiKey),
          },
        },
        async (request) => {
          const { overlap_ms } = request.body;
          return toWireMintedKey(
            await core.keys.rotate(invoke(request), request.params.id, overlap_ms, SECRET_PREFIX),
          );
        },
      );

      app.delete(
        '/api-keys/:id',
        {
          ...write,
          schema: { summary: 'Revoke an API key', params: KeyPath, response: answers(ApiKey) },
        },
        async (request) => {
          const revoked = await core.keys.revoke(invoke(request), request.params.id);
          return { ok: true as const, ...toWireKey(revoked) };
        },
      );
    },
  };
}
