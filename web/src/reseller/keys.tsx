/** The account's API keys. The provider mints them; here they are rotated and revoked. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { account, answerOf, once } from '../api/clients.ts';
import { type KeysApi, KeysTable } from '../components/keys-table.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';

const API: KeysApi = {
  queryKey: ['account', 'keys'],
  list: (query) => answerOf(account.GET('/keys', { params: { query } })),
  rotate: (id, overlapMs, key) =>
    answerOf(
      account.POST('/keys/{id}/rotate', { params: { path: { id }, header: once(key) }, body: { overlapMs } }),
    ),
  revoke: (id, key) =>
    answerOf(account.DELETE('/keys/{id}', { params: { path: { id }, header: once(key) } })),
};

export function KeysPage() {
  const { t } = useTranslation();
  const [state, setState] = useState('');
  return (
    <>
      <PageHeader title={t('keys.title')} intro={t('reseller.keys.intro')} />
      <Panel flush>
        <KeysTable api={API} state={state} onState={setState} />
      </Panel>
    </>
  );
}
