/** Actions of buttons that have no form or dialog around them. */
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../api/problem-text.ts';
import { type Action, type ActionOptions, useAction } from '../api/use-action.ts';

/** As `useAction`; why one was refused is said at the page's edge. */
export function useDirectAction<Input = void, Output = unknown>(
  options: Omit<ActionOptions<Input, Output>, 'onFailed'>,
): Action<Input, Output> {
  const { t } = useTranslation();
  const problemText = useProblemText();
  return useAction<Input, Output>({
    ...options,
    onFailed: (error) =>
      notifications.show({
        color: 'red',
        title: t('form.notSaved'),
        message: problemText(error),
        closeButtonProps: { 'aria-label': t('actions.close') },
      }),
  });
}
