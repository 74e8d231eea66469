/**
 * What the gateway costs: tunnels, bulk transfer, forwarded requests and idle tunnels, beside other proxies in the same run. Ours
 * is the whole program with a subuser's quota leased, counted and reported; the others ask for a login and count nothing.
 *
 *   npm run bench gateway                       3 rounds of 3 seconds each
 *   npm run bench gateway -- --rounds 5 --seconds 8 --only headgate,squid
 *   npm run bench gateway -- --write            also writes the tables into docs/performance.md
 *   npm run bench gateway -- --soak 600         mixed traffic for so many seconds instead: does memory stay flat?
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
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
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
    `npm run bench gateway -- [--rounds 3] [--seconds 3] [--only ${NAMES.join(',')}] [--soak SECONDS] [--write]\n`,
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

const PEER_PORT = 9_320;
const CONNECTIONS = 64;
const IDLE_TUNNELS = 5_000;
const BULK_CONNECTIONS = 8;
const DOWNLOAD_BYTES = 150_000_000;
const UPLOAD_BYTES = 150_000_000;
const FEW_SUBUSERS = 10;
const MANY_SUBUSERS = 10_000;
/** Programs are measured as they are after a while: compiled, with their memory in place. On a slow machine after so many seconds. */
const WARM_UP_COUNT = 8_000;
const WARM_UP_SECONDS = 10;
/** Each of the subusers is known by then, and has a lease. */
const WARM_UP_TURNS = 2;
const WARM_UP_SUBUSERS_SECONDS = 60;

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
const headgate = new Headgate(path.join(folder, 'data'));
let ourLogins = '';
let manyLogins: string[] = [];
if (values.soak !== undefined) await runSoak(Number(values.soak));
if (only.includes(OURS) || only.includes(MANY)) {
  await headgate.start();
  headgate.fillPool();
  ourLogins = writeLogins('ours', await headgate.makeSubusers('main', 1, 500_000));
  if (only.includes(MANY)) {
    process.stderr.write(`making ${MANY_SUBUSERS} subusers…\n`);
    manyLogins = await headgate.makeSubusers('many', MANY_SUBUSERS, 20);
  }
  await headgate.stop();
}

for (let round = 1; round <= ROUNDS; round++) {
  process.stderr.write(`round ${round} of ${ROUNDS}\n`);
  if (only.includes(OURS)) await measureHeadgate();
  for (const peer of PEERS) if (only.includes(peer.name.split(',')[0]!)) await measurePeer(peer);
  if (only.includes(MANY)) await measureSubusers();
}
await load.stop();

const text = report();
process.stdout.write(`\n${text}`);
if (values.write) writeSection('gateway', text);
process.exit(0);

async function measureHeadgate(): Promise<void> {
  await headgate.start();
  await measure(ours(OURS, ourLogins));
  await headgate.stop();
}

function ours(name: string, logins: string): Measured {
  const { gatewayPort: port, pid, serverPid: relayPid } = headgate;
  return { name, port, pid, relayPid, logins };
}

async function measurePeer(peer: Peer): Promise<void> {
  const command = peer.command(PEER_PORT, folder);
  if (command === undefined) {
    if (!notRun.includes(peer.name)) notRun.push(peer.name);
    return;
  }
  const child = start('measured', command);
  await listening(PEER_PORT, child);
  const logins = peer.isPlain ? undefined : peerLogins;
  const pid = child.pid!;
  await measure({ name: peer.name, port: PEER_PORT, pid, relayPid: pid, logins });
  await stop(child, 'SIGKILL');
}

async function measure(measured: Measured): Promise<void> {
  const { name, port, relayPid, logins } = measured;
  // First, on a fresh process: later its memory would hold what other measurements left.
  const before = memoryKib(relayPid);
  const held = await load!.hold({ port, connections: IDLE_TUNNELS, logins }, () => {
    add(name, 'idle', (memoryKib(relayPid) - before) / IDLE_TUNNELS);
  });
  check(name, held);
  await warmUp(measured, 'tunnels', WARM_UP_COUNT, WARM_UP_SECONDS);
  const tunnels = await timed(measured, { mode: 'tunnels', connections: CONNECTIONS, seconds: SECONDS });
  add(name, 'tunnels', tunnels.done / tunnels.seconds);
  add(name, 'tunnelCpu', (tunnels.cpu / tunnels.done) * 1e6);
  add(name, 'p99', tunnels.p99us / 1000);
  const bulk = { connections: BULK_CONNECTIONS };
  const down = await timed(measured, { mode: 'download', bytes: DOWNLOAD_BYTES, ...bulk });
  add(name, 'download', (down.cpu / down.bytes) * 1e9);
  const up = await timed(measured, { mode: 'upload', bytes: UPLOAD_BYTES, ...bulk });
  add(name, 'upload', (up.cpu / up.bytes) * 1e9);
  if (logins === undefined) return;
  await warmUp(measured, 'requests', WARM_UP_COUNT, WARM_UP_SECONDS);
  const requests = await timed(measured, { mode: 'requests', connections: CONNECTIONS, seconds: SECONDS });
  add(name, 'requests', requests.done / requests.seconds);
  add(name, 'requestCpu', (requests.cpu / requests.done) * 1e6);
}

/** The same tunnels, in turn over a few subusers or over many, all of them active. */
async function measureSubusers(): Promise<void> {
  for (const count of [FEW_SUBUSERS, MANY_SUBUSERS]) {
    await headgate.start();
    const logins = writeLogins(`subusers-${count}`, manyLogins.slice(0, count));
    const name = `headgate, ${count} active subusers`;
    const measured = ours(name, logins);
    const atLeast = Math.max(WARM_UP_COUNT, WARM_UP_TURNS * count);
    await warmUp(measured, 'tunnels', atLeast, WARM_UP_SUBUSERS_SECONDS);
    const tunnels = await timed(measured, { mode: 'tunnels', connections: CONNECTIONS, seconds: SECONDS });
    add(name, 'tunnels', tunnels.done / tunnels.seconds);
    add(name, 'tunnelCpu', (tunnels.cpu / tunnels.done) * 1e6);
    add(name, 'p99', tunnels.p99us / 1000);
    await headgate.stop();
  }
}

async function runSoak(seconds: number): Promise<never> {
  await headgate.start();
  headgate.fillPool();
  const logins = writeLogins('ours', await headgate.makeSubusers('soak', FEW_SUBUSERS, 50_000));
  const { gatewayPort: port, serverPid: pid, memoryFile } = headgate;
  const { isFlat, text } = await soak(load!, { port, pid, memoryFile, logins }, seconds);
  await headgate.stop();
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
    const value = rounds.median(`${OURS}: ${key}`) / rounds.median(`${name}: ${key}`);
    return Number.isNaN(value) ? '' : format(value, 2);
  };
  const names = [OURS, ...PEERS.map((peer) => peer.name)].filter((name) => rounds.has(`${name}: tunnels`));
  const subusers = [FEW_SUBUSERS, MANY_SUBUSERS].map((count) => `headgate, ${count} active subusers`);
  const heading = ['', ...FIGURES.map(({ title }) => title)];
  const where = isPinned
    ? 'each measured on one core, clients and targets on another'
    : 'not pinned to cores';
  const relay = headgate.relay === '' ? '' : `, ${headgate.relay} relay`;
  const parts = [
    `Node ${process.versions.node}${relay}, ${cpus().length} cores, ${where}, medians of ${ROUNDS} interleaved rounds of ${SECONDS} s.`,
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
    parts.push('Headgate’s figure divided by the peer’s:', markdownTable(heading, rows));
  }
  if (only.includes(MANY)) {
    const shown = FIGURES.slice(0, 3);
    const rows = subusers.map((name) => [name, ...shown.map((figure) => cell(name, figure))]);
    parts.push(markdownTable(['', ...shown.map(({ title }) => title)], rows));
  }
  const [few, many] = subusers as [string, string];
  parts.push('What is to be reached:', targetTable(rounds, OURS, { few, many }));
  const missing = [...notRun, ...(isPinned ? [] : ['pinning to cores, because taskset cannot be had'])];
  if (missing.length > 0) parts.push(`Not run: ${missing.join('; ')}.`);
  return `${parts.join('\n\n')}\n`;
}
