/** Mixed traffic for minutes: does the program's memory stay where it is? */
import { existsSync, readFileSync } from 'node:fs';
import type { Load, Run } from './load.ts';
import { markdownTable } from './report.ts';

/** Between the third and the last quarter of the run. */
const FLAT_WITHIN = 0.05;
const LEAST_SAMPLES = 8;

const MIX: readonly (Omit<Run, 'port' | 'logins'> & { holdMs?: number })[] = [
  { mode: 'tunnels', connections: 24, seconds: 5 },
  { mode: 'requests', connections: 24, seconds: 5 },
  { mode: 'download', connections: 3, bytes: 30_000_000 },
  { mode: 'upload', connections: 3, bytes: 30_000_000 },
  { mode: 'hold', connections: 500 },
];

interface Sample {
  readonly pid: number;
  /** Noted behind a full collection. */
  readonly isCollected: boolean;
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
  // What is in use rises by half from one full collection to the next: only what one leaves says whether something stays.
  const collected = second.filter((sample) => sample.isCollected);
  const isEnough = collected.length >= LEAST_SAMPLES;
  const rss = growthOf(collected.map((sample) => sample.rss));
  const heap = growthOf(collected.map((sample) => sample.heapUsed));
  const any = growthOf(second.map((sample) => sample.rss));
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
      line('resident memory at any time', any),
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

/** From the first to the second half, by their medians. */
function growthOf(values: readonly number[]): Growth {
  const half = values.length >> 1;
  const from = median(values.slice(0, half));
  const to = median(values.slice(half));
  return { from, to, growth: to / from - 1 };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function readSamples(file: string, pid: number): Sample[] {
  if (!existsSync(file)) return [];
  const samples = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Sample);
  return samples.filter((sample) => sample.pid === pid);
}
