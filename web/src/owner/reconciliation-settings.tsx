import { NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { paths } from '../api/admin.gen.ts';
import { admin, answerOf, once } from '../api/clients.ts';
import { useAction } from '../api/use-action.ts';
import { DialogForm } from '../components/dialog.tsx';
import { Panel } from '../components/panel.tsx';
import { Answer } from '../components/states.tsx';
import { useServerForm } from '../components/use-server-form.ts';
import { useMay } from './may.ts';

type Rules = paths['/reconciliation-settings']['get']['responses'][200]['content']['application/json'];
const KEY = ['admin', 'reconciliation-settings'] as const;
const FIELDS = ['graceSeconds', 'toleranceCents', 'reviewFrom'] as const;

/** What counts as a difference. */
export function ReconciliationSettings() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: KEY,
    queryFn: () => answerOf(admin.GET('/reconciliation-settings')),
  });
  return (
    <Panel title={t('owner.settings.reconciliation')} intro={t('owner.settings.reconciliationText')}>
      <Answer query={query}>{(rules) => <Fields key={JSON.stringify(rules)} rules={rules} />}</Answer>
    </Panel>
  );
}

function Fields({ rules }: { rules: Rules }) {
  const { t } = useTranslation();
  const may = useMay();
  const action = useAction({
    run: (body: Rules, key) =>
      answerOf(admin.PATCH('/reconciliation-settings', { params: { header: once(key) }, body })),
    changes: [KEY],
  });
  const { form, onSubmit, problem } = useServerForm(
    { initialValues: { ...rules } as Record<keyof Rules, number | string> },
    action,
    (values): Rules => ({
      graceSeconds: Number(values.graceSeconds),
      toleranceCents: Number(values.toleranceCents),
      reviewFrom: Number(values.reviewFrom),
    }),
  );
  const fields = (
    <>
      {FIELDS.map((name) => (
        <NumberInput
          key={name}
          label={t(`owner.settings.${name}`)}
          description={t(`owner.settings.${name}Text`)}
          min={0}
          allowDecimal={false}
          readOnly={!may.giveAccess}
          {...form.getInputProps(name)}
        />
      ))}
    </>
  );
  if (!may.giveAccess) return fields;
  return (
    <DialogForm onSubmit={onSubmit} problem={problem} isRunning={action.isRunning} action={t('actions.save')}>
      {fields}
    </DialogForm>
  );
}
