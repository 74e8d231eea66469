/** Where customers may go: those of a reseller, or everybody's. */
import { Group, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { admin, answerOf, once } from '../api/clients.ts';
import { useAction } from '../api/use-action.ts';
import { DialogForm } from '../components/dialog.tsx';
import { Panel } from '../components/panel.tsx';
import { Answer } from '../components/states.tsx';
import { useServerForm } from '../components/use-server-form.ts';
import { useMay } from './may.ts';

interface Limits {
  allow: string[];
  deny: string[];
}
const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** `reseller`: its store code; without, what holds for everybody. */
export function LimitsForm({ reseller }: { reseller?: string }) {
  const { t } = useTranslation();
  const queryKey = ['admin', 'limits', reseller];
  const query = useQuery({
    queryKey,
    queryFn: () =>
      answerOf(
        reseller === undefined
          ? admin.GET('/limits')
          : admin.GET('/resellers/{reseller}/limits', { params: { path: { reseller } } }),
      ),
  });
  return (
    <Panel
      title={t(reseller === undefined ? 'owner.limits.title' : 'owner.limits.ofReseller')}
      intro={t('owner.limits.intro')}
    >
      <Answer query={query}>
        {(limits) => (
          <Fields
            key={JSON.stringify(limits)}
            limits={limits}
            queryKey={queryKey}
            {...(reseller !== undefined && { reseller })}
          />
        )}
      </Answer>
    </Panel>
  );
}

function Fields({
  limits,
  queryKey,
  reseller,
}: {
  limits: Limits;
  queryKey: readonly unknown[];
  reseller?: string;
}) {
  const { t } = useTranslation();
  const may = useMay();
  // What holds for everybody is the owner's to say.
  const mayChange = reseller === undefined ? may.giveAccess : may.change;
  const action = useAction({
    run: (body: Limits, key) =>
      answerOf(
        reseller === undefined
          ? admin.PATCH('/limits', { params: { header: once(key) }, body })
          : admin.PATCH('/resellers/{reseller}/limits', {
              params: { path: { reseller }, header: once(key) },
              body,
            }),
      ),
    changes: [queryKey],
  });
  const { form, onSubmit, problem } = useServerForm(
    { initialValues: { allow: limits.allow.join('\n'), deny: limits.deny.join('\n') } },
    action,
    ({ allow, deny }) => ({ allow: linesOf(allow), deny: linesOf(deny) }),
  );
  const list = (name: 'allow' | 'deny') => (
    <Textarea
      label={t(`owner.limits.${name}`)}
      description={t(`owner.limits.${name}Hint`)}
      autosize
      minRows={5}
      maxRows={16}
      spellCheck={false}
      readOnly={!mayChange}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      {...form.getInputProps(name)}
    />
  );
  const fields = (
    <>
      <Group grow align="flex-start" preventGrowOverflow={false}>
        {list('allow')}
        {list('deny')}
      </Group>
      <Text size="sm" c="dimmed">
        {t('owner.limits.rules')}
      </Text>
    </>
  );
  if (!mayChange) return fields;
  return (
    <DialogForm onSubmit={onSubmit} problem={problem} isRunning={action.isRunning} action={t('actions.save')}>
      {fields}
    </DialogForm>
  );
}
