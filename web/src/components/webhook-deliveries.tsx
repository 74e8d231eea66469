import { Badge, Button, NativeSelect, Text, UnstyledButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconRepeat } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/use-action.ts';
import { useList } from '../api/use-list.ts';
import { useConfirm } from './confirm.tsx';
import { DataTable } from './data-table.tsx';
import { Dialog } from './dialog.tsx';
import { Panel } from './panel.tsx';
import styles from './record.module.css';
import { RowMenu } from './row-menu.tsx';
import { Time } from './time.tsx';
import { useDirectAction } from './use-direct-action.ts';
import type { Delivery, Webhook, WebhooksApi } from './webhooks.tsx';

const STATUSES = ['pending', 'delivered', 'failed'] as const;
const STATUS_COLORS = { pending: 'brass', delivered: 'green', failed: 'red' } as const;
const DAY_MS = 86_400_000;

const EVERY_MS = 3_000;

/** What was and is to be sent to an endpoint. */
export function WebhookDeliveries({ api, webhook }: { api: WebhooksApi; webhook: Webhook }) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  const [status, setStatus] = useState('');
  const [shown, setShown] = useState<Delivery>();
  const queryKey = [...api.queryKey, webhook.id, 'deliveries'];
  const query = useList({
    queryKey: [...queryKey, status],
    read: (cursor) =>
      api.deliveries(webhook.id, { cursor, ...(status !== '' && { status: status as Delivery['status'] }) }),
    // What is on its way arrives while somebody looks.
    refetchInterval: EVERY_MS,
  });
  const replay = useDirectAction({
    run: (deliveryId: string, key) => api.replay(webhook.id, deliveryId, key),
    changes: [queryKey],
  });
  const replayFailed = useAction({
    run: (since: string, key) => api.replayFailed(webhook.id, since, key),
    changes: [queryKey],
    onDone: ({ count }) =>
      notifications.show({
        message: t('webhooks.replayed', { sent: count }),
        closeButtonProps: { 'aria-label': t('actions.close') },
      }),
  });
  return (
    <div style={{ marginTop: '1.25rem' }}>
      <Panel
        flush
        title={t('webhooks.deliveries')}
        intro={t('webhooks.deliveriesIntro', { url: webhook.url })}
        actions={
          api.mayChange && (
            <Button
              variant="default"
              size="xs"
              onClick={() =>
                confirm({
                  title: t('webhooks.replayFailed'),
                  text: t('webhooks.replayFailedText'),
                  action: t('webhooks.replay'),
                  run: () => replayFailed.perform(new Date(Date.now() - DAY_MS).toISOString()),
                })
              }
            >
              {t('webhooks.replayFailed')}
            </Button>
          )
        }
      >
        <DataTable
          label={t('webhooks.deliveries')}
          query={query}
          rowKey={({ id }) => id}
          isFiltered={status !== ''}
          empty={{ title: t('webhooks.noDeliveries') }}
          filters={
            <>
              <NativeSelect
                aria-label={t('webhooks.status')}
                value={status}
                onChange={({ currentTarget }) => setStatus(currentTarget.value)}
                data={[
                  { value: '', label: t('webhooks.statuses.all') },
                  ...STATUSES.map((value) => ({ value, label: t(`webhooks.statuses.${value}`) })),
                ]}
              />
              <Button variant="default" onClick={() => void query.refetch()} loading={query.isFetching}>
                {t('actions.refresh')}
              </Button>
            </>
          }
          columns={[
            {
              key: 'type',
              header: t('webhooks.message'),
              width: 'minmax(11rem, 1.2fr)',
              cell: (row) => (
                <UnstyledButton className={styles.link} onClick={() => setShown(row)}>
                  {row.type}
                </UnstyledButton>
              ),
            },
            { key: 'at', header: t('webhooks.at'), cell: ({ at }) => <Time at={at} /> },
            {
              key: 'status',
              header: t('webhooks.status'),
              cell: (row) => (
                <Badge color={STATUS_COLORS[row.status]}>{t(`webhooks.statuses.${row.status}`)}</Badge>
              ),
            },
            {
              key: 'answer',
              header: t('webhooks.answer'),
              width: 'minmax(10rem, 1.4fr)',
              cell: ({ answerStatus, error, attempts, nextAttemptAt }) => (
                <div>
                  {answerStatus ?? error ?? '–'}
                  <Text size="xs" c="dimmed">
                    {t('webhooks.attempts', { count: attempts })}
                    {nextAttemptAt && (
                      <>
                        , {t('webhooks.next')} <Time at={nextAttemptAt} as="fromNow" />
                      </>
                    )}
                  </Text>
                </div>
              ),
            },
            {
              key: 'actions',
              header: t('table.actions'),
              align: 'end',
              width: '2.5rem',
              cell: (row) =>
                api.mayChange && (
                  <RowMenu
                    label={t('webhooks.actionsOf', { url: row.type })}
                    actions={[
                      {
                        text: t('webhooks.replay'),
                        icon: IconRepeat,
                        onClick: () => replay.start(row.id),
                      },
                    ]}
                  />
                ),
            },
          ]}
        />
      </Panel>
      <Dialog
        title={shown?.type ?? ''}
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        size="xl"
      >
        <pre className={styles.text}>{shown && pretty(shown.payload)}</pre>
      </Dialog>
    </div>
  );
}

/** What is sent is JSON; should it not be, it is shown as it is. */
function pretty(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}
