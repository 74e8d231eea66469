import { useTranslation } from 'react-i18next';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';
import { SubscriptionsTable } from './subscriptions-table.tsx';

export function SubscriptionsPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('owner.subscriptions.title')} />
      <Panel flush>
        <SubscriptionsTable />
      </Panel>
    </>
  );
}
