/** Addresses from which a subuser needs no password. */
import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { account, answerOf, once } from '../../api/clients.ts';
import { useAction } from '../../api/use-action.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useServerForm } from '../../components/use-server-form.ts';

interface WhitelistProps {
  id: string;
  username: string;
  addresses: readonly string[];
}

export function WhitelistPanel({ id, username, addresses }: WhitelistProps) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  const changes = [['account', 'subusers']];
  const add = useAction({
    run: (body: { address: string }, key) =>
      answerOf(
        account.POST('/subusers/{id}/whitelist', { params: { path: { id }, header: once(key) }, body }),
      ),
    changes,
    onDone: () => form.reset(),
  });
  const remove = useAction({
    run: (address: string, key) =>
      answerOf(
        account.POST('/subusers/{id}/whitelist/remove', {
          params: { path: { id }, header: once(key) },
          body: { address },
        }),
      ),
    changes,
  });
  const { form, onSubmit, problem } = useServerForm(
    { initialValues: { address: '' } },
    add,
    ({ address }) => ({
      address: address.trim(),
    }),
  );
  return (
    <Panel title={t('reseller.whitelist.title')} intro={t('reseller.whitelist.intro')}>
      <Stack gap="sm">
        {addresses.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('reseller.whitelist.empty')}
          </Text>
        )}
        {addresses.length > 0 && (
          <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
            {addresses.map((address) => (
              <Group key={address} component="li" justify="space-between" wrap="nowrap">
                <code>{address}</code>
                <ActionIcon
                  variant="subtle"
                  color="red"
                  aria-label={t('reseller.whitelist.remove', { address })}
                  onClick={() =>
                    confirm({
                      title: t('reseller.whitelist.removeTitle', { address }),
                      text: t('reseller.whitelist.removeText', { name: username }),
                      action: t('reseller.whitelist.removeAction'),
                      dangerous: true,
                      run: () => remove.perform(address),
                    })
                  }
                >
                  <IconTrash size={16} stroke={1.6} aria-hidden />
                </ActionIcon>
              </Group>
            ))}
          </Stack>
        )}
        <form onSubmit={onSubmit}>
          <Stack gap="xs">
            <TextInput
              label={t('reseller.whitelist.address')}
              placeholder="203.0.113.7"
              autoComplete="off"
              {...form.getInputProps('address')}
            />
            <ProblemAlert error={problem} />
            <Button
              type="submit"
              size="xs"
              variant="light"
              loading={add.isRunning}
              style={{ alignSelf: 'flex-start' }}
            >
              {t('reseller.whitelist.add')}
            </Button>
          </Stack>
        </form>
      </Stack>
    </Panel>
  );
}
