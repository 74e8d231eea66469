/** The reseller's own ledger, held against the credit events recorded here. */
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { account, answerOf, once } from '../../api/clients.ts';
import { ledgerType, uploadFetch } from '../../api/upload.ts';
import { AllReconciliations, OneReconciliation } from '../../components/reconciliation-pages.tsx';
import type { ReconciliationsApi } from '../../components/reconciliations.tsx';

const API: ReconciliationsApi = {
  queryKey: ['account', 'reconciliations'],
  mayChange: true,
  ofAll: false,
  pages: '/reseller/reconciliations',
  list: (cursor) => answerOf(account.GET('/reconciliations', { params: { query: { cursor } } })),
  begin: ({ from, to }, key) =>
    answerOf(account.POST('/reconciliations', { params: { header: once(key) }, body: { from, to } })),
  send: (id, ledger, progress) =>
    answerOf(
      account.PUT('/reconciliations/{id}/ledger', {
        params: { path: { id } },
        headers: { 'Content-Type': ledgerType(ledger) },
        // The file goes in its place.
        body: '',
        fetch: uploadFetch(ledger, progress),
      }),
    ),
  one: (id) => answerOf(account.GET('/reconciliations/{id}', { params: { path: { id } } })),
  differences: (id, query) =>
    answerOf(account.GET('/reconciliations/{id}/differences', { params: { path: { id }, query } })),
  totals: (id) => answerOf(account.GET('/reconciliations/{id}/totals', { params: { path: { id } } })),
  unreadable: (id) => answerOf(account.GET('/reconciliations/{id}/unreadable', { params: { path: { id } } })),
  csvPath: (id) => `/api/account/reconciliations/${id}/differences.csv`,
};

export function ReconciliationsPage() {
  const { t } = useTranslation();
  return <AllReconciliations api={API} intro={t('reseller.reconciliation.intro')} />;
}

export function ReconciliationPage() {
  const { id } = useParams({ from: '/shell/reseller/reconciliations/$id' });
  return <OneReconciliation api={API} id={id} />;
}
