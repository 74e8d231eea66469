/** Every movement of one stock, newest first: filtered, and as CSV. */
import { SegmentedControl, Select, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/account.gen.ts';
import { useList } from '../api/use-list.ts';
import { type Column, DataTable, type ListPage } from '../components/data-table.tsx';
import { DownloadLink, withQuery } from '../components/download-link.tsx';
import { PageLink } from '../components/page-link.tsx';
import { Panel } from '../components/panel.tsx';
import { Time } from '../components/time.tsx';
import { useFormat } from '../format/use-format.ts';
import { PeriodFilter } from './period-filter.tsx';
import type { Stock } from './stocks.ts';

type Movement = components['schemas']['Movement'];

const BYTE_REASONS = [
  'reseller.topup',
  'subuser.allocate',
  'subuser.withdraw',
  'subuser.delete',
  'subuser.creation-fee',
] as const;
const SUBUSER_REASONS = [
  'subuser.allocate',
  'subuser.withdraw',
  'lease.grant',
  'lease.settle',
  'lease.return',
  'lease.late',
] as const;
const MONEY_REASONS = [
  'reseller.topup',
  'credits.voucher',
  'subscription.charge',
  'subscription.charge-tax',
  'subscription.credit',
  'subscription.credit-tax',
] as const;
const REASONS = [...new Set([...BYTE_REASONS, ...SUBUSER_REASONS, ...MONEY_REASONS])];
type Reason = (typeof REASONS)[number];

interface StatementTableProps {
  title?: string;
  stocks: readonly Stock[];
  stock: Stock;
  onStock: (stock: Stock) => void;
  /** Whose; the stock and the filters are added. */
  queryKey: readonly unknown[];
  read: (query: {
    reason?: string;
    from?: string;
    to?: string;
    cursor?: string;
  }) => Promise<ListPage<Movement>>;
  csv: { path: string; query: Record<string, string> };
  /** A subuser's, not the account's. */
  ofSubuser?: boolean;
}

export function StatementTable(props: StatementTableProps) {
  const { title, stocks, stock, onStock, queryKey, read, csv, ofSubuser = false } = props;
  const { t } = useTranslation();
  const [reason, setReason] = useState<string>();
  const [period, setPeriod] = useState<{ from?: string; to?: string }>({});
  const filter = { reason, ...period };
  const query = useList({
    queryKey: [...queryKey, stock, filter],
    read: (cursor) => read({ ...filter, cursor }),
  });
  const reasons: readonly Reason[] = ofSubuser
    ? SUBUSER_REASONS
    : stock === 'usd'
      ? MONEY_REASONS
      : BYTE_REASONS;
  return (
    <Panel flush title={title}>
      <DataTable
        label={t('reseller.statement.title')}
        columns={useColumns(stock, ofSubuser)}
        query={query}
        rowKey={({ id }) => String(id)}
        isFiltered={reason !== undefined || period.from !== undefined || period.to !== undefined}
        filters={
          <>
            <SegmentedControl
              size="xs"
              aria-label={t('reseller.statement.stock')}
              value={stock}
              onChange={(value) => {
                setReason(undefined);
                onStock(value as Stock);
              }}
              data={stocks.map((value) => ({ value, label: t(`assets.${value}`) }))}
            />
            <Select
              size="sm"
              w="13rem"
              aria-label={t('reseller.statement.reason')}
              placeholder={t('reseller.statement.allReasons')}
              clearable
              clearButtonProps={{ 'aria-label': t('reseller.statement.allReasons') }}
              value={reason ?? null}
              onChange={(value) => setReason(value ?? undefined)}
              data={reasons.map((value) => ({ value, label: t(`reseller.reasons.${value}`) }))}
            />
            <PeriodFilter value={period} onChange={setPeriod} />
            <DownloadLink
              href={withQuery(csv.path, { ...csv.query, ...filter, order: 'desc' })}
              text={t('reseller.statement.csv')}
            />
          </>
        }
        empty={{ title: t('reseller.statement.empty'), text: t('reseller.statement.emptyText') }}
      />
    </Panel>
  );
}

function useColumns(stock: Stock, ofSubuser: boolean): Column<Movement>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const write = stock === 'usd' ? format.money : format.bytes;
  const isKnown = (reason: string): reason is Reason => (REASONS as readonly string[]).includes(reason);
  return [
    {
      key: 'at',
      header: t('reseller.statement.at'),
      width: 'minmax(11.5rem, 1fr)',
      cell: ({ at }) => <Time at={at} />,
    },
    {
      key: 'reason',
      header: t('reseller.statement.reason'),
      width: 'minmax(8rem, 1fr)',
      cell: ({ reason }) => (isKnown(reason) ? t(`reseller.reasons.${reason}`) : reason),
    },
    {
      key: 'with',
      header: t('reseller.statement.with'),
      width: 'minmax(8rem, 1.2fr)',
      cell: ({ counterparty: { kind, name, id }, subscriptionId }) =>
        subscriptionId ? (
          <PageLink to="/reseller/subscriptions/$id" params={{ id: subscriptionId }}>
            {t('reseller.statement.subscription')}
          </PageLink>
        ) : kind === 'leased' ? (
          t('reseller.statement.gateways')
        ) : id?.startsWith('subuser-') && !ofSubuser ? (
          <PageLink to="/reseller/subusers/$id" params={{ id }}>
            {name}
          </PageLink>
        ) : (
          (name ?? t('reseller.statement.provider'))
        ),
    },
    {
      key: 'amount',
      header: t('reseller.statement.amount'),
      align: 'end',
      width: 'minmax(6rem, 0.7fr)',
      cell: ({ amount }) => (
        <Text span size="sm" fw={560} c={amount > 0 ? 'var(--mantine-color-anchor)' : undefined}>
          {amount > 0 ? '+' : ''}
          {write(amount)}
        </Text>
      ),
    },
    {
      key: 'balance',
      header: t('reseller.statement.balance'),
      align: 'end',
      width: 'minmax(6rem, 0.7fr)',
      cell: ({ balance }) => write(balance),
    },
    {
      key: 'cause',
      header: t('reseller.statement.cause'),
      width: 'minmax(6rem, 0.9fr)',
      cell: ({ cause }) => (
        <Text size="sm" c="dimmed" truncate title={cause}>
          {cause}
        </Text>
      ),
    },
  ];
}
