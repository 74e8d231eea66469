/** Forms in dialogs. What is in a dialog begins anew whenever it opens. */
import { Button, type ButtonProps, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../api/problem.ts';
import { ProblemAlert } from './problem-alert.tsx';

interface DialogProps {
  title: string;
  opened: boolean;
  onClose: () => void;
  /** Wide, for much in it. */
  wide?: boolean;
  /** A click beside it does not close it: for what is shown once. */
  sticky?: boolean;
  children: ReactNode;
}

export function Dialog({ title, opened, onClose, wide = false, sticky = false, children }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={wide ? 'xl' : 'md'}
      closeOnClickOutside={!sticky}
      closeOnEscape={!sticky}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      {children}
    </Modal>
  );
}

interface DialogButtonProps extends Omit<ButtonProps, 'children'> {
  text: string;
  /** Of the dialog; the button's text unless said. */
  title?: string;
  wide?: boolean;
  children: (close: () => void) => ReactNode;
}

/** A button that opens a dialog. */
export function DialogButton({ text, title, wide, children, ...button }: DialogButtonProps) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button {...button} onClick={open}>
        {text}
      </Button>
      <Dialog title={title ?? text} opened={opened} onClose={close} wide={wide}>
        {children(close)}
      </Dialog>
    </>
  );
}

interface DialogFormProps {
  onSubmit: (event?: FormEvent<HTMLFormElement>) => void;
  problem: ApiError | null | undefined;
  isRunning: boolean;
  /** Whether it may be sent now; it may unless said. */
  isAllowed?: boolean;
  /** Where the form stays: what was sent is saved. */
  isDone?: boolean;
  /** The verb on the button. */
  action: string;
  dangerous?: boolean;
  onCancel?: () => void;
  children: ReactNode;
}

/** Fields below each other, what was refused, and the buttons. */
export function DialogForm({
  onSubmit,
  problem,
  isRunning,
  isAllowed = true,
  isDone = false,
  action,
  dangerous = false,
  onCancel,
  children,
}: DialogFormProps) {
  const { t } = useTranslation();
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        {children}
        <ProblemAlert error={problem} />
        <Group justify="flex-end" gap="sm">
          <Text span size="sm" c="dimmed" role="status">
            {isDone && !isRunning && t('form.saved')}
          </Text>
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              {t('actions.cancel')}
            </Button>
          )}
          <Button
            type="submit"
            loading={isRunning}
            disabled={!isAllowed}
            color={dangerous ? 'red' : undefined}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
