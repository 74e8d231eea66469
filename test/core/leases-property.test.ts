/**
 * The lease protocol as a whole: the core on its database, gateways with their journals, and between them a network that loses, delays
 * and repeats, while gateways stand still, die and come back and clocks jump. Whatever happens, every byte is accounted for.
 */
import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inProcessCarrier } from '../../src/api/control/in-process.ts';
import { arrayOf } from '../../src/db/array.ts';
import { GatewayCounters } from '../../src/gateway/counters.ts';
import { JournalFolder } from '../../src/gateway/journal/folder.ts';
import { FileJournal } from '../../src/gateway/journal/journal.ts';
import { Leases } from '../../src/gateway/leases.ts';
import { DEFAULT_LIMITS } from '../../src/gateway/limits.ts';
import { linkOver } from '../../src/gateway/link/link.ts';
import { silentLog } from '../../src/gateway/log.ts';
import type { SubuserIdentity } from '../../src/gateway/ports.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';
import { FaultyCarrier, type ProcessClock, World } from '../support/gateway/world.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { randomFrom } from '../support/traffic.ts';

const GATEWAYS = 3;
const SUBUSERS = 2;
/** Soon used up: what happens at its end is what matters. */
const QUOTA_BYTES = 300_000;
const LAPSE_EVERY_MS = 1_000;
const LIMITS = { ...DEFAULT_LIMITS, firstLeaseBytes: 30_000, leaseFloorBytes: 15_000 };

const clock = new ManualClock('2026-03-01T12:00:30Z');
let api: TestApi;
let store: TestReseller;
let runs = 0;

beforeAll(async () => {
  api = await createTestApi({ clock });
  store = await api.reseller({ mb: 1_000_000 });
});
afterAll(async () => {
  await api.assertLedgerHolds();
  await api.close();
});

type Step =
  | { kind: 'take'; gateway: number; subuser: number; direction: 'up' | 'down'; bytes: number }
  | { kind: 'pass'; ms: number }
  | { kind: 'return'; gateway: number; subuser: number }
  | { kind: 'kill' | 'stop' | 'start'; gateway: number }
  | { kind: 'stand still'; gateway: number; ms: number }
  | { kind: 'core clock'; ms: number }
  | { kind: 'network'; isGood: boolean }
  /** Of one gateway, which is asked to relay at its beginning, within it, and at its end. */
  | { kind: 'outage'; gateway: number; subuser: number; untilMs: number[] };

const gateway = fc.nat({ max: GATEWAYS - 1 });
const subuser = fc.nat({ max: SUBUSERS - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      kind: fc.constant('take' as const),
      gateway,
      subuser,
      direction: fc.constantFrom('up' as const, 'down' as const),
      bytes: fc.integer({ min: 1, max: 30_000 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 100, max: 6_000 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('return' as const), gateway, subuser }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('kill' as const), gateway }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stop' as const), gateway }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('start' as const), gateway }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('stand still' as const),
      gateway,
      ms: fc.integer({ min: 1, max: 40_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('core clock' as const),
      ms: fc.integer({ min: -60_000, max: 60_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('network' as const), isGood: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('outage' as const),
      gateway,
      subuser,
      untilMs: fc.array(fc.integer({ min: 1_000, max: 15_000 }), { minLength: 1, maxLength: 3 }),
    }),
  },
);

/** What really crossed on a lease, as nobody but this test knows. */
interface Truth {
  readonly subuserId: string;
  relayedBytes: number;
  /** Of these the gateway was told that they are counted. */
  acknowledgedBytes: number;
  /** When it was seen to be over: from then on nothing crosses. */
  bytesAtEnd?: number;
}

interface Process {
  readonly clock: ProcessClock;
  readonly leases: Leases;
  readonly journal: FileJournal;
}

class Scene {
  readonly #world = new World();
  readonly #network = this.#world.clock();
  readonly #folder = makeTempFolder('headgate-leases-');
  readonly #random: () => number;
  readonly #processes: (Process | undefined)[] = [];
  readonly #truth = new Map<string, Truth>();
  readonly #subusers: SubuserIdentity[];
  readonly #name: string;
  #isGood = true;
  readonly #isCut = Array.from({ length: GATEWAYS }, () => false);
  #endedEarly = 0;
  /** The core's clock went ahead once: it may have thought a gateway dead that was not. */
  #isAhead = false;
  /** By which the core's clock has gone back. */
  #backMs = 0;

  constructor(seed: number, name: string, subusers: SubuserIdentity[]) {
    this.#random = randomFrom(seed);
    this.#name = name;
    this.#subusers = subusers;
    this.#world.onTime = (ms) => clock.advance(ms);
    this.#lapse();
  }

  async do(now: Step): Promise<void> {
    await this.#do(now);
    for (const process of this.#processes) {
      for (const { lease } of process?.leases.holders ?? []) {
        const truth = lease && this.#truth.get(lease.leaseId);
        if (truth) truth.acknowledgedBytes = lease.acknowledgedBytes;
      }
    }
  }

  async #do(now: Step): Promise<void> {
    switch (now.kind) {
      case 'take':
        this.#take(now);
        return;
      case 'pass':
        await this.#world.advance(now.ms);
        return;
      case 'return':
        this.#processes[now.gateway]?.leases.holderOf(this.#subusers[now.subuser]!).giveBack();
        return;
      case 'kill':
        this.#kill(now.gateway);
        return;
      case 'stop':
        await this.#stop(now.gateway);
        return;
      case 'start':
        await this.#start(now.gateway);
        return;
      case 'stand still':
        this.#processes[now.gateway]?.clock.skip(now.ms);
        return;
      case 'core clock':
        clock.advance(now.ms);
        this.#backMs += Math.max(0, -now.ms);
        this.#isAhead ||= now.ms > 0;
        return;
      case 'network':
        this.#isGood = now.isGood;
        return;
      case 'outage':
        this.#isCut[now.gateway] = true;
        for (const ms of now.untilMs) {
          this.#take({ ...now, kind: 'take', direction: 'down', bytes: 1_000 });
          await this.#world.advance(ms);
        }
        this.#take({ ...now, kind: 'take', direction: 'down', bytes: 1_000 });
        this.#isCut[now.gateway] = false;
        return;
    }
  }

  async #start(index: number): Promise<void> {
    if (this.#processes[index] !== undefined) return;
    const own = this.#world.clock();
    const journals = new JournalFolder({ folder: this.#folder, scope: 'here', index }, silentLog);
    const journal = new FileJournal({ ...journals, timers: own, log: silentLog, mayMap: true });
    // The first is like one on the embedded database: opening its session ends the one before.
    const core = inProcessCarrier(api.core, { name: `${this.#name}-${index}`, ownsName: index === 0 });
    const fate = () => (this.#isCut[index] ? 0 : this.#isGood ? 0.9 : this.#random());
    const link = linkOver(new FaultyCarrier(this.#world, this.#network, own, core, fate));
    const leases = new Leases(link, own, LIMITS, silentLog, new GatewayCounters(), journal, journals);
    this.#processes[index] = { clock: own, leases, journal };
    void leases.start();
    await this.#world.settle();
    for (const identity of this.#subusers) {
      const holder = leases.holderOf(identity);
      holder.join({ address: '192.0.2.1', end: () => {} });
    }
  }

  #take({ gateway: index, subuser: who, direction, bytes }: Step & { kind: 'take' }): void {
    const process = this.#processes[index];
    if (process === undefined) return;
    const identity = this.#subusers[who]!;
    const holder = process.leases.holderOf(identity);
    const leaseId = holder.lease?.leaseId;
    const taken = holder.take(direction, bytes);
    if (taken < bytes) holder.wait({ wake: () => {}, giveUp: () => {} });
    if (taken === 0 || leaseId === undefined) return;
    const truth = this.#truth.get(leaseId) ?? {
      subuserId: identity.subuserId,
      relayedBytes: 0,
      acknowledgedBytes: 0,
    };
    truth.relayedBytes += taken;
    this.#truth.set(leaseId, truth);
  }

  #kill(index: number): void {
    const process = this.#processes[index];
    if (process === undefined) return;
    process.clock.isStopped = true;
    this.#processes[index] = undefined;
    this.#endedEarly += 1;
  }

  async #stop(index: number): Promise<void> {
    const process = this.#processes[index];
    if (process === undefined) return;
    this.#processes[index] = undefined;
    let hasStopped = false;
    void process.leases.stop().then(() => {
      process.journal.end();
      hasStopped = true;
    });
    for (let waited = 0; !hasStopped; waited += 1) {
      expect(waited, 'a stop comes to its end').toBeLessThan(100);
      await this.#world.advance(1_000);
    }
  }

  #lapse(): void {
    this.#network.after(LAPSE_EVERY_MS, () => {
      this.#lapse();
      void this.#world.real(async () => {
        const lapsed = await api.core.leases.lapse();
        this.#endedEarly += lapsed;
        if (lapsed > 0) await this.#noteEnded();
      });
    });
  }

  async #noteEnded(): Promise<void> {
    const open = [...this.#truth].filter(([, truth]) => truth.bytesAtEnd === undefined).map(([id]) => id);
    const ended = await api.database.sql<{ id: bigint }[]>`
      SELECT id FROM lease WHERE id = ANY (${arrayOf(open)}::bigint[]) AND closed_at IS NOT NULL`;
    for (const { id } of ended) {
      const truth = this.#truth.get(String(id))!;
      truth.bytesAtEnd = truth.relayedBytes;
    }
  }

  /** The network is good again, and every gateway comes back once; then all of it must be in order. */
  async end(): Promise<void> {
    this.#isGood = true;
    // A session whose last sign of life is in the future lapses when that is past.
    clock.advance(this.#backMs);
    for (let index = 0; index < GATEWAYS; index += 1) await this.#start(index);
    await this.#world.advance(35_000);
    for (let index = 0; index < GATEWAYS; index += 1) await this.#stop(index);
    await this.#world.advance(35_000);
    for (const identity of this.#subusers) await this.#check(identity);
    rmSync(this.#folder, { recursive: true });
  }

  async #check({ subuserId }: SubuserIdentity): Promise<void> {
    const { sql } = api.database;
    const leases = await sql<
      { id: bigint; closed: boolean; granted: bigint; reported: bigint; settled: bigint }[]
    >`
      SELECT id, closed_at IS NOT NULL AS closed, granted_bytes AS granted,
          reported_up_bytes + reported_down_bytes AS reported, settled_bytes AS settled
        FROM lease WHERE subuser_id = ${subuserId}`;
    const [sums] = await sql<{ balance: bigint; leased: bigint; consumed: bigint }[]>`
      SELECT b.balance, l.balance AS leased, c.balance AS consumed FROM subuser_bandwidth s
        JOIN ledger_account b ON b.id = s.balance_id JOIN ledger_account l ON l.id = s.leased_id
        JOIN ledger_account c ON c.id = s.consumed_id WHERE s.subuser_id = ${subuserId} AND s.product = 'residential'`;
    const reported = leases.reduce((sum, lease) => sum + lease.reported, 0n);
    const series = await sql<{ resolution: string; bytes: bigint }[]>`
      SELECT r.resolution, coalesce(sum(u.up_bytes + u.down_bytes), 0)::bigint AS bytes
        FROM unnest(ARRAY['minute', 'hour', 'day']) AS r (resolution)
          LEFT JOIN usage_until_now u ON u.subuser_id = ${subuserId} AND u.resolution = r.resolution GROUP BY 1`;
    for (const { resolution, bytes } of series) expect(bytes, `used by ${resolution}`).toBe(reported);
    let charged = 0n;
    let uncharged = 0n;
    for (const lease of leases) {
      const truth = this.#truth.get(String(lease.id));
      const relayed = truth?.relayedBytes ?? 0;
      const text = `lease ${lease.id}`;
      expect(lease.closed, text).toBe(true);
      expect(relayed, text).toBeLessThanOrEqual(Number(lease.granted));
      expect(Number(lease.reported), text).toBe(relayed);
      // What was acknowledged is paid for, whatever became of the lease.
      expect(Number(lease.settled), text).toBeGreaterThanOrEqual(truth?.acknowledgedBytes ?? 0);
      if (!this.#isAhead) expect(relayed, `${text}, over`).toBe(truth?.bytesAtEnd ?? relayed);
      charged += lease.settled;
      uncharged += lease.reported - lease.settled;
      this.#truth.delete(String(lease.id));
    }
    expect(sums).toEqual({ balance: BigInt(QUOTA_BYTES) - charged, leased: 0n, consumed: charged });
    expect(charged).toBeLessThanOrEqual(BigInt(QUOTA_BYTES));
    expect(uncharged).toBeGreaterThanOrEqual(0n);
    // Only what was given back before it was reported can have gone to somebody else.
    if (this.#endedEarly === 0) expect(uncharged).toBe(0n);
    const mine = [...this.#truth.values()].filter((truth) => truth.subuserId === subuserId);
    expect(mine, 'nothing is relayed without a lease').toEqual([]);
  }
}

async function newSubusers(name: string): Promise<SubuserIdentity[]> {
  const invocation = { actor: { ...api.operator.actor, accountId: store.accountId } };
  return Promise.all(
    Array.from({ length: SUBUSERS }, async (_unused, index) => {
      const { username } = await api.core.subusers.create(invocation, store.accountId, {
        username: `${name}u${index}`,
        email: 'u@example.com',
        bytes: BigInt(QUOTA_BYTES),
        product: 'residential',
      });
      const [row] = await api.database.sql<
        { id: bigint }[]
      >`SELECT id FROM subuser WHERE username = ${username}`;
      const subuserId = String(row!.id);
      const account = `account:${store.accountId}` as const;
      return { kind: 'subuser' as const, subuserId, account, username, product: 'residential' as const };
    }),
  );
}

test('whatever the network, the clocks and the gateways do, every byte is accounted for', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 30, maxLength: 80, size: 'max' }),
      fc.nat(),
      async (steps, seed) => {
        runs += 1;
        const name = `run${runs}`;
        const scene = new Scene(seed, name, await newSubusers(name));
        for (let index = 0; index < GATEWAYS; index += 1) await scene.do({ kind: 'start', gateway: index });
        for (const now of steps) await scene.do(now);
        await scene.end();
      },
    ),
    { numRuns: 25, seed: 2026, endOnFailure: true },
  );
});
