/** Who may make a call of the reseller API, and as whom it is made. */
import type { FastifyRequest } from 'fastify';
import type { Core } from '../../../core/core.ts';
import { DomainError } from '../../../core/errors.ts';
import type { Scope } from '../../../core/keys/scopes.ts';
import {
  authenticateRequest,
  callerOf,
  headerCredentials,
  invocationOf,
  requireScope,
  schemeCredentials,
} from '../../http/caller.ts';

export const accountOf = (request: FastifyRequest) => callerOf(request).accountId;
export const invoke = (request: FastifyRequest) => invocationOf(request, 'eclipseproxy');

/** Route options for calls that read, and for those that write. */
export function accessTo(core: Core) {
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
export type Access = ReturnType<typeof accessTo>;
