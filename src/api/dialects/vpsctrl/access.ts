/** Who may make a VPSCtrl call. */
import type { FastifyRequest } from 'fastify';
import type { Core } from '../../../core/core.ts';
import { DomainError } from '../../../core/errors.ts';
import { OWNER_SCOPES, type Scope } from '../../../core/keys/scopes.ts';
import { authenticateRequest, headerCredentials, schemeCredentials } from '../../http/caller.ts';

/**
 * Route options: a hook before the body is read lets keys in which hold one of the scopes. The first is the one that is
 * missed.
 */
export function allow(core: Core, ...scopes: [Scope, ...Scope[]]) {
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    const secret = schemeCredentials(request, 'Bearer') ?? headerCredentials(request, 'x-api-key');
    const identity = await authenticateRequest(core, request, secret);
    const held = scopes.find((scope) => identity.scopes.includes(scope));
    // A key speaks for the provider as long as its account does.
    if (!held || (OWNER_SCOPES.includes(held) && !identity.isOwner)) {
      throw new DomainError('InsufficientScope', { needed: scopes[0] });
    }
  };
  return { onRequest, config: { scopes } };
}
