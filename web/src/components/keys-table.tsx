/** API keys, as both consoles show them: what they may do, when they were used, rotating and revoking. */
import { Badge, Group, NativeSelect, Text } from '@mantine/core';
import { IconBan, IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { useAction } from '../api/use-action.ts';
import { useList } from '../api/use-list.ts';
import { useConfirm } from './confirm.tsx';
import { Copy } from './copy.tsx';
import { type Column, DataTable, type ListPage } from './data-table.tsx';
import { Dialog, DialogForm } from './dialog.tsx';
import { RowMenu } from './row-menu.tsx';
import { SecretOnce } from './secret-once.tsx';
import { Time } from './time.tsx';

export type Key = components['schemas']['Key'];
export type KeyState = 'valid' | 'expired' | 'revoked';

export interface KeysApi {
  queryKey: readonly unknown[];
  list: (query: { cursor: string | undefined; state?: KeyState }) => Promise<ListPage<Key>>;
  /** Absent where the person may not. */
  rotate?: (id: string, overlapMs: number, idempotencyKey: string) => Promise<{ secret: string }>;
  revoke?: (id: string, idempotencyKey: string) => Promise<unknown>;
}

function stateOf({ revokedAt, expiresAt }: Key): KeyState {
  if (revokedAt) return 'revoked';
  return expiresAt && Date.parse(expiresAt) <= Date.now() ? 'expired' : 'valid';
}

interface KeysTableProps {
  api: KeysApi;
  /** Whose a key is: where there are several accounts. */
  ownerCell?: (key: Key) => ReactNode;
  state: string;
  onState: (state: string) => void;
  filters?: ReactNode;
  isFiltered?: boolean;
  emptyAction?: ReactNode;
}

export function KeysTable({
  api,
  ownerCell,
  state,
  onState,
  filters,
  isFiltered = false,
  emptyAction,
}: KeysTableProps) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  const [rotating, setRotating] = useState<Key>();
  const query = useList({
    queryKey: [...api.queryKey, state],
    read: (cursor) => api.list({ cursor, ...(state !== '' && { state: state as KeyState }) }),
  });
  const revoke = useAction({
    run: (id: string, key) => api.revoke!(id, key),
    changes: [api.queryKey],
  });
  const columns: Column<Key>[] = [
    {
      key: 'name',
      header: t('keys.name'),
      width: 'minmax(9rem, 1.2fr)',
      cell: (key) => (
        <div>
          <Text size="sm" fw={560}>
            {key.name}
          </Text>
          <Text size="xs" c="dimmed" component="code">
            {key.hint}…
          </Text>{' '}
          <Copy value={key.id} label={t('keys.copyId')} />
        </div>
      ),
    },
    ...(ownerCell
      ? [{ key: 'owner', header: t('keys.owner'), width: 'minmax(8rem, 1fr)', cell: ownerCell }]
      : []),
    {
      key: 'scopes',
      header: t('keys.scopes'),
      width: 'minmax(12rem, 2fr)',
      cell: ({ scopes }) => (
        <Group gap={4}>
          {scopes.map((scope) => (
            <Badge key={scope} color={scope.startsWith('admin:') ? 'brass' : 'gray'} size="sm">
              {scope}
            </Badge>
          ))}
        </Group>
      ),
    },
    {
      key: 'lastUsed',
      header: t('keys.lastUsed'),
      cell: ({ lastUsedAt, lastUsedFrom }) =>
        lastUsedAt ? (
          <div>
            <Time at={lastUsedAt} as="fromNow" />
            <Text size="xs" c="dimmed">
              {lastUsedFrom}
            </Text>
          </div>
        ) : (
          <Text size="sm" c="dimmed">
            {t('keys.neverUsed')}
          </Text>
        ),
    },
    {
      key: 'state',
      header: t('keys.state'),
      width: 'minmax(7rem, 0.8fr)',
      cell: (key) => <KeyStateBadge apiKey={key} />,
    },
    {
      key: 'actions',
      header: t('table.actions'),
      width: '2.5rem',
      align: 'end',
      cell: (key) =>
        stateOf(key) === 'valid' && (
          <RowMenu
            label={t('keys.actionsOf', { name: key.name })}
            actions={[
              api.rotate !== undefined && {
                text: t('keys.rotate'),
                icon: IconRefresh,
                onClick: () => setRotating(key),
              },
              api.revoke !== undefined && {
                text: t('keys.revoke'),
                icon: IconBan,
                dangerous: true,
                onClick: () =>
                  confirm({
                    title: t('keys.revokeTitle', { name: key.name }),
                    text: t('keys.revokeText', { hint: key.hint }),
                    action: t('keys.revoke'),
                    dangerous: true,
                    run: () => revoke.perform(key.id),
                  }),
              },
            ]}
          />
        ),
    },
  ];
  return (
    <>
      <DataTable
        label={t('keys.title')}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        filters={
          <>
            <NativeSelect
              aria-label={t('keys.state')}
              value={state}
              onChange={({ currentTarget }) => onState(currentTarget.value)}
              data={[
                { value: '', label: t('keys.states.all') },
                ...(['valid', 'expired', 'revoked'] as const).map((value) => ({
                  value,
                  label: t(`keys.states.${value}`),
                })),
              ]}
            />
            {filters}
          </>
        }
        isFiltered={isFiltered || state !== ''}
        empty={{ title: t('keys.empty'), text: t('keys.emptyText'), action: emptyAction }}
      />
      <Dialog
        title={t('keys.rotateTitle', { name: rotating?.name ?? '' })}
        opened={rotating !== undefined}
        onClose={() => setRotating(undefined)}
      >
        {rotating && <RotateForm api={api} apiKey={rotating} onClose={() => setRotating(undefined)} />}
      </Dialog>
    </>
  );
}

function KeyStateBadge({ apiKey }: { apiKey: Key }) {
  const { t } = useTranslation();
  const state = stateOf(apiKey);
  return (
    <div>
      <Badge color={state === 'valid' ? 'green' : state === 'revoked' ? 'red' : 'gray'}>
        {t(`keys.states.${state}`)}
      </Badge>
      {state === 'valid' && apiKey.expiresAt && (
        <Text size="xs" c="dimmed">
          {t('keys.ends')} <Time at={apiKey.expiresAt} as="fromNow" />
        </Text>
      )}
    </div>
  );
}

const HOUR_MS = 3_600_000;
const OVERLAP_HOURS = { none: 0, hour: 1, day: 24, week: 168 } as const;
type Overlap = keyof typeof OVERLAP_HOURS;

function RotateForm({ api, apiKey, onClose }: { api: KeysApi; apiKey: Key; onClose: () => void }) {
  const { t } = useTranslation();
  const [overlap, setOverlap] = useState<Overlap>('day');
  const [secret, setSecret] = useState<string>();
  const action = useAction({
    run: (overlapMs: number, key) => api.rotate!(apiKey.id, overlapMs, key),
    changes: [api.queryKey],
    onDone: (minted) => setSecret(minted.secret),
  });
  if (secret !== undefined) {
    return <SecretOnce label={t('keys.secretOf', { name: apiKey.name })} secret={secret} onSaved={onClose} />;
  }
  return (
    <DialogForm
      onSubmit={(event) => {
        event?.preventDefault();
        action.start(OVERLAP_HOURS[overlap] * HOUR_MS);
      }}
      problem={action.error}
      isRunning={action.isRunning}
      action={t('keys.rotate')}
      onCancel={onClose}
    >
      <Text size="sm">{t('keys.rotateText')}</Text>
      <NativeSelect
        label={t('keys.overlap')}
        value={overlap}
        onChange={({ currentTarget }) => setOverlap(currentTarget.value as Overlap)}
        data={(Object.keys(OVERLAP_HOURS) as Overlap[]).map((value) => ({
          value,
          label: t(`keys.overlaps.${value}`),
        }))}
      />
    </DialogForm>
  );
}
