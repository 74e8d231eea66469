/** EclipseProxy's user API: an account signs in for a token and reads its own balance. Its envelope has no `messageCode`. */
import type { Core } from '../../../core/core.ts';
import { DomainError } from '../../../core/errors.ts';
import { megabytes } from '../../../shared/units.ts';
import { authenticateRequest, requireScope, schemeCredentials } from '../../http/caller.ts';
import type { Dialect } from '../../http/dialect.ts';
import { answerUserError, USER_REFERENCE } from './errors.ts';
import { SignIn, TokenIssued, UserBandwidth } from './schemas.ts';

/** The user API under /api/user-api. */
export function eclipseProxyUserApi(core: Core): Dialect {
  return {
    prefix: '/api/user-api',
    answerError: answerUserError,
    authenticateWith: 'Bearer',
    bodyLimitBytes: 16 * 1024,
    reference: USER_REFERENCE,
    routes: (app) => {
      const issuing = {
        schema: {
          operationId: 'issueUserToken',
          tags: ['user-api'],
          summary: 'Sign in for a token',
          description:
            'Ends the token before it. At most once in five minutes for an account and for an address.',
          security: [],
          body: SignIn,
          response: { 200: TokenIssued },
          refuses: ['Unauthenticated', 'RateLimited'] as const,
        },
      };
      app.post('/auth', issuing, async (request) => {
        const actor = { name: 'anonymous', accountId: null, door: 'user-api' as const, address: request.ip };
        const token = await core.accounts.issueUserToken(
          { actor },
          request.body.email,
          request.body.password,
        );
        if (!token) throw new DomainError('Unauthenticated', {});
        return {
          status: 'success' as const,
          message: 'API token generated and previous token (if any) invalidated' as const,
          data: { apiToken: token.secret },
        };
      });

      const reading = {
        schema: {
          operationId: 'getUserBandwidth',
          tags: ['user-api'],
          summary: 'The bandwidth of the token’s account',
          description: 'There is one kind of residential bandwidth here: both entries show it.',
          response: { 200: UserBandwidth },
        },
        config: { scopes: ['user:read' as const] },
      };
      app.get('/bandwidth', reading, async (request) => {
        const identity = await authenticateRequest(core, request, schemeCredentials(request, 'Bearer'));
        requireScope(identity, 'user:read');
        const remaining = megabytes(await core.accounts.balance(identity.accountId, 'residential'));
        // The source knows two kinds of residential; here there is one, shown in both places.
        const entry = { remaining, unit: 'MB' as const, asOf: core.clock.now().toISOString() };
        return {
          status: 'success' as const,
          message: 'Bandwidth data retrieved successfully' as const,
          data: { coreResidential: entry, residential: entry },
        };
      });
    },
  };
}
