/** What the gateway is to reach, one process on one core beside the others, and whether a run reached it. */
import { markdownTable, type Rounds } from './report.ts';

interface Target {
  readonly title: string;
  readonly figure: string;
  /** Divided by this one's figure; absent: the figure itself. */
  readonly peer?: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly unit?: string;
}

const TARGETS: readonly Target[] = [
  { title: 'tunnels per second', figure: 'tunnels', peer: 'squid', atLeast: 1.5 },
  { title: 'tunnels per second', figure: 'tunnels', peer: 'tinyproxy', atLeast: 1.1 },
  { title: 'p99 of opening a tunnel and one exchange', figure: 'p99', peer: 'squid', atMost: 1 },
  { title: 'CPU per GB down', figure: 'download', peer: 'squid', atMost: 0.7 },
  { title: 'CPU per GB down', figure: 'download', peer: 'tinyproxy', atMost: 0.4 },
  { title: 'CPU per GB up', figure: 'upload', peer: 'squid', atMost: 0.7 },
  { title: 'CPU per GB up', figure: 'upload', peer: 'tinyproxy', atMost: 0.4 },
  { title: 'memory per idle tunnel', figure: 'idle', atMost: 6, unit: 'KiB' },
  { title: 'forwarded requests per second', figure: 'requests', peer: 'squid', atLeast: 2.5 },
];

/** A table of what is to be reached, what was measured, and whether that is enough. */
export function targetTable(rounds: Rounds, ours: string, subusers: { few: string; many: string }): string {
  const rows = TARGETS.map(({ title, figure, peer, atLeast, atMost, unit }) => {
    const own = `${ours}: ${figure}`;
    const value = peer === undefined ? rounds.median(own) : rounds.medianRatio(own, `${peer}: ${figure}`);
    const limit = atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`;
    return row(title, `${limit} ${peer === undefined ? unit : `× ${peer}`}`, value, atLeast, atMost);
  });
  const cost = rounds.medianRatio(`${subusers.many}: tunnelCpu`, `${subusers.few}: tunnelCpu`);
  rows.push(row('CPU per tunnel with 10,000 subusers active', '≤ 1.15 × with 10', cost, undefined, 1.15));
  return markdownTable(['figure', 'to reach', 'measured', ''], rows);
}

function row(title: string, toReach: string, value: number, atLeast = 0, atMost = Number.POSITIVE_INFINITY) {
  if (Number.isNaN(value)) return [title, toReach, '', 'not run'];
  return [title, toReach, value.toFixed(2), value >= atLeast && value <= atMost ? 'met' : 'missed'];
}
