/** One subscription: its period, its plan, its slots, and what can be done with it. */
import { Button, Group, Switch } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/account.gen.ts';
import { account, answerOf, once } from '../../api/clients.ts';
import { useAction } from '../../api/use-action.ts';
import { Columns } from '../../components/columns.tsx';
import { useConfirm } from '../../components/confirm.tsx';
import { CopyableCode } from '../../components/copy.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Stat, Stats } from '../../components/stat.tsx';
import { Answer } from '../../components/states.tsx';
import { StatusBadge } from '../../components/subscription-status.tsx';
import { Time } from '../../components/time.tsx';
import { useFormat } from '../../format/use-format.ts';
import { PlanDialog } from './plan-dialog.tsx';
import { RenewDialog } from './renew-dialog.tsx';
import { SlotsPanel } from './slots.tsx';

type Subscription = components['schemas']['Subscription'];

const route = getRouteApi('/shell/reseller/subscriptions/$id');

export function SubscriptionPage() {
  const { id } = route.useParams();
  const query = useQuery({
    queryKey: ['account', 'subscriptions', id],
    queryFn: () => answerOf(account.GET('/subscriptions/{id}', { params: { path: { id } } })),
    refetchInterval: 10_000,
  });
  return <Answer query={query}>{(subscription) => <SubscriptionBody subscription={subscription} />}</Answer>;
}

function SubscriptionBody({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, plan, status, canceled, periodStart, periodEnd, bytes, requests, createdAt } = subscription;
  return (
    <>
      <PageHeader
        title={t('reseller.subscriptions.planText', {
          connections: format.number(plan.connections),
          count: plan.authentications,
        })}
        beside={<StatusBadge status={status} canceled={canceled} />}
        back={{ to: '/reseller/subscriptions', text: t('reseller.subscriptions.title') }}
        intro={
          <>
            <CopyableCode value={id} /> · {t('reseller.subscriptions.bought')}{' '}
            <Time at={createdAt} as="date" />
          </>
        }
        actions={<Actions subscription={subscription} />}
      />
      <Stats>
        <Stat
          label={t('reseller.subscriptions.ends')}
          value={format.fromNow(periodEnd)}
          note={
            <>
              <Time at={periodStart} as="date" /> – <Time at={periodEnd} as="date" />
            </>
          }
        />
        <Stat
          label={t('reseller.subscriptions.gross')}
          value={format.money(plan.grossCents)}
          note={t(`subscription.cycles.${plan.billingCycle}`)}
        />
        <Stat
          label={t('reseller.subscriptions.traffic')}
          value={format.bytes(bytes)}
          note={t('reseller.subscriptions.requests', { count: requests })}
        />
      </Stats>
      <Columns ratio="2:1">
        <SlotsPanel subscription={subscription} />
        <Panel title={t('reseller.subscriptions.life')}>
          <AutoRenewal subscription={subscription} />
        </Panel>
      </Columns>
    </>
  );
}

type Call = 'suspend' | 'resume' | 'cancel';

function Actions({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  const [changing, change] = useDisclosure();
  const [renewing, renew] = useDisclosure();
  const { id, status, canceled } = subscription;
  const action = useAction({
    run: (call: Call, key) =>
      answerOf(account.POST(`/subscriptions/{id}/${call}`, { params: { path: { id }, header: once(key) } })),
    changes: [['account']],
  });
  if (status === 'TERMINATED') return null;
  const ask = (call: 'suspend' | 'cancel') => () =>
    confirm({
      title: t(`reseller.subscriptions.${call}Title`),
      text: t(`reseller.subscriptions.${call}Text`),
      action: t(`reseller.subscriptions.${call}`),
      dangerous: true,
      run: () => action.perform(call),
    });
  return (
    <Group gap="xs">
      {!canceled && (
        <Button variant="default" onClick={change.open}>
          {t('reseller.subscriptions.change')}
        </Button>
      )}
      {!canceled && (
        <Button variant="default" onClick={renew.open}>
          {t('reseller.subscriptions.renew')}
        </Button>
      )}
      {status === 'ACTIVE' ? (
        <Button variant="default" onClick={ask('suspend')}>
          {t('reseller.subscriptions.suspend')}
        </Button>
      ) : (
        <Button loading={action.isRunning} onClick={() => action.start('resume')}>
          {t('reseller.subscriptions.resume')}
        </Button>
      )}
      {!canceled && (
        <Button variant="light" color="red" onClick={ask('cancel')}>
          {t('reseller.subscriptions.cancel')}
        </Button>
      )}
      <ProblemAlert error={action.error} />
      <RenewDialog opened={renewing} onClose={renew.close} subscription={subscription} />
      <PlanDialog opened={changing} onClose={change.close} subscription={subscription} />
    </Group>
  );
}

function AutoRenewal({
  subscription: { id, autoRenewal, canceled, status },
}: {
  subscription: Subscription;
}) {
  const { t } = useTranslation();
  const action = useAction({
    run: (wanted: boolean, key) =>
      answerOf(
        account.PUT('/subscriptions/{id}/auto-renewal', {
          params: { path: { id }, header: once(key) },
          body: { autoRenewal: wanted },
        }),
      ),
    changes: [['account', 'subscriptions']],
  });
  return (
    <>
      <Switch
        label={t('reseller.subscriptions.autoRenewal')}
        description={t('reseller.subscriptions.autoRenewalHint')}
        checked={autoRenewal}
        disabled={canceled || status === 'TERMINATED' || action.isRunning}
        onChange={({ currentTarget }) => action.start(currentTarget.checked)}
      />
      <ProblemAlert error={action.error} />
    </>
  );
}
