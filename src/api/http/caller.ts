/** Who makes a request, from its key. */
import type { FastifyRequest } from 'fastify';
import type { Door } from '../../core/audit/audit.ts';
import type { Invocation } from '../../core/command.ts';
import type { Core } from '../../core/core.ts';
import { DomainError, invalidField } from '../../core/errors.ts';
import type { KeyIdentity, Recognition } from '../../core/keys/keys.ts';
import type { Scope } from '../../core/keys/scopes.ts';
import { sha256 } from '../../core/secrets.ts';
import { bodyBytes } from './body.ts';

const callers = new WeakMap<FastifyRequest, KeyIdentity>();

/** Secrets longer than this are no key of ours; hashing them would only cost time. */
const MAX_SECRET_LENGTH = 512;

/** The text behind a scheme such as `Bearer` in the Authorization header. */
export function schemeCredentials(request: FastifyRequest, scheme: string): string | undefined {
  const header = request.headers.authorization;
  if (header === undefined) return undefined;
  const match = /^([A-Za-z]+) +(\S+) *$/.exec(header);
  return match && match[1]!.toLowerCase() === scheme.toLowerCase() ? match[2] : undefined;
}

/** The value of a header that holds a key, such as `X-API-Key`. */
export function headerCredentials(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Recognises the key, for the handlers of this request. Throws Unauthenticated. */
export async function authenticateRequest(
  core: Core,
  request: FastifyRequest,
  secret: string | undefined,
): Promise<KeyIdentity> {
  const recognition = await recogniseRequest(core, request, secret);
  if (recognition.kind !== 'known') throw new DomainError('Unauthenticated', {});
  return recognition.identity;
}

/** The same, for a dialect whose contract tells a wrong key from none. */
export async function recogniseRequest(
  core: Core,
  request: FastifyRequest,
  secret: string | undefined,
): Promise<Recognition | { kind: 'missing' }> {
  if (secret === undefined) return { kind: 'missing' };
  if (secret.length > MAX_SECRET_LENGTH) return { kind: 'unknown' };
  const recognition = await core.keys.recognise(secret, request.ip);
  if (recognition.kind === 'known') callers.set(request, recognition.identity);
  return recognition;
}

/** The key recognised for this request. */
export function callerOf(request: FastifyRequest): KeyIdentity {
  const identity = callers.get(request);
  if (!identity) throw new Error('a handler asked for the caller of a route that authenticates none');
  return identity;
}

export function requireScope(identity: KeyIdentity, scope: Scope): void {
  if (!identity.scopes.includes(scope)) throw new DomainError('InsufficientScope', { needed: scope });
}

/** Who calls and under which idempotency key, for a command. */
export function invocationOf(request: FastifyRequest, door: Door): Invocation {
  const identity = callerOf(request);
  return {
    actor: {
      name: `key:${identity.keyPublicId}`,
      accountId: identity.accountId,
      door,
      address: request.ip,
      scopes: identity.scopes,
      expiresAt: identity.expiresAt ?? undefined,
    },
    idempotency: idempotencyOf(request),
  };
}

/** The idempotency key that came with the request. Throws InvalidField. */
export function idempotencyOf(request: FastifyRequest): Invocation['idempotency'] {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw invalidField('Idempotency-Key', '1 to 255 printable ASCII characters without spaces');
  }
  const requestHash = sha256(
    Buffer.concat([Buffer.from(`${request.method} ${request.url}\n`), bodyBytes(request)]),
  );
  return { key, requestHash };
}
