/** Ledgers of resellers, held against the credit log. */
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { AllReconciliations, OneReconciliation } from '../components/reconciliation-pages.tsx';
import { useReconciliationsApi } from './reconciliations-api.ts';
import { ResellerSelect } from './reseller-select.tsx';

export function ReconciliationsPage() {
  const { t } = useTranslation();
  return (
    <AllReconciliations
      api={useReconciliationsApi()}
      intro={t('reconciliation.intro')}
      resellerField={(field) => <ResellerSelect label={t('owner.resellers.one')} {...field} />}
    />
  );
}

export function ReconciliationPage() {
  const { id } = useParams({ from: '/shell/owner/reconciliations/$id' });
  return <OneReconciliation api={useReconciliationsApi()} id={id} />;
}
