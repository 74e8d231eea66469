/** Whether the server answers, as the last call found. While it does not, it is asked again and again. */

const ASK_EVERY_MS = 3_000;

let isReached = true;
let asking: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** What a call has found: an answer, whatever it said, or none. */
export function noteReach(answered: boolean): void {
  if (answered === isReached) return;
  isReached = answered;
  clearInterval(asking);
  if (!answered) asking = setInterval(() => void isAnswering(), ASK_EVERY_MS);
  for (const listener of listeners) listener();
}

/** Asks it now. */
export async function isAnswering(): Promise<boolean> {
  const answer = await fetch('/healthz').catch(() => undefined);
  noteReach(answer?.ok === true);
  return isReached;
}

export function isServerReached(): boolean {
  return isReached;
}

/** Answers how to end it. */
export function onReach(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
