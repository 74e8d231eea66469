/** The provider's own accounts in the ledger: where bytes and money come from and go to, and every movement. */
import { NativeSelect } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { admin, answerOf } from '../api/clients.ts';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';
import { ASSETS, type Asset } from '../components/product.ts';
import { Stat, Stats } from '../components/stat.tsx';
import { StatementTable } from '../components/statement-table.tsx';
import { useFilters } from '../components/use-filters.ts';
import { useFormat } from '../format/use-format.ts';
import { MOVEMENT_PAGES } from './movement-pages.ts';

const BYTE_ACCOUNTS = ['issued', 'fees'] as const;
const MONEY_ACCOUNTS = ['received', 'granted', 'revenue', 'tax'] as const;
type ProviderAccount = (typeof BYTE_ACCOUNTS)[number] | (typeof MONEY_ACCOUNTS)[number];
/** What went out of these is what stands below zero in them. */
const SOURCES: readonly ProviderAccount[] = ['issued', 'received', 'granted'];

function accountsOf(asset: Asset): readonly ProviderAccount[] {
  return asset === 'usd' ? MONEY_ACCOUNTS : BYTE_ACCOUNTS;
}

export function LedgerPage() {
  const { t } = useTranslation();
  const [filters, change] = useFilters<'asset' | 'account'>();
  const asset = ASSETS.find((name) => name === filters.asset) ?? ASSETS[0];
  const accounts = accountsOf(asset);
  const account = accounts.find((name) => name === filters.account) ?? accounts[0]!;
  return (
    <>
      <PageHeader title={t('owner.ledger.title')} intro={t('owner.ledger.intro')} />
      <Balances asset={asset} />
      <Panel
        flush
        title={t(`statement.kinds.${account}`)}
        intro={t(`owner.ledger.about.${account}`)}
        actions={
          <NativeSelect
            aria-label={t('owner.ledger.account')}
            value={account}
            onChange={({ currentTarget }) => change({ account: currentTarget.value })}
            data={accounts.map((value) => ({ value, label: t(`statement.kinds.${value}`) }))}
          />
        }
      >
        <StatementTable
          key={account}
          queryKey={['admin', 'ledger', account]}
          read={(query) =>
            answerOf(admin.GET('/ledger/statement', { params: { query: { ...query, account } } }))
          }
          csv={{ path: '/api/admin/ledger/statement.csv', query: (of) => ({ asset: of, account }) }}
          pages={MOVEMENT_PAGES}
        />
      </Panel>
    </>
  );
}

/** What each account stands at: the balance after its last movement. */
function Balances({ asset }: { asset: Asset }) {
  const { t } = useTranslation();
  const format = useFormat();
  const accounts = accountsOf(asset);
  const balances = useQueries({
    queries: accounts.map((account) => ({
      queryKey: ['admin', 'ledger', account, asset, 'last'],
      queryFn: async () => {
        const query = { asset, account, limit: '1' };
        const { data } = await answerOf(admin.GET('/ledger/statement', { params: { query } }));
        const balance = data[0]?.balance ?? 0;
        return SOURCES.includes(account) ? 0 - balance : balance;
      },
    })),
  });
  const write = asset === 'usd' ? format.money : format.bytes;
  return (
    <Stats>
      {accounts.map((account, index) => {
        const { data } = balances[index]!;
        return (
          <Stat
            key={account}
            label={t(`statement.kinds.${account}`)}
            value={data === undefined ? '–' : write(data)}
            note={t(`assets.${asset}`)}
          />
        );
      })}
    </Stats>
  );
}
