/** One reconciliation: how far it is, what differs, what each side has of each day. */
import { Alert, Badge, NativeSelect, Progress, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useList } from '../api/use-list.ts';
import { useWholeList } from '../api/use-whole-list.ts';
import { useFormat } from '../format/use-format.ts';
import { DataTable } from './data-table.tsx';
import { DownloadLink, withQuery } from './download-link.tsx';
import { Gauge } from './gauge.tsx';
import { Panel } from './panel.tsx';
import {
  DIFFERENCE_SORTS,
  type Difference,
  type DifferenceSort,
  differencesOf,
  type Reconciliation,
  type ReconciliationsApi,
} from './reconciliations.tsx';
import styles from './record.module.css';
import { Stat, Stats } from './stat.tsx';
import { Answer } from './states.tsx';
import { Time } from './time.tsx';
import { useFilters } from './use-filters.ts';

const EVERY_MS = 1000;

export function useReconciliation(api: ReconciliationsApi, id: string) {
  return useQuery({
    queryKey: [...api.queryKey, id],
    queryFn: () => api.one(id),
    refetchInterval: ({ state }) =>
      state.data?.status === 'done' || state.data?.status === 'failed' ? false : EVERY_MS,
  });
}

export function ReconciliationRun({ api, run }: { api: ReconciliationsApi; run: Reconciliation }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (run.status === 'failed') {
    return (
      <Alert color="red" title={t('reconciliation.failedTitle')}>
        {run.error}
      </Alert>
    );
  }
  if (run.status !== 'done') {
    return (
      <Panel title={t(`reconciliation.status.${run.status}`)}>
        <Text size="sm" mb="sm" aria-live="polite">
          {run.status === 'waiting'
            ? t('reconciliation.waitingText')
            : run.status === 'reading'
              ? t('reconciliation.readingText', { count: run.theirLines })
              : t('reconciliation.matchingText', { share: format.percent(run.percent / 100) })}
        </Text>
        <Progress
          value={run.status === 'matching' ? run.percent : run.status === 'reading' ? 100 : 0}
          animated={run.status === 'reading'}
          aria-label={t(`reconciliation.status.${run.status}`)}
        />
      </Panel>
    );
  }
  const differences = differencesOf(run);
  return (
    <>
      <Stats>
        <Stat
          label={t('reconciliation.differences')}
          value={format.number(differences)}
          note={
            differences > 0
              ? t('reconciliation.toReview')
              : run.unreadableLines > 0
                ? t('reconciliation.notAllRead', { count: run.unreadableLines })
                : t('reconciliation.agrees')
          }
          tone={differences + run.unreadableLines === 0 ? 'plain' : 'warn'}
        />
        <Stat label={t('reconciliation.matched')} value={format.number(run.matched)} />
        <Stat
          label={t('reconciliation.lines')}
          value={format.number(run.theirLines)}
          note={t('reconciliation.unreadableNote', { count: run.unreadableLines })}
          tone={run.unreadableLines === 0 ? 'plain' : 'warn'}
        />
        <Stat label={t('reconciliation.ours')} value={format.number(run.ourEvents ?? 0)} />
        <Stat
          label={t('reconciliation.lagging')}
          value={format.number(run.lagging)}
          note={t('reconciliation.laggingNote', { grace: format.duration(run.graceSeconds) })}
        />
      </Stats>
      <Panel>
        <Gauge
          label={t('reconciliation.gauge')}
          whole={run.matched + differences + run.lagging}
          parts={[
            part(t('reconciliation.matched'), run.matched, 'var(--hg-residential)'),
            part(t('reconciliation.sorts.missing_here'), run.missingHere, 'var(--hg-mobile)'),
            part(t('reconciliation.sorts.missing_there'), run.missingThere, 'var(--hg-money)'),
            part(
              t('reconciliation.otherDifferences'),
              run.amountDiffers + run.kindDiffers + run.doubled,
              'var(--mantine-color-red-5)',
            ),
            part(t('reconciliation.lagging'), run.lagging, 'var(--hg-free)'),
          ]}
        />
      </Panel>
      <div className={styles.gap}>
        <Differences api={api} run={run} />
      </div>
      <Totals api={api} run={run} />
      {run.unreadableLines > 0 && <Unreadable api={api} run={run} />}
    </>
  );

  function part(label: string, value: number, color: string) {
    return { label, value, color, text: format.number(value) };
  }
}

function Differences({ api, run }: { api: ReconciliationsApi; run: Reconciliation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [filters, change] = useFilters<'sort'>();
  const sort = DIFFERENCE_SORTS.find((name) => name === filters.sort);
  const query = useList({
    queryKey: [...api.queryKey, run.id, 'differences', sort],
    read: (cursor) => api.differences(run.id, { cursor, ...(sort && { sort }) }),
  });
  const side = (kind: string, cents: number, at: string | null, where?: string) => (
    <div>
      {kind} <b>{format.money(cents)}</b>
      <Text size="xs" c="dimmed">
        {at ? <Time at={at} /> : t('reconciliation.noTime')}
        {where && `, ${where}`}
      </Text>
    </div>
  );
  return (
    <Panel flush title={t('reconciliation.differences')}>
      <DataTable<Difference>
        label={t('reconciliation.differences')}
        query={query}
        rowKey={(row) => `${row.sort} ${row.externalRef} ${row.ours?.eventId} ${row.theirs?.line}`}
        isFiltered={sort !== undefined}
        empty={{ title: t('reconciliation.noDifferences'), text: t('reconciliation.noDifferencesText') }}
        filters={
          <>
            <NativeSelect
              aria-label={t('reconciliation.sort')}
              value={sort ?? ''}
              onChange={({ currentTarget }) => change({ sort: currentTarget.value })}
              data={[
                { value: '', label: t('reconciliation.allSorts') },
                ...DIFFERENCE_SORTS.map((value) => ({
                  value,
                  label: t(`reconciliation.sorts.${value}`),
                })),
              ]}
            />
            <DownloadLink href={withQuery(api.csvPath(run.id), { sort })} text={t('reconciliation.csv')} />
          </>
        }
        columns={[
          {
            key: 'sort',
            header: t('reconciliation.sort'),
            width: 'minmax(10rem, 1fr)',
            cell: (row) => (
              <Badge color={SORT_COLORS[row.sort]}>{t(`reconciliation.sorts.${row.sort}`)}</Badge>
            ),
          },
          {
            key: 'ref',
            header: t('reconciliation.reference'),
            width: 'minmax(10rem, 1.2fr)',
            cell: ({ externalRef }) => externalRef,
          },
          {
            key: 'ours',
            header: t('reconciliation.here'),
            width: 'minmax(11rem, 1.4fr)',
            cell: ({ ours }) => ours && side(ours.kind, ours.cents, ours.at),
          },
          {
            key: 'theirs',
            header: t('reconciliation.there'),
            width: 'minmax(11rem, 1.4fr)',
            cell: ({ theirs }) =>
              theirs &&
              side(theirs.kind, theirs.cents, theirs.at, t('reconciliation.line', { line: theirs.line })),
          },
        ]}
      />
    </Panel>
  );
}

const SORT_COLORS: Record<DifferenceSort, string> = {
  missing_here: 'brass',
  missing_there: 'indigo',
  amount_differs: 'red',
  kind_differs: 'red',
  doubled: 'gray',
};

function Totals({ api, run }: { api: ReconciliationsApi; run: Reconciliation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useWholeList([...api.queryKey, run.id, 'totals'], () => api.totals(run.id));
  const sum = (cents: number, count: number) => `${format.money(cents)} (${format.number(count)})`;
  return (
    <Panel flush title={t('reconciliation.totals')} intro={t('reconciliation.totalsIntro')}>
      <DataTable
        label={t('reconciliation.totals')}
        query={query}
        rowKey={({ day, kind }) => `${day} ${kind}`}
        columns={[
          {
            key: 'day',
            header: t('reconciliation.day'),
            cell: ({ day }) => (day ? format.utcDay(day) : t('reconciliation.noTime')),
          },
          { key: 'kind', header: t('reconciliation.kind'), cell: ({ kind }) => kind },
          {
            key: 'ours',
            header: t('reconciliation.here'),
            align: 'end',
            cell: ({ ourCents, ourCount }) => sum(ourCents, ourCount),
          },
          {
            key: 'theirs',
            header: t('reconciliation.there'),
            align: 'end',
            cell: ({ theirCents, theirCount }) => sum(theirCents, theirCount),
          },
          {
            key: 'difference',
            header: t('reconciliation.difference'),
            align: 'end',
            cell: ({ ourCents, theirCents }) => (
              <Text span size="sm" fw={ourCents === theirCents ? undefined : 650}>
                {format.money(theirCents - ourCents)}
              </Text>
            ),
          },
        ]}
      />
    </Panel>
  );
}

function Unreadable({ api, run }: { api: ReconciliationsApi; run: Reconciliation }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: [...api.queryKey, run.id, 'unreadable'],
    queryFn: () => api.unreadable(run.id),
  });
  return (
    <div className={styles.gap}>
      <Panel title={t('reconciliation.unreadable')} intro={t('reconciliation.unreadableIntro')}>
        <Answer query={query}>
          {({ data }) => (
            <ul className={styles.lines}>
              {data.map(({ line, why }) => (
                <li key={line}>
                  {t('reconciliation.line', { line })}: {why}
                </li>
              ))}
            </ul>
          )}
        </Answer>
      </Panel>
    </div>
  );
}
