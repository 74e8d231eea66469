/**
 * client → gateway → exit → target
 *
 * Which exit a connection takes, and the next one when it fails. With no exits set up nothing here is on a connection's way.
 */
import type { RefusalCode } from '../answers.ts';
import type { Asker, Destinations, Judgement, Resolution } from '../destination.ts';
import type { Caller } from '../dial.ts';
import type { Authority } from '../http/target.ts';
import type { Leg } from '../leg.ts';
import { callLink } from '../link-call.ts';
import type { GatewayLog } from '../log.ts';
import type { ControlLink, ExitReport, ExitSettings, Identity } from '../ports.ts';
import type { Timer } from '../timers.ts';
import { isUpstream } from './check.ts';
import { dialDirect, dialUpstream, type ExitDialler, inPlaceOfName } from './dial-exit.ts';
import { Exit, type UpstreamWish } from './exit.ts';
import { type ChanceOf, ranked, SessionSeed } from './rank.ts';
import { ExitReports } from './report.ts';
import { type ExitDial, targetFailure } from './verdict.ts';
import { ExitWatch } from './watch.ts';
import { type ExitWish, ownerOf, productOf, wishKey } from './wish.ts';

/** One exit, on this gateway process. */
export interface ExitStats {
  readonly name: string;
  readonly kind: ExitSettings['kind'];
  readonly enabled: boolean;
  /** Not ejected. */
  readonly healthy: boolean;
  readonly tunnels: number;
  /** Since it was set up as it is, or this process began. */
  readonly failures: number;
}

/** Whose connection it is. */
export interface ExitClient {
  readonly identity: Identity;
  readonly wish?: ExitWish | undefined;
}

/** A client's place, as far as exits care. */
export interface ExitSeat {
  readonly client: ExitClient;
  readonly party: Asker;
  /** The target's addresses that were judged. */
  targetAddresses: readonly string[];
}

interface Parts {
  readonly link: Pick<ControlLink, 'exits' | 'reportExits'>;
  readonly destinations: Destinations;
  readonly dialler: ExitDialler;
  readonly log: GatewayLog;
  /** From 0 to below 1. */
  readonly random: () => number;
}

const ANYWHERE = {};

export class Exits {
  readonly #parts: Parts;
  readonly #watch: ExitWatch;
  readonly #reports: ExitReports;
  /** Undefined: not known yet. Nobody leaves from here before it is known that nothing else was set up. */
  #exits: Exit[] | undefined;
  /** None is set up: targets are connected to as they are. */
  isPlain = false;
  /** Grows with every change of the settings. */
  #generation = 0;
  #isLoading = false;
  #isOutdated = false;
  #isFailing = false;
  #isStopped = false;
  #reload: Timer | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#watch = new ExitWatch(parts.dialler, parts.log);
    this.#reports = new ExitReports(parts.link, parts.dialler, () => this.#seen());
  }

  /** Asks which exits there are; when the link is away, it goes on asking in the background. */
  async start(): Promise<void> {
    await this.#load();
  }

  stop(): void {
    this.#isStopped = true;
    this.#reload?.cancel();
    this.#watch.stop();
    this.#reports.stop();
  }

  /** The control side was away at the start: it may be back before it would be asked again. */
  async askUnlessKnown(): Promise<void> {
    if (this.#exits === undefined) await this.#load();
  }

  /** The settings are others now, or may be. */
  changed(): void {
    this.#isOutdated = true;
    void this.#load();
  }

  stats(): ExitStats[] {
    return (this.#exits ?? []).map(({ settings, health, load }) => ({
      name: settings.name,
      kind: settings.kind,
      enabled: settings.enabled,
      healthy: !health.isEjected,
      tunnels: load.tunnels,
      failures: health.failures,
    }));
  }

  #seen(): ExitReport[] {
    return (this.#exits ?? []).map(({ settings, health, load }) => ({
      exitId: settings.id,
      isHealthy: !health.isEjected,
      tunnels: load.tunnels,
      failures: health.failures,
    }));
  }

  /** Is there an exit where this client wants one? Whether it works at the moment is another question. */
  couldServe({ identity, wish }: ExitClient): boolean {
    if (this.#exits === undefined) return true;
    const product = productOf(identity);
    return this.#exits.some((exit) => exit.serves(product, wish?.place ?? ANYWHERE));
  }

  /** A connection to a target may serve another request of the same client connection if this is the same. */
  keyFor({ identity, wish }: ExitClient): string {
    return this.isPlain ? '' : `${this.#generation} ${wishKey(identity, wish)}`;
  }

  /** A connection to the target through one of the exits, or why there is none. */
  async reach(authority: Authority, seat: ExitSeat, caller: Caller): Promise<Leg | RefusalCode> {
    if (this.#exits === undefined) return 'control-away';
    const { client } = seat;
    const product = productOf(client.identity);
    const place = client.wish?.place ?? ANYWHERE;
    const serving = this.#exits.filter((exit) => exit.serves(product, place));
    if (serving.length === 0) return Object.keys(place).length === 0 ? 'no-exit' : 'no-exit-there';
    const free = serving.filter((exit) => !exit.isFull);
    if (free.length === 0) return 'exits-full';
    const healthy = free.filter((exit) => !exit.health.isEjected);
    const session = sessionOf(client);
    const chanceOf = session?.chanceOf ?? (() => 1 - this.#parts.random());
    // The last ones there are, are tried although they failed before.
    const order = ranked(healthy.length > 0 ? healthy : free, chanceOf);
    const wish = {
      product,
      place,
      session: session?.label,
      lifetimeMinutes: client.wish?.lifetimeMinutes,
    };
    return this.#tryInTurn(order, new Attempt(authority, seat, wish, chanceOf, caller, this.#parts));
  }

  async #tryInTurn(order: readonly Exit[], attempt: Attempt): Promise<Leg | RefusalCode> {
    const { timers, limits } = this.#parts.dialler;
    const deadlineMs = timers.nowMs() + limits.exitTotalMs;
    let attempts = 0;
    let code: RefusalCode = 'exits-full';
    for (const exit of order) {
      const leftMs = deadlineMs - timers.nowMs();
      if (attempts === limits.exitAttempts || leftMs <= 0 || attempt.isGivenUp) break;
      // Others may have taken its last place meanwhile.
      if (exit.isFull) continue;
      attempts += 1;
      const result = await this.#through(exit, attempt, Math.min(leftMs, limits.exitAttemptMs));
      if (result.kind === 'connected') return result.leg;
      code = result.code;
      if (attempt.isGivenUp) break;
      this.#watch.failed(exit, result, attempt.authority.host);
      if (result.blame === 'target') break;
    }
    return code;
  }

  async #through(exit: Exit, attempt: Attempt, withinMs: number): Promise<ExitDial> {
    const { load } = exit;
    const leave = () => {
      load.tunnels -= 1;
    };
    load.tunnels += 1;
    const result = await attempt.through(exit, withinMs);
    if (result.kind === 'connected') {
      this.#watch.served(exit);
      result.leg.whenClosed(leave);
    } else {
      leave();
    }
    return result;
  }

  async #load(): Promise<void> {
    if (this.#isLoading || this.#isStopped) return;
    this.#isLoading = true;
    this.#reload?.cancel();
    const { link, dialler, log } = this.#parts;
    const { timers, limits } = dialler;
    try {
      do {
        this.#isOutdated = false;
        const settings = await callLink(timers, limits.linkCallTimeoutMs, () => link.exits());
        if (!this.#isOutdated && !this.#isStopped) this.#apply(settings);
      } while (this.#isOutdated);
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) log.warn({ err: error }, 'exits cannot be asked for; those known are used');
      this.#isFailing = true;
      if (!this.#isStopped) this.#reload = timers.after(limits.exitReloadMs, () => void this.#load());
    }
    this.#isLoading = false;
  }

  #apply(all: readonly ExitSettings[]): void {
    const before = new Map(this.#exits?.map((exit) => [exit.settings.id, exit]));
    const exits: Exit[] = [];
    let isSame = before.size === all.length;
    for (const settings of all) {
      const old = before.get(settings.id);
      if (old !== undefined && JSON.stringify(old.settings) === JSON.stringify(settings)) {
        exits.push(old);
        before.delete(settings.id);
        continue;
      }
      isSame = false;
      const exit = new Exit(settings, this.#parts.dialler.limits, old?.load);
      exits.push(exit);
      if (settings.enabled) this.#watch.follow(exit);
    }
    for (const gone of before.values()) this.#watch.unfollow(gone);
    this.#exits = exits;
    this.isPlain = exits.length === 0;
    if (this.isPlain) this.#reports.stop();
    else this.#reports.start();
    if (!isSame) this.#generation += 1;
  }
}

function sessionOf({ identity, wish }: ExitClient): SessionSeed | undefined {
  return wish?.session === undefined ? undefined : new SessionSeed(ownerOf(identity), wish.session);
}

/** What is the same for every exit that is tried for one connection. The destination is judged once. */
class Attempt {
  readonly authority: Authority;
  readonly #seat: ExitSeat;
  readonly #wish: UpstreamWish;
  readonly #chanceOf: ChanceOf;
  readonly #caller: Caller;
  readonly #parts: Parts;
  #resolution: Promise<Resolution> | undefined;
  #judgement: Promise<Judgement> | undefined;

  constructor(
    authority: Authority,
    seat: ExitSeat,
    wish: UpstreamWish,
    chanceOf: ChanceOf,
    caller: Caller,
    parts: Parts,
  ) {
    this.authority = authority;
    this.#seat = seat;
    this.#wish = wish;
    this.#chanceOf = chanceOf;
    this.#caller = caller;
    this.#parts = parts;
  }

  /** The client has gone: that nothing was reached is nobody's fault. */
  get isGivenUp(): boolean {
    return this.#caller.isClosed;
  }

  async through(exit: Exit, withinMs: number): Promise<ExitDial> {
    const { destinations, dialler } = this.#parts;
    const { party } = this.#seat;
    if (!isUpstream(exit)) {
      this.#resolution ??= Promise.resolve(destinations.resolve(this.authority, party));
      const resolution = await this.#resolution;
      if (resolution.kind === 'refused') return targetFailure(resolution.code, resolution.code);
      this.#seat.targetAddresses = resolution.addresses;
      const { port } = this.authority;
      return dialDirect(exit, resolution.addresses, port, this.#chanceOf, this.#caller, dialler);
    }
    this.#judgement ??= destinations.judge(this.authority, party);
    const judgement = await this.#judgement;
    const { resolve } = exit.settings;
    let target = this.authority;
    if (judgement.kind === 'permitted') {
      this.#seat.targetAddresses = judgement.addresses;
      if (resolve === 'address') target = inPlaceOfName(target, judgement.addresses);
    } else if (judgement.kind === 'refused' || resolve !== 'remote') {
      return targetFailure(judgement.code, judgement.code);
    }
    return dialUpstream(exit, target, exit.login(this.#wish), withinMs, this.#caller, dialler);
  }
}
