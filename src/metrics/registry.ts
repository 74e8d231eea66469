/** Metrics that are read from plain numbers at the moment somebody asks. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { collectDefaultMetrics, type Metric, Registry } from 'prom-client';
import type { HistogramValues } from '../shared/histogram.ts';
import type { MetricsPage } from '../shared/metrics-page.ts';

export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface HistogramSample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly values: HistogramValues;
}

type Read<Value> = () => readonly Value[] | Promise<readonly Value[]>;

export class Metrics implements MetricsPage {
  readonly #registry = new Registry();
  readonly #tokenDigest: Buffer;

  /** `token` is asked of who wants to read. */
  constructor(token: string) {
    this.#tokenDigest = digest(token);
    collectDefaultMetrics({ register: this.#registry });
  }

  counter(name: string, help: string, read: Read<Sample>): void {
    this.#add(name, help, 'counter', async () => [...(await read())]);
  }

  gauge(name: string, help: string, read: Read<Sample>): void {
    this.#add(name, help, 'gauge', async () => [...(await read())]);
  }

  histogram(name: string, help: string, read: Read<HistogramSample>): void {
    this.#add(name, help, 'histogram', async () =>
      (await read()).flatMap(({ labels = {}, values }) => histogramLines(name, labels, values)),
    );
  }

  async answer(authorization: string | undefined) {
    const token = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
    if (!timingSafeEqual(digest(token), this.#tokenDigest))
      return { status: 401, contentType: 'text/plain; charset=utf-8', body: 'Unauthorized\n' } as const;
    const body = await this.#registry.metrics();
    return { status: 200, contentType: this.#registry.contentType, body } as const;
  }

  #add(name: string, help: string, type: string, read: () => Promise<object[]>): void {
    // What the registry asks of a metric. The library's own kinds hold their values; these only know where they are.
    const metric = {
      name,
      get: async () => ({ name, help, type, values: await read(), aggregator: 'sum' }),
      reset: () => {},
    };
    this.#registry.registerMetric(metric as unknown as Metric);
  }
}

function histogramLines(
  name: string,
  labels: Readonly<Record<string, string>>,
  { buckets, counts, sum }: HistogramValues,
): object[] {
  let below = 0;
  const lines = [...buckets.map(String), '+Inf'].map((le, index) => {
    below += counts[index]!;
    return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: below };
  });
  return [
    ...lines,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: below },
  ];
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
