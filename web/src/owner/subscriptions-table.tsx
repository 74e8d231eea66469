/** Subscriptions, of one reseller or of all. */
import { NativeSelect, Text } from '@mantine/core';
import { IconGauge, IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { admin, answerOf, once } from '../api/clients.ts';
import { useAction } from '../api/use-action.ts';
import { useList } from '../api/use-list.ts';
import { useConfirm } from '../components/confirm.tsx';
import { DataTable } from '../components/data-table.tsx';
import { Dialog } from '../components/dialog.tsx';
import { RowMenu } from '../components/row-menu.tsx';
import { StatusBadge, SUBSCRIPTION_STATUSES } from '../components/subscription-status.tsx';
import { Time } from '../components/time.tsx';
import { useFilters } from '../components/use-filters.ts';
import { useFormat } from '../format/use-format.ts';
import { LimitsForm } from './limits-form.tsx';
import { useMay } from './may.ts';

type Subscription = components['schemas']['Subscription'];
type Step = 'suspend' | 'resume' | 'cancel';

export function SubscriptionsTable({ resellerId }: { resellerId?: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const confirm = useConfirm();
  const may = useMay();
  const [limited, setLimited] = useState<Subscription>();
  const [filters, change] = useFilters<'status'>();
  const status = SUBSCRIPTION_STATUSES.find((name) => name === filters.status);
  const filter = { ...(resellerId && { resellerId }), ...(status && { status }) };
  const query = useList({
    queryKey: ['admin', 'subscriptions', filter],
    read: (cursor) => answerOf(admin.GET('/subscriptions', { params: { query: { ...filter, cursor } } })),
  });
  const action = useAction({
    run: ({ id, step }: { id: string; step: Step }, key) =>
      answerOf(admin.POST(`/subscriptions/{id}/${step}`, { params: { path: { id }, header: once(key) } })),
    changes: [['admin', 'subscriptions']],
  });
  const ask = (id: string, step: Step, dangerous: boolean) =>
    confirm({
      title: t(`owner.subscriptions.${step}Title`),
      text: t(`owner.subscriptions.${step}Text`),
      action: t(`owner.subscriptions.${step}`),
      dangerous,
      run: () => action.perform({ id, step }),
    });
  return (
    <>
      <DataTable<Subscription>
        label={t('owner.subscriptions.title')}
        query={query}
        rowKey={({ id }) => id}
        isFiltered={status !== undefined}
        empty={{ title: t('owner.subscriptions.empty'), text: t('owner.subscriptions.emptyText') }}
        filters={
          <NativeSelect
            aria-label={t('owner.subscriptions.status')}
            value={status ?? ''}
            onChange={({ currentTarget }) => change({ status: currentTarget.value })}
            data={[
              { value: '', label: t('owner.subscriptions.allStatuses') },
              ...SUBSCRIPTION_STATUSES.map((value) => ({
                value,
                label: t(`subscription.statuses.${value}`),
              })),
            ]}
          />
        }
        columns={[
          {
            key: 'id',
            header: t('owner.subscriptions.one'),
            width: 'minmax(13.5rem, 2fr)',
            cell: ({ id, plan }) => (
              <div>
                <Text size="sm" fw={560}>
                  {t(`subscription.cycles.${plan.billingCycle}`)},{' '}
                  {t('owner.plans.connections', { count: plan.connections })}
                </Text>
                <Text size="xs" c="dimmed">
                  {id}
                </Text>
              </div>
            ),
          },
          ...(resellerId === undefined
            ? [
                {
                  key: 'reseller',
                  header: t('owner.resellers.one'),
                  cell: ({ reseller }: Subscription) => reseller.storeCode ?? reseller.email,
                },
              ]
            : []),
          {
            key: 'status',
            header: t('owner.subscriptions.status'),
            cell: ({ status: now, canceled, autoRenewal }) => (
              <div>
                <StatusBadge status={now} canceled={canceled} />
                {now !== 'TERMINATED' && !canceled && (
                  <Text size="xs" c="dimmed">
                    {t(autoRenewal ? 'owner.subscriptions.renews' : 'owner.subscriptions.ends')}
                  </Text>
                )}
              </div>
            ),
          },
          {
            key: 'end',
            header: t('owner.subscriptions.until'),
            cell: ({ periodEnd }) => <Time at={periodEnd} as="date" />,
          },
          {
            key: 'used',
            header: t('owner.subscriptions.used'),
            align: 'end',
            cell: ({ bytes }) => format.bytes(bytes),
          },
          {
            key: 'slots',
            header: t('owner.subscriptions.slots'),
            align: 'end',
            width: 'minmax(5rem, 0.6fr)',
            cell: ({ slots }) => format.number(slots.length),
          },
          {
            key: 'price',
            header: t('owner.plans.price'),
            align: 'end',
            cell: ({ plan }) => format.money(plan.grossCents),
          },
          {
            key: 'actions',
            header: t('table.actions'),
            align: 'end',
            width: '3.5rem',
            cell: (row) => (
              <RowMenu
                label={t('owner.subscriptions.actionsOf', { id: row.id })}
                actions={[
                  { text: t('owner.limits.title'), icon: IconGauge, onClick: () => setLimited(row) },
                  may.change &&
                    row.status === 'ACTIVE' && {
                      text: t('owner.subscriptions.suspend'),
                      icon: IconPlayerPause,
                      onClick: () => ask(row.id, 'suspend', true),
                    },
                  may.change &&
                    row.status === 'SUSPENDED' && {
                      text: t('owner.subscriptions.resume'),
                      icon: IconPlayerPlay,
                      onClick: () => ask(row.id, 'resume', false),
                    },
                  may.change &&
                    row.status !== 'TERMINATED' &&
                    !row.canceled && {
                      text: t('owner.subscriptions.cancel'),
                      icon: IconX,
                      dangerous: true,
                      onClick: () => ask(row.id, 'cancel', true),
                    },
                ]}
              />
            ),
          },
        ]}
      />
      <Dialog
        title={t('owner.limits.of.subscription')}
        opened={limited !== undefined}
        onClose={() => setLimited(undefined)}
        size="xl"
      >
        {limited && (
          <LimitsForm
            of={{
              kind: 'subscription',
              id: limited.id,
              reseller: limited.reseller.storeCode ?? limited.reseller.email,
            }}
          />
        )}
      </Dialog>
    </>
  );
}
