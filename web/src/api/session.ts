/** Who is signed in. */
import { queryOptions } from '@tanstack/react-query';
import { apiFetch } from './http.ts';
import { ApiError } from './problem.ts';

export type Role = 'owner' | 'staff' | 'reseller';

export interface Session {
  email: string;
  name: string;
  role: Role;
  secondFactor: boolean;
}

async function readSession(): Promise<Session | null> {
  try {
    const response = await apiFetch('/api/session');
    return (await response.json()) as Session;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: readSession,
  staleTime: 60_000,
});

/** The console of a role: where its start page is. */
export function homeOf(role: Role): '/owner' | '/reseller' {
  return role === 'reseller' ? '/reseller' : '/owner';
}

/** What is missing after the password was right. */
export type SignInStep = 'done' | 'second-factor';

/** Throws `ApiError`: 401 for a wrong password, 429 while sign-in is locked. */
export async function signIn(credentials: { email: string; password: string }): Promise<SignInStep> {
  const response = await send('POST', '/api/session', credentials);
  const answer = (await response.json()) as { secondFactorRequired?: boolean };
  return answer.secondFactorRequired ? 'second-factor' : 'done';
}

/** The six figures of the app, or a recovery code. */
export async function sendSecondFactor(code: { code: string } | { recoveryCode: string }): Promise<void> {
  await send('POST', '/api/session/second-factor', code);
}

export async function endSession(): Promise<void> {
  await send('DELETE', '/api/session');
}

function send(method: string, path: string, body?: object): Promise<Response> {
  return apiFetch(path, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
}
