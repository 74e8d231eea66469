/** The slots of a subscription, and which addresses are in them. */
import { ActionIcon, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/account.gen.ts';
import { account, answerOf, once } from '../../api/clients.ts';
import { useAction } from '../../api/use-action.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useServerForm } from '../../components/use-server-form.ts';
import { useFormat } from '../../format/use-format.ts';

type Subscription = components['schemas']['Subscription'];

/** Free slots beyond these are only counted. */
const FREE_SHOWN = 3;

export function SlotsPanel({ subscription: { id, slots, status } }: { subscription: Subscription }) {
  const { t } = useTranslation();
  const format = useFormat();
  const confirm = useConfirm();
  const changes = [['account', 'subscriptions']];
  const move = (call: 'bind' | 'unbind') => (address: string, key: string) =>
    answerOf(
      account.POST(`/subscriptions/{id}/${call}`, {
        params: { path: { id }, header: once(key) },
        body: { address },
      }),
    );
  const bind = useAction({ run: move('bind'), changes, onDone: () => form.reset() });
  const unbind = useAction({ run: move('unbind'), changes });
  const { form, onSubmit, problem } = useServerForm({ initialValues: { address: '' } }, bind, ({ address }) =>
    address.trim(),
  );
  const taken = slots.filter(({ address }) => address !== null);
  const free = slots.filter(({ address }) => address === null);
  return (
    <Panel
      title={t('reseller.subscriptions.slotsTitle')}
      intro={t('reseller.subscriptions.slotsOf', {
        used: format.number(taken.length),
        all: format.number(slots.length),
      })}
    >
      <Stack>
        <Table verticalSpacing={6} aria-label={t('reseller.subscriptions.slotsTitle')}>
          <Table.Tbody>
            {[...taken, ...free.slice(0, FREE_SHOWN)].map(({ id: slot, address }) => (
              <Table.Tr key={slot}>
                <Table.Td>
                  {address ? (
                    <code>{address}</code>
                  ) : (
                    <Text size="sm" c="dimmed">
                      {t('reseller.subscriptions.free')}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td ta="end">
                  {address && (
                    <ActionIcon
                      variant="subtle"
                      color="red"
                      aria-label={t('reseller.subscriptions.unbind', { address })}
                      onClick={() =>
                        confirm({
                          title: t('reseller.subscriptions.unbindTitle', { address }),
                          text: t('reseller.subscriptions.unbindText'),
                          action: t('reseller.subscriptions.unbindAction'),
                          dangerous: true,
                          run: () => unbind.perform(address),
                        })
                      }
                    >
                      <IconTrash size={16} stroke={1.6} aria-hidden />
                    </ActionIcon>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {status !== 'TERMINATED' && free.length > 0 && (
          <form onSubmit={onSubmit}>
            <Group align="start" gap="xs">
              <TextInput
                label={t('reseller.subscriptions.address')}
                placeholder="203.0.113.7"
                autoComplete="off"
                style={{ flex: 1 }}
                {...form.getInputProps('address')}
              />
              <Button type="submit" variant="light" mt="1.55rem" loading={bind.isRunning}>
                {t('reseller.subscriptions.bind')}
              </Button>
            </Group>
          </form>
        )}
        <ProblemAlert error={problem} />
      </Stack>
    </Panel>
  );
}
