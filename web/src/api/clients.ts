/** The clients of the three APIs. Their calls reject with `ApiError`, so that what they answer is there. */
import createClient from 'openapi-fetch';
import type { paths as AccountPaths } from './account.gen.ts';
import type { paths as AdminPaths } from './admin.gen.ts';
import { apiFetch } from './http.ts';
import type { paths as SessionPaths } from './session.gen.ts';

export const admin = createClient<AdminPaths>({ baseUrl: '/api/admin', fetch: apiFetch });
export const account = createClient<AccountPaths>({ baseUrl: '/api/account', fetch: apiFetch });
export const session = createClient<SessionPaths>({ baseUrl: '/', fetch: apiFetch });

/** What a call answers: `answerOf(admin.GET('/overview'))`. */
export async function answerOf<Data>(call: Promise<{ data?: Data }>): Promise<NonNullable<Data>> {
  const { data } = await call;
  // Refusals were thrown before, and every success has a body.
  return data as NonNullable<Data>;
}

/** The header by which a repeated change is done once: `{ params: { header: once(idempotencyKey) } }`. */
export function once(idempotencyKey: string): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': idempotencyKey };
}
