import { Badge, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { admin, answerOf } from '../api/clients.ts';
import { useWholeList } from '../api/use-whole-list.ts';
import { DataTable } from '../components/data-table.tsx';
import { Panel } from '../components/panel.tsx';
import { Time } from '../components/time.tsx';
import { useFormat } from '../format/use-format.ts';

const EVERY_MS = 15_000;

/** What the program does by itself, and what became of it. */
export function JobsPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useWholeList(['admin', 'jobs'], () => answerOf(admin.GET('/jobs')), EVERY_MS);
  return (
    <Panel flush title={t('owner.jobs.title')} intro={t('owner.jobs.intro')}>
      <DataTable
        label={t('owner.jobs.title')}
        query={query}
        rowKey={({ name }) => name}
        columns={[
          {
            key: 'name',
            header: t('owner.jobs.job'),
            width: 'minmax(11rem, 1.4fr)',
            cell: ({ name }) => name,
          },
          {
            key: 'state',
            header: t('keys.state'),
            width: 'minmax(9rem, 1.4fr)',
            cell: ({ failuresInARow, failure, isLate }) => (
              <div>
                <Badge color={failuresInARow > 0 ? 'red' : isLate ? 'brass' : 'green'}>
                  {t(
                    failuresInARow > 0
                      ? 'owner.jobs.failing'
                      : isLate
                        ? 'owner.jobs.late'
                        : 'owner.jobs.well',
                  )}
                </Badge>
                {failuresInARow > 0 && (
                  <Text size="xs" c="dimmed">
                    {failure}
                  </Text>
                )}
              </div>
            ),
          },
          {
            key: 'succeeded',
            header: t('owner.jobs.succeeded'),
            cell: ({ succeededAt }) => <Time at={succeededAt} as="fromNow" />,
          },
          {
            key: 'every',
            header: t('owner.jobs.every'),
            align: 'end',
            cell: ({ everyMs }) => format.duration(everyMs / 1000),
          },
        ]}
      />
    </Panel>
  );
}
