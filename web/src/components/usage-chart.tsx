/** Usage over time. The library that draws is loaded when a chart is first shown. */
import { Button, Skeleton, Table, VisuallyHidden } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import styles from './usage-chart.module.css';

const Drawing = lazy(() => import('./usage-drawing.tsx'));

export type Interval = 'minute' | 'hour' | 'day';

export interface UsageSeries {
  /** The field of a point that holds its bytes. */
  name: string;
  label: string;
  /** A colour of CSS, such as `var(--hg-residential)`. */
  color: string;
}

/** What was used in the interval that begins at `at` (ISO 8601), in bytes, by series. */
export interface UsagePoint {
  at: string;
  bytes: Record<string, number>;
}

export interface UsageChartProps {
  /** What the chart shows, for people who cannot see it. */
  label: string;
  points: readonly UsagePoint[];
  series: readonly UsageSeries[];
  interval: Interval;
  height?: number;
}

export function UsageChart(props: UsageChartProps) {
  const { t } = useTranslation();
  const { label, points, series, interval, height = 260 } = props;
  const format = useFormat();
  const [asTable, setAsTable] = useState(false);
  const isEmpty = points.every((point) => series.every(({ name }) => !point.bytes[name]));
  const nameOf = (at: string) => (interval === 'day' ? format.date(at) : format.time(at));

  if (isEmpty) {
    return (
      <div className={styles.empty} style={{ height }}>
        {t('chart.noUsage')}
      </div>
    );
  }
  return (
    <figure className={styles.figure}>
      <VisuallyHidden component="figcaption">{label}</VisuallyHidden>
      {asTable ? (
        <div className={styles.table} style={{ maxHeight: height }}>
          <Table stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('chart.time')}</Table.Th>
                {series.map((one) => (
                  <Table.Th key={one.name}>{one.label}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {points.map((point) => (
                <Table.Tr key={point.at}>
                  <Table.Td>{nameOf(point.at)}</Table.Td>
                  {series.map(({ name }) => (
                    <Table.Td key={name}>{format.bytes(point.bytes[name] ?? 0)}</Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      ) : (
        <div style={{ height }} aria-hidden>
          <Suspense fallback={<Skeleton height={height} radius="md" />}>
            <Drawing {...props} height={height} />
          </Suspense>
        </div>
      )}
      <div className={styles.foot}>
        {series.map((one) => (
          <span key={one.name} className={styles.key}>
            <i style={{ background: one.color }} aria-hidden />
            {one.label}
          </span>
        ))}
        <Button variant="subtle" size="compact-xs" ml="auto" onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'chart.asChart' : 'chart.asTable')}
        </Button>
      </div>
    </figure>
  );
}
