/** Figures of interleaved rounds, and the table they end in. */

export class Rounds {
  readonly #figures = new Map<string, number[]>();

  add(name: string, value: number): void {
    const list = this.#figures.get(name) ?? [];
    list.push(value);
    this.#figures.set(name, list);
    process.stderr.write(`  ${name}: ${Math.round(value).toLocaleString('en-US')}\n`);
  }

  names(): string[] {
    return [...this.#figures.keys()];
  }

  /** The middle one. */
  median(name: string): number {
    const sorted = [...(this.#figures.get(name) ?? [])].sort((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? Number.NaN;
  }

  range(name: string): [number, number] {
    const list = this.#figures.get(name) ?? [];
    return [Math.min(...list), Math.max(...list)];
  }
}

export function markdownTable(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n');
}
