import { Anchor, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './page-header.module.css';

interface PageHeaderProps {
  title: string;
  /** One sentence: what the page is for. */
  intro?: ReactNode;
  /** Beside the title, such as a state. */
  beside?: ReactNode;
  actions?: ReactNode;
  /** The page above. */
  back?: { to: LinkProps['to']; params?: { id: string }; search?: Record<string, string>; text: string };
}

/** The head of every page. Names the browser's tab, too. */
export function PageHeader({ title, intro, beside, actions, back }: PageHeaderProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [title, t]);
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        {back && (
          <Anchor
            component={Link}
            to={back.to}
            params={back.params as never}
            search={back.search as never}
            size="sm"
            className={styles.back}
          >
            <IconArrowLeft size={15} stroke={1.8} aria-hidden />
            {back.text}
          </Anchor>
        )}
        <div className={styles.title}>
          <Title order={1}>{title}</Title>
          {beside}
        </div>
        {intro && (
          <Text c="dimmed" size="sm" maw="46rem" mt={4}>
            {intro}
          </Text>
        )}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
