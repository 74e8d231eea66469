/** Mixed traffic for minutes: does the program's memory stay where it is? */
import { existsSync, readFileSync } from 'node:fs';
import type { Load, Run } from './load.ts';
import { markdownTable } from './report.ts';

/** Between the third and the last quarter of the run. */
const FLAT_WITHIN = 0.05;
const LEAST_SAMPLES = 20;

const MIX: readonly (Omit<Run, 'port' | 'logins'> & { holdMs?: number })[] = [
  { mode: 'tunnels', connections: 24, seconds: 5 },
  { mode: 'requests', connections: 24, seconds: 5 },
  { mode: 'download', connections: 3, bytes: 30_000_000 },
  { mode: 'upload', connections: 3, bytes: 30_000_000 },
  { mode: 'hold', connections: 500 },
];

interface Sample {
  readonly pid: number;
  readonly rss: number;
  readonly heapUsed: number;
}

export interface SoakResult {
  readonly isFlat: boolean;
  readonly text: string;
}

export async function soak(
  load: Load,
  gateway: { port: number; pid: number; memoryFile: string; logins: string },
  seconds: number,
): Promise<SoakResult> {
  const { port, logins } = gateway;
  const untilMs = performance.now() + seconds * 1000;
  const counts = { done: 0, failed: 0, bytes: 0 };
  await Promise.all(
    MIX.map(async (part) => {
      while (performance.now() < untilMs) {
        const run = { ...part, port, logins };
        const result = await (part.mode === 'hold' ? load.hold(run, () => {}) : load.run(run));
        counts.done += result.done + result.held;
        counts.failed += result.failed;
        counts.bytes += result.bytes;
      }
    }),
  );
  const samples = readSamples(gateway.memoryFile, gateway.pid);
  const second = samples.slice(samples.length >> 1);
  const isEnough = second.length >= LEAST_SAMPLES;
  const resident = second.map((sample) => sample.rss);
  // Both rise by half between two full collections, which are a minute or more apart: what they fall back to says whether something stays.
  const rss = growthOf(resident, LOWEST_TENTH);
  const heap = growthOf(
    second.map((sample) => sample.heapUsed),
    LOWEST_TENTH,
  );
  const most = growthOf(resident, HIGHEST_TENTH);
  const isFlat = isEnough && rss.growth <= FLAT_WITHIN && heap.growth <= FLAT_WITHIN;
  const verdict = isEnough ? (isFlat ? 'Flat.' : 'Not flat.') : 'Too short to tell.';
  const mebibytes = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
  const line = (title: string, { from, to, growth }: Growth) => [
    title,
    mebibytes(from),
    mebibytes(to),
    `${(growth * 100).toFixed(1)} %`,
  ];
  const table = markdownTable(
    ['', 'third quarter of the run', 'last quarter', 'growth'],
    [
      line('resident memory after collections', rss),
      line('JavaScript heap in use after collections', heap),
      line('resident memory before collections', most),
    ],
  );
  const done = `${counts.done.toLocaleString('en-US')} tunnels and requests, ${(counts.bytes / 1e9).toFixed(1)} GB in bulk, ${counts.failed} failed`;
  return {
    isFlat,
    text: `${seconds} s of mixed traffic: ${done}; ${samples.length} samples.\n\n${table}\n\n${verdict}\n`,
  };
}

interface Growth {
  readonly from: number;
  readonly to: number;
  /** As a part of `from`. */
  readonly growth: number;
}

const LOWEST_TENTH = 0.1;
const HIGHEST_TENTH = 0.9;

/** From the first to the second half, by the value below which so large a share of each lies. */
function growthOf(values: readonly number[], share: number): Growth {
  const half = values.length >> 1;
  const from = quantile(values.slice(0, half), share);
  const to = quantile(values.slice(half), share);
  return { from, to, growth: to / from - 1 };
}

function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}

function readSamples(file: string, pid: number): Sample[] {
  if (!existsSync(file)) return [];
  const samples = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Sample);
  return samples.filter((sample) => sample.pid === pid);
}
