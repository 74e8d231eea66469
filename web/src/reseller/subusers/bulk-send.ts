/** How the lines of a file are sent: in chunks that a repetition does not make twice. */
import { ApiError } from '../../api/problem.ts';

/** The API takes up to a thousand in a call; smaller ones show how far it is. */
export const CHUNK_LINES = 200;

const TRIES = 5;
const FIRST_WAIT_MS = 500;

/** Sends one chunk; passing failures are tried again under the same key, so that nobody is made twice. */
export async function patiently<Result>(
  send: () => Promise<Result>,
  wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)),
): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await send();
    } catch (error) {
      const mayPass = error instanceof ApiError && (error.isPassing || error.status === 429);
      if (!mayPass || tried === TRIES) throw error;
      await wait((error.retryAfterS ?? 0) * 1000 || FIRST_WAIT_MS * 2 ** (tried - 1));
    }
  }
}
