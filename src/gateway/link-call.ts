import { afterSilence, type Timers } from './timers.ts';

/** The control link did not answer in time. What it was asked may have happened all the same. */
export class LinkTimeout extends Error {
  override name = 'LinkTimeout';
}

/** Calls the link and takes silence for absence. */
export function callLink<Answer>(
  timers: Timers,
  timeoutMs: number,
  call: () => Promise<Answer>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = afterSilence(timers, timeoutMs, () =>
      reject(new LinkTimeout(`no answer within ${timeoutMs} ms`)),
    );
    Promise.resolve()
      .then(call)
      .then(resolve, reject)
      .finally(() => timer.cancel());
  });
}
