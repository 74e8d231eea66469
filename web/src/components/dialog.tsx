/** Forms in dialogs. What is in a dialog begins anew whenever it opens. */
import { Button, type ButtonProps, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { createContext, type FormEvent, type ReactNode, useContext, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../api/problem.ts';
import { ProblemAlert } from './problem-alert.tsx';

interface DialogProps {
  title: ReactNode;
  opened: boolean;
  onClose: () => void;
  /** `md` unless said. */
  size?: 'md' | 'lg' | 'xl';
  children: ReactNode;
}

const Hold = createContext<(isHeld: boolean) => void>(() => {});

/** For what is shown once: while it is, the dialog it is in is closed by its buttons alone. */
export function useHeldDialog(): void {
  const hold = useContext(Hold);
  useEffect(() => {
    hold(true);
    return () => hold(false);
  }, [hold]);
}

/** What opened a dialog may have gone by what was done in it: the keyboard then goes on at the page's beginning. */
function keepKeyboard() {
  if (document.activeElement === document.body) document.getElementById('main')?.focus();
}

/** A click beside it closes it as long as nothing was written in it; Escape does unless it is held. */
export function Dialog({ title, opened, onClose, size = 'md', children }: DialogProps) {
  const { t } = useTranslation();
  const [isHeld, setHeld] = useState(false);
  const [isWritten, setWritten] = useState(false);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      closeOnClickOutside={!isHeld && !isWritten}
      closeOnEscape={!isHeld}
      onExitTransitionEnd={keepKeyboard}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <Hold value={setHeld}>
        <Content isOpen={opened} onWritten={setWritten}>
          {children}
        </Content>
      </Hold>
    </Modal>
  );
}

/**
 * Begins anew with each opening, and tells when something was written in it. While the dialog fades away nothing in it can be pressed: the
 * second click of a double click would do once more what the first has done.
 */
function Content({
  isOpen,
  onWritten,
  children,
}: {
  isOpen: boolean;
  onWritten: (isWritten: boolean) => void;
  children: ReactNode;
}) {
  useEffect(() => () => onWritten(false), [onWritten]);
  return (
    <div inert={!isOpen} onInput={() => onWritten(true)}>
      {children}
    </div>
  );
}

interface DialogButtonProps extends Omit<ButtonProps, 'children'> {
  text: string;
  /** Of the dialog; the button's text unless said. */
  title?: string;
  size?: DialogProps['size'];
  children: (close: () => void) => ReactNode;
}

/** A button that opens a dialog. */
export function DialogButton({ text, title, size, children, ...button }: DialogButtonProps) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button {...button} onClick={open}>
        {text}
      </Button>
      <Dialog title={title ?? text} opened={opened} onClose={close} size={size}>
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
