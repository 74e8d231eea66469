/** One listening socket: how many descriptors connections are accepted on, when, and that nobody gets lost by it. */
import { type ChildProcess, spawn } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { Acceptors, MORE_ACCEPTORS } from '../../src/gateway/acceptors.ts';
import { World } from '../support/gateway/world.ts';

const LOOK_MS = 100;

/** A loop that does as it is told. */
function setUp({ canOpen = true }: { canOpen?: boolean } = {}) {
  const world = new World();
  const clock = world.clock();
  const work = { turns: 0, idleMs: 0 };
  const seen = { asked: 0, open: 0 };
  const acceptors = new Acceptors(
    clock,
    () => ({ ...work }),
    async () => {
      seen.asked += 1;
      await world.real(() => new Promise((resolve) => setImmediate(resolve)));
      if (!canOpen) return undefined;
      seen.open += 1;
      return { close: () => (seen.open -= 1) };
    },
  );
  /** Until the next look. */
  async function spend({ accepted = 100, perTurn = 1, idleMs = 0 }) {
    for (let count = 0; count < accepted; count += 1) acceptors.accepted();
    work.turns += Math.ceil(accepted / perTurn);
    work.idleMs += idleMs;
    await world.advance(LOOK_MS);
  }
  async function repeat(times: number, how: Parameters<typeof spend>[0]) {
    for (let time = 0; time < times; time += 1) await spend(how);
  }
  return { world, acceptors, seen, spend, repeat };
}

describe('more of them', () => {
  test('where a loop without rest accepts in every turn', async () => {
    const { acceptors, seen, spend } = setUp();
    expect(acceptors.more).toBe(0);
    await spend({});
    expect(acceptors.more).toBe(MORE_ACCEPTORS);
    expect(seen.open).toBe(MORE_ACCEPTORS);
  });

  test('not where there is time, nor where turns are spent on other things', async () => {
    const { seen, repeat } = setUp();
    await repeat(20, { idleMs: 11 });
    await repeat(20, { perTurn: 0.4 });
    expect(seen.asked).toBe(0);
  });

  test('stay through a pause, and go when they have been of no use for a second', async () => {
    const { acceptors, seen, spend, repeat } = setUp();
    await spend({});
    await repeat(9, { perTurn: 2.9 });
    await spend({ accepted: 90, perTurn: 3 });
    await repeat(9, { accepted: 0, idleMs: 100 });
    expect(acceptors.more).toBe(MORE_ACCEPTORS);
    await spend({ accepted: 0, idleMs: 100 });
    expect(acceptors.more).toBe(0);
    expect(seen.open).toBe(0);
  });

  test('are asked for again after a rest, which grows as long as they are of no use', async () => {
    const { seen, spend, repeat } = setUp();
    const asked = () => seen.asked / MORE_ACCEPTORS;
    await spend({});
    await repeat(10, {});
    expect(seen.open).toBe(0);
    await repeat(19, {});
    expect(asked()).toBe(1);
    await repeat(2, {});
    expect(asked()).toBe(2);
    await repeat(10 + 38, {});
    expect(asked()).toBe(2);
    await repeat(4, {});
    expect(asked()).toBe(3);
    // Of use for long: forgotten.
    await repeat(40, { perTurn: 8 });
    await repeat(10 + 11, {});
    expect(asked()).toBe(4);
  });

  test('are not asked for again where they cannot be had', async () => {
    const { seen, repeat } = setUp({ canOpen: false });
    await repeat(700, {});
    expect(seen.asked).toBe(1);
  });

  test('are closed with the first, also one that is only being opened', async () => {
    const { world, acceptors, seen, spend } = setUp();
    await spend({});
    acceptors.close();
    expect(seen.open).toBe(0);

    const other = setUp();
    for (let count = 0; count < 100; count += 1) other.acceptors.accepted();
    const looked = other.world.advance(LOOK_MS);
    await expect.poll(() => other.seen.asked, { interval: 1 }).toBeGreaterThan(0);
    other.acceptors.close();
    await looked;
    expect(other.seen.open).toBe(0);
    other.acceptors.accepted();
    await other.world.advance(LOOK_MS);
    await world.advance(LOOK_MS);
    expect(other.seen.open).toBe(0);
  });
});

describe('with the launcher', () => {
  let launcher: ChildProcess | undefined;
  afterEach(() => {
    launcher?.kill('SIGKILL');
  });

  /** A server that greets everybody with the number of further acceptors. */
  async function startServer() {
    const keeper = path.join(import.meta.dirname, '../../bin/keeper.mjs');
    const server = path.join(import.meta.dirname, '../support/gateway/accepting-server.ts');
    const code = `import(${JSON.stringify(keeper)}).then(({ keepServer }) => keepServer([${JSON.stringify(server)}]))`;
    const child = spawn(process.execPath, ['-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
    launcher = child;
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
    });
    await expect.poll(() => output, { interval: 5, timeout: 20_000 }).toMatch(/port \d+\n/);
    const port = Number(/port (\d+)/.exec(output)![1]);
    const greeting = () =>
      new Promise<string>((resolve, reject) => {
        const socket = net.connect(port, '127.0.0.1');
        let text = '';
        socket.on('data', (bytes) => {
          text += bytes;
        });
        socket.on('end', () => resolve(text));
        socket.on('error', reject);
      });
    const crowd = () => Promise.all(Array.from({ length: 50 }, greeting));
    const say = (word: string) => child.stdin.write(`${word}\n`);
    return { child, crowd, greeting, say };
  }

  test('a rush is accepted on eight descriptors, and nobody is lost when they come and go', async () => {
    const { child, crowd, greeting, say } = await startServer();
    expect(new Set(await crowd())).toEqual(new Set(['0']));
    say('rush');
    await expect.poll(async () => (await crowd()).at(-1), { interval: 1, timeout: 20_000 }).toBe('7');
    expect(new Set(await crowd())).toEqual(new Set(['7']));
    say('calm');
    await expect.poll(async () => (await crowd()).at(-1), { interval: 1, timeout: 20_000 }).toBe('0');
    say('rush');
    await expect.poll(async () => (await crowd()).at(-1), { interval: 1, timeout: 20_000 }).toBe('7');
    // Closed on all of them.
    say('close');
    await expect.poll(() => greeting().catch((error) => error.code), { interval: 5 }).toBe('ECONNREFUSED');
    say('end');
    await expect.poll(() => child.exitCode, { interval: 5 }).toBe(0);
  });
});
