/**
 * The drawn part of a chart over time: bars, stacked or beside each other, and the figures of the interval under the pointer. Drawn here and not by a library,
 * which would alone be as large as the rest of the first page.
 */
import { useElementSize } from '@mantine/hooks';
import { type PointerEvent, useState } from 'react';
import { useFormat } from '../format/use-format.ts';
import { axisSteps, labelEvery } from './chart-scale.ts';
import styles from './time-chart.module.css';
import type { ChartPoint, TimeChartProps } from './time-chart.tsx';

const AXIS_PX = 66;
const LABELS_PX = 22;
const TOP_PX = 8;
const LABEL_WIDTH_PX = 64;
const WIDEST_BAR_PX = 30;

interface TimeDrawingProps extends TimeChartProps {
  height: number;
  /** Writes a value, and names an interval. */
  write: (value: number) => string;
  nameOf: (at: string) => string;
}

export function TimeDrawing({
  points,
  series,
  interval,
  height: leastHeight,
  unit,
  grouped = false,
  write,
  nameOf,
}: TimeDrawingProps) {
  const format = useFormat();
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const [pointed, setPointed] = useState<number>();
  const sumOf = ({ values }: ChartPoint) => series.reduce((sum, { name }) => sum + (values[name] ?? 0), 0);
  const highestOf = ({ values }: ChartPoint) => Math.max(...series.map(({ name }) => values[name] ?? 0));
  const steps = axisSteps(Math.max(...points.map(grouped ? highestOf : sumOf)));
  const top = steps.at(-1)!;
  const plotWidth = Math.max(0, width - AXIS_PX);
  const plotHeight = height - LABELS_PX - TOP_PX;
  const slot = plotWidth / points.length;
  const bars = Math.min(WIDEST_BAR_PX, slot * 0.72);
  const bar = grouped ? bars / series.length : bars;
  const y = (value: number) => TOP_PX + plotHeight * (1 - value / top);
  const every = labelEvery(points.length, plotWidth, LABEL_WIDTH_PX);
  const shortName = (at: string) => (interval === 'day' ? format.utcDay(at) : format.clock(at));
  const axisText = (value: number) => (unit === 'cents' ? format.moneyShortly(value) : format.bytes(value));

  function point({ nativeEvent: { offsetX } }: PointerEvent) {
    const index = Math.floor((offsetX - AXIS_PX) / slot);
    setPointed(index >= 0 && index < points.length ? index : undefined);
  }
  return (
    <div ref={ref} className={styles.drawing} style={{ minHeight: leastHeight }}>
      {width > 0 && (
        <svg
          width={width}
          height={height}
          onPointerMove={point}
          onPointerDown={point}
          onPointerLeave={() => setPointed(undefined)}
          aria-hidden="true"
        >
          {steps.map((step) => (
            <g key={step}>
              <line className={styles.grid} x1={AXIS_PX} x2={width} y1={y(step)} y2={y(step)} />
              <text className={styles.tick} x={AXIS_PX - 10} y={y(step)} dy="0.32em" textAnchor="end">
                {axisText(step)}
              </text>
            </g>
          ))}
          {pointed !== undefined && (
            <rect
              className={styles.band}
              x={AXIS_PX + pointed * slot}
              y={TOP_PX}
              width={slot}
              height={plotHeight}
            />
          )}
          {points.map(({ at, values }, index) => {
            let below = 0;
            const middle = AXIS_PX + (index + 0.5) * slot;
            return (
              <g key={at}>
                {series.map(({ name, color }, position) => {
                  const value = values[name] ?? 0;
                  if (value <= 0) return null;
                  const foot = grouped ? 0 : below;
                  below = foot + value;
                  // What is there is seen, however little it is.
                  const tall = Math.max(1.5, y(foot) - y(below));
                  return (
                    <rect
                      key={name}
                      x={middle - bars / 2 + (grouped ? position * bar : 0)}
                      y={y(foot) - tall}
                      width={bar}
                      height={tall}
                      rx={Math.min(2, bar / 3)}
                      fill={color}
                    />
                  );
                })}
                {index % every === Math.floor(every / 2) && middle + LABEL_WIDTH_PX / 2 <= width && (
                  <text className={styles.tick} x={middle} y={height - 5} textAnchor="middle">
                    {shortName(at)}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
      )}
      {pointed !== undefined && points[pointed] && (
        <div
          className={styles.tip}
          data-side={pointed > points.length / 2 ? 'left' : 'right'}
          style={{ insetInlineStart: AXIS_PX + (pointed + 0.5) * slot }}
        >
          <strong>{nameOf(points[pointed].at)}</strong>
          {series.map(({ name, label, color }) => (
            <span key={name} className={styles.key}>
              <i style={{ background: color }} />
              {label}
              <b>{write(points[pointed]!.values[name] ?? 0)}</b>
            </span>
          ))}
        </div>
      )}
    </div>
  );
}
