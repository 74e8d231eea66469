/** What stands in a page's place while there is nothing to show: loading, empty, failed. */
import { Button, Loader, Stack, Text, Title } from '@mantine/core';
import { type Icon, IconDropletOff, IconPlugConnectedX } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../api/problem-text.ts';
import styles from './states.module.css';

export function Loading() {
  const { t } = useTranslation();
  return (
    <div className={styles.notice} role="status" aria-label={t('states.loading')}>
      <Loader type="dots" />
    </div>
  );
}

interface NoticeProps {
  icon: Icon;
  title: string;
  text?: string;
  action?: ReactNode;
  /** Read out at once, where it is. */
  role?: 'alert';
}

/** A picture, a sentence, and what to do. */
export function Notice({ icon: Icon, title, text, action, role }: NoticeProps) {
  return (
    <Stack className={styles.notice} align="center" gap="xs" role={role}>
      <span className={styles.picture}>
        <Icon size={30} stroke={1.4} aria-hidden />
      </span>
      <Title order={2}>{title}</Title>
      {text && (
        <Text c="dimmed" size="sm" maw="30rem" ta="center">
          {text}
        </Text>
      )}
      {action && <div className={styles.action}>{action}</div>}
    </Stack>
  );
}

/** Nothing is there yet: says what would be, and how to make the first. */
export function EmptyState({ title, text, action }: { title?: string; text?: string; action?: ReactNode }) {
  const { t } = useTranslation();
  return <Notice icon={IconDropletOff} title={title ?? t('states.empty')} text={text} action={action} />;
}

export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  return (
    <Notice
      role="alert"
      icon={IconPlugConnectedX}
      title={t('states.errorTitle')}
      text={problemText(error)}
      action={
        onRetry && (
          <Button variant="default" onClick={onRetry}>
            {t('actions.retry')}
          </Button>
        )
      }
    />
  );
}

/** Draws a query's answer once it is there; until then, and if it fails, says so. */
export function Answer<Data>({
  query,
  children,
  loading = <Loading />,
}: {
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
  loading?: ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return loading;
}
