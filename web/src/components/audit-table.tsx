/** Who did what: searched, filtered, exported. What was before and after is shown on demand. */
import { Badge, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { useList } from '../api/use-list.ts';
import { Breakable } from './breakable.tsx';
import { DataTable, type ListPage } from './data-table.tsx';
import { Dialog } from './dialog.tsx';
import { DownloadLink, withQuery } from './download-link.tsx';
import { Facts } from './facts.tsx';
import { FilterText } from './filter-text.tsx';
import { PeriodFilter, periodOf } from './period-filter.tsx';
import styles from './record.module.css';
import { Time } from './time.tsx';
import { useFilters } from './use-filters.ts';

type AuditEntry = components['schemas']['AuditEntry'];
const FIELDS = ['actor', 'action', 'subject', 'door', 'address'] as const;
export type AuditField = (typeof FIELDS)[number];
export type AuditQuery = Partial<Record<AuditField | 'text' | 'from' | 'to', string>>;

interface AuditTableProps {
  queryKey: readonly unknown[];
  read: (query: AuditQuery & { cursor: string | undefined }) => Promise<ListPage<AuditEntry>>;
  /** The files of the same entries. `extra` is what they are asked besides the filters. */
  csvPath: `/api/${string}`;
  ndjsonPath?: `/api/${string}`;
  extra?: Record<string, string>;
  /** Which fields can be filtered by. */
  fields?: readonly AuditField[];
}

export function AuditTable({
  queryKey,
  read,
  csvPath,
  ndjsonPath,
  extra = {},
  fields = FIELDS,
}: AuditTableProps) {
  const { t } = useTranslation();
  const [filters, change] = useFilters<AuditField | 'text' | 'from' | 'to'>();
  const [shown, setShown] = useState<AuditEntry>();
  const asked: AuditQuery = {
    ...Object.fromEntries(
      (['text', ...fields] as const).flatMap((name) => (filters[name] ? [[name, filters[name]]] : [])),
    ),
    ...periodOf(filters),
  };
  const query = useList({ queryKey: [...queryKey, asked], read: (cursor) => read({ cursor, ...asked }) });
  return (
    <>
      <DataTable
        label={t('audit.title')}
        query={query}
        rowKey={({ id }) => String(id)}
        search={{
          value: filters.text ?? '',
          onChange: (text) => change({ text }),
          placeholder: t('audit.search'),
        }}
        isFiltered={Object.keys(asked).length > 0}
        empty={{ title: t('audit.empty') }}
        filters={
          <>
            {fields.map((field) => (
              <FilterText
                key={field}
                label={t(`audit.${field}`)}
                value={filters[field]}
                onChange={(value) => change({ [field]: value })}
              />
            ))}
            <PeriodFilter days={filters} onChange={change} />
            <DownloadLink href={withQuery(csvPath, { ...asked, ...extra })} text={t('audit.csv')} />
            {ndjsonPath && (
              <DownloadLink href={withQuery(ndjsonPath, { ...asked, ...extra })} text={t('audit.ndjson')} />
            )}
          </>
        }
        columns={[
          {
            key: 'at',
            header: t('audit.at'),
            width: 'minmax(11.5rem, 0.9fr)',
            cell: ({ at }) => <Time at={at} />,
          },
          {
            key: 'action',
            header: t('audit.action'),
            width: 'minmax(10rem, 1.2fr)',
            cell: (entry) => (
              <UnstyledButton
                className={styles.link}
                onClick={() => setShown(entry)}
                aria-label={t('audit.show', { action: entry.action, subject: entry.subject })}
              >
                {entry.action}
              </UnstyledButton>
            ),
          },
          {
            key: 'subject',
            header: t('audit.subject'),
            width: 'minmax(10rem, 1.4fr)',
            cell: ({ subject }) => <Breakable text={subject} />,
          },
          {
            key: 'actor',
            header: t('audit.actor'),
            width: 'minmax(10rem, 1.3fr)',
            cell: ({ actor, actorEmail }) => <Breakable text={actorEmail ?? actor} />,
          },
          {
            key: 'door',
            header: t('audit.door'),
            width: 'minmax(8rem, 0.8fr)',
            cell: ({ door, address }) => (
              <div>
                <Badge color="gray">{door}</Badge>
                <Text size="xs" c="dimmed">
                  {address}
                </Text>
              </div>
            ),
          },
        ]}
      />
      <Dialog
        title={shown?.action ?? ''}
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        size="xl"
      >
        {shown && <Entry entry={shown} />}
      </Dialog>
    </>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  return (
    <>
      <Facts
        facts={[
          [t('audit.at'), <Time key="at" at={entry.at} />],
          [t('audit.subject'), entry.subject],
          [t('audit.actor'), entry.actorEmail ? `${entry.actorEmail} (${entry.actor})` : entry.actor],
          [t('audit.door'), entry.door],
          entry.address ? [t('audit.address'), entry.address] : null,
        ]}
      />
      <pre className={styles.text}>{JSON.stringify(entry.details, null, 2)}</pre>
    </>
  );
}
