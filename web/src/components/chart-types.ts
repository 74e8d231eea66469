/** What a chart over time is made of. */

export type Interval = 'minute' | 'hour' | 'day';

export interface ChartSeries {
  /** The name of its values in a point. */
  name: string;
  label: string;
  /** A colour of CSS, such as `var(--hg-residential)`. */
  color: string;
}

/** The values of an interval that begins at `at` (ISO 8601), by series: whole bytes or cents. */
export interface ChartPoint {
  at: string;
  values: Record<string, number>;
}
