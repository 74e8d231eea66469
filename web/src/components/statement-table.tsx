/** Every movement of what somebody holds, newest first: filtered, and as a file. What is asked for stands in the page's address. */
import { SegmentedControl, Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { useList } from '../api/use-list.ts';
import { useFormat } from '../format/use-format.ts';
import { type Column, DataTable, type ListPage } from './data-table.tsx';
import { DownloadLink, withQuery } from './download-link.tsx';
import { PageLink } from './page-link.tsx';
import { type Period, PeriodFilter, periodOf } from './period-filter.tsx';
import { ASSETS, type Asset } from './product.ts';
import { Time } from './time.tsx';
import { useFilters } from './use-filters.ts';

export type Movement = components['schemas']['Movement'];

const BYTE_REASONS = [
  'reseller.topup',
  'reseller.take-back',
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
  'reseller.take-back',
  'credits.voucher',
  'credits.admin_add',
  'credits.admin_remove',
  'subscription.charge',
  'subscription.charge-tax',
  'subscription.credit',
  'subscription.credit-tax',
] as const;
const REASONS = [...new Set([...BYTE_REASONS, ...SUBUSER_REASONS, ...MONEY_REASONS])];
type Reason = (typeof REASONS)[number];
const KINDS = ['issued', 'received', 'granted', 'fees', 'revenue', 'tax', 'leased', 'consumed'] as const;

export interface StatementQuery extends Period {
  asset: Asset;
  reason?: string;
}

interface StatementTableProps {
  /** Which can be chosen: the first is shown at first. */
  assets?: readonly Asset[];
  /** A subuser's, not an account's. */
  ofSubuser?: boolean;
  queryKey: readonly unknown[];
  read: (query: StatementQuery & { cursor: string | undefined }) => Promise<ListPage<Movement>>;
  /** The same as CSV, with what it is asked besides the filters. */
  csv: { path: `/api/${string}`; query: (asset: Asset) => Record<string, string> };
  /** The pages of those it was with, and of what it paid for, where this console has them. */
  pages: MovementPages;
}

export interface MovementPages {
  party?: (id: string) => string | undefined;
  subscription?: (id: string) => string;
}

export function StatementTable(props: StatementTableProps) {
  const { assets = ASSETS, ofSubuser = false, queryKey, read, csv, pages } = props;
  const { t } = useTranslation();
  const [filters, change] = useFilters<'asset' | 'reason' | 'from' | 'to'>();
  const asset = assets.find((name) => name === filters.asset) ?? assets[0]!;
  const asked = { ...(filters.reason && { reason: filters.reason }), ...periodOf(filters) };
  const query = useList({
    queryKey: [...queryKey, asset, asked],
    read: (cursor) => read({ ...asked, asset, cursor }),
  });
  const reasons: readonly Reason[] = ofSubuser
    ? SUBUSER_REASONS
    : asset === 'usd'
      ? MONEY_REASONS
      : BYTE_REASONS;
  return (
    <DataTable
      label={t('statement.title')}
      columns={useColumns(asset, pages)}
      query={query}
      rowKey={({ id }) => String(id)}
      isFiltered={Object.keys(asked).length > 0}
      empty={{ title: t('statement.empty'), text: t('statement.emptyText') }}
      filters={
        <>
          {assets.length > 1 && (
            <SegmentedControl
              size="xs"
              aria-label={t('statement.asset')}
              value={asset}
              onChange={(value) => change({ asset: value, reason: null })}
              data={assets.map((value) => ({ value, label: t(`assets.${value}`) }))}
            />
          )}
          <Select
            w="13rem"
            aria-label={t('statement.reason')}
            placeholder={t('statement.allReasons')}
            clearable
            clearButtonProps={{ 'aria-label': t('statement.allReasons') }}
            value={filters.reason ?? null}
            onChange={(reason) => change({ reason })}
            data={reasons.map((value) => ({ value, label: t(`statement.reasons.${value}`) }))}
          />
          <PeriodFilter days={filters} onChange={change} />
          <DownloadLink
            href={withQuery(csv.path, { ...csv.query(asset), ...asked, order: 'desc' })}
            text={t('statement.csv')}
          />
        </>
      }
    />
  );
}

function useColumns(asset: Asset, pages: MovementPages): Column<Movement>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const write = asset === 'usd' ? format.money : format.bytes;
  const exactly = asset === 'usd' ? format.money : format.bytesExactly;
  const isKnown = (reason: string): reason is Reason => (REASONS as readonly string[]).includes(reason);
  const nameOf = ({ kind, name }: Movement['counterparty']) => {
    const known = KINDS.find((word) => word === kind);
    // A subuser's bytes with gateways carry its name as well.
    if (known === 'leased' || known === 'consumed') return t(`statement.kinds.${known}`);
    return name ?? (known ? t(`statement.kinds.${known}`) : kind);
  };
  return [
    {
      key: 'at',
      header: t('statement.at'),
      width: 'minmax(11.5rem, 1fr)',
      cell: ({ at }) => <Time at={at} />,
    },
    {
      key: 'reason',
      header: t('statement.reason'),
      width: 'minmax(8rem, 1fr)',
      cell: ({ reason }) => (isKnown(reason) ? t(`statement.reasons.${reason}`) : reason),
    },
    {
      key: 'with',
      header: t('statement.with'),
      width: 'minmax(9rem, 1.3fr)',
      cell: ({ counterparty, subscriptionId }) => {
        const page = counterparty.id === null ? undefined : pages.party?.(counterparty.id);
        const name = nameOf(counterparty);
        return (
          <div>
            {page ? <PageLink to={page}>{name}</PageLink> : name}
            {subscriptionId && (
              <Text size="xs" c="dimmed">
                {pages.subscription ? (
                  <PageLink to={pages.subscription(subscriptionId)} size="xs">
                    {t('statement.subscription')}
                  </PageLink>
                ) : (
                  subscriptionId
                )}
              </Text>
            )}
          </div>
        );
      },
    },
    {
      key: 'amount',
      header: t('statement.amount'),
      align: 'end',
      width: 'minmax(6.5rem, 0.7fr)',
      cell: ({ amount }) => (
        <Text
          span
          size="sm"
          fw={560}
          c={amount > 0 ? 'var(--mantine-color-anchor)' : undefined}
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
      width: 'minmax(6.5rem, 0.7fr)',
      cell: ({ balance }) => <span title={exactly(balance)}>{write(balance)}</span>,
    },
    {
      key: 'cause',
      header: t('statement.cause'),
      width: 'minmax(6rem, 0.9fr)',
      cell: ({ cause }) => (
        <Text size="sm" c="dimmed" truncate title={cause}>
          {cause}
        </Text>
      ),
    },
  ];
}
