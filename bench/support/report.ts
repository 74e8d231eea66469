/** Figures of interleaved rounds, and the table they end in. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export class Rounds {
  readonly #figures = new Map<string, number[]>();

  add(name: string, value: number): void {
    const list = this.#figures.get(name) ?? [];
    list.push(value);
    this.#figures.set(name, list);
    process.stderr.write(`  ${name}: ${readable(value)}\n`);
  }

  has(name: string): boolean {
    return this.#figures.has(name);
  }

  names(): string[] {
    return [...this.#figures.keys()];
  }

  /** The middle one, or what lies between the two in the middle. */
  median(name: string): number {
    return medianOf(this.#figures.get(name) ?? []);
  }

  /** Of one figure divided by another, in each round: a machine that drifts from round to round leaves that alone. */
  medianRatio(name: string, by: string): number {
    const divisors = this.#figures.get(by) ?? [];
    return medianOf(
      (this.#figures.get(name) ?? []).slice(0, divisors.length).map((value, at) => value / divisors[at]!),
    );
  }

  range(name: string): [number, number] {
    const list = this.#figures.get(name) ?? [];
    return [Math.min(...list), Math.max(...list)];
  }
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  const lower = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  return (upper + lower) / 2;
}

export function markdownTable(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n');
}

function readable(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 2 : 0 });
}

/** Replaces what stands between the marks of this benchmark in docs/performance.md. */
export function writeSection(benchmark: string, text: string): void {
  const file = path.join(import.meta.dirname, '../../docs/performance.md');
  const before = readFileSync(file, 'utf8');
  const start = `<!-- bench ${benchmark} -->\n`;
  const from = before.indexOf(start);
  const to = before.indexOf('<!-- end -->', from);
  if (from < 0 || to < 0) throw new Error(`${file} has no place for the table of ${benchmark}`);
  writeFileSync(file, `${before.slice(0, from + start.length)}${text}${before.slice(to)}`);
}
