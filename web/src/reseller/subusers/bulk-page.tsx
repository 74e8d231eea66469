/** Many subusers out of a file: looked at first, sent in chunks, with a file of what became of each. */
import { Alert, Button, FileButton, Group, Progress, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconDownload, IconFileImport } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { account, answerOf, once } from '../../api/clients.ts';
import { ApiError } from '../../api/problem.ts';
import { newKey } from '../../api/use-action.ts';
import { AskBeforeLeaving } from '../../components/ask-before-leaving.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { saveFile } from '../../components/save-file.ts';
import { Stat, Stats } from '../../components/stat.tsx';
import { useFormat } from '../../format/use-format.ts';
import {
  type BulkFile,
  type BulkLine,
  MAX_FILE_BYTES,
  NotReadable,
  type Outcome,
  outcomeOf,
  readLines,
  resultFile,
  toItem,
} from './bulk.ts';
import { CHUNK_LINES, patiently } from './bulk-send.ts';

const SAMPLE = `username,email,password,residential,mobile
anna,anna@example.com,,5 GB,
otto,,a-password-of-his,500 MB,1 GB
`;
const PREVIEWED = 50;

export function BulkPage() {
  const { t } = useTranslation();
  const [file, setFile] = useState<{ name: string } & BulkFile>();
  const [fault, setFault] = useState<NotReadable>();
  const forget = useRef<() => void>(null);

  async function choose(chosen: File | null) {
    if (!chosen) return;
    setFault(undefined);
    try {
      if (chosen.size > MAX_FILE_BYTES) throw new NotReadable('tooLarge');
      setFile({ name: chosen.name, ...readLines(await chosen.text()) });
    } catch (error) {
      if (!(error instanceof NotReadable)) throw error;
      setFile(undefined);
      setFault(error);
      // Mended, the same file can be chosen once more.
      forget.current?.();
    }
  }
  return (
    <>
      <PageHeader
        title={t('reseller.bulk.title')}
        intro={t('reseller.bulk.intro')}
        back={{ to: '/reseller/subusers', text: t('reseller.subusers.title') }}
      />
      {file ? (
        <Run key={file.name} {...file} onAgain={() => setFile(undefined)} />
      ) : (
        <Panel title={t('reseller.bulk.choose')} intro={t('reseller.bulk.chooseIntro')}>
          <Stack>
            <CodeBlock code={SAMPLE} label={t('reseller.bulk.sample')} />
            <Text size="sm" c="dimmed">
              {t('reseller.bulk.columns')}
            </Text>
            {fault && (
              <Alert
                color="red"
                role="alert"
                icon={<IconAlertTriangle size={20} stroke={1.6} aria-hidden />}
                title={t('reseller.bulk.notReadable')}
              >
                {t(`reseller.bulk.faults.${fault.reason}`, { detail: fault.detail })}
              </Alert>
            )}
            <Group>
              <FileButton
                accept=".csv,text/csv,text/plain"
                resetRef={forget}
                onChange={(chosen) => void choose(chosen)}
              >
                {(props) => (
                  <Button {...props} leftSection={<IconFileImport size={16} stroke={1.7} aria-hidden />}>
                    {t('reseller.bulk.chooseFile')}
                  </Button>
                )}
              </FileButton>
              <Button
                variant="default"
                leftSection={<IconDownload size={16} stroke={1.7} aria-hidden />}
                onClick={() => saveFile('subusers.csv', SAMPLE, 'text/csv')}
              >
                {t('reseller.bulk.saveSample')}
              </Button>
            </Group>
          </Stack>
        </Panel>
      )}
    </>
  );
}

interface RunProps extends BulkFile {
  name: string;
  onAgain: () => void;
}

function Run({ name, lines, unknownColumns, onAgain }: RunProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  // Of this file: a chunk that is sent again, also after an interruption, makes nobody twice.
  const [runKey] = useState(newKey);
  const [outcomes, setOutcomes] = useState<ReadonlyMap<number, Outcome>>(
    () =>
      new Map(lines.flatMap(({ line, fault }) => (fault ? [[line, { status: 'unreadable', fault }]] : []))),
  );
  const [state, setState] = useState<'ready' | 'running' | 'stopped' | 'done'>('ready');
  const [error, setError] = useState<ApiError>();
  const readable = lines.filter(({ fault }) => !fault);
  const countOf = (status: Outcome['status']) =>
    [...outcomes.values()].filter((outcome) => outcome.status === status).length;
  const sent = countOf('made') + countOf('refused');

  async function run() {
    setState('running');
    setError(undefined);
    const known = new Map(outcomes);
    try {
      for (let start = 0; start < readable.length; start += CHUNK_LINES) {
        const chunk = readable.slice(start, start + CHUNK_LINES);
        if (chunk.every(({ line }) => known.has(line))) continue;
        const { results } = await patiently(() =>
          answerOf(
            account.POST('/subusers/bulk', {
              params: { header: once(`${runKey}-${start}`) },
              body: { subusers: chunk.map(toItem) },
            }),
          ),
        );
        results.forEach((result, index) => {
          known.set(chunk[index]!.line, outcomeOf(result));
        });
        setOutcomes(new Map(known));
      }
      setState('done');
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      setError(cause);
      setState('stopped');
    } finally {
      void queries.invalidateQueries({ queryKey: ['account'] });
    }
  }
  return (
    <>
      <AskBeforeLeaving
        isHalfDone={state === 'running' || state === 'stopped'}
        text={t('reseller.bulk.leaveText')}
      />
      <Stats>
        <Stat label={t('reseller.bulk.lines')} value={format.number(lines.length)} note={name} />
        <Stat label={t('reseller.bulk.made')} value={format.number(countOf('made'))} />
        <Stat
          label={t('reseller.bulk.refused')}
          value={format.number(countOf('refused'))}
          tone={countOf('refused') > 0 ? 'warn' : 'plain'}
        />
        <Stat
          label={t('reseller.bulk.unreadable')}
          value={format.number(countOf('unreadable'))}
          tone={countOf('unreadable') > 0 ? 'warn' : 'plain'}
        />
      </Stats>
      <Panel
        title={t(`reseller.bulk.states.${state}`)}
        intro={
          state === 'ready' ? t('reseller.bulk.readyText', { amount: total(lines, format.bytes) }) : undefined
        }
        actions={
          <Group gap="xs">
            {state !== 'ready' && (
              <Button
                variant={state === 'done' ? 'filled' : 'default'}
                leftSection={<IconDownload size={16} stroke={1.7} aria-hidden />}
                disabled={state === 'running'}
                onClick={() => saveFile(`result-${name}`, resultFile(lines, outcomes), 'text/csv')}
              >
                {t('reseller.bulk.result')}
              </Button>
            )}
            {state !== 'running' && (
              <Button variant="default" onClick={onAgain}>
                {t('reseller.bulk.another')}
              </Button>
            )}
            {(state === 'ready' || state === 'stopped') && (
              <Button onClick={() => void run()} disabled={readable.length === 0}>
                {state === 'ready'
                  ? t('reseller.bulk.make', { count: readable.length })
                  : t('reseller.bulk.continue')}
              </Button>
            )}
          </Group>
        }
      >
        <Stack>
          {state !== 'ready' && (
            <Progress
              value={readable.length === 0 ? 100 : (sent / readable.length) * 100}
              aria-label={t('reseller.bulk.progress')}
              animated={state === 'running'}
            />
          )}
          <span role="status">
            {state !== 'ready' && (
              <Text size="sm" c="dimmed" span>
                {t('reseller.bulk.sent', {
                  sent: format.number(sent),
                  all: format.number(readable.length),
                })}
              </Text>
            )}
          </span>
          <ProblemAlert error={error} />
          {unknownColumns.length > 0 && (
            <Alert color="yellow" icon={<IconAlertTriangle size={20} stroke={1.6} aria-hidden />}>
              {t('reseller.bulk.unknownColumns', {
                count: unknownColumns.length,
                names: unknownColumns.join(', '),
              })}
            </Alert>
          )}
          <Preview lines={lines} outcomes={outcomes} />
        </Stack>
      </Panel>
    </>
  );
}

/** The first lines; once something was wrong, those with which it was. */
function Preview({
  lines,
  outcomes,
}: {
  lines: readonly BulkLine[];
  outcomes: ReadonlyMap<number, Outcome>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const wrong = lines.filter(({ line }) => (outcomes.get(line)?.status ?? 'made') !== 'made');
  const listed = wrong.length > 0 ? wrong : lines;
  const shown = listed.slice(0, PREVIEWED);
  const said = ({ line }: BulkLine) => {
    const outcome = outcomes.get(line);
    if (!outcome) return '';
    if (outcome.status === 'made') return t('reseller.bulk.isMade');
    if (outcome.status === 'refused') return outcome.why;
    return outcome.fault === 'fields'
      ? t('reseller.bulk.tooManyFields')
      : t('reseller.bulk.cannotRead', { column: outcome.fault });
  };
  return (
    <>
      <Table.ScrollContainer minWidth={560}>
        <Table
          verticalSpacing={6}
          aria-label={t(wrong.length > 0 ? 'reseller.bulk.wrong' : 'reseller.bulk.preview')}
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('reseller.bulk.line')}</Table.Th>
              <Table.Th>{t('reseller.subusers.username')}</Table.Th>
              <Table.Th>{t('reseller.subusers.email')}</Table.Th>
              <Table.Th ta="end">{t('assets.residential')}</Table.Th>
              <Table.Th ta="end">{t('assets.mobile')}</Table.Th>
              <Table.Th>{t('reseller.bulk.outcome')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((entry) => (
              <Table.Tr key={entry.line}>
                <Table.Td>{format.number(entry.line)}</Table.Td>
                <Table.Td>{entry.username || '–'}</Table.Td>
                <Table.Td>{entry.email || '–'}</Table.Td>
                <Table.Td ta="end">{format.bytes(entry.bytes.residential ?? 0)}</Table.Td>
                <Table.Td ta="end">{format.bytes(entry.bytes.mobile ?? 0)}</Table.Td>
                <Table.Td>{said(entry)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {listed.length > shown.length && (
        <Text size="xs" c="dimmed">
          {t('reseller.bulk.shown', {
            shown: format.number(shown.length),
            all: format.number(listed.length),
          })}
        </Text>
      )}
    </>
  );
}

function total(lines: readonly BulkLine[], write: (bytes: number) => string): string {
  return write(
    lines.reduce(
      (sum, { fault, bytes }) => (fault ? sum : sum + (bytes.residential ?? 0) + (bytes.mobile ?? 0)),
      0,
    ),
  );
}
