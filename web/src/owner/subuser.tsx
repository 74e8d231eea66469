/** One subuser, as the provider sees it: what it has and used, its limits, and every movement. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { admin, answerOf } from '../api/clients.ts';
import { BandwidthPanels } from '../components/bandwidth-panels.tsx';
import { Columns } from '../components/columns.tsx';
import { CopyableCode } from '../components/copy.tsx';
import { Facts } from '../components/facts.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { PageLink } from '../components/page-link.tsx';
import { Panel } from '../components/panel.tsx';
import { PRODUCTS, type Product } from '../components/product.ts';
import { StatementTable } from '../components/statement-table.tsx';
import { Answer } from '../components/states.tsx';
import { Time } from '../components/time.tsx';
import { UsagePanel } from '../components/usage-panel.tsx';
import { LimitsPanel } from './limits-form.tsx';
import { useMay } from './may.ts';
import { MOVEMENT_PAGES } from './movement-pages.ts';
import { useSubuserActions } from './subuser-actions.ts';

type Subuser = components['schemas']['Subuser'];

const EVERY_MS = 5_000;
const route = getRouteApi('/shell/owner/subusers/$id');

export function SubuserPage() {
  const { id } = route.useParams();
  const query = useQuery({
    queryKey: ['admin', 'subusers', id],
    queryFn: () => answerOf(admin.GET('/subusers/{id}', { params: { path: { id } } })),
    refetchInterval: EVERY_MS,
  });
  return <Answer query={query}>{(subuser) => <SubuserBody key={id} subuser={subuser} />}</Answer>;
}

function SubuserBody({ subuser }: { subuser: Subuser }) {
  const { t } = useTranslation();
  const { id, username, email, reseller, whitelist, createdAt } = subuser;
  return (
    <>
      <PageHeader
        title={username}
        intro={email ?? undefined}
        back={{
          to: '/owner/resellers/$id',
          params: { id: reseller.id },
          search: { tab: 'subusers' },
          text: reseller.storeCode,
        }}
        actions={<Actions subuser={subuser} />}
      />
      <BandwidthPanels bandwidth={subuser.bandwidth} />
      <Columns ratio="2:1">
        <UsagePanel
          queryKey={['admin', 'subusers', id, 'usage']}
          read={(query) => answerOf(admin.GET('/subusers/{id}/usage', { params: { path: { id }, query } }))}
        />
        <Panel title={t('owner.subusers.one')}>
          <Facts
            facts={[
              [
                t('owner.resellers.one'),
                <PageLink key="reseller" to="/owner/resellers/$id" params={{ id: reseller.id }}>
                  {reseller.storeCode}
                </PageLink>,
              ],
              [t('owner.subusers.made'), <Time key="made" at={createdAt} />],
              [t('owner.subusers.whitelist'), whitelist.length === 0 ? '–' : whitelist.join(', ')],
              [
                t('tunnels.title'),
                <PageLink key="tunnels" to="/owner/tunnels" search={{ subuser: username } as never}>
                  {t('owner.subusers.tunnels')}
                </PageLink>,
              ],
              [
                t('owner.reseller.id'),
                <CopyableCode key="id" value={id} label={t('owner.subusers.copyId')} />,
              ],
            ]}
          />
        </Panel>
      </Columns>
      <LimitsPanel of={{ kind: 'subuser', id }} />
      <Panel flush title={t('statement.title')}>
        <StatementTable
          ofSubuser
          assets={PRODUCTS}
          queryKey={['admin', 'subusers', id, 'statement']}
          read={({ asset, ...query }) =>
            answerOf(
              admin.GET('/subusers/{id}/statement', {
                params: { path: { id }, query: { ...query, product: asset as Product } },
              }),
            )
          }
          csv={{ path: `/api/admin/subusers/${id}/statement.csv`, query: (product) => ({ product }) }}
          pages={MOVEMENT_PAGES}
        />
      </Panel>
    </>
  );
}

function Actions({ subuser }: { subuser: Subuser }) {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const { id } = subuser.reseller;
  const actions = useSubuserActions(
    () => void navigate({ to: '/owner/resellers/$id', params: { id }, search: { tab: 'subusers' } as never }),
  );
  if (!may.change) return null;
  return (
    <>
      <Button variant="default" onClick={() => actions.resetPassword(subuser)}>
        {t('owner.subusers.reset')}
      </Button>
      <Button variant="light" color="red" onClick={() => actions.remove(subuser)}>
        {t('actions.delete')}
      </Button>
    </>
  );
}
