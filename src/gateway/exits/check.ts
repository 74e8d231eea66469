import { type Caller, dial } from '../dial.ts';
import { parseAuthority } from '../http/target.ts';
import type { UpstreamExitSettings } from '../ports.ts';
import { addressesOf, dialUpstream, type ExitDialler, inPlaceOfName, reachUpstream } from './dial-exit.ts';
import type { Exit } from './exit.ts';
import { type ExitDial, type ExitFailure, exitFailure } from './verdict.ts';

/** Source addresses that are checked at once. */
const SOURCES_AT_ONCE = 8;
const NO_ADDRESS = 'the check target’s name has no address';

export function isUpstream(exit: Exit): exit is Exit & { settings: UpstreamExitSettings } {
  return exit.settings.kind !== 'direct';
}

/** Told what a check says of one source address, where that is news. */
export type SourceNews = (address: string, news: 'out' | 'back') => void;

/** Is there anything to check? */
export function isChecked({ settings }: Exit): boolean {
  return settings.kind !== 'direct' || settings.checkTarget !== undefined;
}

/**
 * Does this exit work? With a check target, a connection through it tells; without one, only that an upstream can be connected to.
 * Answers what is wrong.
 */
export function checkExit(
  exit: Exit,
  caller: Caller,
  dialler: ExitDialler,
  sourceNews: SourceNews,
): Promise<ExitFailure | undefined> {
  return isUpstream(exit)
    ? checkUpstream(exit, caller, dialler)
    : checkDirect(exit, caller, dialler, sourceNews);
}

async function checkUpstream(
  exit: Exit & { settings: UpstreamExitSettings },
  caller: Caller,
  dialler: ExitDialler,
): Promise<ExitFailure | undefined> {
  const { checkTarget, resolve } = exit.settings;
  const { exitAttemptMs } = dialler.limits;
  let result: ExitDial;
  if (checkTarget === undefined) result = await reachUpstream(exit, exitAttemptMs, caller, dialler);
  else {
    let target = parseAuthority(checkTarget);
    if (resolve === 'address') {
      const found = await addressesOf(target.host, exit, dialler);
      if (found === undefined) return exitFailure(NO_ADDRESS);
      target = inPlaceOfName(target, found);
    }
    result = await dialUpstream(exit, target, exit.login({ place: {} }), exitAttemptMs, caller, dialler);
  }
  if (result.kind === 'failed') return result;
  result.leg.destroy();
  return undefined;
}

/** From each source address by itself. The exit fails when none of them gets there. */
async function checkDirect(
  exit: Exit,
  caller: Caller,
  dialler: ExitDialler,
  sourceNews: SourceNews,
): Promise<ExitFailure | undefined> {
  const { sources, settings } = exit;
  const { host, port } = parseAuthority(settings.checkTarget!);
  const { timers, transport, limits } = dialler;
  const found = await addressesOf(host, exit, dialler);
  if (found === undefined) return exitFailure(NO_ADDRESS);
  let reached = 0;
  let failure: string | undefined;
  const check = async (addresses: readonly string[], source?: string) => {
    const limitedDialler = { timers, transport, limits: { connectTimeoutMs: limits.exitConnectMs } };
    const result = await dial(addresses, port, caller, limitedDialler, () => source);
    if (result.kind === 'connected') result.leg.destroy();
    // Who refuses was reached.
    const isReached = result.kind === 'connected' || result.code === 'connect-refused';
    if (isReached) reached += 1;
    else failure = `the check target: ${result.code}`;
    if (source === undefined || caller.isClosed) return;
    if (result.kind === 'failed' && result.code === 'exit-failed') {
      sources.markAbsent(source, timers.nowMs());
      return;
    }
    const news = sources.checked(source, isReached);
    if (news !== undefined) sourceNews(source, news);
  };
  if (sources.isEmpty) await check(found);
  const queue = sources.addresses.values();
  const worker = async () => {
    for (const source of queue) {
      const ofItsFamily = found.filter((address) => address.includes(':') === source.includes(':'));
      if (ofItsFamily.length > 0) await check(ofItsFamily, source);
    }
  };
  await Promise.all(Array.from({ length: SOURCES_AT_ONCE }, worker));
  return reached === 0 && failure !== undefined ? exitFailure(failure) : undefined;
}
