import { Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import styles from './panel.module.css';

interface PanelProps {
  title?: string;
  /** One sentence below the title. */
  intro?: ReactNode;
  /** Right of the title. */
  actions?: ReactNode;
  /** What is inside reaches the edges: tables, lists. */
  flush?: boolean;
  children: ReactNode;
}

/** A part of a page on a surface of its own. */
export function Panel({ title, intro, actions, flush = false, children }: PanelProps) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={title ? id : undefined}>
      {(title || actions) && (
        <header className={styles.head}>
          <div className={styles.words}>
            {title && (
              <Title order={2} id={id}>
                {title}
              </Title>
            )}
            {intro && (
              <Text size="sm" c="dimmed">
                {intro}
              </Text>
            )}
          </div>
          {actions}
        </header>
      )}
      <div className={flush ? styles.flush : styles.body}>{children}</div>
    </section>
  );
}
