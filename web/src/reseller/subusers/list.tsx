/** All subusers: searched, sorted and paged by the server. */
import { Button, SegmentedControl } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/account.gen.ts';
import { account, answerOf } from '../../api/clients.ts';
import { pageLimit, useList } from '../../api/use-list.ts';
import { Breakable } from '../../components/breakable.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { DownloadLink, withQuery } from '../../components/download-link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Panel } from '../../components/panel.tsx';
import { PRODUCTS, type Product } from '../../components/product.ts';
import { Time } from '../../components/time.tsx';
import { useFormat } from '../../format/use-format.ts';
import { CreateSubuser } from './create.tsx';
import { type SubusersSearch, toSubuserQuery } from './search.ts';

type Subuser = components['schemas']['Subuser'];

const route = getRouteApi('/shell/reseller/subusers');

export function SubusersPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [creating, { open, close }] = useDisclosure();
  const filter = toSubuserQuery(search);
  const query = useList({
    queryKey: ['account', 'subusers', 'list', filter],
    read: (cursor) =>
      answerOf(
        account.GET('/subusers', { params: { query: { ...filter, cursor, limit: pageLimit(cursor) } } }),
      ),
  });
  const change = (part: SubusersSearch) =>
    void navigate({ search: (previous) => ({ ...previous, ...part }), replace: true });

  return (
    <>
      <PageHeader
        title={t('reseller.subusers.title')}
        intro={t('reseller.subusers.intro')}
        actions={
          <>
            <DownloadLink
              href={withQuery('/api/account/subusers/export', filter)}
              text={t('reseller.subusers.export')}
            />
            <Button
              variant="default"
              component={Link}
              to="/reseller/subusers/bulk"
              leftSection={<IconFileImport size={16} stroke={1.7} aria-hidden />}
            >
              {t('reseller.subusers.bulk')}
            </Button>
            <Button onClick={open} leftSection={<IconPlus size={16} aria-hidden />}>
              {t('reseller.subusers.create')}
            </Button>
          </>
        }
      />
      <Panel flush>
        <DataTable
          label={t('reseller.subusers.title')}
          columns={useColumns(search.product ?? 'residential')}
          query={query}
          rowKey={({ id }) => id}
          search={{
            value: search.search ?? '',
            onChange: (text) => change({ search: text || undefined }),
            placeholder: t('reseller.subusers.search'),
          }}
          sort={{ value: search.sort ?? '-created', onChange: (sort) => change({ sort }) }}
          filters={
            <SegmentedControl
              size="xs"
              aria-label={t('reseller.subusers.product')}
              value={search.product ?? 'residential'}
              onChange={(product) => change({ product: product as Product })}
              data={PRODUCTS.map((value) => ({ value, label: t(`assets.${value}`) }))}
            />
          }
          empty={{
            title: t('reseller.subusers.empty'),
            text: t('reseller.subusers.emptyText'),
            action: <Button onClick={open}>{t('reseller.subusers.create')}</Button>,
          }}
        />
      </Panel>
      <CreateSubuser opened={creating} onClose={close} />
    </>
  );
}

function useColumns(product: Product): Column<Subuser>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const figure = (field: 'usedBytes' | 'remainingBytes') => (row: Subuser) =>
    format.bytes(row.bandwidth[product][field]);
  return [
    {
      key: 'username',
      header: t('reseller.subusers.username'),
      sort: 'name',
      width: 'minmax(11rem, 2fr)',
      cell: ({ id, username }) => (
        <PageLink to="/reseller/subusers/$id" params={{ id }} fw={560} fz="inherit">
          <Breakable text={username} />
        </PageLink>
      ),
    },
    {
      key: 'email',
      header: t('reseller.subusers.email'),
      width: 'minmax(9rem, 1.6fr)',
      cell: ({ email }) => email ?? '–',
    },
    {
      key: 'used',
      header: t('reseller.subusers.used'),
      sort: 'used',
      align: 'end',
      width: 'minmax(6rem, 0.8fr)',
      cell: figure('usedBytes'),
    },
    {
      key: 'remaining',
      header: t('reseller.subusers.remaining'),
      sort: 'remaining',
      align: 'end',
      width: 'minmax(6rem, 0.8fr)',
      cell: figure('remainingBytes'),
    },
    {
      key: 'whitelist',
      header: t('reseller.subusers.whitelist'),
      align: 'end',
      width: 'minmax(6rem, 0.6fr)',
      cell: ({ whitelist }) => format.number(whitelist.length),
    },
    {
      key: 'created',
      header: t('reseller.subusers.created'),
      sort: 'created',
      width: 'minmax(8rem, 0.9fr)',
      cell: ({ createdAt }) => <Time at={createdAt} as="date" />,
    },
  ];
}
