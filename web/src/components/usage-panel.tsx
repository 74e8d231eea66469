import { SegmentedControl, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from './panel.tsx';
import { PRODUCT_COLORS, PRODUCTS } from './product.ts';
import { Answer } from './states.tsx';
import { type Interval, TimeChart } from './time-chart.tsx';
import { lastIntervals, type Usage, usagePoints } from './usage.ts';

const RANGES = {
  lastHour: { resolution: 'minute', count: 60, everyMs: 10_000 },
  lastDay: { resolution: 'hour', count: 24, everyMs: 60_000 },
  lastMonth: { resolution: 'day', count: 30, everyMs: 300_000 },
} as const satisfies Record<string, { resolution: Interval; count: number; everyMs: number }>;
type RangeName = keyof typeof RANGES;
const RANGE_NAMES = Object.keys(RANGES) as RangeName[];

interface UsagePanelProps {
  title?: string;
  /** Of the thing whose usage it is; the period is added. */
  queryKey: readonly unknown[];
  read: (range: { resolution: Interval; from: string; to: string }) => Promise<Usage>;
  height?: number;
}

/** Traffic by product: the last hour (which is live), day, or 30 days. */
export function UsagePanel({ title, queryKey, read, height = 260 }: UsagePanelProps) {
  const { t } = useTranslation();
  const [name, setName] = useState<RangeName>('lastDay');
  const { resolution, count, everyMs } = RANGES[name];
  const query = useQuery({
    queryKey: [...queryKey, resolution, count],
    queryFn: () => read(lastIntervals(resolution, count)),
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
  });
  return (
    <Panel
      title={title ?? t('chart.title')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('chart.range')}
          value={name}
          onChange={(value) => setName(value as RangeName)}
          data={RANGE_NAMES.map((value) => ({ value, label: t(`chart.${value}`) }))}
        />
      }
    >
      <Answer query={query} loading={<Skeleton height={height} radius="md" />}>
        {(usage) => (
          <TimeChart
            label={t('chart.description')}
            interval={usage.resolution}
            points={usagePoints(usage)}
            series={PRODUCTS.map((product) => ({
              name: product,
              label: t(`assets.${product}`),
              color: PRODUCT_COLORS[product],
            }))}
            height={height}
          />
        )}
      </Answer>
    </Panel>
  );
}
