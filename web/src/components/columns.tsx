import type { ReactNode } from 'react';
import styles from './columns.module.css';

/** Panels side by side where there is room, below each other where there is not. */
export function Columns({ ratio = '1:1', children }: { ratio?: '1:1' | '2:1'; children: ReactNode }) {
  return (
    <div className={styles.columns} data-ratio={ratio}>
      {children}
    </div>
  );
}
