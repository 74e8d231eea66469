/**
 * What the gateway costs: tunnels, bulk transfer, forwarded requests and idle tunnels, beside other proxies in the same run. Ours
 * is the whole program with a subuser's quota leased, counted and reported; the others ask for a login and count nothing.
 *
 *   npm run bench gateway                       9 rounds of a second for each program and figure
 *   npm run bench gateway -- --rounds 3 --seconds 3 --only headgate,squid
 *   npm run bench gateway -- --write            also writes the tables into docs/performance.md
 *   npm run bench gateway -- --soak 600         mixed traffic for so many seconds instead: does memory stay flat?
 *
 * Machines drift within a minute, so all programs run at once, and each round measures one after the other, each for a moment behind a moment
 * in which it wakes up. What a figure is beside another is the median of what it was in each round.
 *
 * All traffic is on loopback. The program under measurement has a core for itself; clients and targets share another.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Headgate } from './support/headgate.ts';
import { Load, type Result, type Run } from './support/load.ts';
import { HAPROXY, PEER_LOGIN, type Peer, PROXY_CHAIN, SQUID, TINYPROXY } from './support/peers.ts';
import { cpuSeconds, isPinned, listening, memoryKib, start, stop } from './support/processes.ts';
import { markdownTable, Rounds, writeSection } from './support/report.ts';
import { soak } from './support/soak.ts';
import { targetTable } from './support/targets.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '1' },
    only: { type: 'string' },
    soak: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const PEERS = [SQUID, TINYPROXY, HAPROXY, PROXY_CHAIN];
const OURS = 'headgate';
const MANY = 'subusers';
const NAMES = [OURS, MANY, ...PEERS.map((peer) => peer.name.split(',')[0]!)];
if (values.help) {
  process.stdout.write(
    `npm run bench gateway -- [--rounds 9] [--seconds 1] [--only ${NAMES.join(',')}] [--soak SECONDS] [--write]\n`,
  );
  process.exit(0);
}
const ROUNDS = Number(values.rounds);
const SECONDS = Number(values.seconds);
const only = values.only?.split(',') ?? NAMES;
const unknown = only.find((name) => !NAMES.includes(name));
if (unknown !== undefined) {
  process.stderr.write(`bench: --only takes ${NAMES.join(', ')}; ${unknown} is none of them\n`);
  process.exit(2);
}

const FIRST_PEER_PORT = 9_320;
const CONNECTIONS = 64;
const IDLE_TUNNELS = 5_000;
/** Each with a process of its own. */
const IDLE_ROUNDS = 3;
/** What a program does once it is ready is no tunnel's. */
const READY_MS = 3_000;
const BULK_CONNECTIONS = 8;
const BULK_BYTES = 250_000_000;
const FEW_SUBUSERS = 10;
const MANY_SUBUSERS = 10_000;
/** Programs are measured as they are after a while: compiled, with their memory in place. On a slow machine after so many seconds. */
const WARM_UP_COUNT = 8_000;
const WARM_UP_SECONDS = 10;
/** By then each of the subusers is known and has a lease, what is done once a second is compiled, and the database knows its tables. */
const WARM_UP_SUBUSERS_SECONDS = 30;
const CROWD_ROUNDS = 8;

/** One that is started, measured while it runs, and stopped. */
interface Program {
  readonly name: string;
  start(): Promise<Measured>;
  stop(): Promise<void>;
}

interface Measured {
  readonly name: string;
  readonly port: number;
  /** With its children it is what processor time is measured of. */
  readonly pid: number;
  /** Whose memory is measured. */
  readonly relayPid: number;
  readonly logins: string | undefined;
}

const FIGURES = [
  { key: 'tunnels', title: 'tunnels/s', digits: 0 },
  { key: 'tunnelCpu', title: 'CPU µs/tunnel', digits: 0 },
  { key: 'p99', title: 'p99 ms of a tunnel and an exchange', digits: 1 },
  { key: 'download', title: 'CPU s/GB down', digits: 2 },
  { key: 'upload', title: 'CPU s/GB up', digits: 2 },
  { key: 'idle', title: 'KiB/idle tunnel', digits: 1 },
  { key: 'requests', title: 'forwarded requests/s', digits: 0 },
  { key: 'requestCpu', title: 'CPU µs/request', digits: 0 },
] as const;
type Figure = (typeof FIGURES)[number]['key'];

const folder = mkdtempSync(path.join(tmpdir(), 'headgate-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

const notRun: string[] = [];
const rounds = new Rounds();
const load = await Load.prepare(folder);
if (!load) {
  process.stderr.write('bench: a C compiler (cc) is needed for the load generator.\n');
  process.exit(1);
}
const peerLogins = writeLogins('peers', [PEER_LOGIN]);
const one = new Headgate(path.join(folder, 'one'), values.soak !== undefined);
const few = new Headgate(path.join(folder, 'few'));
const many = new Headgate(path.join(folder, 'many'));
const fewName = `headgate, ${FEW_SUBUSERS} active subusers`;
const manyName = `headgate, ${MANY_SUBUSERS} active subusers`;
if (values.soak !== undefined) await runSoak(Number(values.soak));

const programs: Program[] = [];
if (only.includes(OURS)) programs.push(await ours(OURS, one, 1, 500_000));
for (const [index, peer] of PEERS.entries()) {
  if (!only.includes(peer.name.split(',')[0]!)) continue;
  const program = peerProgram(peer, FIRST_PEER_PORT + index);
  if (program === undefined) notRun.push(peer.name);
  else programs.push(program);
}
const running: Measured[] = [];
for (const program of programs) running.push(await measureIdle(program));
const crowds: Measured[] = [];
if (only.includes(MANY)) {
  for (const [name, headgate, count] of [
    [fewName, few, FEW_SUBUSERS],
    [manyName, many, MANY_SUBUSERS],
  ] as const) {
    process.stderr.write(`making ${count} subusers…\n`);
    crowds.push(await (await ours(name, headgate, count, 200_000 / count)).start());
  }
}

for (const measured of running) {
  await warmUp(measured, 'tunnels', WARM_UP_COUNT, WARM_UP_SECONDS);
  if (measured.logins !== undefined) await warmUp(measured, 'requests', WARM_UP_COUNT, WARM_UP_SECONDS);
}
for (const measured of crowds) await warmUp(measured, 'tunnels', Infinity, WARM_UP_SUBUSERS_SECONDS);
// One round at the heels of the other: who is not active for half a minute gives back what it was leased. None lies idle for long, so none is
// woken; they differ by little, so they have more rounds.
for (let round = 0; round < ROUNDS * CROWD_ROUNDS; round++) {
  for (const measured of rotated(crowds, round)) await measureTunnels(measured);
}
for (const headgate of [few, many]) await headgate.stop();
for (let round = 0; round < ROUNDS; round++) {
  process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
  for (const measured of rotated(running, round)) {
    await wake(measured, 'tunnels');
    await measureTunnels(measured);
  }
  for (const measured of rotated(running, round)) await measureBulk(measured);
  for (const measured of rotated(running, round)) await measureRequests(measured);
}
await one.stop();
await load.stop();

const text = report();
process.stdout.write(`\n${text}`);
if (values.write) writeSection('gateway', text);
process.exit(0);

/** The whole program, with so many subusers. It is not running then. */
async function ours(name: string, headgate: Headgate, count: number, megabytes: number): Promise<Program> {
  await headgate.start();
  headgate.fillPool();
  const logins = writeLogins(name, await headgate.makeSubusers('bench', count, megabytes));
  await headgate.stop();
  return {
    name,
    async start() {
      await headgate.start();
      const { gatewayPort: port, pid, serverPid: relayPid } = headgate;
      return { name, port, pid, relayPid, logins };
    },
    stop: () => headgate.stop(),
  };
}

function peerProgram(peer: Peer, port: number): Program | undefined {
  const { name } = peer;
  const command = peer.command(port, folder);
  if (command === undefined) return undefined;
  const logins = peer.isPlain ? undefined : peerLogins;
  let child: ReturnType<typeof start>;
  return {
    name,
    async start() {
      child = start('measured', command);
      await listening(port, child);
      const pid = child.pid!;
      return { name, port, pid, relayPid: pid, logins };
    },
    stop: () => stop(child, 'SIGKILL'),
  };
}

/** In fresh processes: later their memory would hold what other measurements left. The last one goes on running. */
async function measureIdle(program: Program): Promise<Measured> {
  for (let round = 1; ; round++) {
    const measured = await program.start();
    const { name, port, relayPid, logins } = measured;
    await new Promise((resolve) => setTimeout(resolve, READY_MS));
    const before = memoryKib(relayPid);
    const held = await load!.hold({ port, connections: IDLE_TUNNELS, logins }, () => {
      add(name, 'idle', (memoryKib(relayPid) - before) / IDLE_TUNNELS);
    });
    check(name, held);
    if (round === IDLE_ROUNDS) return measured;
    await program.stop();
  }
}

async function measureTunnels(measured: Measured): Promise<void> {
  const { name } = measured;
  const tunnels = await timed(measured, { mode: 'tunnels', connections: CONNECTIONS, seconds: SECONDS });
  add(name, 'tunnels', tunnels.done / tunnels.seconds);
  add(name, 'tunnelCpu', (tunnels.cpu / tunnels.done) * 1e6);
  add(name, 'p99', tunnels.p99us / 1000);
}

async function measureBulk(measured: Measured): Promise<void> {
  const bulk = { bytes: BULK_BYTES, connections: BULK_CONNECTIONS };
  for (const mode of ['download', 'upload'] as const) {
    const { cpu, bytes } = await timed(measured, { mode, ...bulk });
    add(measured.name, mode, (cpu / bytes) * 1e9);
  }
}

async function measureRequests(measured: Measured): Promise<void> {
  const { name, logins } = measured;
  if (logins === undefined) return;
  await wake(measured, 'requests');
  const requests = await timed(measured, { mode: 'requests', connections: CONNECTIONS, seconds: SECONDS });
  add(name, 'requests', requests.done / requests.seconds);
  add(name, 'requestCpu', (requests.cpu / requests.done) * 1e6);
}

/** While others were measured, the system may have taken what lay idle of its memory, and the processor has forgotten the rest. */
async function wake({ port, logins }: Measured, mode: 'tunnels' | 'requests'): Promise<void> {
  await load!.run({ mode, port, logins, connections: CONNECTIONS, seconds: SECONDS });
}

/** Each time another one is first. */
function rotated<Item>(items: readonly Item[], by: number): Item[] {
  return items.map((_, index) => items[(index + by) % items.length]!);
}

async function runSoak(seconds: number): Promise<never> {
  await one.start();
  one.fillPool();
  const logins = writeLogins('soak', await one.makeSubusers('soak', FEW_SUBUSERS, 85_000));
  const { gatewayPort: port, serverPid: pid, memoryFile } = one;
  const { isFlat, text } = await soak(load!, { port, pid, memoryFile, logins }, seconds);
  await one.stop();
  await load!.stop();
  process.stdout.write(`\n${text}`);
  if (values.write) writeSection('soak', text);
  process.exit(isFlat ? 0 : 1);
}

async function warmUp(
  { port, logins }: Measured,
  mode: 'tunnels' | 'requests',
  count: number,
  withinSeconds: number,
): Promise<void> {
  const untilMs = performance.now() + withinSeconds * 1000;
  for (let done = 0; done < count && performance.now() < untilMs; ) {
    const run = { mode, port, logins, connections: CONNECTIONS, seconds: 1 };
    done += (await load!.run(run)).done;
  }
}

async function timed(
  measured: Measured,
  run: Omit<Run, 'port' | 'logins'>,
): Promise<Result & { cpu: number }> {
  const before = cpuSeconds(measured.pid);
  const result = await load!.run({ ...run, port: measured.port, logins: measured.logins });
  const cpu = cpuSeconds(measured.pid) - before;
  check(measured.name, result);
  return { ...result, cpu };
}

/** Figures of a proxy that fails would be worth nothing. */
function check(name: string, { failed, done, held }: Result): void {
  if (failed > 0) process.stderr.write(`  ${name}: ${failed} failed, ${done + held} succeeded\n`);
  if (failed * 100 > done + held) throw new Error(`${name} fails`);
}

function add(name: string, figure: Figure, value: number): void {
  rounds.add(`${name}: ${figure}`, value);
}

function writeLogins(name: string, logins: readonly string[]): string {
  const file = path.join(folder, `${name}.logins`);
  writeFileSync(file, `${logins.join('\n')}\n`);
  return file;
}

function report(): string {
  const format = (value: number, digits: number) =>
    value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const cell = (name: string, { key, digits }: (typeof FIGURES)[number]) => {
    const value = rounds.median(`${name}: ${key}`);
    return Number.isNaN(value) ? '' : format(value, digits);
  };
  const ratio = (name: string, { key }: (typeof FIGURES)[number]) => {
    const value = rounds.medianRatio(`${OURS}: ${key}`, `${name}: ${key}`);
    return Number.isNaN(value) ? '' : format(value, 2);
  };
  const names = [OURS, ...PEERS.map((peer) => peer.name)].filter((name) => rounds.has(`${name}: tunnels`));
  const heading = ['', ...FIGURES.map(({ title }) => title)];
  const where = isPinned
    ? 'each measured on one core, clients and targets on another'
    : 'not pinned to cores';
  const relay = one.relay === '' ? '' : `, ${one.relay} relay`;
  const parts = [
    `Node ${process.versions.node}${relay}, ${cpus().length} cores, ${where}, medians of ${ROUNDS} rounds in which each was measured for ${SECONDS} s (memory: of ${IDLE_ROUNDS} processes).`,
  ];
  if (names.length > 0)
    parts.push(
      markdownTable(
        heading,
        names.map((name) => [name, ...FIGURES.map((figure) => cell(name, figure))]),
      ),
    );
  if (names.includes(OURS) && names.length > 1) {
    const rows = names.slice(1).map((name) => [name, ...FIGURES.map((figure) => ratio(name, figure))]);
    parts.push(
      'Headgate’s figure divided by the peer’s, median of the rounds:',
      markdownTable(heading, rows),
    );
  }
  if (only.includes(MANY)) {
    const shown = FIGURES.slice(0, 3);
    const rows = [fewName, manyName].map((name) => [name, ...shown.map((figure) => cell(name, figure))]);
    parts.push(markdownTable(['', ...shown.map(({ title }) => title)], rows));
  }
  parts.push('What is to be reached:', targetTable(rounds, OURS, { few: fewName, many: manyName }));
  const missing = [...notRun, ...(isPinned ? [] : ['pinning to cores, because taskset cannot be had'])];
  if (missing.length > 0) parts.push(`Not run: ${missing.join('; ')}.`);
  return `${parts.join('\n\n')}\n`;
}
