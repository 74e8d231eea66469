/** What subscriptions cost. */
import { NumberInput, SegmentedControl, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { admin, answerOf, once } from '../api/clients.ts';
import { useAction } from '../api/use-action.ts';
import { useWholeList } from '../api/use-whole-list.ts';
import { MoneyInput } from '../components/amount-input.tsx';
import { DataTable } from '../components/data-table.tsx';
import { Dialog, DialogButton, DialogForm } from '../components/dialog.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';
import { RowMenu } from '../components/row-menu.tsx';
import { useFilters } from '../components/use-filters.ts';
import { useServerForm } from '../components/use-server-form.ts';
import { useFormat } from '../format/use-format.ts';
import { useMay } from './may.ts';

type Plan = components['schemas']['Plan'];
const CYCLES = ['WEEKLY', 'MONTHLY', 'ANNUAL'] as const satisfies readonly Plan['billingCycle'][];
type Connections = 100 | 200 | 500 | 1000 | 2000;
const CHANGES = [['admin', 'plans']] as const;
/** A percentage as people write it, to hundredths of a percent. */
const toBasisPoints = (percent: number | string) => Math.round(Number(percent) * 100);

export function PlansPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const [filters, change] = useFilters<'cycle'>();
  const [editing, setEditing] = useState<Plan>();
  const cycle = CYCLES.find((name) => name === filters.cycle) ?? 'MONTHLY';
  const query = useWholeList(['admin', 'plans', cycle], async () => {
    const { data } = await answerOf(admin.GET('/plans'));
    return { data: data.filter(({ billingCycle }) => billingCycle === cycle) };
  });
  const nameOf = (plan: Plan) =>
    `${t(`subscription.cycles.${plan.billingCycle}`)}, ${t('owner.plans.connections', { count: plan.connections })}, ${t('owner.plans.slots', { count: plan.authentications })}`;
  return (
    <>
      <PageHeader
        title={t('owner.plans.title')}
        intro={t('owner.plans.intro')}
        actions={
          may.change && (
            <DialogButton text={t('owner.plans.tax')} variant="default">
              {(close) => <TaxForm onClose={close} />}
            </DialogButton>
          )
        }
      />
      <Panel flush>
        <DataTable<Plan>
          label={t('owner.plans.title')}
          query={query}
          rowKey={({ id }) => id}
          filters={
            <SegmentedControl
              aria-label={t('owner.plans.cycle')}
              value={cycle}
              onChange={(value) => change({ cycle: value })}
              data={CYCLES.map((value) => ({ value, label: t(`subscription.cycles.${value}`) }))}
            />
          }
          columns={[
            {
              key: 'connections',
              header: t('owner.plans.plan'),
              width: 'minmax(11rem, 1.4fr)',
              cell: ({ connections }) => (
                <Text size="sm" fw={560}>
                  {t('owner.plans.connections', { count: connections })}
                </Text>
              ),
            },
            {
              key: 'slots',
              header: t('owner.plans.authentications'),
              cell: ({ authentications }) => t('owner.plans.slots', { count: authentications }),
            },
            {
              key: 'net',
              header: t('owner.plans.net'),
              align: 'end',
              cell: ({ netCents }) => format.money(netCents),
            },
            {
              key: 'tax',
              header: t('owner.plans.taxRate'),
              align: 'end',
              cell: ({ taxBasisPoints, taxCents }) =>
                `${format.money(taxCents)} (${format.percent(taxBasisPoints / 10_000)})`,
            },
            {
              key: 'price',
              header: t('owner.plans.price'),
              align: 'end',
              cell: ({ grossCents }) => (
                <Text span size="sm" fw={620}>
                  {format.money(grossCents)}
                </Text>
              ),
            },
            {
              key: 'actions',
              header: t('table.actions'),
              align: 'end',
              width: '3.5rem',
              cell: (plan) =>
                may.change && (
                  <RowMenu
                    label={t('owner.plans.actionsOf', { plan: nameOf(plan) })}
                    actions={[
                      { text: t('owner.plans.change'), icon: IconPencil, onClick: () => setEditing(plan) },
                    ]}
                  />
                ),
            },
          ]}
        />
      </Panel>
      <Dialog
        title={editing ? nameOf(editing) : ''}
        opened={editing !== undefined}
        onClose={() => setEditing(undefined)}
      >
        {editing && <PriceForm plan={editing} onClose={() => setEditing(undefined)} />}
      </Dialog>
    </>
  );
}

function PriceForm({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const action = useAction({
    run: (price: { grossCents: number; taxBasisPoints: number }, key) =>
      answerOf(
        admin.PUT('/plans/price', {
          params: { header: once(key) },
          body: {
            billingCycle: plan.billingCycle,
            connections: plan.connections as Connections,
            authentications: plan.authentications,
            ...price,
          },
        }),
      ),
    changes: CHANGES,
    onDone: onClose,
  });
  const { form, onSubmit, problem } = useServerForm(
    {
      initialValues: {
        grossCents: plan.grossCents as number | undefined,
        taxBasisPoints: plan.taxBasisPoints / 100,
      },
      validate: { grossCents: (value) => (value === undefined ? t('form.moneyExpected') : null) },
    },
    action,
    ({ grossCents, taxBasisPoints }) => ({
      grossCents: grossCents ?? 0,
      taxBasisPoints: toBasisPoints(taxBasisPoints),
    }),
  );
  return (
    <DialogForm
      onSubmit={onSubmit}
      problem={problem}
      isRunning={action.isRunning}
      action={t('owner.plans.change')}
      onCancel={onClose}
    >
      <Text size="sm">{t('owner.plans.changeText')}</Text>
      <MoneyInput
        label={t('owner.plans.price')}
        description={t('owner.plans.priceHint')}
        initialText={(plan.grossCents / 100).toFixed(2).replace('.', format.decimal)}
        onChange={(cents) => form.setFieldValue('grossCents', cents)}
        error={form.errors.grossCents}
        data-autofocus
      />
      <NumberInput
        label={t('owner.plans.taxPercent')}
        suffix=" %"
        min={0}
        max={100}
        decimalScale={2}
        decimalSeparator={format.decimal}
        {...form.getInputProps('taxBasisPoints')}
      />
    </DialogForm>
  );
}

function TaxForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const action = useAction({
    run: (body: { taxBasisPoints: number }, key) =>
      answerOf(admin.PUT('/plans/tax-rate', { params: { header: once(key) }, body })),
    changes: CHANGES,
    onDone: onClose,
  });
  const { form, onSubmit, problem } = useServerForm(
    { initialValues: { taxBasisPoints: 0 as number | string } },
    action,
    ({ taxBasisPoints }) => ({ taxBasisPoints: toBasisPoints(taxBasisPoints) }),
  );
  return (
    <DialogForm
      onSubmit={onSubmit}
      problem={problem}
      isRunning={action.isRunning}
      action={t('owner.plans.tax')}
      onCancel={onClose}
    >
      <Text size="sm">{t('owner.plans.taxText')}</Text>
      <NumberInput
        label={t('owner.plans.taxPercent')}
        suffix=" %"
        min={0}
        max={100}
        decimalScale={2}
        decimalSeparator={format.decimal}
        data-autofocus
        {...form.getInputProps('taxBasisPoints')}
      />
    </DialogForm>
  );
}
