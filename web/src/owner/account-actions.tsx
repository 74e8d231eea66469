/** What the provider does to an account as a whole: who it is, its tier, and its money frozen or free. */
import { Button, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { admin, answerOf, once } from '../api/clients.ts';
import { useAction } from '../api/use-action.ts';
import { useConfirm } from '../components/confirm.tsx';
import { DialogButton, DialogForm } from '../components/dialog.tsx';
import { useServerForm } from '../components/use-server-form.ts';
import { useMay } from './may.ts';
import type { Account } from './resellers.tsx';

const CHANGES = [['admin', 'resellers']] as const;

export function AccountActions({ account }: { account: Account }) {
  const { t } = useTranslation();
  const may = useMay();
  if (!may.change) return null;
  return (
    <>
      {account.tier === 'STANDARD' && (
        <DialogButton text={t('owner.reseller.promote')}>
          {(close) => <PromoteForm account={account} onClose={close} />}
        </DialogButton>
      )}
      <DialogButton text={t('actions.edit')} title={t('owner.reseller.edit')} variant="default">
        {(close) => <EditForm account={account} onClose={close} />}
      </DialogButton>
      <Freeze account={account} />
    </>
  );
}

function PromoteForm({ account: { id, name }, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation();
  const action = useAction({
    run: (body: { storeCode: string; storeName: string }, key) =>
      answerOf(admin.POST('/resellers/{id}/promote', { params: { path: { id }, header: once(key) }, body })),
    changes: CHANGES,
    onDone: onClose,
  });
  const { form, onSubmit, problem } = useServerForm(
    { initialValues: { storeCode: '', storeName: name } },
    action,
    (values) => values,
  );
  return (
    <DialogForm
      onSubmit={onSubmit}
      problem={problem}
      isRunning={action.isRunning}
      action={t('owner.reseller.promote')}
      onCancel={onClose}
    >
      <Text size="sm">{t('owner.reseller.promoteText', { name })}</Text>
      <StoreFields form={form} />
    </DialogForm>
  );
}

interface Field {
  getInputProps: (name: 'storeCode' | 'storeName') => object;
}

/** What a reseller is called. */
export function StoreFields({ form }: { form: Field }) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput label={t('owner.resellers.storeName')} data-autofocus {...form.getInputProps('storeName')} />
      <TextInput
        label={t('owner.resellers.storeCode')}
        description={t('owner.resellers.storeCodeHint')}
        autoComplete="off"
        {...form.getInputProps('storeCode')}
      />
    </>
  );
}

function EditForm({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation();
  const { id } = account;
  const action = useAction({
    run: (body: { name: string; email: string }, key) =>
      answerOf(admin.PATCH('/resellers/{id}', { params: { path: { id }, header: once(key) }, body })),
    changes: CHANGES,
    onDone: onClose,
  });
  const { form, onSubmit, problem } = useServerForm(
    { initialValues: { name: account.storeName ?? account.name, email: account.email } },
    action,
    (values) => values,
  );
  return (
    <DialogForm
      onSubmit={onSubmit}
      problem={problem}
      isRunning={action.isRunning}
      action={t('actions.save')}
      onCancel={onClose}
    >
      <TextInput label={t('owner.resellers.storeName')} data-autofocus {...form.getInputProps('name')} />
      <TextInput
        label={t('signIn.email')}
        description={t('owner.reseller.emailHint')}
        type="email"
        {...form.getInputProps('email')}
      />
    </DialogForm>
  );
}

function Freeze({ account }: { account: Account }) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  const { id, creditsFrozen } = account;
  const name = account.storeName ?? account.name;
  const action = useAction({
    run: (isFrozen: boolean, key) =>
      answerOf(
        admin.POST(isFrozen ? '/resellers/{id}/unfreeze' : '/resellers/{id}/freeze', {
          params: { path: { id }, header: once(key) },
        }),
      ),
    changes: CHANGES,
  });
  return (
    <Button
      variant="default"
      onClick={() =>
        confirm({
          title: t(creditsFrozen ? 'owner.reseller.unfreezeTitle' : 'owner.reseller.freezeTitle', { name }),
          text: t(creditsFrozen ? 'owner.reseller.unfreezeText' : 'owner.reseller.freezeText'),
          action: t(creditsFrozen ? 'owner.reseller.unfreeze' : 'owner.reseller.freeze'),
          dangerous: !creditsFrozen,
          run: () => action.perform(creditsFrozen),
        })
      }
    >
      {t(creditsFrozen ? 'owner.reseller.unfreeze' : 'owner.reseller.freeze')}
    </Button>
  );
}
