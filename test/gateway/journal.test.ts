/** What a gateway relayed and had not reported when it was killed, from the journal that it left. */
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GatewayCounters } from '../../src/gateway/counters.ts';
import { Credentials } from '../../src/gateway/credentials.ts';
import { JournalFolder } from '../../src/gateway/journal/folder.ts';
import { decodeJournal, encodeOwner, Frame, LEASE } from '../../src/gateway/journal/format.ts';
import { FileJournal } from '../../src/gateway/journal/journal.ts';
import type { LeaseHolder } from '../../src/gateway/lease.ts';
import { Leases } from '../../src/gateway/leases.ts';
import { DEFAULT_LIMITS } from '../../src/gateway/limits.ts';
import type { SubuserIdentity } from '../../src/gateway/ports.ts';
import { Subscriptions } from '../../src/gateway/subscriptions.ts';
import { startTimeOf } from '../../src/shared/processes.ts';
import { FakeLink } from '../support/gateway/fake-link.ts';
import { ManualTimers } from '../support/gateway/manual-timers.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

/** As the gateway promises. */
const BOUND_MS = 50;
const LIMITS = { ...DEFAULT_LIMITS, leaseQuietMs: 600_000 };

let folder: string;
let link: FakeLink;
let timers: ManualTimers;
let alice: SubuserIdentity;
let warnings: string[];

const log = { info: () => {}, warn: (_fields: object, text: string) => void warnings.push(text) };

interface TestGateway {
  readonly leases: Leases;
  readonly journal: FileJournal;
  readonly file: string;
  readonly holder: LeaseHolder;
}

/** Its process is another one each time; this one's own would count as alive. */
async function startGateway(index = 0, rewriteBytes?: number): Promise<TestGateway> {
  const journals = new JournalFolder({ folder, scope: 'here', index }, log);
  const journal = new FileJournal({
    ...journals,
    timers,
    log,
    everyMs: LIMITS.journalEveryMs,
    ...(rewriteBytes !== undefined && { rewriteBytes }),
  });
  const leases = new Leases(link, timers, LIMITS, log, new GatewayCounters(), journal, journals);
  await leases.start();
  const holder = leases.holderOf(alice);
  holder.join({ address: '192.0.2.1', end: () => {} });
  return { leases, journal, file: journals.file, holder };
}

/** With allowance. */
async function startServing(...args: Parameters<typeof startGateway>): Promise<TestGateway> {
  const gateway = await startGateway(...args);
  gateway.holder.admit();
  await timers.advance(0);
  return gateway;
}

/** It does nothing any more, and says nothing: its timers are gone with it. */
function kill(): void {
  const dead = timers.nowMs();
  timers = new ManualTimers();
  timers.skip(dead);
}

/** Of a process that is dead. */
function leave(name: string, content: Buffer): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

function journalOf(records: [sessionId: number, leaseId: number, up: number, down: number][]): Buffer {
  const owner = { pid: 2 ** 22 + 1, startTime: 'then', index: 0, scope: 'here' };
  const frame = new Frame();
  for (const [sessionId, leaseId, up, down] of records)
    frame.add(LEASE, BigInt(sessionId), BigInt(leaseId), up, down);
  return Buffer.concat([encodeOwner(owner), frame.encoded() ?? Buffer.alloc(0)]);
}

const files = () => readdirSync(folder).sort();

beforeEach(() => {
  folder = makeTempFolder('headgate-journal-');
  link = new FakeLink();
  timers = new ManualTimers();
  warnings = [];
  alice = link.addUser('alice', 100_000_000);
});
afterEach(() => {
  expect(link.breaches).toEqual([]);
  rmSync(folder, { recursive: true });
});

describe('killed', () => {
  test('what was relayed until the last 50 ms is reported by the successor, without a report in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            afterMs: fc.integer({ min: 0, max: 30 }),
            up: fc.integer({ min: 0, max: 2_000 }),
            down: fc.integer({ min: 0, max: 2_000 }),
          }),
          { minLength: 1, maxLength: 30 },
        ),
        fc.integer({ min: 0, max: 120 }),
        async (takes, restMs) => {
          const before = link.used(alice);
          const balance = link.balance(alice);
          const { holder } = await startServing();
          const taken: { atMs: number; up: number; down: number }[] = [];
          for (const { afterMs, up, down } of takes) {
            await timers.advance(afterMs);
            expect(holder.take('up', up)).toBe(up);
            expect(holder.take('down', down)).toBe(down);
            taken.push({ atMs: timers.nowMs(), up, down });
          }
          await timers.advance(restMs);
          const diedAtMs = timers.nowMs();
          kill();
          link.endSession();
          const successor = await startGateway();
          const sum = (of: typeof taken) => of.reduce((total, { up, down }) => total + up + down, 0);
          const recovered = link.used(alice).total - before.total;
          expect(recovered).toBeLessThanOrEqual(sum(taken));
          expect(recovered).toBeGreaterThanOrEqual(
            sum(taken.filter(({ atMs }) => atMs <= diedAtMs - BOUND_MS)),
          );
          expect(link.balance(alice)).toBe(balance - recovered);
          await successor.leases.stop();
          successor.journal.end();
          expect(files()).toEqual([]);
        },
      ),
      { numRuns: 50, seed: 5 },
    );
  });

  test('bytes and requests of a subscription too', async () => {
    const subscription = link.subscriptions.add('7');
    const journals = new JournalFolder({ folder, scope: 'here', index: 0 }, log);
    const journal = new FileJournal({ ...journals, timers, log, everyMs: LIMITS.journalEveryMs });
    const leases = new Leases(link, timers, LIMITS, log, new GatewayCounters(), journal, journals);
    const credentials = new Credentials(link, timers, LIMITS);
    const subscriptions = new Subscriptions(link, leases, credentials, timers, LIMITS, log, journal);
    await leases.start();
    const identity = link.subscriptions.identify([...subscription.addresses][0]!)!;
    const holder = subscriptions.holderOf(identity, timers.nowMs());
    const member = { address: '127.0.0.1', end: () => {} };
    holder.join(member);
    holder.admit(member);
    await timers.advance(0);
    holder.countRequest();
    expect(holder.take('up', 40)).toBe(40);
    expect(holder.take('down', 2)).toBe(2);
    await timers.advance(BOUND_MS);
    holder.take('down', 5);
    expect(link.subscriptions.used('7')).toEqual({ bytes: 0, requests: 0 });
    kill();
    await startGateway();
    expect(link.subscriptions.used('7')).toEqual({ bytes: 42, requests: 1 });
    expect(files()).toEqual([]);
  });

  test('before there is a new session, so that what it used is not given out again', async () => {
    const { holder } = await startServing();
    expect(holder.take('down', 5_000)).toBe(5_000);
    await timers.advance(BOUND_MS);
    kill();
    const order: string[] = [];
    for (const call of ['recover', 'open'] as const) {
      const real = link[call].bind(link) as (...args: unknown[]) => Promise<never>;
      link[call] = (...args: unknown[]) => {
        order.push(call);
        return real(...args);
      };
    }
    await startGateway();
    expect(order).toEqual(['recover', 'open']);
    expect(link.used(alice)).toEqual({ up: 0, down: 5_000, total: 5_000 });
    expect(files()).toEqual([]);
  });

  test('with the control side away: the journal waits for it, and nothing is opened before', async () => {
    const { holder, file } = await startServing();
    expect(holder.take('up', 700)).toBe(700);
    await timers.advance(BOUND_MS);
    kill();
    link.endSession();
    link.isAway = true;
    const { leases } = await startGateway();
    await timers.advance(20_000);
    expect(files()).toEqual([path.basename(file)]);
    link.isAway = false;
    await timers.advance(2_500);
    expect(link.used(alice).total).toBe(700);
    expect(files()).toEqual([]);
    expect(leases.isValid()).toBe(true);
  });

  test('while its journal is being reported: the next one reports all of it again, and it counts once', async () => {
    const { holder, file } = await startServing();
    expect(holder.take('up', 700)).toBe(700);
    await timers.advance(BOUND_MS);
    kill();
    link.endSession();
    link.lostAnswers = 1;
    await startGateway();
    expect(link.used(alice).total).toBe(700);
    expect(files()).toEqual([path.basename(file)]);
    kill();
    await startGateway();
    expect(link.recovered).toHaveLength(2);
    expect(link.used(alice).total).toBe(700);
    expect(files()).toEqual([]);
  });

  test('a thread is succeeded by the one with its number; of another that lives nothing is touched', async () => {
    const first = await startServing(1);
    expect(first.holder.take('up', 10)).toBe(10);
    await timers.advance(BOUND_MS);
    await startGateway(0);
    expect(link.recovered).toEqual([]);
    expect(files()).toEqual([path.basename(first.file)]);
    await startGateway(1);
    expect(link.recovered).toMatchObject([{ usedUpBytes: 10 }]);
    expect(files()).toEqual([]);
  });

  test('beside others that go on: they report what it left', async () => {
    await startServing();
    const lease = await link.lease({
      subuserId: alice.subuserId,
      product: 'residential',
      knownGrantedBytes: 0,
      usedUpBytes: 0,
      usedDownBytes: 0,
      wantBytes: 1,
    });
    const leaseId = Number((lease as { leaseId: string }).leaseId);
    leave(`gateway-${2 ** 22 + 1}-00.journal`, journalOf([[1, leaseId, 5, 6]]));
    leave(`gateway-${2 ** 22 + 1}-01.journal.new`, Buffer.from('half'));
    await timers.advance(LIMITS.recoverEveryMs + LIMITS.reportEveryMs);
    expect(link.used(alice)).toEqual({ up: 5, down: 6, total: 11 });
    expect(files()).toEqual([]);
  });
});

describe('what is left behind', () => {
  const name = `gateway-${2 ** 22 + 1}-0a.journal`;
  const more = () => {
    const frame = new Frame();
    frame.add(LEASE, 1n, 2n, 30, 40);
    return Buffer.from(frame.encoded()!);
  };

  test('a write that was cut off anywhere costs itself only', () => {
    const whole = journalOf([[1, 2, 3, 4]]);
    const both = Buffer.concat([whole, more()]);
    for (let bytes = whole.length; bytes < both.length; bytes += 1) {
      const content = decodeJournal(both.subarray(0, bytes));
      expect(content).toMatchObject({ isCorrupt: false, records: [{ first: 3, second: 4 }] });
    }
    expect(decodeJournal(both)).toMatchObject({ isCorrupt: false, records: [{ first: 30, second: 40 }] });
  });

  test('no flipped bit is taken for a figure', () => {
    const both = Buffer.concat([journalOf([[1, 2, 3, 4]]), more(), more()]);
    const start = both.indexOf(0x0a) + 1;
    for (let bit = start * 8; bit < both.length * 8; bit += 1) {
      const broken = Buffer.from(both);
      broken[bit >> 3]! ^= 1 << (bit & 7);
      for (const { sessionId, id, first, second } of decodeJournal(broken)?.records ?? []) {
        expect([sessionId, id, `${first} ${second}`]).toEqual([
          '1',
          '2',
          expect.stringMatching(/^(3 4|30 40)$/),
        ]);
      }
    }
  });

  test.each([
    ['garbage', () => Buffer.from('\u0000 what is this')],
    ['nothing', () => Buffer.alloc(0)],
    ['garbage behind figures', () => Buffer.concat([journalOf([[1, 2, 3, 4]]), Buffer.alloc(100, 7)])],
  ])('%s is set aside, said once, and the gateway starts', async (_what, content) => {
    leave(name, content());
    const { leases } = await startGateway();
    await timers.advance(2 * LIMITS.recoverEveryMs);
    expect(leases.isValid()).toBe(true);
    expect(files()).toEqual([`${name}.corrupt`]);
    expect(warnings).toEqual([expect.stringContaining('set aside')]);
  });

  test('figures before the garbage are reported', async () => {
    leave(name, Buffer.concat([journalOf([[1, 2, 3, 4]]), Buffer.alloc(100, 7)]));
    await startGateway();
    expect(link.recovered).toEqual([{ sessionId: '1', leaseId: '2', usedUpBytes: 3, usedDownBytes: 4 }]);
  });

  test('of another control side is left alone: its ids mean something else', async () => {
    const owner = { pid: 2 ** 22 + 1, startTime: 'then', index: 0, scope: 'elsewhere' };
    leave(name, encodeOwner(owner));
    await startGateway();
    await timers.advance(2 * LIMITS.recoverEveryMs);
    expect(files()).toEqual([name]);
    expect(warnings).toEqual([expect.stringContaining('another control side')]);
  });

  test('by a process whose number another one has by now', async () => {
    const child = spawn('sleep', ['600']);
    try {
      const owner = { pid: child.pid!, startTime: 'then', index: 0, scope: 'here' };
      const file = leave(`gateway-${child.pid}-0b.journal`, encodeOwner(owner));
      const alive = { ...owner, startTime: startTimeOf(child.pid!)! };
      const other = leave(`gateway-${child.pid}-0c.journal`, encodeOwner(alive));
      await startGateway();
      expect(files()).toEqual([path.basename(other)]);
      expect(files()).not.toContain(path.basename(file));
    } finally {
      child.kill();
    }
  });

  test('a folder that cannot be read keeps nobody from serving for good', async () => {
    const { leases } = await startGateway();
    await leases.stop();
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'not a folder');
    const journals = { leftBehind: () => readdirSync(folder) } as unknown as JournalFolder;
    const later = new Leases(link, timers, LIMITS, log, new GatewayCounters(), undefined, journals);
    await later.start();
    expect(later.isValid()).toBe(false);
    await timers.advance(LIMITS.recoverFirstMs + 3_000);
    expect(later.isValid()).toBe(true);
  });
});

describe('its file', () => {
  test('is there from the first byte to the end of the gateway', async () => {
    const gateway = await startServing();
    await timers.advance(5_000);
    expect(files()).toEqual([]);
    gateway.holder.take('up', 1);
    expect(files()).toEqual([]);
    await timers.advance(LIMITS.journalEveryMs);
    expect(files()).toEqual([path.basename(gateway.file)]);
    const { mode } = statSync(gateway.file);
    expect(mode & 0o777).toBe(0o600);
    await gateway.leases.stop();
    gateway.journal.end();
    expect(files()).toEqual([]);
  });

  test('is written only when something was relayed, and once for all leases', async () => {
    const gateway = await startServing();
    const others = Array.from({ length: 200 }, (_unused, index) => {
      const holder = gateway.leases.holderOf(link.addUser(`u${index}`, 1_000_000));
      holder.join({ address: '192.0.2.1', end: () => {} });
      holder.admit();
      return holder;
    });
    await timers.advance(0);
    gateway.holder.take('up', 1);
    await timers.advance(BOUND_MS);
    const before = statSync(gateway.file);
    await timers.advance(10_000);
    expect(statSync(gateway.file).size).toBe(before.size);
    for (let round = 0; round < 10; round += 1)
      for (const holder of others) expect(holder.take('down', 5)).toBe(5);
    await timers.advance(BOUND_MS);
    expect(statSync(gateway.file).size).toBe(before.size + 12 + others.length * 40);
  });

  test('stays small however long it is written, and always holds everything that is not reported', async () => {
    const gateway = await startServing(0, 4_000);
    const bob = gateway.leases.holderOf(link.addUser('bob', 1_000_000));
    bob.join({ address: '192.0.2.1', end: () => {} });
    bob.admit();
    await timers.advance(0);
    link.isAway = true;
    bob.take('up', 77);
    let taken = 0;
    for (let round = 0; round < 300; round += 1) {
      taken += gateway.holder.take('down', 10);
      await timers.advance(LIMITS.journalEveryMs);
      expect(statSync(gateway.file).size).toBeLessThan(5_000);
      expect(taken).toBe((round + 1) * 10);
    }
    const records = decodeJournal(readFileSync(gateway.file))!.records;
    expect(records.map(({ first, second }) => [first, second])).toEqual(
      expect.arrayContaining([
        [0, taken],
        [77, 0],
      ]),
    );
  });

  test('is made anew when somebody has removed it', async () => {
    const gateway = await startServing();
    gateway.holder.take('up', 5);
    await timers.advance(BOUND_MS);
    rmSync(gateway.file);
    gateway.holder.take('up', 5);
    await timers.advance(BOUND_MS);
    expect(decodeJournal(readFileSync(gateway.file))!.records).toMatchObject([{ first: 10 }]);
  });

  test('that cannot be written stops nothing, and holds everything once it can', async () => {
    const gateway = await startServing();
    rmSync(folder, { recursive: true });
    expect(gateway.holder.take('up', 5)).toBe(5);
    await timers.advance(10_000);
    expect(gateway.holder.take('up', 5)).toBe(5);
    expect(warnings.filter((text) => text.includes('cannot be written'))).toHaveLength(1);
    mkdirSync(folder);
    await timers.advance(1_000);
    expect(decodeJournal(readFileSync(gateway.file))!.records).toMatchObject([{ first: 10 }]);
  });

  test('outlives a gateway that could not say its last figures', async () => {
    const gateway = await startServing();
    gateway.holder.take('up', 123);
    link.isAway = true;
    const stopping = gateway.leases.stop();
    await timers.advance(60_000);
    await stopping;
    gateway.journal.end();
    expect(decodeJournal(readFileSync(gateway.file))!.records).toMatchObject([{ first: 123 }]);
    link.isAway = false;
    link.endSession();
    await startGateway();
    expect(link.used(alice).total).toBe(123);
  });

  test('with a torn end is as good as whole after the next start', async () => {
    const gateway = await startServing();
    gateway.holder.take('up', 5);
    await timers.advance(BOUND_MS);
    appendFileSync(gateway.file, Buffer.from('HGJ1'));
    expect(decodeJournal(readFileSync(gateway.file))).toMatchObject({
      isCorrupt: false,
      records: [{ first: 5 }],
    });
    truncateSync(gateway.file, statSync(gateway.file).size - 5);
    kill();
    await startGateway();
    expect(files()).toEqual([]);
  });
});

describe('a session that was lost', () => {
  test('has what it relayed since its last report charged, before there is a new one', async () => {
    const gateway = await startServing();
    gateway.holder.take('up', 5);
    await timers.advance(LIMITS.reportEveryMs);
    link.isAway = true;
    gateway.holder.take('down', 900);
    await timers.advance(LIMITS.reportEveryMs);
    link.endSession();
    const balance = link.balance(alice);
    link.isAway = false;
    await timers.advance(2 * LIMITS.reportEveryMs);
    expect(link.used(alice)).toEqual({ up: 5, down: 900, total: 905 });
    expect(link.balance(alice)).toBe(balance - 900);
  });
});
