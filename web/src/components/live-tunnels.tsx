/** What is open at all gateways now, and ending it: the provider's of everybody, a reseller's of its own. */
import { Alert, Button, Text } from '@mantine/core';
import { IconScissors, IconUserX, IconWorldX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { useAction } from '../api/use-action.ts';
import { useList } from '../api/use-list.ts';
import { useFormat } from '../format/use-format.ts';
import { useConfirm } from './confirm.tsx';
import { DataTable } from './data-table.tsx';
import { FilterText } from './filter-text.tsx';
import { PageHeader } from './page-header.tsx';
import { Panel } from './panel.tsx';
import { RowMenu } from './row-menu.tsx';
import { Time } from './time.tsx';
import { useFilters } from './use-filters.ts';

/** A reseller is not told at which gateway. */
type Tunnel = Omit<components['schemas']['Tunnel'], 'gateway'> & { gateway?: string };
export type Cut = { tunnelId: string } | { subuser: string } | { subscription: string } | { host: string };
const EVERY_MS = 3_000;
const FIELDS = ['subuser', 'host'] as const;

export interface TunnelFilters {
  subuser?: string;
  host?: string;
  reseller?: string;
}

interface LiveTunnelsProps {
  queryKey: readonly unknown[];
  /** `missing`: what is to be said of gateways that did not answer. */
  list: (
    filter: TunnelFilters,
  ) => Promise<{ tunnels: Tunnel[]; total: number; missing?: string | undefined }>;
  cut: (what: Cut, key: string) => Promise<unknown>;
  mayCut: boolean;
  showsGateways?: boolean;
  /** Another filter: of which reseller. */
  resellerFilter?: (value: string | undefined, change: (value: string | null) => void) => ReactNode;
}

export function LiveTunnels({
  queryKey,
  list,
  cut: cutNow,
  mayCut,
  showsGateways = false,
  resellerFilter,
}: LiveTunnelsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const confirm = useConfirm();
  const [filters, change] = useFilters<'subuser' | 'host' | 'reseller'>();
  const [about, setAbout] = useState<{ total: number; missing?: string | undefined }>({ total: 0 });
  const { subuser, host, reseller } = filters;
  const filter = { ...(subuser && { subuser }), ...(host && { host }), ...(reseller && { reseller }) };
  const query = useList({
    queryKey: [...queryKey, filter],
    read: async () => {
      const { tunnels, ...rest } = await list(filter);
      setAbout(rest);
      return { data: tunnels, nextCursor: null };
    },
    refetchInterval: EVERY_MS,
  });
  const cut = useAction({
    run: cutNow,
    changes: [queryKey],
  });
  const ask = (title: string, what: Cut) =>
    confirm({
      title,
      text: t('tunnels.cutText'),
      action: t('tunnels.cut'),
      dangerous: true,
      run: () => cut.perform(what),
    });
  const ownerOf = ({ username, subscription, storeCode }: Tunnel) => username ?? subscription ?? storeCode;
  return (
    <>
      <PageHeader
        title={t('tunnels.title')}
        intro={t('tunnels.open', { count: about.total })}
        actions={
          mayCut &&
          host && (
            <Button color="red" onClick={() => ask(t('tunnels.cutHostTitle', { host }), { host })}>
              {t('tunnels.cutHost', { host })}
            </Button>
          )
        }
      />
      {about.missing !== undefined && (
        <Alert color="brass" mb="md">
          {about.missing}
        </Alert>
      )}
      <Panel flush>
        <DataTable<Tunnel>
          label={t('tunnels.title')}
          query={query}
          rowKey={({ tunnelId }) => tunnelId}
          isFiltered={Object.keys(filter).length > 0}
          empty={{ title: t('tunnels.empty'), text: t('tunnels.emptyText') }}
          filters={
            <>
              {FIELDS.map((name) => (
                <FilterText
                  key={name}
                  label={t(`tunnels.${name}`)}
                  value={filters[name]}
                  onChange={(value) => change({ [name]: value })}
                />
              ))}
              {resellerFilter?.(reseller, (value) => change({ reseller: value }))}
            </>
          }
          columns={[
            {
              key: 'whose',
              header: t('tunnels.whose'),
              width: 'minmax(13rem, 1.7fr)',
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
              header: t('tunnels.target'),
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
              header: t('tunnels.up'),
              align: 'end',
              cell: ({ upBytes }) => format.bytes(upBytes),
            },
            {
              key: 'down',
              header: t('tunnels.down'),
              align: 'end',
              cell: ({ downBytes }) => format.bytes(downBytes),
            },
            {
              key: 'since',
              header: t('tunnels.since'),
              cell: ({ since }) => <Time at={since} as="fromNow" />,
            },
            ...(showsGateways
              ? [
                  {
                    key: 'gateway',
                    header: t('tunnels.gateway'),
                    cell: ({ gateway }: Tunnel) => gateway,
                  },
                ]
              : []),
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
                  mayCut && (
                    <RowMenu
                      label={t('tunnels.actionsOf', { id: ownerOf(tunnel) })}
                      actions={[
                        {
                          text: t('tunnels.cut'),
                          icon: IconScissors,
                          dangerous: true,
                          onClick: () => ask(t('tunnels.cutTitle', { target: to ?? tunnelId }), { tunnelId }),
                        },
                        whose !== undefined && {
                          text: t('tunnels.cutAllOf', { whose: ownerOf(tunnel) }),
                          icon: IconUserX,
                          dangerous: true,
                          onClick: () => ask(t('tunnels.cutAllTitle', { whose: ownerOf(tunnel) }), whose),
                        },
                        to !== null && {
                          text: t('tunnels.cutHost', { host: to }),
                          icon: IconWorldX,
                          dangerous: true,
                          onClick: () => ask(t('tunnels.cutHostTitle', { host: to }), { host: to }),
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
