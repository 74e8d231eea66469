/** Credit events as they were reported: found by reference, kind and time. */
import { Badge, NativeSelect, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { useList } from '../api/use-list.ts';
import { useFormat } from '../format/use-format.ts';
import { CopyableCode } from './copy.tsx';
import { DataTable, type ListPage } from './data-table.tsx';
import { Dialog } from './dialog.tsx';
import { Facts } from './facts.tsx';
import { FilterText } from './filter-text.tsx';
import { type Period, PeriodFilter, periodOf } from './period-filter.tsx';
import styles from './record.module.css';
import { Time } from './time.tsx';
import { useFilters } from './use-filters.ts';

type CreditEvent = components['schemas']['CreditEvent'];

export interface CreditEventsQuery extends Period {
  externalRef?: string;
  kind?: string;
  mismatched?: 'true' | 'false';
}

interface CreditEventsTableProps {
  queryKey: readonly unknown[];
  read: (query: CreditEventsQuery & { cursor: string | undefined }) => Promise<ListPage<CreditEvent>>;
  /** There are events of several accounts: says whose each is. */
  ofAll?: boolean;
}

export function CreditEventsTable({ queryKey, read, ofAll = false }: CreditEventsTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [filters, change] = useFilters<'search' | 'kind' | 'mismatched' | 'from' | 'to'>();
  const [shown, setShown] = useState<CreditEvent>();
  const { search, kind, mismatched } = filters;
  const asked: CreditEventsQuery = {
    ...(search && { externalRef: search }),
    ...(kind && { kind }),
    ...(mismatched && { mismatched: mismatched === 'true' ? 'true' : 'false' }),
    ...periodOf(filters),
  };
  const query = useList({ queryKey: [...queryKey, asked], read: (cursor) => read({ ...asked, cursor }) });
  return (
    <>
      <DataTable<CreditEvent>
        label={t('creditEvents.title')}
        query={query}
        rowKey={({ id }) => id}
        search={{
          value: search ?? '',
          onChange: (value) => change({ search: value.trim() }),
          placeholder: t('creditEvents.search'),
        }}
        isFiltered={Object.keys(asked).length > 0}
        empty={{ title: t('creditEvents.empty'), text: t('creditEvents.emptyText') }}
        filters={
          <>
            <FilterText
              label={t('creditEvents.kind')}
              value={kind}
              onChange={(value) => change({ kind: value })}
            />
            <PeriodFilter days={filters} onChange={change} />
            <NativeSelect
              aria-label={t('creditEvents.again')}
              value={mismatched ?? ''}
              onChange={({ currentTarget }) => change({ mismatched: currentTarget.value })}
              data={[
                { value: '', label: t('creditEvents.all') },
                { value: 'true', label: t('creditEvents.mismatched') },
                { value: 'false', label: t('creditEvents.plain') },
              ]}
            />
          </>
        }
        columns={[
          {
            key: 'seq',
            header: t('creditEvents.seq'),
            width: '4.5rem',
            cell: ({ seq }) => format.number(seq),
          },
          {
            key: 'ref',
            header: t('creditEvents.reference'),
            width: 'minmax(11rem, 1.5fr)',
            cell: (event) => (
              <div>
                <UnstyledButton className={styles.link} onClick={() => setShown(event)}>
                  {event.externalRef}
                </UnstyledButton>{' '}
                {event.mismatches > 0 && (
                  <Badge color="red" size="sm">
                    {t('creditEvents.times', { count: event.mismatches })}
                  </Badge>
                )}
              </div>
            ),
          },
          {
            key: 'kind',
            header: t('creditEvents.kind'),
            width: 'minmax(7rem, 0.8fr)',
            cell: ({ kind: of }) => <Badge color="gray">{of}</Badge>,
          },
          ...(ofAll
            ? [
                {
                  key: 'reseller',
                  header: t('creditEvents.account'),
                  width: 'minmax(10rem, 1.3fr)',
                  cell: ({ email }: CreditEvent) => email,
                },
              ]
            : []),
          {
            key: 'amount',
            header: t('creditEvents.amount'),
            align: 'end',
            width: 'minmax(7rem, 0.7fr)',
            cell: ({ amountCents }) => (
              <Text span size="sm" fw={560} c={amountCents < 0 ? 'var(--mantine-color-error)' : undefined}>
                {format.money(amountCents)}
              </Text>
            ),
          },
          {
            key: 'at',
            header: t('creditEvents.at'),
            width: 'minmax(11.5rem, 1fr)',
            cell: ({ at }) => <Time at={at} />,
          },
        ]}
      />
      <Dialog
        title={shown?.externalRef ?? ''}
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        size="xl"
      >
        {shown && <EventFacts event={shown} />}
      </Dialog>
    </>
  );
}

function EventFacts({ event }: { event: CreditEvent }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Facts
        facts={[
          [t('creditEvents.id'), <CopyableCode key="id" value={event.id} label={t('creditEvents.copyId')} />],
          [t('creditEvents.kind'), event.kind],
          [t('creditEvents.amount'), format.money(event.amountCents)],
          [t('creditEvents.at'), <Time key="at" at={event.at} />],
          [t('creditEvents.account'), event.email],
          [t('creditEvents.key'), <code key="key">{event.keyId}</code>],
          [t('creditEvents.again'), format.number(event.mismatches)],
        ]}
      />
      {event.meta !== null && <pre className={styles.text}>{JSON.stringify(event.meta, null, 2)}</pre>}
    </>
  );
}
