/** Asks before what cannot be taken back. The dialog names what will happen; the worst want a word typed. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/problem.ts';
import { Dialog } from './dialog.tsx';
import { ProblemAlert } from './problem-alert.tsx';

export interface Question {
  /** What is about to happen, to what: "Revoke the key panel?" */
  title: string;
  /** What follows from it. */
  text: ReactNode;
  /** The verb on the button: "Revoke". */
  action: string;
  /** Destroys something, or cuts somebody off. */
  dangerous?: boolean;
  /** Must be typed before the button works. */
  word?: string;
  /** Does it. The dialog stays until it is done, and shows why it was refused. */
  run: () => Promise<unknown>;
}

const Confirm = createContext<(question: Question) => void>(() => {});

export function useConfirm(): (question: Question) => void {
  return useContext(Confirm);
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Question>();
  const [opened, setOpened] = useState(false);
  const ask = useCallback((next: Question) => {
    setQuestion(next);
    setOpened(true);
  }, []);
  return (
    <Confirm value={ask}>
      {children}
      <Dialog opened={opened} onClose={() => setOpened(false)} title={question?.title}>
        {question && <Ask key={question.title} question={question} onClose={() => setOpened(false)} />}
      </Dialog>
    </Confirm>
  );
}

function Ask({ question, onClose }: { question: Question; onClose: () => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<ApiError>();
  const { text, action, dangerous = false, word, run } = question;
  const mayRun = word === undefined || typed.trim() === word;

  async function perform() {
    setRunning(true);
    setError(undefined);
    try {
      await run();
      onClose();
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      setError(cause);
    } finally {
      setRunning(false);
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (mayRun) void perform();
      }}
    >
      <Stack gap="md">
        <Text size="sm" component="div">
          {text}
        </Text>
        {word !== undefined && (
          <TextInput
            label={t('confirm.typeThis', { word })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
        )}
        <ProblemAlert error={error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus={word === undefined || undefined}>
            {t('actions.cancel')}
          </Button>
          <Button type="submit" color={dangerous ? 'red' : undefined} loading={isRunning} disabled={!mayRun}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
