/** Makes a subuser; then its password and its connection strings are shown. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/account.gen.ts';
import { account, answerOf, once } from '../../api/clients.ts';
import { useAction } from '../../api/use-action.ts';
import { BytesInput } from '../../components/amount-input.tsx';
import { CopyableCode } from '../../components/copy.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useServerForm } from '../../components/use-server-form.ts';
import { ConnectionBuilder } from './connection-builder.tsx';

type Made = components['schemas']['MadeSubuser'];

interface Values {
  username: string;
  email: string;
  password: string;
  residential: number | undefined;
  mobile: number | undefined;
}

export function CreateSubuser({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [made, setMade] = useState<Made>();
  const close = () => {
    setMade(undefined);
    onClose();
  };
  return (
    <Dialog
      opened={opened}
      onClose={close}
      size="lg"
      title={made ? t('reseller.subusers.made', { name: made.username }) : t('reseller.subusers.create')}
    >
      {made ? (
        <Stack>
          <Group gap="xl">
            <Credential label={t('reseller.subusers.username')} value={made.username} />
            <Credential label={t('reseller.subusers.password')} value={made.password} />
          </Group>
          <Text size="sm" c="dimmed">
            {t('reseller.subusers.passwordLater')}
          </Text>
          <ConnectionBuilder username={made.username} password={made.password} />
          <Group justify="flex-end">
            <PageLink to="/reseller/subusers/$id" params={{ id: made.id }} size="sm">
              {t('reseller.subusers.open')}
            </PageLink>
            <Button onClick={close}>{t('reseller.subusers.done')}</Button>
          </Group>
        </Stack>
      ) : (
        <CreateForm onMade={setMade} onCancel={close} />
      )}
    </Dialog>
  );
}

function Credential({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <CopyableCode value={value} />
    </div>
  );
}

function CreateForm({ onMade, onCancel }: { onMade: (made: Made) => void; onCancel: () => void }) {
  const { t } = useTranslation();
  const action = useAction({
    run: (body: ReturnType<typeof toBody>, key) =>
      answerOf(account.POST('/subusers', { body, params: { header: once(key) } })),
    changes: [['account']],
    onDone: onMade,
  });
  const { form, onSubmit, problem } = useServerForm<Values, ReturnType<typeof toBody>>(
    {
      initialValues: { username: '', email: '', password: '', residential: undefined, mobile: undefined },
      validate: { username: (name) => (name.trim() === '' ? t('reseller.subusers.usernameHint') : null) },
    },
    action,
    toBody,
    { 'bytes.residential': 'residential', 'bytes.mobile': 'mobile' },
  );
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        <TextInput
          label={t('reseller.subusers.username')}
          description={t('reseller.subusers.usernameHint')}
          autoComplete="off"
          spellCheck={false}
          required
          data-autofocus
          {...form.getInputProps('username')}
        />
        <Group grow align="start">
          <BytesInput
            label={t('assets.residential')}
            onChange={(bytes) => form.setFieldValue('residential', bytes)}
            error={form.errors.residential}
          />
          <BytesInput
            label={t('assets.mobile')}
            onChange={(bytes) => form.setFieldValue('mobile', bytes)}
            error={form.errors.mobile}
          />
        </Group>
        <TextInput
          label={t('reseller.subusers.email')}
          description={t('reseller.subusers.optional')}
          type="email"
          autoComplete="off"
          {...form.getInputProps('email')}
        />
        <TextInput
          label={t('reseller.subusers.password')}
          description={t('reseller.subusers.passwordHint')}
          autoComplete="new-password"
          spellCheck={false}
          {...form.getInputProps('password')}
        />
        <ProblemAlert error={problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('actions.cancel')}
          </Button>
          <Button type="submit" loading={action.isRunning}>
            {t('actions.create')}
          </Button>
        </Group>
        <Text size="xs" c="dimmed">
          {t('reseller.subusers.fromPool')}
        </Text>
      </Stack>
    </form>
  );
}

function toBody({ username, email, password, residential, mobile }: Values) {
  return {
    username: username.trim(),
    ...(email.trim() ? { email: email.trim() } : {}),
    ...(password ? { password } : {}),
    bytes: { ...(residential ? { residential } : {}), ...(mobile ? { mobile } : {}) },
  };
}
