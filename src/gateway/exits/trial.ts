/** An exit tried out by hand, apart from any gateway. */
import { systemResolver } from '../destination.ts';
import { type Authority, parseAuthority } from '../http/target.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { portableTransport } from '../net-transport.ts';
import type { DirectExitSettings, ExitSettings, Identity } from '../ports.ts';
import { systemTimers } from '../timers.ts';
import { isUpstream } from './check.ts';
import { dialDirect, dialUpstream, type ExitDialler, inPlaceOfName, reachUpstream } from './dial-exit.ts';
import { Exit, type UpstreamWish } from './exit.ts';
import { SessionSeed } from './rank.ts';
import { StandingCaller } from './standing-caller.ts';
import type { ExitDial } from './verdict.ts';
import { type ExitWish, ownerOf } from './wish.ts';

export interface Trial {
  /** The local address that was connected from, where the exit has some. */
  readonly source?: string;
  readonly ok: boolean;
  readonly tookMs: number;
  /** What is wrong. */
  readonly reason?: string;
}

/**
 * Connects to the target through the exit, from each of its source addresses; without a target, to an upstream itself only. Unlike
 * a gateway it does not judge the target: it is the operator's own.
 */
export async function tryExit(
  settings: ExitSettings,
  target: string | undefined,
  wish: ExitWish | undefined,
): Promise<Trial[]> {
  const dialler: ExitDialler = {
    timers: systemTimers,
    limits: DEFAULT_LIMITS,
    transport: portableTransport(),
    resolver: systemResolver,
  };
  const authority = target === undefined ? undefined : parseAuthority(target);
  if (settings.kind === 'direct') {
    if (authority === undefined) throw new Error('a direct exit is tried with a target');
    return tryDirect(settings, authority, dialler);
  }
  const exit = new Exit(settings, DEFAULT_LIMITS);
  if (!isUpstream(exit)) throw new Error('neither direct nor an upstream');
  const { exitAttemptMs } = DEFAULT_LIMITS;
  const caller = new StandingCaller();
  const trial = await timed(async () => {
    if (authority === undefined) return reachUpstream(exit, exitAttemptMs, caller, dialler);
    const isNameKept = exit.settings.resolve !== 'address';
    const target = isNameKept ? authority : inPlaceOfName(authority, await dialler.resolver(authority.host));
    return dialUpstream(exit, target, exit.login(upstreamWish(wish)), exitAttemptMs, caller, dialler);
  });
  return [trial];
}

async function tryDirect(
  settings: DirectExitSettings,
  { host, port }: Authority,
  dialler: ExitDialler,
): Promise<Trial[]> {
  const addresses = await dialler.resolver(host);
  const through = (sourceAddresses: string[]) => {
    const exit = new Exit({ ...settings, sourceAddresses }, DEFAULT_LIMITS);
    return timed(() => dialDirect(exit, addresses, port, Math.random, new StandingCaller(), dialler));
  };
  if (settings.sourceAddresses.length === 0) return [await through([])];
  return Promise.all(
    settings.sourceAddresses.map(async (source) => ({ source, ...(await through([source])) })),
  );
}

async function timed(dial: () => Promise<ExitDial>): Promise<Trial> {
  const startedMs = systemTimers.nowMs();
  const result = await dial();
  const tookMs = Math.round(systemTimers.nowMs() - startedMs);
  if (result.kind === 'failed') return { ok: false, tookMs, reason: result.reason };
  result.leg.destroy();
  return { ok: true, tookMs };
}

/** Its sessions are nobody else's. */
const OPERATOR: Identity = {
  kind: 'subuser',
  subuserId: 'operator',
  account: 'account:operator',
  username: '',
  product: 'residential',
};

function upstreamWish(wish: ExitWish | undefined): UpstreamWish {
  const session =
    wish?.session === undefined ? undefined : new SessionSeed(ownerOf(OPERATOR), wish.session).label;
  return { place: wish?.place ?? {}, session, lifetimeMinutes: wish?.lifetimeMinutes };
}
