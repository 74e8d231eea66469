import { useTranslation } from 'react-i18next';
import { ApiError } from './problem.ts';

/** Says what went wrong, for people. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
    if (error.status === 0) return t('states.unreachable');
    return error.message || t('states.unexpected', { status: error.status });
  };
}
