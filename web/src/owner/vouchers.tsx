/** Vouchers: made, used, taken out of use. */
import { Badge, NativeSelect, NumberInput, Text, TextInput } from '@mantine/core';
import { IconBan, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { admin, answerOf, once } from '../api/clients.ts';
import { useAction } from '../api/use-action.ts';
import { useList } from '../api/use-list.ts';
import { MoneyInput } from '../components/amount-input.tsx';
import { useConfirm } from '../components/confirm.tsx';
import { DataTable } from '../components/data-table.tsx';
import { Dialog, DialogButton, DialogForm } from '../components/dialog.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';
import { RowMenu } from '../components/row-menu.tsx';
import { SecretOnce } from '../components/secret-once.tsx';
import { Time } from '../components/time.tsx';
import { useFilters } from '../components/use-filters.ts';
import { useServerForm } from '../components/use-server-form.ts';
import { useFormat } from '../format/use-format.ts';
import { useMay } from './may.ts';

type Voucher = components['schemas']['Voucher'];
const STATES = ['usable', 'used-up', 'expired', 'disabled'] as const;
const COLORS = { usable: 'green', 'used-up': 'gray', expired: 'gray', disabled: 'red' } as const;
const CHANGES = [['admin', 'vouchers']] as const;

export function VouchersPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const confirm = useConfirm();
  const may = useMay();
  const [filters, change] = useFilters<'state'>();
  const [shown, setShown] = useState<Voucher>();
  const state = STATES.find((name) => name === filters.state);
  const query = useList({
    queryKey: ['admin', 'vouchers', state],
    read: (cursor) =>
      answerOf(admin.GET('/vouchers', { params: { query: { cursor, ...(state && { state }) } } })),
  });
  const disable = useAction({
    run: (id: string, key) =>
      answerOf(admin.POST('/vouchers/{id}/disable', { params: { path: { id }, header: once(key) } })),
    changes: CHANGES,
  });
  return (
    <>
      <PageHeader
        title={t('owner.vouchers.title')}
        intro={t('owner.vouchers.intro')}
        actions={
          may.change && (
            <DialogButton text={t('owner.vouchers.create')}>
              {(close) => <CreateForm onClose={close} />}
            </DialogButton>
          )
        }
      />
      <Panel flush>
        <DataTable<Voucher>
          label={t('owner.vouchers.title')}
          query={query}
          rowKey={({ id }) => id}
          isFiltered={state !== undefined}
          empty={{ title: t('owner.vouchers.empty'), text: t('owner.vouchers.emptyText') }}
          filters={
            <NativeSelect
              aria-label={t('owner.vouchers.state')}
              value={state ?? ''}
              onChange={({ currentTarget }) => change({ state: currentTarget.value })}
              data={[
                { value: '', label: t('keys.states.all') },
                ...STATES.map((value) => ({ value, label: t(`owner.vouchers.states.${value}`) })),
              ]}
            />
          }
          columns={[
            {
              key: 'amount',
              header: t('owner.vouchers.amount'),
              width: 'minmax(10rem, 1.2fr)',
              cell: ({ id, amountCents }) => (
                <div>
                  <Text size="sm" fw={600}>
                    {format.money(amountCents)}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {id}
                  </Text>
                </div>
              ),
            },
            {
              key: 'state',
              header: t('owner.vouchers.state'),
              cell: (row) => (
                <Badge color={COLORS[row.state]}>{t(`owner.vouchers.states.${row.state}`)}</Badge>
              ),
            },
            {
              key: 'uses',
              header: t('owner.vouchers.uses'),
              align: 'end',
              cell: ({ uses, maxUses }) =>
                t('owner.vouchers.usesOf', { uses: format.number(uses), most: format.number(maxUses) }),
            },
            {
              key: 'expires',
              header: t('owner.vouchers.expires'),
              cell: ({ expiresAt }) =>
                expiresAt ? <Time at={expiresAt} as="date" /> : t('owner.vouchers.never'),
            },
            {
              key: 'created',
              header: t('owner.vouchers.made'),
              cell: ({ createdAt }) => <Time at={createdAt} as="date" />,
            },
            {
              key: 'actions',
              header: t('table.actions'),
              align: 'end',
              width: '3.5rem',
              cell: (row) => (
                <RowMenu
                  label={t('owner.vouchers.actionsOf', { id: row.id })}
                  actions={[
                    { text: t('owner.vouchers.who'), icon: IconUsers, onClick: () => setShown(row) },
                    may.change &&
                      row.state === 'usable' && {
                        text: t('owner.vouchers.disable'),
                        icon: IconBan,
                        dangerous: true,
                        onClick: () =>
                          confirm({
                            title: t('owner.vouchers.disableTitle', {
                              amount: format.money(row.amountCents),
                            }),
                            text: t('owner.vouchers.disableText', { id: row.id }),
                            action: t('owner.vouchers.disable'),
                            dangerous: true,
                            run: () => disable.perform(row.id),
                          }),
                      },
                  ]}
                />
              ),
            },
          ]}
        />
      </Panel>
      <Dialog
        title={t('owner.vouchers.who')}
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        size="xl"
      >
        {shown && <Uses id={shown.id} />}
      </Dialog>
    </>
  );
}

function Uses({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useList({
    queryKey: ['admin', 'vouchers', id, 'uses'],
    read: (cursor) =>
      answerOf(admin.GET('/vouchers/{id}/uses', { params: { path: { id }, query: { cursor } } })),
  });
  return (
    <DataTable
      label={t('owner.vouchers.who')}
      query={query}
      rowKey={({ accountId, at }) => `${accountId} ${at}`}
      empty={{ title: t('owner.vouchers.noUses') }}
      columns={[
        { key: 'email', header: t('signIn.email'), width: '2fr', cell: ({ email }) => email },
        {
          key: 'amount',
          header: t('owner.vouchers.amount'),
          align: 'end',
          cell: ({ amountCents }) => format.money(amountCents),
        },
        { key: 'at', header: t('statement.at'), cell: ({ at }) => <Time at={at} /> },
      ]}
    />
  );
}

interface Wanted {
  amountCents: number;
  count: number;
  maxUses: number;
  expiresAt?: string;
}

function CreateForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [codes, setCodes] = useState<string[]>();
  const action = useAction({
    run: (body: Wanted, key) => answerOf(admin.POST('/vouchers', { params: { header: once(key) }, body })),
    changes: CHANGES,
    onDone: ({ vouchers }) => setCodes(vouchers.map(({ code }) => code)),
  });
  const { form, onSubmit, problem } = useServerForm(
    {
      initialValues: {
        amountCents: undefined as number | undefined,
        count: 1,
        maxUses: 1,
        expires: '',
      },
      validate: { amountCents: (value) => (value ? null : t('form.moneyExpected')) },
    },
    action,
    ({ amountCents, count, maxUses, expires }): Wanted => ({
      amountCents: amountCents ?? 0,
      count,
      maxUses,
      ...(expires && { expiresAt: new Date(expires).toISOString() }),
    }),
    { expiresAt: 'expires' },
  );
  if (codes) {
    return (
      <SecretOnce
        label={t('owner.vouchers.codes', { count: codes.length })}
        secret={codes.join('\n')}
        onSaved={onClose}
      />
    );
  }
  return (
    <DialogForm
      onSubmit={onSubmit}
      problem={problem}
      isRunning={action.isRunning}
      action={t('owner.vouchers.create')}
      onCancel={onClose}
    >
      <MoneyInput
        label={t('owner.vouchers.amount')}
        onChange={(cents) => form.setFieldValue('amountCents', cents)}
        error={form.errors.amountCents}
        data-autofocus
      />
      <NumberInput
        label={t('owner.vouchers.count')}
        min={1}
        allowDecimal={false}
        {...form.getInputProps('count')}
      />
      <NumberInput
        label={t('owner.vouchers.maxUses')}
        description={t('owner.vouchers.maxUsesHint')}
        min={1}
        allowDecimal={false}
        {...form.getInputProps('maxUses')}
      />
      <TextInput
        type="datetime-local"
        label={t('owner.vouchers.expires')}
        description={t('owner.vouchers.expiresHint')}
        {...form.getInputProps('expires')}
      />
    </DialogForm>
  );
}
