/** What is open at all gateways now, and ending it. */
import { Alert, Button, Text } from '@mantine/core';
import { IconScissors, IconUserX, IconWorldX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { admin, answerOf, once } from '../api/clients.ts';
import { useAction } from '../api/use-action.ts';
import { useList } from '../api/use-list.ts';
import { useConfirm } from '../components/confirm.tsx';
import { DataTable } from '../components/data-table.tsx';
import { FilterText } from '../components/filter-text.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';
import { RowMenu } from '../components/row-menu.tsx';
import { Time } from '../components/time.tsx';
import { useFilters } from '../components/use-filters.ts';
import { useFormat } from '../format/use-format.ts';
import { useMay } from './may.ts';
import { ResellerSelect } from './reseller-select.tsx';

type Tunnel = components['schemas']['Tunnel'];
type Cut = { tunnelId: string } | { subuser: string } | { subscription: string } | { host: string };
const EVERY_MS = 3_000;
const MOST = '1000';
const FIELDS = ['subuser', 'host'] as const;

export function TunnelsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const confirm = useConfirm();
  const may = useMay();
  const [filters, change] = useFilters<'subuser' | 'host' | 'reseller'>();
  const [about, setAbout] = useState({ total: 0, silent: [] as string[] });
  const { subuser, host, reseller } = filters;
  const filter = { ...(subuser && { subuser }), ...(host && { host }), ...(reseller && { reseller }) };
  const query = useList({
    queryKey: ['admin', 'tunnels', filter],
    read: async () => {
      const { tunnels, total, silentGateways } = await answerOf(
        admin.GET('/tunnels', { params: { query: { ...filter, limit: MOST } } }),
      );
      setAbout({ total, silent: silentGateways });
      return { data: tunnels, nextCursor: null };
    },
    refetchInterval: EVERY_MS,
  });
  const cut = useAction({
    run: (body: Cut, key) => answerOf(admin.POST('/tunnels/cut', { params: { header: once(key) }, body })),
    changes: [['admin', 'tunnels']],
  });
  const ask = (title: string, what: Cut) =>
    confirm({
      title,
      text: t('owner.tunnels.cutText'),
      action: t('owner.tunnels.cut'),
      dangerous: true,
      run: () => cut.perform(what),
    });
  const ownerOf = ({ username, subscription, storeCode }: Tunnel) => username ?? subscription ?? storeCode;
  return (
    <>
      <PageHeader
        title={t('owner.tunnels.title')}
        intro={t('owner.tunnels.open', { count: about.total })}
        actions={
          may.change &&
          host && (
            <Button color="red" onClick={() => ask(t('owner.tunnels.cutHostTitle', { host }), { host })}>
              {t('owner.tunnels.cutHost', { host })}
            </Button>
          )
        }
      />
      {about.silent.length > 0 && (
        <Alert color="brass" mb="md">
          {t('owner.tunnels.silent', { names: about.silent.join(', ') })}
        </Alert>
      )}
      <Panel flush>
        <DataTable<Tunnel>
          label={t('owner.tunnels.title')}
          query={query}
          rowKey={({ tunnelId }) => tunnelId}
          isFiltered={Object.keys(filter).length > 0}
          empty={{ title: t('owner.tunnels.empty'), text: t('owner.tunnels.emptyText') }}
          filters={
            <>
              {FIELDS.map((name) => (
                <FilterText
                  key={name}
                  label={t(`owner.tunnels.${name}`)}
                  value={filters[name]}
                  onChange={(value) => change({ [name]: value })}
                />
              ))}
              <ResellerSelect
                aria-label={t('owner.resellers.one')}
                clearable
                clearButtonProps={{ 'aria-label': t('owner.keys.ofAll') }}
                value={reseller ?? null}
                onChange={(value) => change({ reseller: value })}
              />
            </>
          }
          columns={[
            {
              key: 'whose',
              header: t('owner.tunnels.whose'),
              width: 'minmax(11rem, 1.3fr)',
              cell: (tunnel) => (
                <div>
                  <Text size="sm" fw={560}>
                    {ownerOf(tunnel)}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {tunnel.clientAddress}
                  </Text>
                </div>
              ),
            },
            {
              key: 'target',
              header: t('owner.tunnels.target'),
              width: 'minmax(11rem, 1.4fr)',
              cell: ({ host: to, port, protocol }) => (
                <div>
                  {to === null ? '–' : `${to}:${port}`}
                  <Text size="xs" c="dimmed">
                    {protocol}
                  </Text>
                </div>
              ),
            },
            {
              key: 'up',
              header: t('owner.tunnels.up'),
              align: 'end',
              cell: ({ upBytes }) => format.bytes(upBytes),
            },
            {
              key: 'down',
              header: t('owner.tunnels.down'),
              align: 'end',
              cell: ({ downBytes }) => format.bytes(downBytes),
            },
            {
              key: 'since',
              header: t('owner.tunnels.since'),
              cell: ({ since }) => <Time at={since} as="fromNow" />,
            },
            { key: 'gateway', header: t('owner.tunnels.gateway'), cell: ({ gateway }) => gateway },
            {
              key: 'actions',
              header: t('table.actions'),
              align: 'end',
              width: '3.5rem',
              cell: (tunnel) => {
                const { tunnelId, username, subscription, host: to } = tunnel;
                const whose: Cut | undefined = username
                  ? { subuser: username }
                  : subscription
                    ? { subscription }
                    : undefined;
                return (
                  may.change && (
                    <RowMenu
                      label={t('owner.tunnels.actionsOf', { id: ownerOf(tunnel) })}
                      actions={[
                        {
                          text: t('owner.tunnels.cut'),
                          icon: IconScissors,
                          dangerous: true,
                          onClick: () =>
                            ask(t('owner.tunnels.cutTitle', { target: to ?? tunnelId }), { tunnelId }),
                        },
                        whose !== undefined && {
                          text: t('owner.tunnels.cutAllOf', { whose: ownerOf(tunnel) }),
                          icon: IconUserX,
                          dangerous: true,
                          onClick: () =>
                            ask(t('owner.tunnels.cutAllTitle', { whose: ownerOf(tunnel) }), whose),
                        },
                        to !== null && {
                          text: t('owner.tunnels.cutHost', { host: to }),
                          icon: IconWorldX,
                          dangerous: true,
                          onClick: () => ask(t('owner.tunnels.cutHostTitle', { host: to }), { host: to }),
                        },
                      ]}
                    />
                  )
                );
              },
            },
          ]}
        />
      </Panel>
    </>
  );
}
