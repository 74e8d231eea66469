/** The account's statement: residential, mobile and money. */
import { useTranslation } from 'react-i18next';
import { account, answerOf } from '../api/clients.ts';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';
import { StatementTable } from '../components/statement-table.tsx';
import { MOVEMENT_PAGES } from './movement-pages.ts';

export function StatementPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('statement.title')} intro={t('reseller.statement.intro')} />
      <Panel flush>
        <StatementTable
          queryKey={['account', 'statement']}
          read={(query) => answerOf(account.GET('/statement', { params: { query } }))}
          csv={{ path: '/api/account/statement.csv', query: (asset) => ({ asset }) }}
          pages={MOVEMENT_PAGES}
        />
      </Panel>
    </>
  );
}
