/** Ways out towards targets, and where nobody may go. */
import { Badge, Switch, Text } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { admin, answerOf, once } from '../api/clients.ts';
import { useAction } from '../api/use-action.ts';
import { useWholeList } from '../api/use-whole-list.ts';
import { useConfirm } from '../components/confirm.tsx';
import { DataTable } from '../components/data-table.tsx';
import { Dialog, DialogButton } from '../components/dialog.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { RowMenu } from '../components/row-menu.tsx';
import { useDirectAction } from '../components/use-direct-action.ts';
import { useFormat } from '../format/use-format.ts';
import { ExitForm } from './exit-form.tsx';
import { LimitsPanel } from './limits-form.tsx';
import { useMay } from './may.ts';

export type Exit = components['schemas']['Exit'];
export const EXITS_KEY = ['admin', 'exits'] as const;

export function ExitsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const confirm = useConfirm();
  const may = useMay();
  const [editing, setEditing] = useState<Exit>();
  const query = useWholeList(EXITS_KEY, () => answerOf(admin.GET('/exits')));
  const toggle = useDirectAction({
    run: ({ name, enabled }: Exit, key) =>
      answerOf(
        admin.PATCH('/exits/{name}', {
          params: { path: { name }, header: once(key) },
          body: { enabled: !enabled },
        }),
      ),
    changes: [EXITS_KEY],
  });
  const remove = useAction({
    run: (name: string, key) =>
      answerOf(admin.DELETE('/exits/{name}', { params: { path: { name }, header: once(key) } })),
    changes: [EXITS_KEY],
  });
  const create = may.giveAccess && (
    <DialogButton text={t('owner.exits.create')} size="xl">
      {(close) => <ExitForm onClose={close} />}
    </DialogButton>
  );
  return (
    <>
      <PageHeader title={t('owner.exits.title')} intro={t('owner.exits.intro')} actions={create} />
      <ProblemAlert error={toggle.error} />
      <Panel flush>
        <DataTable<Exit>
          label={t('owner.exits.title')}
          query={query}
          rowKey={({ id }) => id}
          empty={{ title: t('owner.exits.empty'), text: t('owner.exits.emptyText') }}
          columns={[
            {
              key: 'name',
              header: t('owner.gateways.name'),
              width: 'minmax(10rem, 1.2fr)',
              cell: ({ name, host, port, sourceAddresses }) => (
                <div>
                  <Text size="sm" fw={560}>
                    {name}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {host ? `${host}:${port}` : sourceAddresses.join(', ')}
                  </Text>
                </div>
              ),
            },
            {
              key: 'kind',
              header: t('owner.exits.kind'),
              cell: ({ kind }) => <Badge color="gray">{t(`owner.exits.kinds.${kind}`)}</Badge>,
            },
            {
              key: 'place',
              header: t('owner.exits.place'),
              width: 'minmax(7.5rem, 1fr)',
              cell: ({ country, state, city, isp }) =>
                // They are kept in small letters.
                country || state || city || isp ? (
                  <span style={{ textTransform: 'capitalize' }}>
                    {[country?.toUpperCase(), state, city, isp].filter(Boolean).join(', ')}
                  </span>
                ) : (
                  t('owner.exits.anyPlace')
                ),
            },
            {
              key: 'products',
              header: t('owner.exits.products'),
              width: 'minmax(9rem, 1.2fr)',
              cell: ({ products }) => products.map((name) => t(`owner.exits.product.${name}`)).join(', '),
            },
            {
              key: 'weight',
              header: t('owner.exits.weight'),
              align: 'end',
              width: 'minmax(4rem, 0.5fr)',
              cell: ({ weight }) => format.number(weight),
            },
            {
              key: 'most',
              header: t('owner.exits.maxTunnels'),
              align: 'end',
              width: 'minmax(6.5rem, 0.7fr)',
              cell: ({ maxTunnels }) =>
                maxTunnels === null ? t('owner.exits.unlimited') : format.number(maxTunnels),
            },
            {
              key: 'health',
              header: t('owner.exits.health'),
              width: 'minmax(8rem, 0.8fr)',
              cell: ({ seenBy }) => <Health seenBy={seenBy} />,
            },
            {
              key: 'enabled',
              header: t('owner.exits.enabled'),
              width: 'minmax(5rem, 0.6fr)',
              cell: (exit) => (
                <Switch
                  aria-label={t('owner.exits.enable', { name: exit.name })}
                  checked={exit.enabled}
                  disabled={!may.giveAccess || toggle.isRunning}
                  onChange={() => toggle.start(exit)}
                />
              ),
            },
            {
              key: 'actions',
              header: t('table.actions'),
              align: 'end',
              width: '3.5rem',
              cell: (exit) =>
                may.giveAccess && (
                  <RowMenu
                    label={t('owner.exits.actionsOf', { name: exit.name })}
                    actions={[
                      { text: t('actions.edit'), icon: IconPencil, onClick: () => setEditing(exit) },
                      {
                        text: t('owner.exits.remove'),
                        icon: IconTrash,
                        dangerous: true,
                        onClick: () =>
                          confirm({
                            title: t('owner.exits.removeTitle', { name: exit.name }),
                            text: t('owner.exits.removeText'),
                            action: t('owner.exits.remove'),
                            dangerous: true,
                            word: exit.name,
                            run: () => remove.perform(exit.name),
                          }),
                      },
                    ]}
                  />
                ),
            },
          ]}
        />
      </Panel>
      <div style={{ height: '1.25rem' }} />
      <LimitsPanel of={{ kind: 'everybody' }} />
      <Dialog
        title={t('owner.exits.editTitle', { name: editing?.name ?? '' })}
        opened={editing !== undefined}
        onClose={() => setEditing(undefined)}
        size="xl"
      >
        {editing && <ExitForm exit={editing} onClose={() => setEditing(undefined)} />}
      </Dialog>
    </>
  );
}

/** How the gateways see it, and what it carries at the moment. */
function Health({ seenBy }: Pick<Exit, 'seenBy'>) {
  const { t } = useTranslation();
  if (seenBy.length === 0) return <Badge color="gray">{t('owner.exits.unseen')}</Badge>;
  const out = seenBy.filter(({ isHealthy }) => !isHealthy).length;
  const tunnels = seenBy.reduce((sum, sighting) => sum + sighting.tunnels, 0);
  return (
    <div>
      {out === 0 ? (
        <Badge color="green">{t('owner.exits.good')}</Badge>
      ) : (
        <Badge color="red">{t('owner.exits.outAt', { out, count: seenBy.length })}</Badge>
      )}
      <Text size="xs" c="dimmed">
        {t('owner.exits.carries', { count: tunnels })}
      </Text>
    </div>
  );
}
