/** A reseller's subusers, as the provider sees them. */
import { Text } from '@mantine/core';
import { IconKey, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { admin, answerOf } from '../api/clients.ts';
import { pageLimit, useList } from '../api/use-list.ts';
import { DataTable } from '../components/data-table.tsx';
import { DownloadLink, withQuery } from '../components/download-link.tsx';
import { PageLink } from '../components/page-link.tsx';
import { Panel } from '../components/panel.tsx';
import { PRODUCTS } from '../components/product.ts';
import { RowMenu } from '../components/row-menu.tsx';
import { Time } from '../components/time.tsx';
import { orderOf, useFilters } from '../components/use-filters.ts';
import { useFormat } from '../format/use-format.ts';
import { useMay } from './may.ts';
import { useSubuserActions } from './subuser-actions.ts';

type Subuser = components['schemas']['Subuser'];

export function ResellerSubusers({ resellerId }: { resellerId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const [{ search, sort = '-created' }, change] = useFilters<'search' | 'sort'>();
  const asked = orderOf<'name' | 'created' | 'used' | 'remaining'>(sort);
  const filter = { resellerId, ...(search && { search }), ...asked };
  const query = useList({
    queryKey: ['admin', 'subusers', 'list', filter],
    read: (cursor) =>
      answerOf(
        admin.GET('/subusers', { params: { query: { ...filter, cursor, limit: pageLimit(cursor) } } }),
      ),
  });
  const actions = useSubuserActions();
  return (
    <Panel flush>
      <DataTable<Subuser>
        label={t('owner.resellers.subusers')}
        query={query}
        rowKey={({ id }) => id}
        search={{
          value: search ?? '',
          onChange: (value) => change({ search: value }),
          placeholder: t('owner.subusers.search'),
        }}
        sort={{ value: sort, onChange: (value) => change({ sort: value }) }}
        empty={{ title: t('owner.subusers.empty'), text: t('owner.subusers.emptyText') }}
        filters={
          <DownloadLink
            href={withQuery('/api/admin/subusers/export', filter)}
            text={t('owner.subusers.export')}
          />
        }
        columns={[
          {
            key: 'name',
            header: t('owner.subusers.name'),
            sort: 'name',
            width: 'minmax(11rem, 1.6fr)',
            cell: ({ id, username, email }) => (
              <div>
                <PageLink to="/owner/subusers/$id" params={{ id }} fw={560}>
                  {username}
                </PageLink>
                <Text size="xs" c="dimmed">
                  {email}
                </Text>
              </div>
            ),
          },
          {
            key: 'used',
            header: t('owner.subusers.used'),
            sort: 'used',
            align: 'end',
            cell: ({ bandwidth }) => <Figures bandwidth={bandwidth} field="usedBytes" />,
          },
          {
            key: 'remaining',
            header: t('owner.subusers.left'),
            sort: 'remaining',
            align: 'end',
            cell: ({ bandwidth }) => <Figures bandwidth={bandwidth} field="remainingBytes" />,
          },
          {
            key: 'whitelist',
            header: t('owner.subusers.whitelist'),
            align: 'end',
            width: 'minmax(6rem, 0.6fr)',
            cell: ({ whitelist }) => format.number(whitelist.length),
          },
          {
            key: 'created',
            header: t('owner.subusers.made'),
            sort: 'created',
            width: 'minmax(7rem, 0.8fr)',
            cell: ({ createdAt }) => <Time at={createdAt} as="date" />,
          },
          {
            key: 'actions',
            header: t('table.actions'),
            align: 'end',
            width: '3.5rem',
            cell: (subuser) =>
              may.change && (
                <RowMenu
                  label={t('owner.subusers.actionsOf', { name: subuser.username })}
                  actions={[
                    {
                      text: t('owner.subusers.reset'),
                      icon: IconKey,
                      onClick: () => actions.resetPassword(subuser),
                    },
                    {
                      text: t('actions.delete'),
                      icon: IconTrash,
                      dangerous: true,
                      onClick: () => actions.remove(subuser),
                    },
                  ]}
                />
              ),
          },
        ]}
      />
    </Panel>
  );
}

function Figures({
  bandwidth,
  field,
}: {
  bandwidth: Subuser['bandwidth'];
  field: 'usedBytes' | 'remainingBytes';
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div>
      {PRODUCTS.filter((product) => product === 'residential' || bandwidth[product].allocatedBytes > 0).map(
        (product) => (
          <Text key={product} size={product === 'residential' ? 'sm' : 'xs'} title={t(`assets.${product}`)}>
            {format.bytes(bandwidth[product][field])}
            {product !== 'residential' && ` ${t(`assets.${product}`)}`}
          </Text>
        ),
      )}
    </div>
  );
}
