/**
 * client → gateway → target              from one of the local addresses
 * client → gateway → upstream → target   a CONNECT of our own to the upstream, which is not payload and is not counted
 */
import { isIP } from 'node:net';
import { type Caller, type Dialler, dial } from '../dial.ts';
import type { Authority } from '../http/target.ts';
import type { Leg } from '../leg.ts';
import type { GatewayLimits } from '../limits.ts';
import type { Resolver } from '../lookups.ts';
import type { UpstreamExitSettings } from '../ports.ts';
import { afterSilence, type Timers } from '../timers.ts';
import { connectOverHttp } from './connect-http.ts';
import { connectOverSocks5 } from './connect-socks5.ts';
import type { Exit, Login } from './exit.ts';
import type { ChanceOf } from './rank.ts';
import {
  type ExitDial,
  type ExitFailure,
  exitFailure,
  targetFailure,
  unclearFailure,
  unfit,
} from './verdict.ts';

export interface ExitDialler extends Dialler {
  readonly limits: GatewayLimits;
  readonly resolver: Resolver;
}

/** More than that does not fit in a SOCKS5 login. */
const MAX_LOGIN_BYTES = 255;

/** From this machine to one of these addresses. */
export async function dialDirect(
  exit: Exit,
  addresses: readonly string[],
  port: number,
  chanceOf: ChanceOf,
  caller: Caller,
  dialler: ExitDialler,
): Promise<ExitDial> {
  const { sources } = exit;
  if (sources.isEmpty) return direct(await dial(addresses, port, caller, dialler));
  const { timers } = dialler;
  const reachable = addresses.filter((address) => sources.canReach(address));
  if (reachable.length === 0) {
    return unfit('no source address of the target’s family', 'connect-unroutable');
  }
  for (;;) {
    const nowMs = timers.nowMs();
    const chosen = new Map<string, string>();
    for (const address of reachable) {
      const source = sources.forTarget(address, chanceOf, nowMs);
      if (source !== undefined) chosen.set(address, source);
    }
    if (chosen.size === 0) return exitFailure('no source address is this machine’s');
    const result = await dial([...chosen.keys()], port, caller, dialler, (address) => chosen.get(address));
    if (result.kind === 'connected' || result.code !== 'exit-failed') return direct(result);
    sources.markAbsent(result.source!, nowMs);
    if (caller.isClosed) return direct(result);
  }
}

function direct(result: Awaited<ReturnType<typeof dial>>): ExitDial {
  return result.kind === 'connected' ? result : targetFailure(result.code, result.code);
}

/** In place of a name, to an upstream that is given addresses only. Few upstreams have IPv6. */
export function inPlaceOfName({ port }: Authority, addresses: readonly string[]): Authority {
  return { host: addresses.find((address) => !address.includes(':')) ?? addresses[0]!, port };
}

/** To an upstream, and through it to the target. A name it looks up itself. */
export async function dialUpstream(
  exit: Exit & { settings: UpstreamExitSettings },
  authority: Authority,
  login: Login | undefined,
  withinMs: number,
  caller: Caller,
  dialler: ExitDialler,
): Promise<ExitDial> {
  if (login !== undefined && Math.max(login.username.length, login.password.length) > MAX_LOGIN_BYTES) {
    return unfit('username or password is longer than an upstream takes', 'exit-failed');
  }
  const deadlineMs = dialler.timers.nowMs() + withinMs;
  const reached = await reachUpstream(exit, withinMs, caller, dialler);
  if (reached.kind === 'failed') return reached;
  const { leg } = reached;
  const leftMs = deadlineMs - dialler.timers.nowMs();
  const failure = await shakeHands(exit.settings, leg, authority, login, leftMs, caller, dialler);
  if (failure === undefined) return reached;
  leg.destroy();
  return failure;
}

/** A TCP connection to the upstream itself. */
export async function reachUpstream(
  exit: Exit & { settings: UpstreamExitSettings },
  withinMs: number,
  caller: Caller,
  dialler: ExitDialler,
): Promise<ExitDial> {
  const addresses = await addressesOf(exit.settings.host, exit, dialler);
  if (addresses === undefined) return exitFailure('the upstream’s name has no address');
  const { timers, transport, limits } = dialler;
  const connectTimeoutMs = Math.min(limits.exitConnectMs, withinMs);
  const { port } = exit.settings;
  const result = await dial(addresses, port, caller, { timers, transport, limits: { connectTimeoutMs } });
  return result.kind === 'connected' ? result : exitFailure(`the upstream itself: ${result.code}`);
}

/** Of a host that an exit needs itself. Its last known addresses serve while the resolver does not. */
export async function addressesOf(
  host: string,
  exit: Exit,
  { timers, limits, resolver }: ExitDialler,
): Promise<string[] | undefined> {
  if (isIP(host)) return [host];
  const nowMs = timers.nowMs();
  const known = exit.addresses.get(host);
  if (known !== undefined && nowMs - known.atMs < limits.exitNameTtlMs) return known.list;
  const found = await within(resolver(host), limits.dnsTimeoutMs, timers);
  if (found === undefined || found.length === 0) return known?.list;
  const list = found.slice(0, limits.connectAddresses);
  exit.addresses.set(host, { list, atMs: nowMs });
  return list;
}

function within<Answer>(
  answer: Promise<Answer>,
  timeoutMs: number,
  timers: Timers,
): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const timer = afterSilence(timers, timeoutMs, () => resolve(undefined));
    answer.then(resolve, () => resolve(undefined)).finally(() => timer.cancel());
  });
}

async function shakeHands(
  settings: UpstreamExitSettings,
  leg: Leg,
  authority: Authority,
  login: Login | undefined,
  withinMs: number,
  caller: Caller,
  { timers, limits }: ExitDialler,
): Promise<ExitFailure | undefined> {
  let isLate = false;
  const giveUp = () => leg.destroy();
  const timer = afterSilence(timers, Math.max(0, withinMs), () => {
    isLate = true;
    leg.destroy();
  });
  caller.whenClosed(giveUp);
  const failure = await (settings.kind === 'http'
    ? connectOverHttp(leg, authority, login, limits)
    : connectOverSocks5(leg, authority, login, timers, withinMs));
  timer.cancel();
  caller.forgetWhenClosed(giveUp);
  if (!isLate || failure === undefined) return failure;
  // Asked for the target, the upstream may have been waiting for it.
  if (failure.blame === 'unclear') return unclearFailure('no answer in time', 'connect-timeout');
  return exitFailure('no answer in time');
}
