/** What a reseller holds and uses, and giving and taking of it. */
import { NativeSelect, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { admin, answerOf, once } from '../api/clients.ts';
import { useAction } from '../api/use-action.ts';
import { BytesInput, MoneyInput } from '../components/amount-input.tsx';
import { Columns } from '../components/columns.tsx';
import { CopyableCode } from '../components/copy.tsx';
import { DialogButton, DialogForm } from '../components/dialog.tsx';
import { Facts } from '../components/facts.tsx';
import { Panel } from '../components/panel.tsx';
import { ASSETS, type Asset } from '../components/product.ts';
import { Stat, Stats } from '../components/stat.tsx';
import { Time } from '../components/time.tsx';
import { UsagePanel } from '../components/usage-panel.tsx';
import { useServerForm } from '../components/use-server-form.ts';
import { useFormat } from '../format/use-format.ts';
import { useMay } from './may.ts';
import type { Account } from './resellers.tsx';

/** A customer who does not resell has money alone. */
export function assetsOf({ tier }: Account): readonly Asset[] {
  return tier === 'RESELLER' ? ASSETS : ['usd'];
}

export function ResellerOverview({ account }: { account: Account }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, balances, last30DaysBytes } = account;
  return (
    <>
      <Stats>
        {assetsOf(account).map((asset) => (
          <Stat
            key={asset}
            label={t(asset === 'usd' ? 'owner.reseller.balance' : `assets.${asset}`)}
            value={asset === 'usd' ? format.money(balances.usd) : format.bytes(balances[asset])}
            note={
              asset === 'usd'
                ? account.creditsFrozen && t('owner.resellers.frozenMoney')
                : t('owner.reseller.usedMonth', { amount: format.bytes(last30DaysBytes[asset]) })
            }
          />
        ))}
        <Stat label={t('owner.resellers.subusers')} value={format.number(account.subuserCount)} />
      </Stats>
      <Columns ratio="2:1">
        <UsagePanel
          queryKey={['admin', 'usage', id]}
          read={(query) => answerOf(admin.GET('/usage', { params: { query: { ...query, resellerId: id } } }))}
        />
        <Panel title={t('owner.reseller.facts')}>
          <Facts
            facts={[
              [t('owner.resellers.code'), account.storeCode ?? '–'],
              [t('signIn.email'), account.email],
              [t('owner.resellers.since'), <Time key="since" at={account.createdAt} />],
              [
                t('owner.reseller.id'),
                <CopyableCode key="id" value={id} label={t('owner.reseller.copyId')} />,
              ],
            ]}
          />
        </Panel>
      </Columns>
    </>
  );
}

/** The buttons that give and take. */
export function MoveButtons({ account }: { account: Account }) {
  const { t } = useTranslation();
  const may = useMay();
  if (!may.change) return null;
  return (
    <>
      <DialogButton text={t('owner.reseller.topUp')}>
        {(close) => <MoveForm account={account} way="top-up" onClose={close} />}
      </DialogButton>
      <DialogButton text={t('owner.reseller.takeBack')} variant="default">
        {(close) => <MoveForm account={account} way="take-back" onClose={close} />}
      </DialogButton>
    </>
  );
}

type Way = 'top-up' | 'take-back';

function MoveForm({ account, way, onClose }: { account: Account; way: Way; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id } = account;
  const isTopUp = way === 'top-up';
  const action = useAction({
    run: (body: { asset: Asset; amount: number; note: string }, key) => {
      const { note, ...move } = body;
      return answerOf(
        admin.POST(isTopUp ? '/resellers/{id}/top-up' : '/resellers/{id}/take-back', {
          params: { path: { id }, header: once(key) },
          body: { ...move, ...(note && { note }) },
        }),
      );
    },
    changes: [['admin', 'resellers']],
    onDone: onClose,
  });
  const { form, onSubmit, problem } = useServerForm(
    {
      initialValues: { asset: assetsOf(account)[0]!, amount: undefined as number | undefined, note: '' },
      validate: { amount: (value) => (value ? null : t('owner.reseller.amountNeeded')) },
    },
    action,
    ({ asset, amount, note }) => ({ asset, amount: amount ?? 0, note }),
  );
  const { asset } = form.values;
  const write = (amount: number) => (asset === 'usd' ? format.money(amount) : format.bytes(amount));
  const Amount = asset === 'usd' ? MoneyInput : BytesInput;
  const after = account.balances[asset] + (form.values.amount ?? 0) * (isTopUp ? 1 : -1);
  return (
    <DialogForm
      onSubmit={onSubmit}
      problem={problem}
      isRunning={action.isRunning}
      action={t(isTopUp ? 'owner.reseller.topUp' : 'owner.reseller.takeBack')}
      dangerous={!isTopUp}
      onCancel={onClose}
    >
      <NativeSelect
        label={t('owner.reseller.what')}
        data={assetsOf(account).map((value) => ({ value, label: t(`assets.${value}`) }))}
        value={asset}
        onChange={({ currentTarget }) =>
          form.setValues({ asset: currentTarget.value as Asset, amount: undefined })
        }
      />
      <Amount
        key={asset}
        label={t('statement.amount')}
        data-autofocus
        onChange={(amount) => form.setFieldValue('amount', amount)}
        error={form.errors.amount}
      />
      <TextInput
        label={t('owner.reseller.note')}
        description={t('owner.reseller.noteHint')}
        {...form.getInputProps('note')}
      />
      <Text size="sm" c="dimmed">
        {t('owner.reseller.afterwards', { now: write(account.balances[asset]), after: write(after) })}
      </Text>
    </DialogForm>
  );
}
