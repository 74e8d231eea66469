/** All resellers: searched, sorted, filtered; and a new one. */
import { Badge, NativeSelect, Text, TextInput } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { admin, answerOf, once } from '../api/clients.ts';
import { useAction } from '../api/use-action.ts';
import { useList } from '../api/use-list.ts';
import { DataTable } from '../components/data-table.tsx';
import { DialogButton, DialogForm } from '../components/dialog.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';
import { PRODUCTS } from '../components/product.ts';
import styles from '../components/record.module.css';
import { Time } from '../components/time.tsx';
import { orderOf, useFilters } from '../components/use-filters.ts';
import { useServerForm } from '../components/use-server-form.ts';
import { useFormat } from '../format/use-format.ts';
import { StoreFields } from './account-actions.tsx';
import { useMay } from './may.ts';

export type Account = components['schemas']['Account'];
const SORTS = ['created', 'name', 'storeCode', 'subusers', 'residential', 'mobile', 'usd', 'used'] as const;

export function ResellersPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const [filters, change] = useFilters<'search' | 'sort' | 'standing' | 'tier' | 'frozen'>();
  const { search, standing, tier, frozen, sort = '-created' } = filters;
  const { sort: asked, order } = orderOf<(typeof SORTS)[number]>(sort);
  const asks = {
    ...(search && { search }),
    ...(standing && { standing: standing as Account['standing'] }),
    ...(frozen && { frozen: frozen as 'true' | 'false' }),
    tier: (tier ?? 'RESELLER') as Account['tier'],
    sort: SORTS.find((name) => name === asked) ?? 'created',
    order,
  };
  const query = useList({
    queryKey: ['admin', 'resellers', asks],
    read: (cursor) => answerOf(admin.GET('/resellers', { params: { query: { ...asks, cursor } } })),
  });
  const choices = (name: 'standing' | 'tier' | 'frozen', value: string, options: [string, string][]) => (
    <NativeSelect
      aria-label={t(`owner.resellers.${name}`)}
      value={value}
      onChange={({ currentTarget }) => change({ [name]: currentTarget.value })}
      data={options.map(([option, label]) => ({ value: option, label }))}
    />
  );
  return (
    <>
      <PageHeader
        title={t('owner.resellers.title')}
        actions={
          may.change && (
            <DialogButton text={t('owner.resellers.create')}>
              {(close) => <CreateForm onCancel={close} />}
            </DialogButton>
          )
        }
      />
      <Panel flush>
        <DataTable<Account>
          label={t('owner.resellers.title')}
          query={query}
          rowKey={({ id }) => id}
          search={{
            value: search ?? '',
            onChange: (value) => change({ search: value }),
            placeholder: t('owner.resellers.search'),
          }}
          sort={{ value: sort, onChange: (value) => change({ sort: value }) }}
          isFiltered={standing !== undefined || frozen !== undefined}
          empty={{ title: t('owner.resellers.empty'), text: t('owner.resellers.emptyText') }}
          filters={
            <>
              {choices('tier', tier ?? 'RESELLER', [
                ['RESELLER', t('owner.resellers.title')],
                ['STANDARD', t('owner.resellers.customers')],
              ])}
              {choices('standing', standing ?? '', [
                ['', t('owner.resellers.anyStanding')],
                ['good', t('owner.resellers.good')],
                ['under_review', t('owner.resellers.underReview')],
              ])}
              {choices('frozen', frozen ?? '', [
                ['', t('owner.resellers.anyMoney')],
                ['true', t('owner.resellers.frozenMoney')],
                ['false', t('owner.resellers.freeMoney')],
              ])}
            </>
          }
          columns={[
            {
              key: 'name',
              header: t('owner.resellers.name'),
              sort: 'name',
              width: 'minmax(12.5rem, 2fr)',
              cell: (row) => (
                <div>
                  <Link to="/owner/resellers/$id" params={{ id: row.id }} className={styles.link}>
                    {row.storeName ?? row.name}
                  </Link>{' '}
                  {row.standing === 'under_review' && (
                    <Badge color="red" size="sm">
                      {t('owner.resellers.underReview')}
                    </Badge>
                  )}{' '}
                  {row.creditsFrozen && (
                    <Badge color="gray" size="sm">
                      {t('owner.resellers.frozenMoney')}
                    </Badge>
                  )}
                  <Text size="xs" c="dimmed">
                    {row.email}
                  </Text>
                </div>
              ),
            },
            {
              key: 'storeCode',
              header: t('owner.resellers.code'),
              sort: 'storeCode',
              width: 'minmax(6rem, 0.8fr)',
              cell: ({ storeCode }) => storeCode ?? '–',
            },
            ...PRODUCTS.map((product) => ({
              key: product,
              header: t(`assets.${product}`),
              sort: product,
              align: 'end' as const,
              width: 'minmax(5.75rem, 0.7fr)',
              cell: ({ balances }: Account) => format.bytes(balances[product]),
            })),
            {
              key: 'usd',
              header: t('owner.resellers.money'),
              sort: 'usd',
              align: 'end',
              width: 'minmax(6rem, 0.8fr)',
              cell: ({ balances }) => format.money(balances.usd),
            },
            {
              key: 'used',
              header: t('owner.resellers.used'),
              sort: 'used',
              align: 'end',
              width: 'minmax(5.25rem, 0.7fr)',
              cell: ({ last30DaysBytes: { residential, mobile } }) => format.bytes(residential + mobile),
            },
            {
              key: 'subusers',
              header: t('owner.resellers.subusers'),
              sort: 'subusers',
              align: 'end',
              width: 'minmax(5.5rem, 0.6fr)',
              cell: ({ subuserCount }) => format.number(subuserCount),
            },
            {
              key: 'created',
              header: t('owner.resellers.since'),
              sort: 'created',
              align: 'end',
              width: 'minmax(6.25rem, 0.7fr)',
              cell: ({ createdAt }) => <Time at={createdAt} as="date" />,
            },
          ]}
        />
      </Panel>
    </>
  );
}

function CreateForm({ onCancel }: { onCancel: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const action = useAction({
    run: (body: { storeCode: string; storeName: string; email: string }, key) =>
      answerOf(admin.POST('/resellers', { params: { header: once(key) }, body })),
    changes: [['admin', 'resellers']],
    onDone: ({ id }) => void navigate({ to: '/owner/resellers/$id', params: { id } }),
  });
  const { form, onSubmit, problem } = useServerForm(
    { initialValues: { storeCode: '', storeName: '', email: '' } },
    action,
    (values) => values,
  );
  return (
    <DialogForm
      onSubmit={onSubmit}
      problem={problem}
      isRunning={action.isRunning}
      action={t('actions.create')}
      onCancel={onCancel}
    >
      <StoreFields form={form} />
      <TextInput
        label={t('signIn.email')}
        description={t('owner.resellers.emailHint')}
        type="email"
        {...form.getInputProps('email')}
      />
    </DialogForm>
  );
}
