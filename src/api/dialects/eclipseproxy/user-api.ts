/** EclipseProxy's user API: an account signs in for a token and reads its own balance. Its envelope has no `messageCode`. */
import type { Core } from '../../../core/core.ts';
import { DomainError } from '../../../core/errors.ts';
import { megabytes } from '../../../shared/units.ts';
import { authenticateRequest, requireScope, schemeCredentials } from '../../http/caller.ts';
import type { Dialect } from '../../http/dialect.ts';
import { answerUserError } from './errors.ts';
import { SignIn } from './schemas.ts';

/** The user API under /api/user-api. */
export function eclipseProxyUserApi(core: Core): Dialect {
  return {
    prefix: '/api/user-api',
    answerError: answerUserError,
    authenticateWith: 'Bearer',
    bodyLimitBytes: 16 * 1024,
    routes: (app) => {
      app.post('/auth', { schema: { body: SignIn } }, async (request) => {
        const actor = { name: 'anonymous', accountId: null, door: 'user-api' as const, address: request.ip };
        const token = await core.accounts.issueUserToken(
          { actor },
          request.body.email,
          request.body.password,
        );
        if (!token) throw new DomainError('Unauthenticated', {});
        return {
          status: 'success',
          message: 'API token generated and previous token (if any) invalidated',
          data: { apiToken: token.secret },
        };
      });

      app.get('/bandwidth', async (request) => {
        const identity = await authenticateRequest(core, request, schemeCredentials(request, 'Bearer'));
        requireScope(identity, 'user:read');
        const remaining = megabytes(await core.accounts.balance(identity.accountId, 'residential'));
        // The source knows two kinds of residential; here there is one, shown in both places.
        const entry = { remaining, unit: 'MB', asOf: core.clock.now().toISOString() };
        return {
          status: 'success',
          message: 'Bandwidth data retrieved successfully',
          data: { coreResidential: entry, residential: entry },
        };
      });
    },
  };
}
