import type { ReactNode } from 'react';
import styles from './stat.module.css';

interface StatProps {
  label: string;
  value: string;
  /** Below the figure: what it is compared with, or since when. */
  note?: ReactNode;
  /** A small picture beside the figure. */
  picture?: ReactNode;
  /** Something is to be done about it. */
  tone?: 'plain' | 'warn';
}

/** One figure that matters. Put several into `Stats`. */
export function Stat({ label, value, note, picture, tone = 'plain' }: StatProps) {
  return (
    <div className={styles.stat} data-tone={tone}>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.value}>
        {value}
        {note && <span className={styles.note}>{note}</span>}
      </dd>
      {picture && (
        <div className={styles.picture} aria-hidden>
          {picture}
        </div>
      )}
    </div>
  );
}

/** A row of figures on one surface. */
export function Stats({ children }: { children: ReactNode }) {
  return <dl className={styles.stats}>{children}</dl>;
}
