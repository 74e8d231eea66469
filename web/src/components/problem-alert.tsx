import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../api/problem.ts';
import { useProblemText } from '../api/problem-text.ts';

/** Why a change was refused; nothing while it was not. */
export function ProblemAlert({ error }: { error: ApiError | null | undefined }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  if (!error) return null;
  return (
    <Alert
      color="red"
      role="alert"
      icon={<IconAlertTriangle size={20} stroke={1.6} aria-hidden />}
      title={t('form.notSaved')}
    >
      {problemText(error)}
    </Alert>
  );
}
