/** Gateways: which run, how they are, and the machines that may. */
import { Badge, NativeSelect, Text, TextInput } from '@mantine/core';
import { IconBan, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { admin, answerOf, once } from '../api/clients.ts';
import { useAction } from '../api/use-action.ts';
import { useWholeList } from '../api/use-whole-list.ts';
import { useConfirm } from '../components/confirm.tsx';
import { DataTable } from '../components/data-table.tsx';
import { Dialog, DialogButton, DialogForm } from '../components/dialog.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';
import { RowMenu } from '../components/row-menu.tsx';
import { SecretOnce } from '../components/secret-once.tsx';
import { Time } from '../components/time.tsx';
import { useServerForm } from '../components/use-server-form.ts';
import { useFormat } from '../format/use-format.ts';
import { useMay } from './may.ts';

type Gateway = components['schemas']['Gateway'];
type Node = components['schemas']['Node'];
const EVERY_MS = 5_000;
const NODES = ['admin', 'nodes'] as const;

export function GatewaysPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('owner.gateways.title')} intro={t('owner.gateways.intro')} />
      <Sessions />
      <div style={{ height: '1.25rem' }} />
      <Nodes />
    </>
  );
}

function Sessions() {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useWholeList(['admin', 'gateways'], () => answerOf(admin.GET('/gateways')), EVERY_MS);
  return (
    <Panel flush title={t('owner.gateways.sessions')}>
      <DataTable<Gateway>
        label={t('owner.gateways.sessions')}
        query={query}
        rowKey={({ id }) => id}
        empty={{ title: t('owner.overview.noGateways'), text: t('owner.gateways.emptyText') }}
        columns={[
          {
            key: 'name',
            header: t('owner.gateways.name'),
            width: 'minmax(8rem, 1.4fr)',
            cell: ({ name }) => (
              <Text size="sm" fw={560}>
                {name}
              </Text>
            ),
          },
          {
            key: 'state',
            header: t('keys.state'),
            cell: ({ alive }) => (
              <Badge color={alive ? 'green' : 'red'}>
                {t(alive ? 'owner.overview.alive' : 'owner.overview.isSilent')}
              </Badge>
            ),
          },
          {
            key: 'heard',
            header: t('owner.gateways.heard'),
            cell: ({ heartbeatAt }) => <Time at={heartbeatAt} as="fromNow" />,
          },
          {
            key: 'held',
            header: t('owner.gateways.held'),
            align: 'end',
            cell: ({ heldBytes }) => format.bytes(heldBytes),
          },
          {
            key: 'leases',
            header: t('owner.resellers.subusers'),
            align: 'end',
            cell: ({ leases }) => format.number(leases),
          },
          {
            key: 'seats',
            header: t('owner.gateways.seats'),
            align: 'end',
            width: 'minmax(4rem, 0.6fr)',
            cell: ({ seats }) => format.number(seats),
          },
          {
            key: 'since',
            header: t('owner.gateways.since'),
            cell: ({ openedAt }) => <Time at={openedAt} />,
            width: 'minmax(11.5rem, 1fr)',
          },
        ]}
      />
    </Panel>
  );
}

function stateOf({ revokedAt, expiresAt }: Node): 'revoked' | 'expired' | 'valid' {
  if (revokedAt) return 'revoked';
  return expiresAt && Date.parse(expiresAt) <= Date.now() ? 'expired' : 'valid';
}

function Nodes() {
  const { t } = useTranslation();
  const format = useFormat();
  const confirm = useConfirm();
  const may = useMay();
  const [rotating, setRotating] = useState<Node>();
  const query = useWholeList(NODES, () => answerOf(admin.GET('/nodes')));
  const revoke = useAction({
    run: (id: string, key) =>
      answerOf(admin.DELETE('/nodes/{id}', { params: { path: { id }, header: once(key) } })),
    changes: [NODES, ['admin', 'gateways']],
  });
  const add = may.giveAccess && (
    <DialogButton text={t('owner.nodes.add')}>{(close) => <AddNode onClose={close} />}</DialogButton>
  );
  return (
    <Panel flush title={t('owner.nodes.title')} intro={t('owner.nodes.intro')} actions={add}>
      <DataTable<Node>
        label={t('owner.nodes.title')}
        query={query}
        rowKey={({ id }) => id}
        empty={{ title: t('owner.nodes.empty'), text: t('owner.nodes.emptyText') }}
        columns={[
          {
            key: 'name',
            header: t('owner.gateways.name'),
            width: 'minmax(10rem, 1.4fr)',
            cell: ({ name, hint }) => (
              <div>
                <Text size="sm" fw={560}>
                  {name}
                </Text>
                <Text size="xs" c="dimmed" component="code">
                  {hint}…
                </Text>
              </div>
            ),
          },
          {
            key: 'state',
            header: t('keys.state'),
            cell: (node) => {
              const state = stateOf(node);
              return (
                <Badge color={state === 'valid' ? 'green' : state === 'revoked' ? 'red' : 'gray'}>
                  {t(`keys.states.${state}`)}
                </Badge>
              );
            },
          },
          {
            key: 'sessions',
            header: t('owner.nodes.sessions'),
            align: 'end',
            cell: ({ sessions }) => format.number(sessions),
          },
          {
            key: 'used',
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
                t('keys.neverUsed')
              ),
          },
          {
            key: 'made',
            header: t('owner.nodes.made'),
            cell: ({ createdAt }) => <Time at={createdAt} as="date" />,
          },
          {
            key: 'actions',
            header: t('table.actions'),
            align: 'end',
            width: '3.5rem',
            cell: (node) =>
              may.giveAccess &&
              stateOf(node) === 'valid' && (
                <RowMenu
                  label={t('owner.nodes.actionsOf', { name: node.name })}
                  actions={[
                    { text: t('keys.rotate'), icon: IconRefresh, onClick: () => setRotating(node) },
                    {
                      text: t('keys.revoke'),
                      icon: IconBan,
                      dangerous: true,
                      onClick: () =>
                        confirm({
                          title: t('owner.nodes.revokeTitle', { name: node.name }),
                          text: t('owner.nodes.revokeText'),
                          action: t('keys.revoke'),
                          dangerous: true,
                          word: node.name,
                          run: () => revoke.perform(node.id),
                        }),
                    },
                  ]}
                />
              ),
          },
        ]}
      />
      <Dialog
        title={t('owner.nodes.rotateTitle', { name: rotating?.name ?? '' })}
        opened={rotating !== undefined}
        onClose={() => setRotating(undefined)}
      >
        {rotating && <RotateNode node={rotating} onClose={() => setRotating(undefined)} />}
      </Dialog>
    </Panel>
  );
}

function AddNode({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [secret, setSecret] = useState<string>();
  const action = useAction({
    run: (body: { name: string }, key) =>
      answerOf(admin.POST('/nodes', { params: { header: once(key) }, body })),
    changes: [NODES],
    onDone: (node) => setSecret(node.secret),
  });
  const { form, onSubmit, problem } = useServerForm(
    { initialValues: { name: '' } },
    action,
    (values) => values,
  );
  if (secret !== undefined) {
    return (
      <SecretOnce
        label={t('owner.nodes.tokenOf', { name: form.values.name })}
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
      action={t('owner.nodes.add')}
      onCancel={onClose}
    >
      <TextInput
        label={t('owner.gateways.name')}
        description={t('owner.nodes.nameHint')}
        data-autofocus
        {...form.getInputProps('name')}
      />
    </DialogForm>
  );
}

const OVERLAP_S = { none: 0, hour: 3600, day: 86_400 } as const;
type Overlap = keyof typeof OVERLAP_S;

function RotateNode({ node, onClose }: { node: Node; onClose: () => void }) {
  const { t } = useTranslation();
  const [overlap, setOverlap] = useState<Overlap>('hour');
  const [secret, setSecret] = useState<string>();
  const action = useAction({
    run: (overlapSeconds: number, key) =>
      answerOf(
        admin.POST('/nodes/{id}/rotate', {
          params: { path: { id: node.id }, header: once(key) },
          body: { overlapSeconds },
        }),
      ),
    changes: [NODES],
    onDone: (made) => setSecret(made.secret),
  });
  if (secret !== undefined) {
    return (
      <SecretOnce label={t('owner.nodes.tokenOf', { name: node.name })} secret={secret} onSaved={onClose} />
    );
  }
  return (
    <DialogForm
      onSubmit={(event) => {
        event?.preventDefault();
        action.start(OVERLAP_S[overlap]);
      }}
      problem={action.error}
      isRunning={action.isRunning}
      action={t('keys.rotate')}
      onCancel={onClose}
    >
      <NativeSelect
        label={t('owner.nodes.overlap')}
        value={overlap}
        onChange={({ currentTarget }) => setOverlap(currentTarget.value as Overlap)}
        data={(Object.keys(OVERLAP_S) as Overlap[]).map((value) => ({
          value,
          label: t(`keys.overlaps.${value}`),
        }))}
      />
    </DialogForm>
  );
}
