/** What was reported of customers' payments, and how its record is verified. */
import { Anchor, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/account.gen.ts';
import { account, answerOf } from '../../api/clients.ts';
import { useList } from '../../api/use-list.ts';
import { CodeBlock } from '../../components/code-block.tsx';
import { CopyableCode } from '../../components/copy.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { DownloadLink } from '../../components/download-link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { Time } from '../../components/time.tsx';
import { useFormat } from '../../format/use-format.ts';
import { PeriodFilter } from '../period-filter.tsx';

type CreditEvent = components['schemas']['CreditEvent'];

interface Filter {
  kind?: string;
  externalRef?: string;
  mismatched?: 'true';
  from?: string;
  to?: string;
}

export function CreditEventsPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<Filter>({});
  const query = useList({
    queryKey: ['account', 'credit-events', filter],
    read: (cursor) => answerOf(account.GET('/credit-events', { params: { query: { ...filter, cursor } } })),
  });
  const change = (part: Filter) =>
    setFilter((previous) => {
      const next = Object.entries({ ...previous, ...part }).filter(([, value]) => value !== undefined);
      return Object.fromEntries(next) as Filter;
    });
  return (
    <>
      <PageHeader title={t('reseller.credit.title')} intro={t('reseller.credit.intro')} />
      <Panel flush>
        <DataTable
          label={t('reseller.credit.title')}
          columns={useColumns()}
          query={query}
          rowKey={({ id }) => id}
          isFiltered={Object.keys(filter).length > 0}
          search={{
            value: filter.externalRef ?? '',
            onChange: (text) => change({ externalRef: text.trim() || undefined }),
            placeholder: t('reseller.credit.refFilter'),
          }}
          filters={
            <>
              <KindFilter onChange={(kind) => change({ kind })} />
              <PeriodFilter value={filter} onChange={({ from, to }) => change({ from, to })} />
              <Checkbox
                label={t('reseller.credit.mismatched')}
                checked={filter.mismatched !== undefined}
                onChange={({ currentTarget }) =>
                  change({ mismatched: currentTarget.checked ? 'true' : undefined })
                }
              />
            </>
          }
          empty={{ title: t('reseller.credit.empty'), text: t('reseller.credit.emptyText') }}
        />
      </Panel>
      <CheckpointPanel />
    </>
  );
}

function KindFilter({ onChange }: { onChange: (kind: string | undefined) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const apply = () => onChange(text.trim() || undefined);
  return (
    <TextInput
      w="11rem"
      aria-label={t('reseller.credit.kindFilter')}
      placeholder={t('reseller.credit.kindFilter')}
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onBlur={apply}
      onKeyDown={({ key }) => key === 'Enter' && apply()}
      autoComplete="off"
    />
  );
}

function useColumns(): Column<CreditEvent>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'at',
      header: t('reseller.credit.at'),
      width: 'minmax(10rem, 1fr)',
      cell: ({ at }) => <Time at={at} />,
    },
    {
      key: 'kind',
      header: t('reseller.credit.kind'),
      width: 'minmax(6rem, 0.6fr)',
      cell: ({ kind }) => kind,
    },
    {
      key: 'ref',
      header: t('reseller.credit.ref'),
      width: 'minmax(11rem, 1.6fr)',
      cell: ({ externalRef, mismatches }) => (
        <div>
          <CopyableCode value={externalRef} />
          {mismatches > 0 && (
            <Text size="xs" c="red">
              {t('reseller.credit.mismatches', { count: mismatches })}
            </Text>
          )}
        </div>
      ),
    },
    {
      key: 'amount',
      header: t('reseller.credit.amount'),
      align: 'end',
      width: 'minmax(7rem, 0.7fr)',
      cell: ({ amountCents }) => format.money(amountCents),
    },
    {
      key: 'id',
      header: t('reseller.credit.id'),
      width: 'minmax(13rem, 1.2fr)',
      cell: ({ id }) => <CopyableCode value={id} />,
    },
  ];
}

const VERIFY =
  'npx headgate log verify --key key --export export --checkpoint checkpoint --receipt answer1.json --state log-state';

function CheckpointPanel() {
  const { t } = useTranslation();
  return (
    <Panel title={t('reseller.credit.checkpoint')} intro={t('reseller.credit.checkpointIntro')}>
      <Stack>
        <Group gap="xs">
          <DownloadLink href="/log/checkpoint" text={t('reseller.credit.signed')} />
          <DownloadLink href="/log/key" text={t('reseller.credit.key')} />
          <DownloadLink href="/log/export" text={t('reseller.credit.export')} />
        </Group>
        <CodeBlock code={VERIFY} label={t('reseller.credit.command')} />
        <Text size="sm" c="dimmed">
          {t('reseller.credit.commandHint')}
        </Text>
        <Anchor href="/docs/log" size="sm">
          {t('reseller.credit.docs')}
        </Anchor>
      </Stack>
    </Panel>
  );
}
