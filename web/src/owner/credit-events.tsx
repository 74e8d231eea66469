/** What was reported, of one account or of all; and the log it is in. */
import { useTranslation } from 'react-i18next';
import { admin, answerOf } from '../api/clients.ts';
import { CreditEventsTable } from '../components/credit-events-table.tsx';
import { CreditLog } from '../components/credit-log.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';

export function CreditEventsPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('creditEvents.title')} intro={t('owner.events.intro')} />
      <OwnerCreditEvents />
      <CreditLog />
    </>
  );
}

/** `resellerId`: only of this one. */
export function OwnerCreditEvents({ resellerId }: { resellerId?: string }) {
  const extra = resellerId === undefined ? {} : { resellerId };
  return (
    <Panel flush>
      <CreditEventsTable
        ofAll={resellerId === undefined}
        queryKey={['admin', 'credit-events', resellerId]}
        read={(query) => answerOf(admin.GET('/credit-events', { params: { query: { ...query, ...extra } } }))}
      />
    </Panel>
  );
}
