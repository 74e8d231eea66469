import { Badge, Button, Code, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, once, session } from '../api/clients.ts';
import { sessionQuery } from '../api/session.ts';
import { useAction } from '../api/use-action.ts';
import { Copy } from '../components/copy.tsx';
import { Panel } from '../components/panel.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { QrCode } from '../components/qr-code.tsx';
import { SecretOnce } from '../components/secret-once.tsx';
import { useServerForm } from '../components/use-server-form.ts';

interface Enrolment {
  otpauthUri: string;
  secret: string;
}
/** What the person is about to do; both begin with the password. */
type Intent = 'set' | 'renew' | 'remove';

export function SecondFactorPanel({ isOn }: { isOn: boolean }) {
  const { t } = useTranslation();
  const [intent, setIntent] = useState<Intent>();
  const [enrolment, setEnrolment] = useState<Enrolment>();
  const [codes, setCodes] = useState<string[]>();
  const close = () => setIntent(undefined);

  return (
    <Panel
      title={t('profile.secondFactor.title')}
      actions={
        <Badge color={isOn ? 'green' : 'gray'}>
          {t(isOn ? 'profile.secondFactor.on' : 'profile.secondFactor.off')}
        </Badge>
      }
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('profile.secondFactor.why')}
        </Text>
        {codes && (
          <SecretOnce
            label={t('profile.secondFactor.recoveryTitle')}
            text={t('profile.secondFactor.recoveryText')}
            secret={codes.join('\n')}
            onSaved={() => setCodes(undefined)}
          />
        )}
        {!intent && !enrolment && !isOn && (
          <div>
            <Button onClick={() => setIntent('set')}>{t('profile.secondFactor.set')}</Button>
          </div>
        )}
        {!intent && isOn && (
          <Group gap="sm">
            <Button variant="default" onClick={() => setIntent('renew')}>
              {t('profile.secondFactor.renew')}
            </Button>
            <Button variant="default" onClick={() => setIntent('remove')}>
              {t('profile.secondFactor.remove')}
            </Button>
          </Group>
        )}
        {intent && (
          <ByPassword
            key={intent}
            intent={intent}
            onCancel={close}
            onEnrolled={(made) => {
              setEnrolment(made);
              close();
            }}
            onCodes={(made) => {
              setCodes(made);
              close();
            }}
            onRemoved={close}
          />
        )}
        {enrolment && (
          <Confirm
            enrolment={enrolment}
            onCancel={() => setEnrolment(undefined)}
            onConfirmed={(made) => {
              setEnrolment(undefined);
              setCodes(made);
            }}
          />
        )}
      </Stack>
    </Panel>
  );
}

interface ByPasswordProps {
  intent: Intent;
  onCancel: () => void;
  onEnrolled: (enrolment: Enrolment) => void;
  onCodes: (codes: string[]) => void;
  onRemoved: () => void;
}

/** What changes the second factor asks for the password first. */
function ByPassword({ intent, onCancel, onEnrolled, onCodes, onRemoved }: ByPasswordProps) {
  const { t } = useTranslation();
  const action = useAction({
    run: async (body: { password: string }, key) => {
      const options = { body, params: { header: once(key) } };
      if (intent === 'set')
        onEnrolled(await answerOf(session.POST('/api/session/second-factor/enrol', options)));
      if (intent === 'renew') {
        const answer = await answerOf(session.POST('/api/session/second-factor/recovery-codes', options));
        onCodes(answer.recoveryCodes);
      }
      if (intent === 'remove') {
        await session.POST('/api/session/second-factor/disable', options);
        onRemoved();
      }
    },
    changes: [sessionQuery.queryKey],
  });
  const { form, onSubmit, problem } = useServerForm(
    { initialValues: { password: '' } },
    action,
    (values) => values,
  );
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm" maw="24rem">
        {intent === 'remove' && <Text size="sm">{t('profile.secondFactor.removeText')}</Text>}
        <PasswordInput
          label={t('profile.password.current')}
          autoComplete="current-password"
          autoFocus
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
          {...form.getInputProps('password')}
        />
        <ProblemAlert error={problem} />
        <Group gap="sm">
          <Button type="submit" color={intent === 'remove' ? 'red' : undefined} loading={action.isRunning}>
            {t(`profile.secondFactor.${intent}`)}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('actions.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Confirm({
  enrolment,
  onCancel,
  onConfirmed,
}: {
  enrolment: Enrolment;
  onCancel: () => void;
  onConfirmed: (codes: string[]) => void;
}) {
  const { t } = useTranslation();
  const action = useAction({
    run: (body: { code: string }, key) =>
      answerOf(session.POST('/api/session/second-factor/confirm', { body, params: { header: once(key) } })),
    changes: [sessionQuery.queryKey],
    onDone: ({ recoveryCodes }) => onConfirmed(recoveryCodes),
  });
  const { form, onSubmit, problem } = useServerForm({ initialValues: { code: '' } }, action, ({ code }) => ({
    code: code.replace(/\s/g, ''),
  }));
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm" maw="24rem">
        <Text size="sm">{t('profile.secondFactor.scan')}</Text>
        <QrCode text={enrolment.otpauthUri} label={t('profile.secondFactor.qr')} />
        <Text size="sm" c="dimmed">
          {t('profile.secondFactor.manual')}
        </Text>
        <Group gap="xs" wrap="nowrap">
          <Code style={{ overflowWrap: 'anywhere' }}>{enrolment.secret}</Code>
          <Copy value={enrolment.secret} />
        </Group>
        <TextInput
          label={t('signIn.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          {...form.getInputProps('code')}
        />
        <ProblemAlert error={problem} />
        <Group gap="sm">
          <Button type="submit" loading={action.isRunning}>
            {t('profile.secondFactor.confirm')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('actions.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
