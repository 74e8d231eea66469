/** The log of credit events: its signed state, and how anybody can check that nothing of it was changed. */
import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { apiFetch } from '../api/http.ts';
import { useFormat } from '../format/use-format.ts';
import { CodeBlock } from './code-block.tsx';
import { Columns } from './columns.tsx';
import { Copy, CopyableCode } from './copy.tsx';
import { DownloadLink } from './download-link.tsx';
import { Facts } from './facts.tsx';
import { Panel } from './panel.tsx';
import styles from './record.module.css';
import { Answer } from './states.tsx';

/** `ownExport`: the person's account has an export of its own events. */
export function CreditLog({ ownExport = false }: { ownExport?: boolean }) {
  return (
    <Columns>
      <CheckpointPanel />
      <VerifyPanel ownExport={ownExport} />
    </Columns>
  );
}

/** Both are public, and no part of the two consoles' APIs: whoever checks the log needs no key. */
async function readLog(path: '/log/checkpoint' | '/log/key'): Promise<string> {
  return (await apiFetch(path)).text();
}

function CheckpointPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery({ queryKey: ['log', 'checkpoint'], queryFn: () => readLog('/log/checkpoint') });
  return (
    <Panel
      title={t('creditLog.checkpoint')}
      intro={t('creditLog.checkpointIntro')}
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
                  [t('creditLog.size'), format.number(Number(size))],
                  [t('creditLog.origin'), origin],
                  [t('creditLog.root'), <code key="root">{root}</code>],
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

function VerifyPanel({ ownExport }: { ownExport: boolean }) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['log', 'key'], queryFn: () => readLog('/log/key') });
  const at = window.location.origin;
  const commands = [
    `curl -s ${at}/log/key > key`,
    `curl -s ${at}/log/checkpoint > checkpoint`,
    `curl -s -H 'Authorization: Bearer KEY' ${at}/log/export > export`,
    'npx headgate log verify --key key --export export --checkpoint checkpoint --receipt answer1.json --state log-state',
  ].join('\n');
  return (
    <Panel title={t('creditLog.verify')} intro={t('creditLog.verifyIntro')}>
      <Answer query={query}>
        {(keys) => (
          <>
            <Text size="sm" c="dimmed" mb={4}>
              {t('creditLog.key')}
            </Text>
            {keys
              .trim()
              .split('\n')
              .map((key) => (
                <CopyableCode key={key} value={key} label={t('creditLog.copyKey')} />
              ))}
          </>
        )}
      </Answer>
      <Group gap="xs" my="sm">
        <DownloadLink href="/log/checkpoint" text={t('creditLog.checkpoint')} />
        <DownloadLink href="/log/key" text={t('creditLog.keyFile')} />
        {ownExport && <DownloadLink href="/log/export" text={t('creditLog.export')} />}
      </Group>
      <CodeBlock code={commands} label={t('creditLog.commands')} />
      <Text size="sm" my="sm">
        {t('creditLog.verifyText')}
      </Text>
      <Anchor href="/docs/log" size="sm">
        {t('creditLog.docs')}
      </Anchor>
    </Panel>
  );
}
