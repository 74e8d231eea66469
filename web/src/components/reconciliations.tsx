/** Reconciliations, as both consoles show them: begun, sent, and what came of each. */
import { Badge, FileInput, Group, Progress, Text, TextInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { useAction } from '../api/use-action.ts';
import { useList } from '../api/use-list.ts';
import { useFormat } from '../format/use-format.ts';
import { DataTable, type ListPage } from './data-table.tsx';
import { DialogForm } from './dialog.tsx';
import styles from './record.module.css';
import { Time } from './time.tsx';
import { useServerForm } from './use-server-form.ts';

export type Reconciliation = components['schemas']['Reconciliation'];
export type Difference = components['schemas']['Difference'];
export type DifferenceSort = Difference['sort'];
export const DIFFERENCE_SORTS = [
  'missing_here',
  'missing_there',
  'amount_differs',
  'kind_differs',
  'doubled',
] as const satisfies readonly DifferenceSort[];

export interface ReconciliationsApi {
  queryKey: readonly unknown[];
  /** The person may begin one. */
  mayChange: boolean;
  /** Of all resellers: it is said whose each is. */
  ofAll: boolean;
  /** Where they are listed; below it, the page of each by its id. */
  pages: '/owner/reconciliations' | '/reseller/reconciliations';
  list: (cursor: string | undefined) => Promise<ListPage<Reconciliation>>;
  begin: (
    period: { from: string; to: string; reseller: string },
    idempotencyKey: string,
  ) => Promise<Reconciliation>;
  /** `progress`: the share that has gone out, 0 to 1. */
  send: (id: string, ledger: File, progress: (share: number) => void) => Promise<unknown>;
  one: (id: string) => Promise<Reconciliation>;
  differences: (
    id: string,
    query: { cursor: string | undefined; sort?: DifferenceSort },
  ) => Promise<ListPage<Difference>>;
  totals: (id: string) => Promise<{ data: components['schemas']['ReconciliationTotal'][] }>;
  unreadable: (id: string) => Promise<{ data: components['schemas']['UnreadableLine'][] }>;
  csvPath: (id: string) => `/api/${string}`;
}

export function differencesOf(run: Reconciliation): number {
  const { missingHere, missingThere, amountDiffers, kindDiffers, doubled } = run;
  return missingHere + missingThere + amountDiffers + kindDiffers + doubled;
}

export function RunState({ run }: { run: Reconciliation }) {
  const { t } = useTranslation();
  const differences = differencesOf(run);
  if (run.status === 'failed') return <Badge color="red">{t('reconciliation.status.failed')}</Badge>;
  if (run.status !== 'done') return <Badge color="brass">{t(`reconciliation.status.${run.status}`)}</Badge>;
  if (differences > 0)
    return <Badge color="red">{t('reconciliation.differs', { count: differences })}</Badge>;
  // Nobody knows whether a line that could not be read agrees.
  return run.unreadableLines > 0 ? (
    <Badge color="brass">{t('reconciliation.notAllRead', { count: run.unreadableLines })}</Badge>
  ) : (
    <Badge color="green">{t('reconciliation.agrees')}</Badge>
  );
}

export function ReconciliationsTable({ api }: { api: ReconciliationsApi }) {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useList({ queryKey: api.queryKey, read: api.list });
  return (
    <DataTable
      label={t('reconciliation.title')}
      query={query}
      rowKey={({ id }) => id}
      empty={{ title: t('reconciliation.empty'), text: t('reconciliation.emptyText') }}
      columns={[
        {
          key: 'period',
          header: t('reconciliation.period'),
          width: 'minmax(10rem, 1.6fr)',
          cell: (run) => (
            <Link to={`${api.pages}/$id`} params={{ id: run.id }} className={styles.link}>
              {format.utcDays(run.from, run.to)}
            </Link>
          ),
        },
        ...(api.ofAll
          ? [
              {
                key: 'reseller',
                header: t('reconciliation.reseller'),
                cell: (run: Reconciliation) => run.storeCode ?? run.account,
              },
            ]
          : []),
        {
          key: 'state',
          header: t('reconciliation.state'),
          width: 'minmax(9.5rem, 1fr)',
          cell: (run) => <RunState run={run} />,
        },
        {
          key: 'lines',
          header: t('reconciliation.lines'),
          align: 'end',
          width: 'minmax(6rem, 0.8fr)',
          cell: ({ theirLines }) => format.number(theirLines),
        },
        {
          key: 'matched',
          header: t('reconciliation.matched'),
          align: 'end',
          width: 'minmax(5.5rem, 0.8fr)',
          cell: ({ matched }) => format.number(matched),
        },
        {
          key: 'source',
          header: t('reconciliation.source'),
          width: 'minmax(5.5rem, 0.8fr)',
          cell: ({ source }) => t(`reconciliation.sources.${source}`),
        },
        {
          key: 'begun',
          header: t('reconciliation.begun'),
          cell: ({ createdAt }) => <Time at={createdAt} as="fromNow" />,
        },
      ]}
    />
  );
}

const DAY_MS = 86_400_000;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

interface BeginValues {
  reseller: string;
  from: string;
  to: string;
  ledger: File | null;
}

/** Begins one and sends the ledger. `resellerField`: where it is a choice whose ledger it is. */
export function BeginReconciliation({
  api,
  resellerField,
  onDone,
  onCancel,
}: {
  api: ReconciliationsApi;
  resellerField?: ((field: GetInputPropsReturnType) => ReactNode) | undefined;
  onDone: (id: string) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [sent, setSent] = useState(0);
  // Where the first try has begun one, a second goes on with it: only the file was refused.
  const [begun, setBegun] = useState<{ id: string; of: string }>();
  const action = useAction({
    run: async ({ reseller, from, to, ledger }: BeginValues, key) => {
      const of = JSON.stringify([reseller, from, to]);
      const period = {
        reseller,
        from: `${from}T00:00:00.000Z`,
        to: new Date(Date.parse(`${to}T00:00:00.000Z`) + DAY_MS).toISOString(),
      };
      const id = begun?.of === of ? begun.id : (await api.begin(period, key)).id;
      setBegun({ id, of });
      setSent(0);
      await api.send(id, ledger!, setSent);
      return id;
    },
    changes: [api.queryKey],
    onDone,
  });
  const { form, onSubmit, problem } = useServerForm<BeginValues, BeginValues>(
    {
      initialValues: {
        reseller: '',
        from: dayOf(Date.now() - 30 * DAY_MS),
        to: dayOf(Date.now()),
        ledger: null,
      },
      validate: {
        reseller: (value) => (resellerField && !value ? t('reconciliation.chooseReseller') : null),
        from: (value) => (Number.isNaN(Date.parse(value)) ? t('reconciliation.chooseDay') : null),
        to: (value) => (Number.isNaN(Date.parse(value)) ? t('reconciliation.chooseDay') : null),
        ledger: (value) => (value === null ? t('reconciliation.chooseFile') : null),
      },
    },
    action,
    (values) => values,
  );
  return (
    <DialogForm
      onSubmit={onSubmit}
      problem={problem}
      isRunning={action.isRunning}
      action={t('reconciliation.beginAction')}
      onCancel={onCancel}
    >
      {resellerField?.(form.getInputProps('reseller'))}
      <Group grow align="flex-start">
        <TextInput type="date" label={t('reconciliation.from')} {...form.getInputProps('from')} />
        <TextInput type="date" label={t('reconciliation.to')} {...form.getInputProps('to')} />
      </Group>
      <FileInput
        label={t('reconciliation.ledger')}
        description={t('reconciliation.ledgerHint')}
        placeholder={t('reconciliation.chooseFile')}
        accept=".csv,.json,.ndjson,.jsonl,text/csv,application/json"
        clearable
        {...form.getInputProps('ledger')}
      />
      {action.isRunning && (
        <div>
          <Text size="sm" mb={6} aria-live="polite">
            {t('reconciliation.sending', { share: format.percent(sent) })}
          </Text>
          <Progress value={sent * 100} aria-label={t('reconciliation.sendingLabel')} />
        </div>
      )}
    </DialogForm>
  );
}
