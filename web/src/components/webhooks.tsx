/** Webhook endpoints and what was sent to them, as both consoles show them. */
import { Alert, Badge, Checkbox, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconPencil, IconRefresh, IconSend, IconToggleLeft, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { useAction } from '../api/use-action.ts';
import { useWholeList } from '../api/use-whole-list.ts';
import { Breakable } from './breakable.tsx';
import { useConfirm } from './confirm.tsx';
import { CopyableCode } from './copy.tsx';
import { DataTable, type ListPage } from './data-table.tsx';
import { Dialog, DialogButton, DialogForm } from './dialog.tsx';
import { Panel } from './panel.tsx';
import styles from './record.module.css';
import { RowMenu } from './row-menu.tsx';
import { SecretOnce } from './secret-once.tsx';
import { Time } from './time.tsx';
import { useDirectAction } from './use-direct-action.ts';
import { useFilters } from './use-filters.ts';
import { useServerForm } from './use-server-form.ts';
import { WebhookDeliveries } from './webhook-deliveries.tsx';

export type Webhook = components['schemas']['Webhook'];
type WebhookType = Webhook['types'][number];
export type Delivery = components['schemas']['WebhookDelivery'];

/** What can be told at all, in the order it is offered. One that is missing here does not compile. */
const WEBHOOK_TYPES = Object.keys({
  'subuser.created': true,
  'quota.warning': true,
  'quota.reached': true,
  'subscription.expiring': true,
  'subscription.expired': true,
  'subscription.renewed': true,
  'credit_event.mismatch': true,
  'reconciliation.differences': true,
  'key.revoked': true,
} satisfies Record<WebhookType, true>) as WebhookType[];

export interface WebhookFields {
  url: string;
  description: string;
  types: WebhookType[];
}

export interface WebhooksApi {
  queryKey: readonly unknown[];
  /** The person may change something. */
  mayChange: boolean;
  list: () => Promise<{ data: Webhook[] }>;
  add: (fields: WebhookFields, idempotencyKey: string) => Promise<Webhook & { secret: string }>;
  change: (
    id: string,
    fields: Partial<WebhookFields & { enabled: boolean }>,
    idempotencyKey: string,
  ) => Promise<Webhook>;
  remove: (id: string, idempotencyKey: string) => Promise<unknown>;
  rotateSecret: (id: string, idempotencyKey: string) => Promise<{ secret: string }>;
  test: (id: string, idempotencyKey: string) => Promise<unknown>;
  deliveries: (
    id: string,
    query: { cursor: string | undefined; status?: Delivery['status'] },
  ) => Promise<ListPage<Delivery>>;
  replay: (id: string, deliveryId: string, idempotencyKey: string) => Promise<unknown>;
  replayFailed: (id: string, since: string, idempotencyKey: string) => Promise<{ count: number }>;
}

/** The button of the page's head. */
export function AddWebhook({ api }: { api: WebhooksApi }) {
  const { t } = useTranslation();
  if (!api.mayChange) return null;
  return (
    <DialogButton text={t('webhooks.add')}>
      {(close) => <WebhookForm api={api} onClose={close} />}
    </DialogButton>
  );
}

export function Webhooks({ api }: { api: WebhooksApi }) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  const [filters, change] = useFilters<'endpoint'>();
  const [editing, setEditing] = useState<Webhook>();
  const [secret, setSecret] = useState<{ url: string; text: string }>();
  const query = useWholeList(api.queryKey, api.list);
  const changes = [api.queryKey];
  const toggle = useDirectAction({
    run: ({ id, enabled }: Webhook, key) => api.change(id, { enabled: !enabled }, key),
    changes,
  });
  const remove = useAction({ run: (id: string, key) => api.remove(id, key), changes });
  const rotate = useAction({
    run: ({ id }: Webhook, key) => api.rotateSecret(id, key),
    changes,
    onDone: (made, { url }) => setSecret({ url, text: made.secret }),
  });
  const test = useDirectAction({
    run: (id: string, key) => api.test(id, key),
    changes,
    onDone: (_, id) => change({ endpoint: id }),
  });
  const rows = query.data?.pages.flatMap(({ data }) => data) ?? [];
  const chosen = rows.find(({ id }) => id === filters.endpoint);
  return (
    <>
      <Panel flush>
        <DataTable
          label={t('webhooks.title')}
          query={query}
          rowKey={({ id }) => id}
          empty={{
            title: t('webhooks.empty'),
            text: t('webhooks.emptyText'),
            action: <AddWebhook api={api} />,
          }}
          columns={[
            {
              key: 'url',
              header: t('webhooks.url'),
              width: 'minmax(14rem, 2fr)',
              cell: (row) => (
                <div>
                  <UnstyledButton
                    className={styles.link}
                    aria-pressed={row.id === filters.endpoint}
                    onClick={() => change({ endpoint: row.id === filters.endpoint ? null : row.id })}
                  >
                    <Breakable text={row.url} />
                  </UnstyledButton>
                  <Text size="xs" c="dimmed">
                    {row.description}
                  </Text>
                </div>
              ),
            },
            {
              key: 'types',
              header: t('webhooks.types'),
              width: 'minmax(10rem, 1.4fr)',
              cell: ({ types }) => (
                <Text size="xs" c="dimmed">
                  {types.length === 0 || types.length === WEBHOOK_TYPES.length
                    ? t('webhooks.all')
                    : types
                        .map((type) => t(`webhooks.type.${type.replace('.', '_') as 'key_revoked'}`))
                        .join(', ')}
                </Text>
              ),
            },
            {
              key: 'state',
              header: t('webhooks.state'),
              width: 'minmax(8rem, 0.8fr)',
              cell: ({ enabled, disabledReason }) => (
                <div>
                  <Badge color={enabled ? 'green' : 'red'}>
                    {t(enabled ? 'webhooks.on' : 'webhooks.off')}
                  </Badge>
                  {disabledReason && (
                    <Text size="xs" c="dimmed">
                      {disabledReason}
                    </Text>
                  )}
                </div>
              ),
            },
            {
              key: 'made',
              header: t('webhooks.made'),
              width: 'minmax(7rem, 0.7fr)',
              cell: ({ createdAt }) => <Time at={createdAt} as="date" />,
            },
            {
              key: 'actions',
              header: t('table.actions'),
              align: 'end',
              width: '2.5rem',
              cell: (row) =>
                api.mayChange && (
                  <RowMenu
                    label={t('webhooks.actionsOf', { url: row.url })}
                    actions={[
                      { text: t('webhooks.test'), icon: IconSend, onClick: () => test.start(row.id) },
                      { text: t('actions.edit'), icon: IconPencil, onClick: () => setEditing(row) },
                      {
                        text: t(row.enabled ? 'webhooks.switchOff' : 'webhooks.switchOn'),
                        icon: IconToggleLeft,
                        onClick: () => toggle.start(row),
                      },
                      {
                        text: t('webhooks.rotate'),
                        icon: IconRefresh,
                        onClick: () =>
                          confirm({
                            title: t('webhooks.rotateTitle'),
                            text: t('webhooks.rotateText', { url: row.url }),
                            action: t('webhooks.rotate'),
                            run: () => rotate.perform(row),
                          }),
                      },
                      {
                        text: t('webhooks.remove'),
                        icon: IconTrash,
                        dangerous: true,
                        onClick: () =>
                          confirm({
                            title: t('webhooks.removeTitle'),
                            text: t('webhooks.removeText', { url: row.url }),
                            action: t('webhooks.remove'),
                            dangerous: true,
                            run: () => remove.perform(row.id),
                          }),
                      },
                    ]}
                  />
                ),
            },
          ]}
        />
      </Panel>
      {chosen && <WebhookDeliveries api={api} webhook={chosen} />}
      <Dialog title={t('webhooks.edit')} opened={editing !== undefined} onClose={() => setEditing(undefined)}>
        {editing && <WebhookForm api={api} webhook={editing} onClose={() => setEditing(undefined)} />}
      </Dialog>
      <Dialog
        title={t('webhooks.newSecret')}
        opened={secret !== undefined}
        onClose={() => setSecret(undefined)}
      >
        {secret && (
          <SecretOnce
            label={t('webhooks.secretOf', { url: secret.url })}
            secret={secret.text}
            onSaved={() => setSecret(undefined)}
          />
        )}
      </Dialog>
    </>
  );
}

function WebhookForm({
  api,
  webhook,
  onClose,
}: {
  api: WebhooksApi;
  webhook?: Webhook;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [secret, setSecret] = useState<string>();
  const action = useAction({
    run: async (fields: WebhookFields, key) => {
      if (webhook) return { secret: undefined, ...(await api.change(webhook.id, fields, key)) };
      return api.add(fields, key);
    },
    changes: [api.queryKey],
    onDone: (made) => (made.secret === undefined ? onClose() : setSecret(made.secret)),
  });
  const { form, onSubmit, problem } = useServerForm<WebhookFields, WebhookFields>(
    {
      initialValues: {
        url: webhook?.url ?? '',
        description: webhook?.description ?? '',
        types: webhook?.types ?? [...WEBHOOK_TYPES],
      },
    },
    action,
    (values) => values,
  );
  if (secret !== undefined) {
    return (
      <SecretOnce
        label={t('webhooks.secretOf', { url: form.values.url })}
        secret={secret}
        onSaved={onClose}
      />
    );
  }
  return (
    <DialogForm
      onSubmit={onSubmit}
      problem={problem}
      isRunning={action.isRunning}
      action={t(webhook ? 'actions.save' : 'actions.create')}
      onCancel={onClose}
    >
      <TextInput
        label={t('webhooks.url')}
        description={t('webhooks.urlHint')}
        placeholder="https://"
        data-autofocus
        {...form.getInputProps('url')}
      />
      <TextInput label={t('webhooks.description')} {...form.getInputProps('description')} />
      <Checkbox.Group label={t('webhooks.types')} {...form.getInputProps('types')}>
        {WEBHOOK_TYPES.map((type) => (
          <Checkbox
            key={type}
            value={type}
            mt={8}
            label={
              <>
                {t(`webhooks.type.${type.replace('.', '_') as 'key_revoked'}`)}{' '}
                <Text span size="xs" c="dimmed">
                  {type}
                </Text>
              </>
            }
          />
        ))}
      </Checkbox.Group>
      {webhook?.previousSecretUntil && (
        <Alert color="brass">
          {t('webhooks.overlap')} <Time at={webhook.previousSecretUntil} />
        </Alert>
      )}
      {webhook && <CopyableCode value={webhook.id} label={t('webhooks.copyId')} />}
    </DialogForm>
  );
}
