/** Where an invitation leads: the person chooses a password, and is signed in. */
import { Alert, Button, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, session } from '../api/clients.ts';
import { sessionQuery, takeUpInvitation } from '../api/session.ts';
import { useAction } from '../api/use-action.ts';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { Loading } from '../components/states.tsx';
import { useServerForm } from '../components/use-server-form.ts';
import { Entrance } from './entrance.tsx';
import { passwordRules, SHORTEST_PASSWORD } from './password-rules.ts';

export function InvitationPage() {
  const { t } = useTranslation();
  // Behind the `#`, which browsers send to no server.
  const [token] = useState(() => window.location.hash.slice(1));
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => answerOf(session.POST('/api/session/invitation/read', { body: { token } })),
    retry: false,
    enabled: token !== '',
  });
  useEffect(() => {
    document.title = `${t('invitation.title')} · ${t('product')}`;
  }, [t]);
  return (
    <Entrance>
      <Stack gap="md">
        <Title order={1}>{t('invitation.title')}</Title>
        {(token === '' || invitation.error) && (
          <Alert color="red" role="alert">
            {t('invitation.unusable')}
          </Alert>
        )}
        {token !== '' && invitation.isPending && <Loading />}
        {invitation.data && <Choose token={token} email={invitation.data.email} />}
      </Stack>
    </Entrance>
  );
}

function Choose({ token, email }: { token: string; email: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const takeUp = useAction({
    run: (password: string) => takeUpInvitation(token, password),
    onDone: async (step) => {
      queries.clear();
      if (step === 'signed-in') await queries.query(sessionQuery);
      await navigate({ to: '/', replace: true });
    },
  });
  const { form, onSubmit, problem } = useServerForm(
    {
      initialValues: { newPassword: '', again: '' },
      validate: passwordRules({
        tooShort: t('profile.password.tooShort', { count: SHORTEST_PASSWORD }),
        differs: t('profile.password.differs'),
      }),
    },
    takeUp,
    ({ newPassword }) => newPassword,
    { password: 'newPassword' },
  );
  const toggle = { 'aria-label': t('signIn.showPassword') };
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        <Text size="sm">{t('invitation.text', { email })}</Text>
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          label={t('signIn.password')}
          autoComplete="new-password"
          size="md"
          autoFocus
          visibilityToggleButtonProps={toggle}
          {...form.getInputProps('newPassword')}
        />
        <PasswordInput
          label={t('profile.password.again')}
          autoComplete="new-password"
          size="md"
          visibilityToggleButtonProps={toggle}
          {...form.getInputProps('again')}
        />
        <ProblemAlert error={problem} />
        <Button type="submit" size="md" loading={takeUp.isRunning}>
          {t('invitation.submit')}
        </Button>
      </Stack>
    </form>
  );
}
