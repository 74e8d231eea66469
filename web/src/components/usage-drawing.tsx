/** The drawn part of a usage chart: bars for amounts per interval, an area where bars would be too many to tell apart. */
import '@mantine/charts/styles.css';
import { AreaChart, BarChart } from '@mantine/charts';
import { useMemo } from 'react';
import { useFormat } from '../format/use-format.ts';
import type { UsageChartProps } from './usage-chart.tsx';

const MOST_BARS = 62;

export default function UsageDrawing({ points, series, interval, height }: UsageChartProps) {
  const format = useFormat();
  const data = useMemo(
    () =>
      points.map((point) => ({
        at: interval === 'day' ? format.shortDay(point.at) : format.clock(point.at),
        ...Object.fromEntries(series.map(({ name }) => [name, point.bytes[name] ?? 0])),
      })),
    [points, series, interval, format],
  );
  const common = {
    h: height,
    data,
    dataKey: 'at',
    series: series.map(({ name, label, color }) => ({ name, label, color })),
    valueFormatter: (value: number) => format.bytes(value),
    yAxisProps: { width: 68 },
    xAxisProps: { minTickGap: 36 },
    tickLine: 'none',
    gridAxis: 'y',
    strokeDasharray: '0',
    tooltipAnimationDuration: 0,
  } as const;
  if (points.length > MOST_BARS) {
    return (
      <AreaChart
        {...common}
        type="stacked"
        curveType="monotone"
        withDots={false}
        fillOpacity={0.35}
        strokeWidth={1.5}
      />
    );
  }
  return (
    <BarChart
      {...common}
      type="stacked"
      maxBarWidth={34}
      barProps={{ radius: 2, isAnimationActive: false }}
    />
  );
}
