/** Credit events as they were reported. */
import { Badge, NativeSelect, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { admin, answerOf } from '../api/clients.ts';
import { useList } from '../api/use-list.ts';
import { CopyableCode } from '../components/copy.tsx';
import { DataTable } from '../components/data-table.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Facts } from '../components/facts.tsx';
import styles from '../components/record.module.css';
import { Time } from '../components/time.tsx';
import { useFilters } from '../components/use-filters.ts';
import { useFormat } from '../format/use-format.ts';

type CreditEvent = components['schemas']['CreditEvent'];

/** Of one reseller, or all. */
export function CreditEventsTable({ resellerId }: { resellerId?: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [{ search, kind, mismatched }, change] = useFilters<'search' | 'kind' | 'mismatched'>();
  const [shown, setShown] = useState<CreditEvent>();
  const filter = {
    ...(resellerId && { resellerId }),
    ...(search && { externalRef: search }),
    ...(kind && { kind }),
    ...(mismatched && { mismatched: mismatched as 'true' | 'false' }),
  };
  const query = useList({
    queryKey: ['admin', 'credit-events', filter],
    read: (cursor) => answerOf(admin.GET('/credit-events', { params: { query: { ...filter, cursor } } })),
  });
  return (
    <>
      <DataTable<CreditEvent>
        label={t('owner.events.title')}
        query={query}
        rowKey={({ id }) => id}
        search={{
          value: search ?? '',
          onChange: (value) => change({ search: value }),
          placeholder: t('owner.events.search'),
        }}
        isFiltered={kind !== undefined || mismatched !== undefined}
        empty={{ title: t('owner.events.empty'), text: t('owner.events.emptyText') }}
        filters={
          <>
            <TextInput
              key={kind}
              aria-label={t('reconciliation.kind')}
              placeholder={t('reconciliation.kind')}
              defaultValue={kind ?? ''}
              w={140}
              onBlur={({ currentTarget }) =>
                currentTarget.value !== (kind ?? '') && change({ kind: currentTarget.value.trim() })
              }
              onKeyDown={(event) =>
                event.key === 'Enter' && change({ kind: event.currentTarget.value.trim() })
              }
            />
            <NativeSelect
              aria-label={t('owner.events.again')}
              value={mismatched ?? ''}
              onChange={({ currentTarget }) => change({ mismatched: currentTarget.value })}
              data={[
                { value: '', label: t('owner.events.all') },
                { value: 'true', label: t('owner.events.mismatched') },
                { value: 'false', label: t('owner.events.plain') },
              ]}
            />
          </>
        }
        columns={[
          {
            key: 'seq',
            header: t('owner.events.seq'),
            width: '4.5rem',
            cell: ({ seq }) => format.number(seq),
          },
          {
            key: 'ref',
            header: t('reconciliation.reference'),
            width: 'minmax(11rem, 1.5fr)',
            cell: (event) => (
              <div>
                <UnstyledButton className={styles.link} onClick={() => setShown(event)}>
                  {event.externalRef}
                </UnstyledButton>{' '}
                {event.mismatches > 0 && (
                  <Badge color="red" size="sm">
                    {t('owner.events.times', { count: event.mismatches })}
                  </Badge>
                )}
              </div>
            ),
          },
          {
            key: 'kind',
            header: t('reconciliation.kind'),
            width: 'minmax(7rem, 0.8fr)',
            cell: ({ kind: of }) => <Badge color="gray">{of}</Badge>,
          },
          ...(resellerId === undefined
            ? [
                {
                  key: 'reseller',
                  header: t('owner.resellers.one'),
                  width: 'minmax(10rem, 1.3fr)',
                  cell: ({ email }: CreditEvent) => email,
                },
              ]
            : []),
          {
            key: 'amount',
            header: t('statement.amount'),
            align: 'end',
            cell: ({ amountCents }) => (
              <Text span size="sm" fw={560} c={amountCents < 0 ? 'var(--mantine-color-error)' : undefined}>
                {format.money(amountCents)}
              </Text>
            ),
          },
          {
            key: 'at',
            header: t('statement.at'),
            width: 'minmax(11.5rem, 1fr)',
            cell: ({ at }) => <Time at={at} />,
          },
        ]}
      />
      <Dialog
        title={shown?.externalRef ?? ''}
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        wide
      >
        {shown && (
          <>
            <Facts
              facts={[
                [
                  t('owner.events.id'),
                  <CopyableCode key="id" value={shown.id} label={t('owner.events.copyId')} />,
                ],
                [t('reconciliation.kind'), shown.kind],
                [t('statement.amount'), format.money(shown.amountCents)],
                [t('statement.at'), <Time key="at" at={shown.at} />],
                [t('owner.resellers.one'), shown.email],
                [t('owner.events.key'), <code key="key">{shown.keyId}</code>],
                [t('owner.events.again'), format.number(shown.mismatches)],
              ]}
            />
            {shown.meta && <pre className={styles.text}>{JSON.stringify(shown.meta, null, 2)}</pre>}
          </>
        )}
      </Dialog>
    </>
  );
}
