import type { ReactNode } from 'react';
import { useFormat } from '../format/use-format.ts';
import styles from './gauge.module.css';

export interface GaugePart {
  label: string;
  value: number;
  /** As it is written out, such as `2.5 GB`. */
  text: string;
  color: string;
}

/** A channel and how full it is, like the staff gauge beside one: parts of a whole, each with its figure below. */
export function Gauge({
  label,
  whole,
  parts,
  note,
}: {
  label: string;
  whole: number;
  parts: readonly GaugePart[];
  note?: ReactNode;
}) {
  const format = useFormat();
  const share = (value: number) => (whole > 0 ? Math.min(1, Math.max(0, value / whole)) : 0);
  return (
    <figure className={styles.gauge} aria-label={label}>
      <div className={styles.channel} aria-hidden>
        {parts.map((part) => (
          <span
            key={part.label}
            style={{ width: `${share(part.value) * 100}%`, background: part.color }}
            data-some={part.value > 0 || undefined}
          />
        ))}
      </div>
      <figcaption className={styles.legend}>
        {parts.map((part) => (
          <span key={part.label} className={styles.part}>
            <i style={{ background: part.color }} aria-hidden />
            <span className={styles.name}>{part.label}</span>
            <b>{part.text}</b>
            {whole > 0 && <span className={styles.share}>{format.percent(share(part.value))}</span>}
          </span>
        ))}
        {note}
      </figcaption>
    </figure>
  );
}
