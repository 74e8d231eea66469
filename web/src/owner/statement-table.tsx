/** Every movement of bytes or money, newest first, with its file. */
import { NativeSelect, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { useList } from '../api/use-list.ts';
import { DataTable, type ListPage } from '../components/data-table.tsx';
import { DownloadLink, withQuery } from '../components/download-link.tsx';
import { Time } from '../components/time.tsx';
import { useFilters } from '../components/use-filters.ts';
import { useFormat } from '../format/use-format.ts';

type Movement = components['schemas']['Movement'];
export const ASSETS = ['residential', 'mobile', 'usd'] as const;
export type Asset = (typeof ASSETS)[number];

interface StatementTableProps {
  queryKey: readonly unknown[];
  read: (query: {
    cursor: string | undefined;
    asset: Asset;
    from?: string;
    to?: string;
  }) => Promise<ListPage<Movement>>;
  /** The same as CSV. */
  csvPath: `/api/${string}`;
}

/** From a day's beginning, to a day's end, in UTC, as statements are kept. */
function periodOf(from: string | undefined, to: string | undefined): { from?: string; to?: string } {
  const start = from === undefined ? Number.NaN : Date.parse(`${from}T00:00:00Z`);
  const end = to === undefined ? Number.NaN : Date.parse(`${to}T00:00:00Z`) + 86_400_000;
  return {
    ...(Number.isFinite(start) && { from: new Date(start).toISOString() }),
    ...(Number.isFinite(end) && { to: new Date(end).toISOString() }),
  };
}

export function StatementTable({ queryKey, read, csvPath }: StatementTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [filters, change] = useFilters<'asset' | 'from' | 'to'>();
  const asset = ASSETS.find((name) => name === filters.asset) ?? 'residential';
  const period = periodOf(filters.from, filters.to);
  const query = useList({
    queryKey: [...queryKey, asset, period],
    read: (cursor) => read({ cursor, asset, ...period }),
  });
  const write = asset === 'usd' ? format.money : format.bytes;
  const exactly = asset === 'usd' ? format.money : format.bytesExactly;
  return (
    <DataTable
      label={t('statement.title')}
      query={query}
      rowKey={({ id }) => String(id)}
      isFiltered={filters.from !== undefined || filters.to !== undefined}
      empty={{ title: t('statement.empty'), text: t('statement.emptyText') }}
      filters={
        <>
          <NativeSelect
            aria-label={t('statement.asset')}
            value={asset}
            onChange={({ currentTarget }) => change({ asset: currentTarget.value })}
            data={ASSETS.map((value) => ({ value, label: t(`assets.${value}`) }))}
          />
          <TextInput
            type="date"
            aria-label={t('statement.from')}
            value={filters.from ?? ''}
            onChange={({ currentTarget }) => change({ from: currentTarget.value })}
          />
          <TextInput
            type="date"
            aria-label={t('statement.to')}
            value={filters.to ?? ''}
            onChange={({ currentTarget }) => change({ to: currentTarget.value })}
          />
          <DownloadLink href={withQuery(csvPath, { asset, ...period })} text={t('statement.csv')} />
        </>
      }
      columns={[
        {
          key: 'at',
          header: t('statement.at'),
          width: 'minmax(11.5rem, 1fr)',
          cell: ({ at }) => <Time at={at} />,
        },
        {
          key: 'reason',
          header: t('statement.reason'),
          width: 'minmax(9rem, 1.2fr)',
          cell: ({ reason }) => reason,
        },
        {
          key: 'with',
          header: t('statement.with'),
          width: 'minmax(9rem, 1.4fr)',
          cell: ({ counterparty, subscriptionId }) => (
            <div>
              {counterparty.name ?? counterparty.kind}
              {subscriptionId && (
                <Text size="xs" c="dimmed">
                  {subscriptionId}
                </Text>
              )}
            </div>
          ),
        },
        {
          key: 'cause',
          header: t('statement.cause'),
          width: 'minmax(8rem, 1fr)',
          cell: ({ cause }) => (
            <Text size="xs" c="dimmed">
              {cause}
            </Text>
          ),
        },
        {
          key: 'amount',
          header: t('statement.amount'),
          align: 'end',
          width: 'minmax(7rem, 0.8fr)',
          cell: ({ amount }) => (
            <Text
              size="sm"
              fw={560}
              c={amount < 0 ? 'var(--mantine-color-error)' : undefined}
              title={exactly(amount)}
            >
              {amount > 0 ? '+' : ''}
              {write(amount)}
            </Text>
          ),
        },
        {
          key: 'balance',
          header: t('statement.balance'),
          align: 'end',
          width: 'minmax(7rem, 0.8fr)',
          cell: ({ balance }) => <span title={exactly(balance)}>{write(balance)}</span>,
        },
      ]}
    />
  );
}
