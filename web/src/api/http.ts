/** The one way to the server: its refusals become `ApiError`, and a session that has ended is told to the shell. */
import { ApiError, errorOf } from './problem.ts';
import { noteReach } from './reach.ts';

let onSessionEnded: () => void = () => {};

/** What to do when the server does not know the session any more. */
export function whenSessionEnds(listener: () => void): void {
  onSessionEnded = listener;
}

/** `fetch` that throws `ApiError` for every refusal. */
export async function apiFetch(input: Request | string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(input, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    noteReach(false);
    throw new ApiError({ status: 0 });
  }
  noteReach(true);
  if (response.ok) return response;
  const refusal = await errorOf(response);
  // `sign_in_failed`, also 401, says that a password or a code is wrong; asking who is signed in is no reason to be sent anywhere.
  const isAsking = new URL(response.url).pathname === '/api/session';
  if (refusal.code === 'unauthenticated' && !isAsking) onSessionEnded();
  throw refusal;
}
