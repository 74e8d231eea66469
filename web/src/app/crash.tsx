import { Button } from '@mantine/core';
import { IconBarrierBlock } from '@tabler/icons-react';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/problem.ts';
import { isServerReached, onReach } from '../api/reach.ts';
import { ErrorState, Notice } from '../components/states.tsx';

/** In place of a page that failed. One that could not be fetched comes by itself once the server answers. */
export function Crash({ error }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const isRefused = error instanceof ApiError;
  useEffect(
    () => (isRefused ? onReach(() => void (isServerReached() && router.invalidate())) : undefined),
    [isRefused, router],
  );
  if (isRefused) return <ErrorState error={error} onRetry={() => void router.invalidate()} />;
  return (
    <Notice
      icon={IconBarrierBlock}
      title={t('states.crashTitle')}
      text={t('states.crashText')}
      action={<Button onClick={() => window.location.reload()}>{t('actions.reload')}</Button>}
    />
  );
}
