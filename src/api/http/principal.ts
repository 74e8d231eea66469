/** Who calls one of Headgate's own APIs: a program with a key, or a person. */
import type { FastifyRequest } from 'fastify';
import type { Door } from '../../core/audit/audit.ts';
import type { Invocation } from '../../core/command.ts';
import type { Core } from '../../core/core.ts';
import { DomainError } from '../../core/errors.ts';
import { OWNER_SCOPES, type Scope } from '../../core/keys/scopes.ts';
import { authenticateRequest, idempotencyOf, schemeCredentials } from './caller.ts';

export type Role = 'owner' | 'staff' | 'reseller' | 'customer';

export interface Principal {
  kind: 'key' | 'person';
  /** As the audit has it: `key:key_…` or `person:prs_…`. */
  name: string;
  role: Role;
  /** The account acted for: the provider's own for the owner and the staff. */
  accountId: bigint;
  accountPublicId: string;
  scopes: readonly Scope[];
  /** Where the call comes from. */
  address: string;
}

const principals = new WeakMap<FastifyRequest, Principal>();

/** Who makes this request. Only for handlers of routes that let somebody in (`letIn`). */
export function principalOf(request: FastifyRequest): Principal {
  const principal = principals.get(request);
  if (!principal) throw new Error('a handler asked for the caller of a route that authenticates none');
  return principal;
}

/** Route options: a hook before the body is read lets in who holds one of the scopes. The first is the one that is missed. */
export function letIn(
  core: Core,
  scopes: readonly [Scope, ...Scope[]],
  judge: (principal: Principal) => void = () => {},
) {
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    const principal = await recognisePrincipal(core, request);
    principals.set(request, principal);
    judge(principal);
    const held = scopes.find((scope) => principal.scopes.includes(scope));
    if (!held) throw new DomainError('InsufficientScope', { needed: scopes[0] });
  };
  return { onRequest, config: { scopes } };
}

async function recognisePrincipal(core: Core, request: FastifyRequest): Promise<Principal> {
  const identity = await authenticateRequest(core, request, schemeCredentials(request, 'Bearer'));
  const { isOwner, tier, scopes } = identity;
  return {
    kind: 'key',
    name: `key:${identity.keyPublicId}`,
    role: isOwner ? 'owner' : tier === 'RESELLER' ? 'reseller' : 'customer',
    accountId: identity.accountId,
    accountPublicId: identity.accountPublicId,
    // A key speaks for the provider as long as its account does.
    scopes: isOwner ? scopes : scopes.filter((scope) => !OWNER_SCOPES.includes(scope)),
    address: request.ip,
  };
}

/** Who calls and under which idempotency key, for a command. `door`: of a program; a person comes through the console. */
export function invocationBy(request: FastifyRequest, door: Door): Invocation {
  const { kind, name, accountId, address } = principalOf(request);
  return {
    actor: { name, accountId, door: kind === 'person' ? 'console' : door, address },
    idempotency: idempotencyOf(request),
  };
}
