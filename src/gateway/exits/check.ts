import type { Caller } from '../dial.ts';
import { parseAuthority } from '../http/target.ts';
import type { UpstreamExitSettings } from '../ports.ts';
import { dialUpstream, type ExitDialler, reachUpstream } from './dial-exit.ts';
import type { Exit } from './exit.ts';
import type { ExitFailure } from './verdict.ts';

export function isUpstream(exit: Exit): exit is Exit & { settings: UpstreamExitSettings } {
  return exit.settings.kind !== 'direct';
}

/**
 * Does this upstream work? With a check target, a connection through it tells; without one, only that it can be connected to.
 * Answers what is wrong.
 */
export async function checkUpstream(
  exit: Exit & { settings: UpstreamExitSettings },
  caller: Caller,
  dialler: ExitDialler,
): Promise<ExitFailure | undefined> {
  const { checkTarget } = exit.settings;
  const { exitAttemptMs } = dialler.limits;
  const result =
    checkTarget === undefined
      ? await reachUpstream(exit, exitAttemptMs, caller, dialler)
      : await dialUpstream(
          exit,
          parseAuthority(checkTarget),
          exit.login({ place: {} }),
          exitAttemptMs,
          caller,
          dialler,
        );
  if (result.kind === 'failed') return result;
  result.leg.destroy();
  return undefined;
}
