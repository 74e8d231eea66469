/** Buys one more cycle. What it costs today is shown before: it may not be what the running one did. */
import { Alert, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/account.gen.ts';
import { account, answerOf, once } from '../../api/clients.ts';
import { useAction } from '../../api/use-action.ts';
import { Dialog, DialogForm } from '../../components/dialog.tsx';
import { Answer } from '../../components/states.tsx';
import { useFormat } from '../../format/use-format.ts';
import { type Connections, QuoteTable } from './plan-dialog.tsx';

type Subscription = components['schemas']['Subscription'];

interface RenewDialogProps {
  opened: boolean;
  onClose: () => void;
  subscription: Subscription;
}

export function RenewDialog({ opened, onClose, subscription }: RenewDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('reseller.subscriptions.renewTitle')} opened={opened} onClose={onClose}>
      <RenewForm subscription={subscription} onClose={onClose} />
    </Dialog>
  );
}

function RenewForm({ subscription: { id, plan }, onClose }: Omit<RenewDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const { billingCycle, authentications } = plan;
  const wanted = { billingCycle, authentications, connections: plan.connections as Connections };
  const quote = useQuery({
    queryKey: ['account', 'quote', undefined, wanted],
    queryFn: () => answerOf(account.POST('/subscriptions/quote', { body: wanted })),
  });
  const action = useAction({
    run: (_: undefined, key) =>
      answerOf(account.POST('/subscriptions/{id}/renew', { params: { path: { id }, header: once(key) } })),
    changes: [['account']],
    onDone: onClose,
  });
  return (
    <Answer query={quote}>
      {(answer) => (
        <DialogForm
          onSubmit={(event) => {
            event?.preventDefault();
            action.start(undefined);
          }}
          problem={action.error}
          isRunning={action.isRunning}
          isAllowed={answer.isAffordable}
          action={t('reseller.subscriptions.renewNow', { price: format.money(answer.dueCents) })}
          onCancel={onClose}
        >
          <Text size="sm">{t('reseller.subscriptions.renewText')}</Text>
          <QuoteTable quote={answer} />
          {!answer.isAffordable && <Alert color="yellow">{t('reseller.subscriptions.notAffordable')}</Alert>}
        </DialogForm>
      )}
    </Answer>
  );
}
