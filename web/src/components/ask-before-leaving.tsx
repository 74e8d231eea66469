import { Button, Group, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.tsx';

/** While `isHalfDone`, asks before another page is gone to: `text` says what would be lost. Closing the tab, the browser asks in its own words. */
export function AskBeforeLeaving({ isHalfDone, text }: { isHalfDone: boolean; text: string }) {
  const { t } = useTranslation();
  const { status, reset, proceed } = useBlocker({
    // Whose session has ended cannot stay.
    shouldBlockFn: ({ next }) => isHalfDone && next.pathname !== '/sign-in',
    enableBeforeUnload: isHalfDone,
    withResolver: true,
  });
  return (
    <Dialog title={t('leave.title')} opened={status === 'blocked'} onClose={() => reset?.()}>
      <Stack gap="md">
        <Text size="sm">{text}</Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={reset} data-autofocus>
            {t('leave.stay')}
          </Button>
          <Button color="red" onClick={proceed}>
            {t('leave.leave')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
