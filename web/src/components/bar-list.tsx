import type { ReactNode } from 'react';
import styles from './bar-list.module.css';

export interface Bar {
  key: string;
  label: ReactNode;
  /** As it is written out. */
  text: string;
  parts: readonly { name: string; value: number; color: string }[];
}

/** A ranking: each with a bar as long as its share of the longest. */
export function BarList({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const sumOf = (bar: Bar) => bar.parts.reduce((sum, { value }) => sum + value, 0);
  const longest = Math.max(1, ...bars.map(sumOf));
  return (
    <ol className={styles.list} aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.key} className={styles.item}>
          <span className={styles.label}>{bar.label}</span>
          <span className={styles.text}>{bar.text}</span>
          <span className={styles.track} aria-hidden>
            {bar.parts.map(({ name, value, color }) => (
              <i key={name} style={{ width: `${(value / longest) * 100}%`, background: color }} />
            ))}
          </span>
        </li>
      ))}
    </ol>
  );
}
