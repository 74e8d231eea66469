/** Amounts over time, bytes or money: as a picture and, for whom it says nothing, as figures. */
import { Button, Table, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import type { ChartPoint, ChartSeries, Interval } from './chart-types.ts';
import styles from './time-chart.module.css';
import { TimeDrawing } from './time-drawing.tsx';

export type { ChartPoint, ChartSeries, Interval } from './chart-types.ts';

export interface TimeChartProps {
  /** What the chart shows, for people who cannot see it. */
  label: string;
  points: readonly ChartPoint[];
  series: readonly ChartSeries[];
  interval: Interval;
  unit?: 'bytes' | 'cents';
  /** Series beside each other: for what is not a part of a sum. */
  grouped?: boolean;
  /** At least; beside something taller, it grows. */
  height?: number;
}

export function TimeChart(props: TimeChartProps) {
  const { t } = useTranslation();
  const { label, points, series, interval, unit = 'bytes', height = 260 } = props;
  const format = useFormat();
  const [asTable, setAsTable] = useState(false);
  const write = unit === 'cents' ? format.money : format.bytes;
  const isEmpty = points.every((point) => series.every(({ name }) => !point.values[name]));
  const nameOf = (at: string) => (interval === 'day' ? format.utcDay(at) : format.time(at));

  if (isEmpty) {
    return (
      <div className={styles.empty} style={{ minHeight: height }} data-grows>
        {t(unit === 'cents' ? 'chart.noMoney' : 'chart.noUsage')}
      </div>
    );
  }
  return (
    <figure className={styles.figure} data-grows>
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
                    <Table.Td key={name}>{write(point.values[name] ?? 0)}</Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      ) : (
        <TimeDrawing {...props} height={height} write={write} nameOf={nameOf} />
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
