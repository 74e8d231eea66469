/** The credit log: what was reported, and how anybody can check that nothing of it was changed. */
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { apiFetch } from '../api/http.ts';
import { Columns } from '../components/columns.tsx';
import { Copy, CopyableCode } from '../components/copy.tsx';
import { Facts } from '../components/facts.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';
import styles from '../components/record.module.css';
import { Answer } from '../components/states.tsx';
import { useFormat } from '../format/use-format.ts';
import { CreditEventsTable } from './credit-events-table.tsx';

export function CreditEventsPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('owner.events.title')} intro={t('owner.events.intro')} />
      <Panel flush>
        <CreditEventsTable />
      </Panel>
      <div style={{ height: '1.25rem' }} />
      <Columns>
        <CheckpointPanel />
        <VerifyPanel />
      </Columns>
    </>
  );
}

/** Both are public, and no part of the admin API: whoever checks the log needs no key. */
async function readLog(path: '/log/checkpoint' | '/log/key'): Promise<string> {
  return (await apiFetch(path)).text();
}

function CheckpointPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery({ queryKey: ['log', 'checkpoint'], queryFn: () => readLog('/log/checkpoint') });
  return (
    <Panel
      title={t('owner.events.checkpoint')}
      intro={t('owner.events.checkpointIntro')}
      actions={query.data && <Copy value={query.data} text={t('actions.copy')} />}
    >
      <Answer query={query}>
        {(checkpoint) => {
          // C2SP tlog-checkpoint: the log's name, its size, its root hash, then the signatures.
          const [origin = '', size = '0', root = ''] = checkpoint.split('\n');
          return (
            <>
              <Facts
                facts={[
                  [t('owner.events.size'), format.number(Number(size))],
                  [t('owner.events.origin'), origin],
                  [t('owner.events.root'), <code key="root">{root}</code>],
                ]}
              />
              <pre className={styles.text}>{checkpoint}</pre>
            </>
          );
        }}
      </Answer>
    </Panel>
  );
}

function VerifyPanel() {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['log', 'key'], queryFn: () => readLog('/log/key') });
  const at = window.location.origin;
  const commands = [
    `curl -s ${at}/log/key > key`,
    `curl -s ${at}/log/checkpoint > checkpoint`,
    `curl -s -H 'Authorization: Bearer KEY' ${at}/log/export > export`,
    'npx headgate log verify --key key --export export --checkpoint checkpoint --state log-state',
  ].join('\n');
  return (
    <Panel
      title={t('owner.events.verify')}
      intro={t('owner.events.verifyIntro')}
      actions={<Copy value={commands} text={t('actions.copy')} />}
    >
      <Answer query={query}>
        {(keys) => (
          <>
            <Text size="sm" c="dimmed" mb={4}>
              {t('owner.events.logKey')}
            </Text>
            {keys
              .trim()
              .split('\n')
              .map((key) => (
                <CopyableCode key={key} value={key} label={t('owner.events.copyKey')} />
              ))}
          </>
        )}
      </Answer>
      <pre className={styles.text}>{commands}</pre>
      <Text size="sm" mt="md">
        {t('owner.events.verifyText')}
      </Text>
    </Panel>
  );
}
