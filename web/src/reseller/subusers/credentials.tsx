/** How a subuser gets in: name, password when it is asked for, and connection strings. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconEye, IconEyeOff, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { account, answerOf, once } from '../../api/clients.ts';
import { useAction } from '../../api/use-action.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { CopyableCode } from '../../components/copy.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { ConnectionBuilder } from './connection-builder.tsx';

/** Stands where the password would be while it is not shown. */
const HIDDEN = 'PASSWORD';

export function CredentialsPanel({ id, username }: { id: string; username: string }) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  // In this component alone: a password is kept in no cache.
  const [password, setPassword] = useState<string>();
  const show = useAction({
    run: () => answerOf(account.GET('/subusers/{id}/credentials', { params: { path: { id } } })),
    onDone: (answer) => setPassword(answer.password),
  });
  const reset = useAction({
    run: (_: undefined, key) =>
      answerOf(
        account.POST('/subusers/{id}/reset-password', {
          params: { path: { id }, header: once(key) },
          body: {},
        }),
      ),
    onDone: (answer) => setPassword(answer.password),
  });
  return (
    <Panel
      title={t('reseller.connection.title')}
      actions={
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={15} stroke={1.7} aria-hidden />}
            onClick={() =>
              confirm({
                title: t('reseller.subusers.resetTitle', { name: username }),
                text: t('reseller.subusers.resetText'),
                action: t('reseller.subusers.reset'),
                dangerous: true,
                run: () => reset.perform(undefined),
              })
            }
          >
            {t('reseller.subusers.reset')}
          </Button>
          {password === undefined ? (
            <Button
              size="xs"
              loading={show.isRunning}
              leftSection={<IconEye size={15} stroke={1.7} aria-hidden />}
              onClick={() => show.start()}
            >
              {t('reseller.subusers.showPassword')}
            </Button>
          ) : (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconEyeOff size={15} stroke={1.7} aria-hidden />}
              onClick={() => setPassword(undefined)}
            >
              {t('reseller.subusers.hidePassword')}
            </Button>
          )}
        </Group>
      }
    >
      <Stack gap="md">
        <ProblemAlert error={show.error} />
        <Group gap="xl">
          <div>
            <Text size="xs" c="dimmed">
              {t('reseller.subusers.username')}
            </Text>
            <CopyableCode value={username} />
          </div>
          <div>
            <Text size="xs" c="dimmed">
              {t('reseller.subusers.password')}
            </Text>
            {password === undefined ? (
              <code aria-hidden>••••••••••••</code>
            ) : (
              <CopyableCode value={password} />
            )}
          </div>
        </Group>
        <ConnectionBuilder username={username} password={password ?? HIDDEN} />
      </Stack>
    </Panel>
  );
}
