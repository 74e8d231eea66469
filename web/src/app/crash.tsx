import { Button } from '@mantine/core';
import { IconBarrierBlock } from '@tabler/icons-react';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/problem.ts';
import { ErrorState, Notice } from '../components/states.tsx';

/** In place of a page that failed. */
export function Crash({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  if (error instanceof ApiError) return <ErrorState error={error} onRetry={reset} />;
  return (
    <Notice
      icon={IconBarrierBlock}
      title={t('states.crashTitle')}
      text={t('states.crashText')}
      action={<Button onClick={() => window.location.reload()}>{t('actions.reload')}</Button>}
    />
  );
}
