import { Button, PasswordInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { once, session } from '../api/clients.ts';
import { useAction } from '../api/use-action.ts';
import { Panel } from '../components/panel.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useServerForm } from '../components/use-server-form.ts';
import { passwordRules, SHORTEST_PASSWORD } from './password-rules.ts';

const EMPTY = { currentPassword: '', newPassword: '', again: '' };

export function PasswordPanel({ email }: { email: string }) {
  const { t } = useTranslation();
  const change = useAction({
    run: (body: { currentPassword: string; newPassword: string }, key) =>
      session.POST('/api/session/password', { body, params: { header: once(key) } }),
    changes: [['session', 'sessions']],
    onDone: () => {
      form.reset();
      notifications.show({
        message: t('profile.password.changed'),
        color: 'green',
        closeButtonProps: { 'aria-label': t('actions.close') },
      });
    },
  });
  const { form, onSubmit, problem } = useServerForm(
    {
      initialValues: EMPTY,
      validate: passwordRules({
        tooShort: t('profile.password.tooShort', { count: SHORTEST_PASSWORD }),
        differs: t('profile.password.differs'),
      }),
    },
    change,
    ({ currentPassword, newPassword }) => ({ currentPassword, newPassword }),
  );
  const toggle = { 'aria-label': t('signIn.showPassword') };
  return (
    <Panel title={t('profile.password.title')}>
      <form onSubmit={onSubmit}>
        <Stack gap="sm" maw="24rem">
          {/* Tells a password manager whose password it is. */}
          <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
          <PasswordInput
            label={t('profile.password.current')}
            autoComplete="current-password"
            visibilityToggleButtonProps={toggle}
            {...form.getInputProps('currentPassword')}
          />
          <PasswordInput
            label={t('profile.password.next')}
            autoComplete="new-password"
            visibilityToggleButtonProps={toggle}
            {...form.getInputProps('newPassword')}
          />
          <PasswordInput
            label={t('profile.password.again')}
            autoComplete="new-password"
            visibilityToggleButtonProps={toggle}
            {...form.getInputProps('again')}
          />
          <ProblemAlert error={problem} />
          <div>
            <Button type="submit" loading={change.isRunning}>
              {t('profile.password.change')}
            </Button>
          </div>
        </Stack>
      </form>
    </Panel>
  );
}
