/** The account's statement: residential, mobile and money. */
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { account, answerOf } from '../api/clients.ts';
import { PageHeader } from '../components/page-header.tsx';
import { StatementTable } from './statement-table.tsx';
import { STOCKS } from './stocks.ts';

const route = getRouteApi('/shell/reseller/statement');

export function StatementPage() {
  const { t } = useTranslation();
  const { stock = 'residential' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHeader title={t('reseller.statement.title')} intro={t('reseller.statement.intro')} />
      <StatementTable
        stocks={STOCKS}
        stock={stock}
        onStock={(next) => void navigate({ search: { stock: next }, replace: true })}
        queryKey={['account', 'statement']}
        read={(query) =>
          answerOf(account.GET('/statement', { params: { query: { ...query, asset: stock } } }))
        }
        csv={{ path: '/api/account/statement.csv', query: { asset: stock } }}
      />
    </>
  );
}
