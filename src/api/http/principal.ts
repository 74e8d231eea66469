/** Who calls one of Headgate's own APIs: a program with a key, or a person. */
import type { FastifyRequest } from 'fastify';
import type { Door } from '../../core/audit/audit.ts';
import type { Invocation } from '../../core/command.ts';
import type { Core } from '../../core/core.ts';
import { DomainError } from '../../core/errors.ts';
import type { KeyIdentity } from '../../core/keys/keys.ts';
import { OWNER_SCOPES, type Scope } from '../../core/keys/scopes.ts';
import type { SessionIdentity } from '../../core/people/sessions.ts';
import { authenticateRequest, idempotencyOf, schemeCredentials } from './caller.ts';
import { refuseCrossSite, sessionToken } from './session-cookie.ts';

export type PrincipalRole = 'owner' | 'staff' | 'reseller' | 'customer';

export interface Principal {
  kind: 'key' | 'person';
  /** As the audit has it: `key:key_…` or `person:prs_…`. */
  name: string;
  role: PrincipalRole;
  /** The account acted for: the provider's own for the owner and the staff. */
  accountId: bigint;
  accountPublicId: string;
  scopes: readonly Scope[];
  /** When the key ends; absent: it does not, or it is a person. */
  expiresAt?: Date | undefined;
  /** Where the call comes from. */
  address: string;
  /** Of a person. */
  session?: SessionIdentity;
}

const principals = new WeakMap<FastifyRequest, Principal>();

/** Who makes this request. Only for handlers of routes that let somebody in (`letIn`, `letInPeople`). */
export function principalOf(request: FastifyRequest): Principal {
  const principal = principals.get(request);
  if (!principal) throw new Error('a handler asked for the caller of a route that authenticates none');
  return principal;
}

/** The session by which this request is made. Only for handlers of routes for people (`letInPeople`). */
export function sessionOf(request: FastifyRequest): SessionIdentity {
  const { session } = principalOf(request);
  if (!session) throw new Error('a handler asked for the session of a route that keys may call');
  return session;
}

/** Route options: a hook before the body is read lets in who holds one of the scopes. The first is the one that is missed. */
export function letIn(
  core: Core,
  scopes: readonly [Scope, ...Scope[]],
  judge: (principal: Principal) => void = () => {},
) {
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    const secret = schemeCredentials(request, 'Bearer');
    const token = request.headers.authorization === undefined ? sessionToken(request) : undefined;
    const principal =
      token === undefined
        ? fromKey(await authenticateRequest(core, request, secret), request)
        : await fromSession(core, request, token);
    principals.set(request, principal);
    judge(principal);
    const held = scopes.find((scope) => principal.scopes.includes(scope));
    if (!held) throw new DomainError('InsufficientScope', { needed: scopes[0] });
  };
  return { onRequest, config: { scopes } };
}

/** Route options: a hook before the body is read lets in people who are signed in, whoever they are. */
export function letInPeople(core: Core) {
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    principals.set(request, await fromSession(core, request, sessionToken(request) ?? ''));
  };
  return { onRequest };
}

function fromKey(identity: KeyIdentity, request: FastifyRequest): Principal {
  const { isOwner, tier, scopes } = identity;
  return {
    kind: 'key',
    name: `key:${identity.keyPublicId}`,
    role: isOwner ? 'owner' : tier === 'RESELLER' ? 'reseller' : 'customer',
    accountId: identity.accountId,
    accountPublicId: identity.accountPublicId,
    // A key speaks for the provider as long as its account does.
    scopes: isOwner ? scopes : scopes.filter((scope) => !OWNER_SCOPES.includes(scope)),
    expiresAt: identity.expiresAt ?? undefined,
    address: request.ip,
  };
}

async function fromSession(core: Core, request: FastifyRequest, token: string): Promise<Principal> {
  const session = await core.sessions.recognise(token);
  if (!session || session.secondFactorDue) throw new DomainError('Unauthenticated', {});
  refuseCrossSite(request);
  const { role, accountId, accountPublicId, scopes } = session;
  return {
    kind: 'person',
    name: `person:${session.personId}`,
    role: role === 'owner' || role === 'reseller' ? role : 'staff',
    accountId,
    accountPublicId,
    scopes,
    address: request.ip,
    session,
  };
}

/** Who calls and under which idempotency key, for a command. `door`: of a program; a person comes through the console. */
export function invocationBy(request: FastifyRequest, door: Door): Invocation {
  const { kind, name, accountId, address, scopes, expiresAt } = principalOf(request);
  return {
    actor: { name, accountId, door: kind === 'person' ? 'console' : door, address, scopes, expiresAt },
    idempotency: idempotencyOf(request),
  };
}
