/** The keys of all accounts. */
import { Checkbox, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { admin, answerOf, once } from '../api/clients.ts';
import { useAction } from '../api/use-action.ts';
import { useSession } from '../api/use-session.ts';
import { Breakable } from '../components/breakable.tsx';
import { DialogButton, DialogForm } from '../components/dialog.tsx';
import { type Key, type KeysApi, KeysTable } from '../components/keys-table.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';
import { SecretOnce } from '../components/secret-once.tsx';
import { useFilters } from '../components/use-filters.ts';
import { useServerForm } from '../components/use-server-form.ts';
import { useMay } from './may.ts';
import { ResellerSelect } from './reseller-select.tsx';

type Scope = Key['scopes'][number];
const RESELLER_SCOPES: readonly Scope[] = [
  'reseller:read',
  'reseller:write',
  'reseller:credit',
  'reseller:signup',
  'user:read',
  'user:write',
];
const OWNER_SCOPES: readonly Scope[] = ['admin:read', 'admin:write', ...RESELLER_SCOPES];

export function KeysPage() {
  const { t } = useTranslation();
  const [filters, change] = useFilters<'state' | 'account'>();
  const api = useKeysApi(filters.account);
  const may = useMay();
  return (
    <>
      <PageHeader
        title={t('keys.title')}
        intro={t('owner.keys.intro')}
        actions={may.giveAccess && <MintKey />}
      />
      <Panel flush>
        <KeysTable
          api={api}
          state={filters.state ?? ''}
          onState={(state) => change({ state })}
          ownerCell={({ owner, storeCode }) => <Breakable text={storeCode ?? owner} />}
          isFiltered={filters.account !== undefined}
          filters={
            <ResellerSelect
              aria-label={t('owner.keys.ofReseller')}
              placeholder={t('owner.keys.ofAll')}
              clearable
              clearButtonProps={{ 'aria-label': t('owner.keys.ofAll') }}
              value={filters.account ?? null}
              onChange={(account) => change({ account })}
            />
          }
        />
      </Panel>
    </>
  );
}

/** Keys of one account (its store code or email address), or of all. */
export function useKeysApi(account: string | undefined): KeysApi {
  const may = useMay();
  return {
    queryKey: ['admin', 'keys', account],
    list: (query) =>
      answerOf(admin.GET('/keys', { params: { query: { ...query, ...(account && { account }) } } })),
    ...(may.giveAccess && {
      rotate: (id, overlapMs, key) =>
        answerOf(
          admin.POST('/keys/{id}/rotate', {
            params: { path: { id }, header: once(key) },
            body: { overlapMs },
          }),
        ),
      revoke: (id, key) =>
        answerOf(admin.DELETE('/keys/{id}', { params: { path: { id }, header: once(key) } })),
    }),
  };
}

/** The button that mints one: for a reseller, or whom the form is told. */
export function MintKey({ storeCode }: { storeCode?: string }) {
  const { t } = useTranslation();
  return (
    <DialogButton text={t('owner.keys.mint')}>
      {(close) => <MintForm storeCode={storeCode} onClose={close} />}
    </DialogButton>
  );
}

interface MintValues {
  for: 'reseller' | 'provider';
  reseller: string;
  name: string;
  scopes: Scope[];
  expires: string;
}

function MintForm({ storeCode, onClose }: { storeCode?: string | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const { email } = useSession();
  const [secret, setSecret] = useState<string>();
  const action = useAction({
    run: ({ expires, ...body }: { owner: string; name: string; scopes: Scope[]; expires: string }, key) =>
      answerOf(
        admin.POST('/keys', {
          params: { header: once(key) },
          body: { ...body, ...(expires && { expiresAt: new Date(expires).toISOString() }) },
        }),
      ),
    changes: [['admin', 'keys']],
    onDone: (minted) => setSecret(minted.secret),
  });
  const { form, onSubmit, problem } = useServerForm<MintValues, Parameters<typeof action.start>[0]>(
    {
      initialValues: {
        for: 'reseller',
        reseller: storeCode ?? '',
        name: '',
        scopes: ['reseller:read', 'reseller:write'],
        expires: '',
      },
      validate: {
        reseller: (value, values) =>
          values.for === 'reseller' && !value ? t('owner.keys.chooseReseller') : null,
        name: (value) => (value.trim() === '' ? t('owner.keys.nameNeeded') : null),
        scopes: (value) => (value.length === 0 ? t('owner.keys.scopeNeeded') : null),
      },
    },
    action,
    ({ for: whose, reseller, name, scopes, expires }) => ({
      owner: whose === 'provider' ? email : reseller,
      name,
      scopes,
      expires,
    }),
    { owner: 'reseller', expiresAt: 'expires' },
  );
  if (secret !== undefined) {
    return (
      <SecretOnce label={t('keys.secretOf', { name: form.values.name })} secret={secret} onSaved={onClose} />
    );
  }
  const scopes = form.values.for === 'provider' ? OWNER_SCOPES : RESELLER_SCOPES;
  return (
    <DialogForm
      onSubmit={onSubmit}
      problem={problem}
      isRunning={action.isRunning}
      action={t('owner.keys.mint')}
      onCancel={onClose}
    >
      {storeCode === undefined && (
        <NativeSelect
          label={t('owner.keys.for')}
          data={[
            { value: 'reseller', label: t('owner.keys.forReseller') },
            { value: 'provider', label: t('owner.keys.forProvider') },
          ]}
          value={form.values.for}
          onChange={({ currentTarget: { value } }) =>
            form.setValues({
              for: value as MintValues['for'],
              scopes: value === 'provider' ? ['admin:read'] : ['reseller:read', 'reseller:write'],
            })
          }
        />
      )}
      {storeCode === undefined && form.values.for === 'reseller' && (
        <ResellerSelect label={t('owner.resellers.one')} {...form.getInputProps('reseller')} />
      )}
      <TextInput
        label={t('keys.name')}
        description={t('owner.keys.nameHint')}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Checkbox.Group label={t('owner.keys.scopes')} {...form.getInputProps('scopes')}>
        <Stack gap={8} mt={6}>
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              value={scope}
              label={scope}
              description={t(`owner.keys.scope.${scope.replace(':', '_') as 'admin_read'}`)}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <TextInput
        type="datetime-local"
        label={t('owner.keys.expires')}
        description={t('owner.keys.expiresHint')}
        {...form.getInputProps('expires')}
      />
    </DialogForm>
  );
}
