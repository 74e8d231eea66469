/** What a gateway relayed and had not reported when it was killed, from the journal that it left. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GatewayCounters } from '../../src/gateway/counters.ts';
import { Credentials } from '../../src/gateway/credentials.ts';
import { JournalFolder } from '../../src/gateway/journal/folder.ts';
import {
  decodeJournal,
  JournalImage,
  type JournalOwner,
  LEASE,
  SESSION,
} from '../../src/gateway/journal/format.ts';
import { FileJournal } from '../../src/gateway/journal/journal.ts';
import { canMap } from '../../src/gateway/journal/mapped-file.ts';
import type { LeaseHolder } from '../../src/gateway/lease.ts';
import { Leases } from '../../src/gateway/leases.ts';
import { DEFAULT_LIMITS } from '../../src/gateway/limits.ts';
import type { SubuserIdentity } from '../../src/gateway/ports.ts';
import { Subscriptions } from '../../src/gateway/subscriptions.ts';
import { startTimeOf } from '../../src/shared/processes.ts';
import { FakeLink } from '../support/gateway/fake-link.ts';
import { RELAY, startRig } from '../support/gateway/harness.ts';
import { damaged, journalOf, journalOfVersion2 } from '../support/gateway/journals.ts';
import { ManualTimers } from '../support/gateway/manual-timers.ts';
import { run } from '../support/gateway/run.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

/** As the gateway with this relay does it: see vitest.config.ts. */
const MAY_MAP = RELAY === 'fast';

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
async function startGateway(index = 0): Promise<TestGateway> {
  const journals = new JournalFolder({ folder, scope: 'here', index }, log);
  const journal = new FileJournal({ ...journals, timers, log, mayMap: MAY_MAP });
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

function leave(name: string, content: Buffer): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** Of a process that is dead. */
function ownerOf(changes: Partial<JournalOwner> = {}): JournalOwner {
  const { machine } = new JournalFolder({ folder, scope: 'here', index: 0 }, log).owner;
  return { pid: 2 ** 22 + 1, startTime: 'then', machine, index: 0, scope: 'here', ...changes };
}

/** What it holds of leases. */
const figuresIn = (file: string) =>
  decodeJournal(readFileSync(file))!
    .records.filter(({ kind }) => kind === LEASE)
    .map(({ first, second }) => [first, second]);

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
  test('at any moment: all that was relayed is reported by the successor, without a report in between', async () => {
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
        async (takes) => {
          const before = link.used(alice);
          const balance = link.balance(alice);
          const { holder } = await startServing();
          let taken = 0;
          for (const { afterMs, up, down } of takes) {
            await timers.advance(afterMs);
            expect(holder.take('up', up)).toBe(up);
            expect(holder.take('down', down)).toBe(down);
            taken += up + down;
          }
          kill();
          const successor = await startGateway();
          expect(link.used(alice).total - before.total).toBe(taken);
          expect(link.balance(alice)).toBe(balance - taken);
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
    const journal = new FileJournal({ ...journals, timers, log, mayMap: MAY_MAP });
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
    expect(link.subscriptions.used('7')).toEqual({ bytes: 0, requests: 0 });
    kill();
    const { file } = await startGateway();
    expect(link.subscriptions.used('7')).toEqual({ bytes: 42, requests: 1 });
    expect(files()).toEqual([path.basename(file)]);
  });

  test('before there is a new session, so that what it used is not given out again', async () => {
    const { holder } = await startServing();
    expect(holder.take('down', 5_000)).toBe(5_000);
    kill();
    const order: string[] = [];
    for (const call of ['recover', 'endSessions', 'open'] as const) {
      const real = link[call].bind(link) as (...args: unknown[]) => Promise<never>;
      link[call] = (...args: unknown[]) => {
        order.push(call);
        return real(...args);
      };
    }
    const balance = link.balance(alice);
    const { file } = await startGateway();
    expect(order).toEqual(['recover', 'endSessions', 'open']);
    expect(link.used(alice)).toEqual({ up: 0, down: 5_000, total: 5_000 });
    expect(link.balance(alice)).toBe(balance + LIMITS.firstLeaseBytes - 5_000);
    expect(files()).toEqual([path.basename(file)]);
  });

  test('with the control side away: the journal waits for it, and nothing is opened before', async () => {
    const { holder, file } = await startServing();
    expect(holder.take('up', 700)).toBe(700);
    kill();
    link.endSession();
    link.isAway = true;
    const { leases, file: own } = await startGateway();
    await timers.advance(20_000);
    expect(files()).toEqual([path.basename(file)]);
    link.isAway = false;
    await timers.advance(2_500);
    expect(link.used(alice).total).toBe(700);
    expect(files()).toEqual([path.basename(own)]);
    expect(leases.isValid()).toBe(true);
  });

  test('while its journal is being reported: the next one reports all of it again, and it counts once', async () => {
    const { holder, file } = await startServing();
    expect(holder.take('up', 700)).toBe(700);
    kill();
    link.endSession();
    link.lostAnswers = 1;
    await startGateway();
    expect(link.used(alice).total).toBe(700);
    expect(files()).toEqual([path.basename(file)]);
    kill();
    const { file: own } = await startGateway();
    expect(link.recovered).toHaveLength(2);
    expect(link.used(alice).total).toBe(700);
    expect(files()).toEqual([path.basename(own)]);
  });

  test('a thread is succeeded by the one with its number; of another that lives nothing is touched', async () => {
    const first = await startServing(1);
    expect(first.holder.take('up', 10)).toBe(10);
    const other = await startGateway(0);
    expect(link.recovered).toEqual([]);
    expect(files()).toContain(path.basename(first.file));
    const successor = await startGateway(1);
    expect(link.recovered).toMatchObject([{ usedUpBytes: 10 }]);
    expect(files()).toEqual([other, successor].map(({ file }) => path.basename(file)).sort());
  });

  test('beside others that go on: they report what it left, and end its session', async () => {
    const gateway = await startServing();
    const lease = await link.lease({
      subuserId: alice.subuserId,
      product: 'residential',
      knownGrantedBytes: 0,
      usedUpBytes: 0,
      usedDownBytes: 0,
      wantBytes: 1,
    });
    const leaseId = Number((lease as { leaseId: string }).leaseId);
    const image = new JournalImage(ownerOf());
    image.name(0, SESSION, '99', '0');
    image.name(3, LEASE, '99', String(leaseId));
    image.set(3, 5, 6);
    leave(`gateway-${2 ** 22 + 1}-00.journal`, image.bytes);
    leave(`gateway-${2 ** 22 + 1}-01.journal.new`, Buffer.from('half'));
    await timers.advance(LIMITS.recoverEveryMs + LIMITS.reportEveryMs);
    expect(link.used(alice)).toEqual({ up: 5, down: 6, total: 11 });
    expect(link.ended).toEqual(['99']);
    expect(files()).toEqual([path.basename(gateway.file)]);
  });

  test('where processes have other numbers: what it used is reported, but nobody knows that it is dead', async () => {
    const image = new JournalImage(ownerOf({ machine: 'a container' }));
    image.name(0, SESSION, '99', '0');
    image.name(1, LEASE, '99', '7');
    image.set(1, 5, 6);
    leave(`gateway-${2 ** 22 + 1}-00.journal`, image.bytes);
    await startGateway();
    expect(link.recovered).toMatchObject([{ sessionId: '99', usedUpBytes: 5 }]);
    expect(link.ended).toEqual([]);
  });
});

describe('what is left behind', () => {
  const name = `gateway-${2 ** 22 + 1}-0a.journal`;

  test.each([
    ['garbage', () => Buffer.from('\u0000 what is this')],
    ['nothing', () => Buffer.alloc(0)],
    ['garbage among figures', () => damaged(journalOf([[1, 2, 3, 4]], ownerOf()))],
  ])('%s is set aside, said once, and the gateway starts', async (_what, content) => {
    leave(name, content());
    const { leases, file } = await startGateway();
    await timers.advance(2 * LIMITS.recoverEveryMs);
    expect(leases.isValid()).toBe(true);
    expect(files()).toEqual([path.basename(file), `${name}.corrupt`].sort());
    expect(warnings).toEqual([expect.stringContaining('set aside')]);
  });

  test('figures beside the garbage are reported', async () => {
    leave(name, damaged(journalOf([[1, 2, 3, 4]], ownerOf())));
    await startGateway();
    expect(link.recovered).toEqual([{ sessionId: '1', leaseId: '2', usedUpBytes: 3, usedDownBytes: 4 }]);
  });

  test('by the version before, upgraded since, is reported', async () => {
    leave(name, journalOfVersion2([1, 2, 3, 4], ownerOf()));
    const { file } = await startGateway();
    expect(link.recovered).toEqual([{ sessionId: '1', leaseId: '2', usedUpBytes: 3, usedDownBytes: 4 }]);
    expect(files()).toEqual([path.basename(file)]);
  });

  test.each([
    ['another control side', () => new JournalImage(ownerOf({ scope: 'elsewhere' })).bytes],
    ['another version', () => Buffer.from(`${JSON.stringify({ ...ownerOf(), journal: 1 })}\nwhatever`)],
  ])('of %s is left alone: it means something else', async (what, content) => {
    leave(name, content());
    const { file } = await startGateway();
    await timers.advance(2 * LIMITS.recoverEveryMs);
    expect(files()).toEqual([path.basename(file), name].sort());
    expect(warnings).toEqual([expect.stringContaining(what)]);
  });

  test('by a process whose number another one has by now', async () => {
    const child = spawn('sleep', ['600']);
    try {
      const file = leave(`gateway-${child.pid}-0b.journal`, journalOf([], ownerOf({ pid: child.pid! })));
      const alive = ownerOf({ pid: child.pid!, startTime: startTimeOf(child.pid!)! });
      const other = leave(`gateway-${child.pid}-0c.journal`, journalOf([], alive));
      await startGateway();
      expect(files()).toContain(path.basename(other));
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
  test('is mapped into memory with the fast relay, written by calls with the portable one', async () => {
    const lines: object[] = [];
    const rig = await startRig({
      journal: { folder, scope: 'here', index: 0 },
      log: { ...log, info: (fields) => void lines.push(fields) },
    });
    await rig.dispose();
    const way = MAY_MAP && canMap(folder) ? 'mapped' : 'written';
    expect(lines).toContainEqual(expect.objectContaining({ journal: way }));
    const { journal } = await startGateway();
    expect(journal.way).toBe(MAY_MAP ? 'mapped' : 'written');
  });

  test('is written by calls where the system has no other way', async () => {
    const source = (file: string) =>
      JSON.stringify(path.join(import.meta.dirname, '../../src/gateway', file));
    const file = path.join(folder, 'own.journal');
    // As if koffi were not installed.
    const program = `
      process.dlopen = () => { throw new Error('not here'); };
      const { FileJournal } = await import(${source('journal/journal.ts')});
      const { canMap } = await import(${source('journal/mapped-file.ts')});
      const { systemTimers: timers } = await import(${source('timers.ts')});
      const owner = ${JSON.stringify(ownerOf())};
      const log = { warn: (_fields, text) => console.log(text) };
      const journal = new FileJournal({ file: ${JSON.stringify(file)}, owner, timers, log, mayMap: true });
      journal.write(journal.open(1, '5', '6'), 7, 8);
      console.log(journal.way, canMap(${JSON.stringify(folder)}));
      process.exit();
    `;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program]);
    expect(String(stdout)).toMatch(/cannot be mapped.*\nwritten false\n$/);
    expect(figuresIn(file)).toEqual([[7, 8]]);
  });

  test('is not mapped where a full disk could then kill the gateway', () => {
    expect(canMap('/dev/shm')).toBe(true);
    expect(canMap('/proc')).toBe(false);
  });

  test('is left alone by whoever writes after its end', async () => {
    const { journal } = await startGateway();
    const place = journal.open(LEASE, '1', '2');
    journal.free(place);
    journal.free(0);
    journal.end();
    journal.write(place, 1, 2);
    expect(files()).toEqual([]);
  });

  test('is there as long as its session', async () => {
    const gateway = await startGateway();
    expect(files()).toEqual([path.basename(gateway.file)]);
    const { mode } = statSync(gateway.file);
    expect(mode & 0o777).toBe(0o600);
    await gateway.leases.stop();
    gateway.journal.end();
    expect(files()).toEqual([]);
  });

  test('has a place for each lease, which serves another one when that is over', async () => {
    const gateway = await startServing();
    const { size } = statSync(gateway.file);
    for (let round = 1; round <= 300; round += 1) {
      expect(gateway.holder.take('down', 10)).toBe(10);
      expect(figuresIn(gateway.file)).toEqual([[0, 10]]);
      gateway.holder.giveBack();
      await timers.advance(LIMITS.reportEveryMs);
      expect(figuresIn(gateway.file)).toEqual([]);
      gateway.holder.admit();
      await timers.advance(0);
    }
    expect(statSync(gateway.file).size).toBe(size);
  });

  test('grows with the leases, and holds all of them', async () => {
    const gateway = await startServing();
    for (let count = 1; count <= 600; count += 1) {
      const holder = gateway.leases.holderOf(link.addUser(`u${count}`, 1_000_000));
      holder.join({ address: '192.0.2.1', end: () => {} });
      holder.admit();
      await timers.advance(0);
      expect(holder.take('up', count)).toBe(count);
    }
    expect(figuresIn(gateway.file)).toEqual(Array.from({ length: 600 }, (_unused, index) => [index + 1, 0]));
  });

  test('is made anew when somebody has removed it', async () => {
    const gateway = await startServing();
    gateway.holder.take('up', 5);
    rmSync(gateway.file);
    gateway.holder.take('up', 5);
    await timers.advance(1_000);
    expect(figuresIn(gateway.file)).toEqual([[10, 0]]);
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
    expect(figuresIn(gateway.file)).toEqual([[10, 0]]);
  });

  test('outlives a gateway that could not say its last figures', async () => {
    const gateway = await startServing();
    gateway.holder.take('up', 123);
    link.isAway = true;
    const stopping = gateway.leases.stop();
    await timers.advance(60_000);
    await stopping;
    gateway.journal.end();
    expect(figuresIn(gateway.file)).toEqual([[123, 0]]);
    link.isAway = false;
    link.endSession();
    await startGateway();
    expect(link.used(alice).total).toBe(123);
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
