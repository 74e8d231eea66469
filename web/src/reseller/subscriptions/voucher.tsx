/** A voucher's code becomes money of the account. */
import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { account, answerOf, once } from '../../api/clients.ts';
import { useAction } from '../../api/use-action.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useServerForm } from '../../components/use-server-form.ts';
import { useFormat } from '../../format/use-format.ts';

export function RedeemVoucher({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('reseller.voucher.redeem')}>
      <VoucherForm onClose={onClose} />
    </Dialog>
  );
}

function VoucherForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [redeemed, setRedeemed] = useState<{ amountCents: number; balanceCents: number }>();
  const action = useAction({
    run: (body: { code: string }, key) =>
      answerOf(account.POST('/vouchers/redeem', { body, params: { header: once(key) } })),
    changes: [['account']],
    onDone: setRedeemed,
  });
  const { form, onSubmit, problem } = useServerForm({ initialValues: { code: '' } }, action, ({ code }) => ({
    code: code.trim(),
  }));
  if (redeemed) {
    return (
      <Stack>
        <Alert color="green" role="status">
          {t('reseller.voucher.redeemed', {
            amount: format.money(redeemed.amountCents),
            balance: format.money(redeemed.balanceCents),
          })}
        </Alert>
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('actions.close')}</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack>
        <TextInput
          label={t('reseller.voucher.code')}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          {...form.getInputProps('code')}
        />
        <ProblemAlert error={problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('actions.cancel')}
          </Button>
          <Button type="submit" loading={action.isRunning}>
            {t('reseller.voucher.action')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
