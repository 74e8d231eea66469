/** The reseller's own ledger, held against the credit events recorded here. */
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { account, answerOf, once } from '../../api/clients.ts';
import { ledgerType, uploadFetch } from '../../api/upload.ts';
import { DialogButton } from '../../components/dialog.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { ReconciliationRun, useReconciliation } from '../../components/reconciliation-run.tsx';
import {
  BeginReconciliation,
  type ReconciliationsApi,
  ReconciliationsTable,
  RunState,
} from '../../components/reconciliations.tsx';
import { Answer } from '../../components/states.tsx';
import { useFormat } from '../../format/use-format.ts';

const API: ReconciliationsApi = {
  queryKey: ['account', 'reconciliations'],
  mayChange: true,
  linkTo: '/reseller/reconciliations/$id',
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
  const navigate = useNavigate();
  return (
    <>
      <PageHeader
        title={t('reconciliation.title')}
        intro={t('reseller.reconciliation.intro')}
        actions={
          <DialogButton text={t('reconciliation.begin')}>
            {(close) => (
              <BeginReconciliation
                api={API}
                onCancel={close}
                onDone={(id) => void navigate({ to: '/reseller/reconciliations/$id', params: { id } })}
              />
            )}
          </DialogButton>
        }
      />
      <Panel flush>
        <ReconciliationsTable api={API} />
      </Panel>
    </>
  );
}

export function ReconciliationPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { id } = useParams({ from: '/shell/reseller/reconciliations/$id' });
  const query = useReconciliation(API, id);
  return (
    <Answer query={query}>
      {(run) => (
        <>
          <PageHeader
            title={`${format.utcDay(run.from)} – ${format.utcDay(run.to)}`}
            beside={<RunState run={run} />}
            back={{ to: '/reseller/reconciliations', text: t('reconciliation.title') }}
          />
          <ReconciliationRun api={API} run={run} />
        </>
      )}
    </Answer>
  );
}
