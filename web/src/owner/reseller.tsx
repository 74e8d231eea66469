/** One reseller: what it holds and uses, and everything that is its. */
import { Badge, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { admin, answerOf } from '../api/clients.ts';
import { KeysTable } from '../components/keys-table.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';
import { StatementTable } from '../components/statement-table.tsx';
import { Answer } from '../components/states.tsx';
import { useFilters } from '../components/use-filters.ts';
import { AccountActions } from './account-actions.tsx';
import { OwnerAudit } from './audit.tsx';
import { OwnerCreditEvents } from './credit-events.tsx';
import { MintKey, useKeysApi } from './keys.tsx';
import { LimitsPanel } from './limits-form.tsx';
import { useMay } from './may.ts';
import { MOVEMENT_PAGES } from './movement-pages.ts';
import { InvitePerson, PeopleTable } from './people-table.tsx';
import { assetsOf, MoveButtons, ResellerOverview } from './reseller-overview.tsx';
import { ResellerStanding } from './reseller-standing.tsx';
import { ResellerSubusers } from './reseller-subusers.tsx';
import type { Account } from './resellers.tsx';
import { SubscriptionsTable } from './subscriptions-table.tsx';

const TABS = [
  'overview',
  'subusers',
  'subscriptions',
  'keys',
  'events',
  'standing',
  'statement',
  'limits',
  'people',
  'audit',
] as const;
type Tab = (typeof TABS)[number];
/** What a customer who does not resell has nothing of. */
const OF_RESELLERS: readonly Tab[] = ['subusers', 'events', 'standing', 'limits', 'people'];

export function ResellerPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/shell/owner/resellers/$id' });
  const query = useQuery({
    queryKey: ['admin', 'resellers', id],
    queryFn: () => answerOf(admin.GET('/resellers/{id}', { params: { path: { id } } })),
  });
  return (
    <Answer query={query}>
      {(account) => (
        <>
          <PageHeader
            title={account.storeName ?? account.name}
            intro={[account.storeCode, account.email].filter(Boolean).join(' · ')}
            back={{ to: '/owner/resellers', text: t('owner.resellers.title') }}
            beside={
              <>
                {account.standing === 'under_review' && (
                  <Badge color="red">{t('owner.resellers.underReview')}</Badge>
                )}
                {account.tier === 'STANDARD' && <Badge color="gray">{t('owner.resellers.customer')}</Badge>}
                {account.creditsFrozen && <Badge color="gray">{t('owner.resellers.frozenMoney')}</Badge>}
              </>
            }
            actions={
              <>
                <MoveButtons account={account} />
                <AccountActions account={account} />
              </>
            }
          />
          <ResellerTabs account={account} />
        </>
      )}
    </Answer>
  );
}

function ResellerTabs({ account }: { account: Account }) {
  const { t } = useTranslation();
  const [filters] = useFilters<'tab'>();
  const navigate = useNavigate();
  const tabs = TABS.filter((name) => account.tier === 'RESELLER' || !OF_RESELLERS.includes(name));
  const tab = tabs.find((name) => name === filters.tab) ?? 'overview';
  return (
    <Tabs
      value={tab}
      keepMounted={false}
      // The filters of one tab are not those of another.
      onChange={(next) => void navigate({ to: '.', search: { tab: next } as never })}
    >
      <Tabs.List mb="lg" aria-label={account.storeName ?? account.name}>
        {tabs.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {t(`owner.reseller.tabs.${name}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={tab}>
        <TabContent tab={tab} account={account} />
      </Tabs.Panel>
    </Tabs>
  );
}

function TabContent({ tab, account }: { tab: Tab; account: Account }) {
  const { id } = account;
  // A customer that is no reseller has no code.
  const name = account.storeCode ?? account.email;
  switch (tab) {
    case 'overview':
      return <ResellerOverview account={account} />;
    case 'subusers':
      return <ResellerSubusers resellerId={id} />;
    case 'subscriptions':
      return (
        <Panel flush>
          <SubscriptionsTable resellerId={id} />
        </Panel>
      );
    case 'keys':
      return <ResellerKeys name={name} />;
    case 'events':
      return <OwnerCreditEvents resellerId={id} />;
    case 'standing':
      return <ResellerStanding account={account} />;
    case 'statement':
      return (
        <Panel flush>
          <StatementTable
            assets={assetsOf(account)}
            queryKey={['admin', 'resellers', id, 'statement']}
            read={(query) =>
              answerOf(admin.GET('/resellers/{id}/statement', { params: { path: { id }, query } }))
            }
            csv={{ path: `/api/admin/resellers/${id}/statement.csv`, query: (asset) => ({ asset }) }}
            pages={MOVEMENT_PAGES}
          />
        </Panel>
      );
    case 'limits':
      return <LimitsPanel of={{ kind: 'reseller', reseller: name }} />;
    case 'people':
      return (
        <Panel flush actions={<InvitePerson reseller={name} />}>
          <PeopleTable account={name} />
        </Panel>
      );
    case 'audit':
      return (
        <Panel flush>
          <OwnerAudit account={name} />
        </Panel>
      );
  }
}

function ResellerKeys({ name }: { name: string }) {
  const api = useKeysApi(name);
  const may = useMay();
  const [filters, change] = useFilters<'state'>();
  return (
    <Panel flush actions={may.giveAccess && <MintKey storeCode={name} />}>
      <KeysTable
        api={api}
        state={filters.state ?? ''}
        onState={(state) => change({ tab: 'keys', state } as { state: string })}
      />
    </Panel>
  );
}
