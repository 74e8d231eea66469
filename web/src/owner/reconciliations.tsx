/** Ledgers of resellers, held against the credit log. */
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DialogButton } from '../components/dialog.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';
import { ReconciliationRun, useReconciliation } from '../components/reconciliation-run.tsx';
import { BeginReconciliation, ReconciliationsTable, RunState } from '../components/reconciliations.tsx';
import { Answer } from '../components/states.tsx';
import { useFormat } from '../format/use-format.ts';
import { useReconciliationsApi } from './reconciliations-api.ts';
import { ResellerSelect } from './reseller-select.tsx';

export function ReconciliationsPage() {
  const { t } = useTranslation();
  const api = useReconciliationsApi();
  const navigate = useNavigate();
  return (
    <>
      <PageHeader
        title={t('reconciliation.title')}
        intro={t('reconciliation.intro')}
        actions={
          api.mayChange && (
            <DialogButton text={t('reconciliation.begin')}>
              {(close) => (
                <BeginReconciliation
                  api={api}
                  resellerField={(field) => <ResellerSelect label={t('owner.resellers.one')} {...field} />}
                  onCancel={close}
                  onDone={(id) => void navigate({ to: '/owner/reconciliations/$id', params: { id } })}
                />
              )}
            </DialogButton>
          )
        }
      />
      <Panel flush>
        <ReconciliationsTable api={api} withReseller />
      </Panel>
    </>
  );
}

export function ReconciliationPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const api = useReconciliationsApi();
  const { id } = useParams({ from: '/shell/owner/reconciliations/$id' });
  const query = useReconciliation(api, id);
  const back = { to: '/owner/reconciliations', text: t('reconciliation.title') } as const;
  return (
    <Answer query={query}>
      {(run) => (
        <>
          <PageHeader
            title={t('owner.reconciliation.title', { store: run.storeCode ?? run.account })}
            intro={`${format.utcDay(run.from)} – ${format.utcDay(run.to)}`}
            beside={<RunState run={run} />}
            back={back}
          />
          <ReconciliationRun api={api} run={run} />
        </>
      )}
    </Answer>
  );
}
