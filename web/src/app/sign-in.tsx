/** Password, then the second factor where the person has one. */
import { Alert, Anchor, Button, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../api/problem.ts';
import { useProblemText } from '../api/problem-text.ts';
import { giveCode, type SignInStep, sessionQuery, signIn } from '../api/session.ts';
import { useFormat } from '../format/use-format.ts';
import { Entrance } from './entrance.tsx';

export function SignInPage() {
  const { t } = useTranslation();
  const { next } = useSearch({ from: '/sign-in' });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [step, setStep] = useState<SignInStep>('signed-in');
  useEffect(() => {
    document.title = `${t('signIn.title')} · ${t('product')}`;
  }, [t]);

  async function proceed(missing: SignInStep) {
    setStep(missing);
    if (missing !== 'signed-in') return;
    // Whoever was here before has left nothing that the next one may see.
    queries.clear();
    await queries.query(sessionQuery);
    await navigate({ href: next ?? '/', replace: true });
    // The field that had the focus is gone: the keyboard goes on at the page's beginning.
    document.getElementById('main')?.focus();
  }

  return (
    <Entrance>
      {step === 'signed-in' ? (
        <Password isReturning={next !== undefined} onDone={proceed} />
      ) : (
        <SecondFactor onDone={() => proceed('signed-in')} onBack={() => setStep('signed-in')} />
      )}
    </Entrance>
  );
}

function Password({
  isReturning,
  onDone,
}: {
  isReturning: boolean;
  onDone: (step: SignInStep) => Promise<void>;
}) {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const attempt = useMutation<SignInStep, ApiError>({
    mutationFn: () => signIn({ email: email.trim(), password }),
    onSuccess: onDone,
    retry: false,
  });
  return (
    <form onSubmit={submit(attempt.mutate)}>
      <Stack gap="md">
        <Title order={1}>{t('signIn.title')}</Title>
        {isReturning && !attempt.error && <Alert color="brass">{t('states.expired')}</Alert>}
        <Refusal error={attempt.error} wrong={t('signIn.wrong')} />
        <TextInput
          label={t('signIn.email')}
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          size="md"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('signIn.password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          size="md"
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={attempt.isPending} mt="xs">
          {t('signIn.submit')}
        </Button>
      </Stack>
    </form>
  );
}

function SecondFactor({ onDone, onBack }: { onDone: () => Promise<void>; onBack: () => void }) {
  const { t } = useTranslation();
  const [isRecovery, setRecovery] = useState(false);
  const [code, setCode] = useState('');
  const attempt = useMutation<void, ApiError>({
    mutationFn: () => giveCode(isRecovery ? code.trim() : code.replace(/\s/g, '')),
    onSuccess: onDone,
    onError: () => setCode(''),
    retry: false,
  });
  return (
    <form onSubmit={submit(attempt.mutate)}>
      <Stack gap="md">
        <Title order={1}>{t('signIn.secondTitle')}</Title>
        <Refusal error={attempt.error} wrong={t('signIn.wrongCode')} />
        <TextInput
          key={String(isRecovery)}
          label={t(isRecovery ? 'signIn.recoveryCode' : 'signIn.code')}
          description={t(isRecovery ? 'signIn.recoveryText' : 'signIn.secondText')}
          name="code"
          autoComplete="one-time-code"
          inputMode={isRecovery ? 'text' : 'numeric'}
          required
          withAsterisk={false}
          autoFocus
          size="md"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={attempt.isPending}>
          {t('signIn.verify')}
        </Button>
        <Anchor
          component="button"
          type="button"
          size="sm"
          onClick={() => {
            setRecovery(!isRecovery);
            setCode('');
            attempt.reset();
          }}
        >
          {t(isRecovery ? 'signIn.authenticator' : 'signIn.recovery')}
        </Anchor>
        <Anchor component="button" type="button" size="sm" c="dimmed" onClick={onBack}>
          {t('signIn.back')}
        </Anchor>
      </Stack>
    </form>
  );
}

/** Why the attempt was refused: it was wrong, there were too many, or something else. */
function Refusal({ error, wrong }: { error: ApiError | null; wrong: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const problemText = useProblemText();
  if (!error) return null;
  let text = problemText(error);
  if (error.status === 401) text = wrong;
  if (error.status === 429) {
    text =
      error.retryAfterS === undefined
        ? t('signIn.lockedOutSoon')
        : t('signIn.lockedOut', {
            when: format.fromNow(new Date(Date.now() + error.retryAfterS * 1000).toISOString()),
          });
  }
  return (
    <Alert color="red" role="alert">
      {text}
    </Alert>
  );
}

function submit(run: () => void) {
  return (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    run();
  };
}
