import { SegmentedControl, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from './panel.tsx';
import { PRODUCT_COLORS, PRODUCTS } from './product.ts';
import { Answer } from './states.tsx';
import { TimeChart } from './time-chart.tsx';
import { RANGES, type RangeName, type UsageSource, usagePoints, usageQuery } from './usage.ts';

const RANGE_NAMES = Object.keys(RANGES) as RangeName[];

interface UsagePanelProps extends UsageSource {
  title?: string;
  height?: number;
}

/** Traffic by product: the last hour (which is live), day, or 30 days. */
export function UsagePanel({ title, queryKey, read, height = 260 }: UsagePanelProps) {
  const { t } = useTranslation();
  const [name, setName] = useState<RangeName>('lastDay');
  const query = useQuery({ ...usageQuery({ queryKey, read }, name), placeholderData: keepPreviousData });
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
