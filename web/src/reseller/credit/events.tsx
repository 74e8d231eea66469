/** What the reseller's programs have reported, and how that can be verified. */
import { useTranslation } from 'react-i18next';
import { account, answerOf } from '../../api/clients.ts';
import { CreditEventsTable } from '../../components/credit-events-table.tsx';
import { CreditLog } from '../../components/credit-log.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';

export function CreditEventsPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('creditEvents.title')} intro={t('reseller.credit.intro')} />
      <Panel flush>
        <CreditEventsTable
          queryKey={['account', 'credit-events']}
          read={(query) => answerOf(account.GET('/credit-events', { params: { query } }))}
        />
      </Panel>
      <CreditLog ownExport />
    </>
  );
}
