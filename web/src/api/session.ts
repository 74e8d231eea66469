/** Who is signed in, and how people get in and out. */
import { queryOptions } from '@tanstack/react-query';
import { answerOf, once, session } from './clients.ts';
import { ApiError } from './problem.ts';
import type { paths } from './session.gen.ts';

export type Session = paths['/api/session']['get']['responses'][200]['content']['application/json'];
export type Role = Session['role'];
/** What is owed after the password was right: nothing, or the code. */
export type SignInStep =
  paths['/api/session']['post']['responses'][200]['content']['application/json']['step'];

/**
 * Scripts cannot see the session's cookie. This says that there may be one: without, nobody is asked, as browsers log every refusal as
 * an error.
 */
const MAY_BE_SIGNED_IN = 'headgate-signed-in';

async function readSession(): Promise<Session | null> {
  if (localStorage.getItem(MAY_BE_SIGNED_IN) === null) return null;
  try {
    const found = await answerOf(session.GET('/api/session'));
    localStorage.setItem(MAY_BE_SIGNED_IN, found.role);
    return found;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    localStorage.removeItem(MAY_BE_SIGNED_IN);
    return null;
  }
}

/** The role of whoever was signed in when this browser last looked, if anybody: a guess, for what is begun early. */
export function likelyRole(): string | null {
  return localStorage.getItem(MAY_BE_SIGNED_IN);
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: readSession,
  staleTime: 60_000,
});

/** The start page of a role's console. */
export function homeOf(role: Role): '/owner' | '/reseller' {
  return role === 'reseller' ? '/reseller' : '/owner';
}

/** Throws `ApiError`: 401 for a wrong password, 429 while sign-in is locked. */
export async function signIn(credentials: { email: string; password: string }): Promise<SignInStep> {
  const { step } = await answerOf(session.POST('/api/session', { body: credentials }));
  if (step === 'signed-in') localStorage.setItem(MAY_BE_SIGNED_IN, 'yes');
  return step;
}

/** The six figures of the app, or a recovery code. */
export async function giveCode(code: string): Promise<void> {
  await session.POST('/api/session/second-factor', { body: { code } });
  localStorage.setItem(MAY_BE_SIGNED_IN, 'yes');
}

export async function endSession(idempotencyKey: string): Promise<void> {
  await session.DELETE('/api/session', { params: { header: once(idempotencyKey) } });
  localStorage.removeItem(MAY_BE_SIGNED_IN);
}

/** Sets a first password, or a new one, by the token of an invitation. */
export async function takeUpInvitation(token: string, password: string): Promise<SignInStep> {
  const { step } = await answerOf(session.POST('/api/session/invitation', { body: { token, password } }));
  if (step === 'signed-in') localStorage.setItem(MAY_BE_SIGNED_IN, 'yes');
  return step;
}
