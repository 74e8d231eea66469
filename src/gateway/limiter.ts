import type { Admission, Holder } from './holder.ts';
import type { Direction, EndReason, Waiter } from './meter.ts';
import { Pace } from './pace.ts';
import type { LimitSubject, ServiceLimits, ShareAnswer, ShareRequest } from './ports.ts';
import { RATE_UNITS } from './ports.ts';
import { RateShare } from './rate-share.ts';
import type { Roster } from './roster.ts';
import { Seats, type SessionView } from './seats.ts';
import type { Seat } from './service.ts';
import { afterSilence, type Timer } from './timers.ts';
import { TokenBucket } from './token-bucket.ts';

/** What limiters need of the session they live in. */
export interface LimiterOffice extends SessionView {
  holdShare(request: ShareRequest): Promise<ShareAnswer>;
}

/** What keeps somebody from sending more: the holder's quota, the pace, or that its seat is not certain. */
export type Obstacle = 'holder' | 'pace' | 'seats';

/** The figures that hold for one subuser or subscription in this process: tunnels at once, tunnels and bytes a second. */
export class Limiter {
  readonly #subject: LimitSubject;
  readonly #office: LimiterOffice;
  readonly #members: Roster<Seat>;
  #limits: ServiceLimits = {};
  #seats: Seats | undefined;
  #share: RateShare | undefined;
  #opens: TokenBucket | undefined;
  #pace: Pace | undefined;
  /** Served already, and paused until their seats are certain. */
  readonly #unseated = new Set<Waiter>();
  #pause: Timer | undefined;

  constructor(subject: LimitSubject, office: LimiterOffice, members: Roster<Seat>) {
    this.#subject = subject;
    this.#office = office;
    this.#members = members;
  }

  get waiting(): number {
    return this.#unseated.size + (this.#pace?.waiting ?? 0);
  }

  /** Nothing is held of any limit. */
  get isIdle(): boolean {
    return (this.#seats?.isIdle ?? true) && (this.#share?.isIdle ?? true);
  }

  /** From now on these hold. Said again when they may have been others in between. */
  apply(limits: ServiceLimits): void {
    this.#limits = limits;
    this.#applySeats(limits.maxTunnels);
    const { tunnelsPerSecond, bytesPerSecond } = limits;
    if (tunnelsPerSecond === undefined) this.#opens = undefined;
    else this.#opens ??= new TokenBucket(this.#office.timers);
    if (bytesPerSecond === undefined) {
      const paced = this.#pace?.end() ?? [];
      this.#pace = undefined;
      for (const waiter of paced) waiter.wake();
    } else this.#pace ??= new Pace(this.#office.timers);
    if (tunnelsPerSecond === undefined && bytesPerSecond === undefined) {
      this.#share?.forget();
      this.#share = undefined;
      return;
    }
    this.#share ??= new RateShare(this.#office, {
      hold: (units) => this.#hold('rate', units),
      changed: this.#shareChanged,
    });
    this.#shareChanged(this.#share.units, this.#share.units);
    this.#share.review();
    if (this.#members.size > 0) this.#share.touch();
  }

  /** Nothing is limited any more. Everybody who waited goes on without. */
  end(): void {
    this.apply({});
    this.#wakeUnseated();
  }

  admit(seat: Seat): Admission {
    let current: Admission | undefined;
    let isAbandoned = false;
    const answer = async (): Promise<EndReason | undefined> => {
      if (this.#opens !== undefined) {
        await this.#share!.ready();
        if (this.#opens !== undefined) {
          if (this.#opens.available < 1) return 'too-fast';
          this.#opens.take(1);
        }
      }
      for (const door of [this.#seats, seat.holder]) {
        if (isAbandoned) return 'away';
        current = door?.admit(seat);
        const reason = await current?.answer;
        if (reason !== undefined) return reason;
      }
      return undefined;
    };
    return {
      answer: answer(),
      abandon() {
        isAbandoned = true;
        current?.abandon();
      },
    };
  }

  leave(seat: Seat): void {
    this.#seats?.leave(seat);
  }

  take(holder: Holder, direction: Direction, wantedBytes: number): number {
    if (this.#seats?.isEnough === false) return 0;
    if (this.#pace === undefined) return holder.take(direction, wantedBytes);
    this.#share!.touch();
    return this.#pace.take(holder, direction, wantedBytes);
  }

  /** Right after a take that brought less than was wanted. */
  get obstacle(): Obstacle {
    if (this.#seats?.isEnough === false) return 'seats';
    return this.#pace?.isSpent ? 'pace' : 'holder';
  }

  wait(obstacle: Obstacle, holder: Holder, waiter: Waiter): void {
    if (obstacle === 'pace' && this.#pace !== undefined) this.#pace.wait(waiter);
    else if (obstacle === 'seats' && this.#seats !== undefined) {
      this.#unseated.add(waiter);
      this.#pause ??= afterSilence(this.#office.timers, this.#office.limits.pauseLimitMs, this.#giveUp);
    } else holder.wait(waiter);
  }

  stopWaiting(waiter: Waiter): void {
    this.#pace?.stopWaiting(waiter);
    if (this.#unseated.delete(waiter) && this.#unseated.size === 0) this.#clearPause();
  }

  /** Once a second. */
  tick(): void {
    this.#share?.tick(this.#pace !== undefined && this.#pace.waiting > 0);
  }

  recalled(what: ShareRequest['what'], fairUnits: number): void {
    if (what === 'rate') this.#share?.recalled(fairUnits);
    else this.#seats?.giveBackIdle();
  }

  sessionRenewed(): void {
    this.#seats?.sessionRenewed();
    this.#share?.sessionRenewed();
  }

  sessionLost(): void {
    this.#seats?.sessionLost();
    this.#share?.sessionLost();
  }

  /** Leaves no timer behind. */
  forget(): void {
    this.#seats?.forget();
    this.#share?.forget();
    this.#pace?.end();
    this.#clearPause();
  }

  #applySeats(maxTunnels: number | undefined): void {
    if (maxTunnels === undefined) {
      this.#seats?.release();
      this.#seats = undefined;
      this.#wakeUnseated();
    } else if (this.#seats !== undefined) this.#seats.review();
    else {
      this.#seats = new Seats(this.#office, {
        crowdedReason: 'too-many',
        seated: () => this.#wakeUnseated(),
        over: () => {},
        hold: async (seats) => {
          const answer = await this.#hold('tunnels', seats);
          // Lifted at this moment: the news are on their way.
          if (answer.kind === 'unlimited') return { kind: 'held', seats, isRecalled: false };
          return { kind: 'held', seats: answer.units, isRecalled: answer.isRecalled };
        },
      });
      this.#seats.adopt(this.#members);
    }
  }

  #hold(what: ShareRequest['what'], units: number): Promise<ShareAnswer> {
    return this.#office.holdShare({ subject: this.#subject, what, units });
  }

  /** All parts at once: nobody else was active a moment ago, so the whole burst is free. */
  readonly #shareChanged = (units: number, before: number): void => {
    const { tunnelsPerSecond = 0, bytesPerSecond = 0 } = this.#limits;
    const part = units / RATE_UNITS;
    const isWhole = units === RATE_UNITS && before === 0;
    this.#pace?.setRate(bytesPerSecond * part, isWhole);
    if (this.#opens === undefined) return;
    this.#opens.setRate(tunnelsPerSecond * part, Math.max(1, tunnelsPerSecond * part));
    if (units > 0 && before === 0) this.#opens.fill(isWhole ? tunnelsPerSecond : 1);
  };

  /** A waiter may wait again at once, so it is not in the list that is gone through. */
  #wakeUnseated(): void {
    if (this.#seats?.isEnough === false) return;
    this.#clearPause();
    const waiters = [...this.#unseated];
    this.#unseated.clear();
    for (const waiter of waiters) waiter.wake();
  }

  readonly #giveUp = (): void => {
    this.#pause = undefined;
    const waiters = [...this.#unseated];
    this.#unseated.clear();
    for (const waiter of waiters) waiter.giveUp('away');
  };

  #clearPause(): void {
    this.#pause?.cancel();
    this.#pause = undefined;
  }
}
