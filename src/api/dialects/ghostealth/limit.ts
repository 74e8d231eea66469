/**
 * Ten calls a minute for one key and endpoint, counted over all processes. An endpoint is a method and a route's pattern: the
 * two prefixes of this dialect are the same endpoint, two subscriptions too.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Core } from '../../../core/core.ts';
import { isDomainError } from '../../../core/errors.ts';
import type { KeyIdentity } from '../../../core/keys/keys.ts';
import { takeRate } from '../../../core/limits/rate.ts';

const CALLS = 10;
const WINDOW_MS = 60_000;
const POLICY = '"default"';

/** Counts this call, and tells the client what is left of its quota. Throws RateLimited. */
export async function countCall(
  core: Core,
  prefix: string,
  identity: KeyIdentity,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const pattern = request.routeOptions.url!.slice(prefix.length);
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const bucket = `ghostealth:${identity.keyId}:${method} ${pattern}`;
  const tell = (callsLeft: number, resetSeconds: number) =>
    // The fields of draft-ietf-httpapi-ratelimit-headers-10.
    reply.header('ratelimit', `${POLICY};r=${callsLeft};t=${resetSeconds}`);
  reply.header('ratelimit-policy', `${POLICY};q=${CALLS};w=${WINDOW_MS / 1000}`);
  try {
    const [state] = await takeRate(
      core.sql,
      [{ bucket, calls: CALLS, windowMs: WINDOW_MS }],
      core.clock.now(),
    );
    tell(state!.callsLeft, Math.ceil(state!.resetMs / 1000));
  } catch (error) {
    if (isDomainError(error, 'RateLimited')) tell(0, error.parameters.retryAfterSeconds);
    throw error;
  }
}
