/** All subscriptions of the account. */
import { Button, Select, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconTicket } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/account.gen.ts';
import { account, answerOf } from '../../api/clients.ts';
import { useList } from '../../api/use-list.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Panel } from '../../components/panel.tsx';
import {
  StatusBadge,
  SUBSCRIPTION_STATUSES,
  type SubscriptionStatus,
} from '../../components/subscription-status.tsx';
import { Time } from '../../components/time.tsx';
import { useFormat } from '../../format/use-format.ts';
import { PlanDialog } from './plan-dialog.tsx';
import { RedeemVoucher } from './voucher.tsx';

type Subscription = components['schemas']['Subscription'];

export function SubscriptionsPage() {
  const { t } = useTranslation();
  const [buying, buy] = useDisclosure();
  const [redeeming, redeem] = useDisclosure();
  const [status, setStatus] = useState<SubscriptionStatus>();
  const query = useList({
    queryKey: ['account', 'subscriptions', 'list', status],
    read: (cursor) => answerOf(account.GET('/subscriptions', { params: { query: { status, cursor } } })),
  });
  return (
    <>
      <PageHeader
        title={t('reseller.subscriptions.title')}
        intro={t('reseller.subscriptions.intro')}
        actions={
          <>
            <Button
              variant="default"
              onClick={redeem.open}
              leftSection={<IconTicket size={16} stroke={1.7} aria-hidden />}
            >
              {t('reseller.voucher.redeem')}
            </Button>
            <Button onClick={buy.open} leftSection={<IconPlus size={16} aria-hidden />}>
              {t('reseller.subscriptions.buy')}
            </Button>
          </>
        }
      />
      <Panel flush>
        <DataTable
          label={t('reseller.subscriptions.title')}
          columns={useColumns()}
          query={query}
          rowKey={({ id }) => id}
          isFiltered={status !== undefined}
          filters={
            <Select
              w="12rem"
              aria-label={t('reseller.subscriptions.status')}
              placeholder={t('reseller.subscriptions.allStates')}
              clearable
              clearButtonProps={{ 'aria-label': t('reseller.subscriptions.allStates') }}
              value={status ?? null}
              onChange={(value) => setStatus((value as SubscriptionStatus | null) ?? undefined)}
              data={SUBSCRIPTION_STATUSES.map((value) => ({
                value,
                label: t(`subscription.statuses.${value}`),
              }))}
            />
          }
          empty={{
            title: t('reseller.subscriptions.empty'),
            text: t('reseller.subscriptions.emptyText'),
            action: <Button onClick={buy.open}>{t('reseller.subscriptions.buy')}</Button>,
          }}
        />
      </Panel>
      <PlanDialog opened={buying} onClose={buy.close} />
      <RedeemVoucher opened={redeeming} onClose={redeem.close} />
    </>
  );
}

function useColumns(): Column<Subscription>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'plan',
      header: t('reseller.subscriptions.plan'),
      width: 'minmax(14rem, 2fr)',
      cell: ({ id, plan }) => (
        <div>
          <PageLink to="/reseller/subscriptions/$id" params={{ id }} fw={560} fz="inherit">
            {t('reseller.subscriptions.planText', {
              connections: format.number(plan.connections),
              count: plan.authentications,
            })}
          </PageLink>
          <Text size="xs" c="dimmed">
            {t(`subscription.cycles.${plan.billingCycle}`)}, {format.money(plan.grossCents)}
          </Text>
        </div>
      ),
    },
    {
      key: 'status',
      header: t('reseller.subscriptions.status'),
      width: 'minmax(9rem, 1fr)',
      cell: ({ status, canceled }) => <StatusBadge status={status} canceled={canceled} />,
    },
    {
      key: 'slots',
      header: t('reseller.subscriptions.slots'),
      width: 'minmax(8rem, 0.8fr)',
      cell: ({ slots }) =>
        t('reseller.subscriptions.slotsOf', {
          used: format.number(slots.filter(({ address }) => address !== null).length),
          all: format.number(slots.length),
        }),
    },
    {
      key: 'traffic',
      header: t('reseller.subscriptions.traffic'),
      align: 'end',
      width: 'minmax(7rem, 0.7fr)',
      cell: ({ bytes }) => format.bytes(bytes),
    },
    {
      key: 'ends',
      header: t('reseller.subscriptions.ends'),
      width: 'minmax(8rem, 0.8fr)',
      cell: ({ periodEnd }) => <Time at={periodEnd} as="date" />,
    },
  ];
}
