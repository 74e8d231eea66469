/** Chooses a plan, to buy it or to change to it. What it costs is asked of the server, and shown before anything is paid. */
import { Alert, Button, Group, Select, Stack, Table, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components, paths } from '../../api/account.gen.ts';
import { account, answerOf, once } from '../../api/clients.ts';
import { useAction } from '../../api/use-action.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Answer, EmptyState, Loading } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { useFormat } from '../../format/use-format.ts';

type Plan = components['schemas']['Plan'];
type Subscription = components['schemas']['Subscription'];
type Quote = paths['/subscriptions/quote']['post']['responses'][200]['content']['application/json'];
type Cycle = Plan['billingCycle'];
export type Connections = 100 | 200 | 500 | 1000 | 2000;

interface PlanDialogProps {
  opened: boolean;
  onClose: () => void;
  /** Whose plan is changed; without, one is bought. */
  subscription?: Subscription;
}

export function PlanDialog({ opened, onClose, subscription }: PlanDialogProps) {
  const { t } = useTranslation();
  const plans = useQuery({
    queryKey: ['account', 'plans'],
    queryFn: () => answerOf(account.GET('/plans')),
    enabled: opened,
  });
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t(subscription ? 'reseller.subscriptions.change' : 'reseller.subscriptions.buy')}
    >
      <Answer query={plans}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title={t('reseller.subscriptions.noPlans')} />
          ) : (
            <PlanForm plans={data} subscription={subscription} onClose={onClose} />
          )
        }
      </Answer>
    </Dialog>
  );
}

function PlanForm({
  plans,
  subscription,
  onClose,
}: {
  plans: readonly Plan[];
  subscription: Subscription | undefined;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const start = plans.find(({ id }) => id === subscription?.plan.id) ?? plans[0]!;
  const [billingCycle, setCycle] = useState<Cycle>(start.billingCycle);
  const [connections, setConnections] = useState(start.connections);
  const [authentications, setAuthentications] = useState(start.authentications);
  const wanted = { billingCycle, connections: connections as Connections, authentications };
  const isSold = plans.some(
    (plan) =>
      plan.billingCycle === billingCycle &&
      plan.connections === connections &&
      plan.authentications === authentications,
  );
  const quote = useQuery({
    queryKey: ['account', 'quote', subscription?.id, wanted],
    queryFn: () =>
      answerOf(
        account.POST('/subscriptions/quote', {
          body: { ...wanted, ...(subscription && { subscriptionId: subscription.id }) },
        }),
      ),
    enabled: isSold,
    placeholderData: keepPreviousData,
  });
  const action = useAction({
    run: (body: typeof wanted, key): Promise<Subscription> =>
      subscription
        ? answerOf(
            account.POST('/subscriptions/{id}/change', {
              body,
              params: { path: { id: subscription.id }, header: once(key) },
            }),
          )
        : answerOf(account.POST('/subscriptions', { body, params: { header: once(key) } })),
    changes: [['account']],
    onDone: ({ id }) => {
      onClose();
      void navigate({ to: '/reseller/subscriptions/$id', params: { id } });
    },
  });
  const cycles = [...new Set(plans.map((plan) => plan.billingCycle))];
  const numbers = (values: number[]) =>
    [...new Set(values)]
      .sort((a, b) => a - b)
      .map((value) => ({ value: String(value), label: format.number(value) }));
  const isCurrent = isSold && quote.data !== undefined && !quote.isPlaceholderData;

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isCurrent) action.start(wanted);
      }}
    >
      <Stack>
        {subscription && (
          <Text size="sm" c="dimmed">
            {t('reseller.subscriptions.changeText')}
          </Text>
        )}
        <Group grow align="end">
          <Select
            label={t('reseller.subscriptions.cycle')}
            allowDeselect={false}
            value={billingCycle}
            onChange={(value) => setCycle(value as Cycle)}
            data={cycles.map((value) => ({ value, label: t(`subscription.cycles.${value}`) }))}
          />
          <Select
            label={t('reseller.subscriptions.connections')}
            allowDeselect={false}
            value={String(connections)}
            onChange={(value) => setConnections(Number(value))}
            data={numbers(plans.map((plan) => plan.connections))}
          />
          <Select
            label={t('reseller.subscriptions.authentications')}
            allowDeselect={false}
            value={String(authentications)}
            onChange={(value) => setAuthentications(Number(value))}
            data={numbers(plans.map((plan) => plan.authentications))}
          />
        </Group>
        {isSold ? (
          <Answer query={quote} loading={<Loading />}>
            {(answer) => <QuoteTable quote={answer} until={answer.periodEnd} />}
          </Answer>
        ) : (
          <Alert color="yellow">{t('reseller.subscriptions.noSuchPlan')}</Alert>
        )}
        {isCurrent && !quote.data.isAffordable && (
          <Alert color="yellow">{t('reseller.subscriptions.notAffordable')}</Alert>
        )}
        <ProblemAlert error={action.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('actions.cancel')}
          </Button>
          <Button type="submit" loading={action.isRunning} disabled={!isCurrent || !quote.data.isAffordable}>
            {isCurrent
              ? t(subscription ? 'reseller.subscriptions.changeNow' : 'reseller.subscriptions.buyNow', {
                  price: format.money(quote.data.dueCents),
                })
              : t(subscription ? 'reseller.subscriptions.change' : 'reseller.subscriptions.buy')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What it costs, piece by piece. `until`: the end of the period that it buys, where that is known. */
export function QuoteTable({ quote, until }: { quote: Quote; until?: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { plan, creditCents, dueCents, balanceCents } = quote;
  const lines: [string, string][] = [
    [t('reseller.subscriptions.net'), format.money(plan.netCents)],
    [
      t('reseller.subscriptions.tax', { rate: format.percent(plan.taxBasisPoints / 10_000) }),
      format.money(plan.taxCents),
    ],
    [t('reseller.subscriptions.gross'), format.money(plan.grossCents)],
    ...(creditCents > 0
      ? [[t('reseller.subscriptions.credit'), format.money(-creditCents)] as [string, string]]
      : []),
  ];
  return (
    <Table withRowBorders={false} verticalSpacing={4} aria-label={t('reseller.subscriptions.due')}>
      <Table.Tbody>
        {lines.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th fw={400}>{name}</Table.Th>
            <Table.Td ta="end">{value}</Table.Td>
          </Table.Tr>
        ))}
        <Table.Tr>
          <Table.Th>{t('reseller.subscriptions.due')}</Table.Th>
          <Table.Td ta="end">
            <strong>{format.money(dueCents)}</strong>
          </Table.Td>
        </Table.Tr>
        <Table.Tr>
          <Table.Th fw={400}>{t('reseller.subscriptions.balanceAfter')}</Table.Th>
          <Table.Td ta="end">{format.money(balanceCents - dueCents)}</Table.Td>
        </Table.Tr>
        {until && (
          <Table.Tr>
            <Table.Th fw={400}>{t('reseller.subscriptions.lasts')}</Table.Th>
            <Table.Td ta="end">
              <Time at={until} />
            </Table.Td>
          </Table.Tr>
        )}
      </Table.Tbody>
    </Table>
  );
}
