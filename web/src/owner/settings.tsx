/** What can be changed while the program runs. */
import { Badge, Button, Group, NumberInput, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { admin, answerOf, once } from '../api/clients.ts';
import { useAction } from '../api/use-action.ts';
import { DialogForm } from '../components/dialog.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';
import { Answer } from '../components/states.tsx';
import { Time } from '../components/time.tsx';
import { useServerForm } from '../components/use-server-form.ts';
import { useFormat } from '../format/use-format.ts';
import { JobsPanel } from './jobs-panel.tsx';
import { useMay } from './may.ts';
import { ReconciliationSettings } from './reconciliation-settings.tsx';
import styles from './settings.module.css';

type Setting = components['schemas']['Setting'];
const SETTINGS = ['admin', 'settings'] as const;

export function SettingsPage() {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: SETTINGS, queryFn: () => answerOf(admin.GET('/settings')) });
  return (
    <>
      <PageHeader title={t('owner.settings.title')} intro={t('owner.settings.intro')} />
      <Answer query={query}>
        {({ data }) => (
          <div className={styles.panels}>
            {data.map((setting) => (
              <SettingPanel key={`${setting.name} ${setting.value}`} setting={setting} />
            ))}
            <ReconciliationSettings />
          </div>
        )}
      </Answer>
      <JobsPanel />
    </>
  );
}

function SettingPanel({ setting }: { setting: Setting }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const { name, value, defaultValue, minimum, maximum, changedAt } = setting;
  const isDefault = value === defaultValue;
  const write = (amount: number) =>
    name === 'infiniteCreationFeeBytes' ? format.bytes(amount) : t('owner.settings.days', { count: amount });
  const action = useAction({
    run: (next: number | null, key) =>
      answerOf(admin.PUT('/settings', { params: { header: once(key) }, body: { name, value: next } })),
    changes: [SETTINGS],
  });
  const { form, onSubmit, problem } = useServerForm(
    { initialValues: { value: value as number | string } },
    action,
    (values) => Number(values.value),
  );
  return (
    <Panel
      title={t(`owner.settings.${name}`)}
      intro={t(`owner.settings.${name}Text`)}
      actions={!isDefault && <Badge color="brass">{t('owner.settings.changed')}</Badge>}
    >
      <Text size="xl" fw={620} mb="sm">
        {write(value)}
      </Text>
      {may.giveAccess && (
        <DialogForm
          onSubmit={onSubmit}
          problem={problem}
          isRunning={action.isRunning}
          action={t('actions.save')}
        >
          <NumberInput
            label={t(name === 'infiniteCreationFeeBytes' ? 'owner.settings.bytes' : 'owner.settings.inDays')}
            min={minimum}
            max={maximum}
            allowDecimal={false}
            thousandSeparator={format.decimal === '.' ? ',' : '.'}
            decimalSeparator={format.decimal}
            {...form.getInputProps('value')}
          />
        </DialogForm>
      )}
      <Group gap="sm" mt="sm" justify="space-between">
        <Text size="xs" c="dimmed">
          {t('owner.settings.default', { value: write(defaultValue) })}
          {changedAt && (
            <>
              {' · '}
              <Time at={changedAt} as="fromNow" />
            </>
          )}
        </Text>
        {may.giveAccess && !isDefault && (
          <Button variant="subtle" size="compact-xs" onClick={() => action.start(null)}>
            {t('owner.settings.reset')}
          </Button>
        )}
      </Group>
    </Panel>
  );
}
