import { beforeEach, expect, test } from 'vitest';
import { Acquaintance } from '../../../src/gateway/acquaintance.ts';
import type { Leases } from '../../../src/gateway/leases.ts';
import { DEFAULT_LIMITS } from '../../../src/gateway/limits.ts';
import { silentLog } from '../../../src/gateway/log.ts';
import { Parties } from '../../../src/gateway/parties.ts';
import type { LimitSubject, SubuserIdentity } from '../../../src/gateway/ports.ts';
import type { Seat } from '../../../src/gateway/service.ts';
import { FakeLink } from '../../support/gateway/fake-link.ts';
import { ManualTimers } from '../../support/gateway/manual-timers.ts';

const ALICE = 'subuser:id-alice';
const BOB = 'subuser:id-bob';

let timers: ManualTimers;
let parties: Parties;
let alice: SubuserIdentity;
let asked: LimitSubject[][];

beforeEach(() => {
  timers = new ManualTimers();
  const link = new FakeLink();
  asked = [];
  link.limitsOf = async (subjects) => {
    asked.push(subjects);
    return subjects.map(() => null);
  };
  alice = link.addUser('alice', 1_000);
  const leases = { follow() {} } as unknown as Leases;
  parties = new Parties(link, leases, timers, DEFAULT_LIMITS, silentLog);
  parties.start();
});

function join(acquaintance: Acquaintance, identity = alice): Seat {
  const seat = {} as { -readonly [Key in keyof Seat]: Seat[Key] };
  seat.party = parties.join(seat as Seat, identity, timers.nowMs(), acquaintance);
  return seat as Seat;
}

test('who opens one tunnel after the other stays the same party, and is forgotten a while after the last', async () => {
  const acquaintance = new Acquaintance();
  const first = join(acquaintance);
  for (let second = 0; second < 60; second += 5) {
    const seat = join(second % 10 === 0 ? acquaintance : new Acquaintance());
    expect(seat.party).toBe(first.party);
    parties.leave(seat);
    await timers.advance(5_000);
  }
  await timers.advance(60_000);
  expect(parties.partyOf(ALICE)).toBe(first.party);
  parties.leave(first);
  await timers.advance(60_000);
  expect(parties.partyOf(ALICE)).toBeUndefined();
  expect(first.party.isForgotten).toBe(true);
  const again = join(acquaintance);
  expect(again.party).not.toBe(first.party);
  expect(parties.partyOf(ALICE)).toBe(again.party);
  parties.stop();
});

test('changed limits are asked for where something is open; anybody else brings them along', async () => {
  const acquaintance = new Acquaintance();
  parties.leave(join(acquaintance));
  const bob = { ...alice, subuserId: 'id-bob' };
  const bobs = join(new Acquaintance(), bob);
  parties.changed();
  await timers.advance(10);
  expect(asked).toEqual([[BOB]]);
  expect(parties.partyOf(ALICE)).toBeUndefined();
  const seat = join(acquaintance, { ...alice, limits: { maxTunnels: 3 } });
  expect(seat.party.limiter).toBeDefined();
  expect(parties.partyOf(ALICE)).toBe(seat.party);
  parties.leave(seat);
  parties.leave(bobs);
  parties.stop();
});
