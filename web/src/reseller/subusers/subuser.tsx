/** One subuser: what it has, how it connects, what it used, and every movement. */
import { Button, Group } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/account.gen.ts';
import { account, answerOf, once } from '../../api/clients.ts';
import { useAction } from '../../api/use-action.ts';
import { BandwidthPanels } from '../../components/bandwidth-panels.tsx';
import { Columns } from '../../components/columns.tsx';
import { useConfirm } from '../../components/confirm.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { PRODUCTS, type Product } from '../../components/product.ts';
import { StatementTable } from '../../components/statement-table.tsx';
import { Answer } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { UsagePanel } from '../../components/usage-panel.tsx';
import { useFormat } from '../../format/use-format.ts';
import { CredentialsPanel } from './credentials.tsx';
import { type Move, MoveBytes } from './move-bytes.tsx';
import { WhitelistPanel } from './whitelist.tsx';

type Subuser = components['schemas']['Subuser'];

const route = getRouteApi('/shell/reseller/subusers/$id');

export function SubuserPage() {
  const { id } = route.useParams();
  const query = useQuery({
    queryKey: ['account', 'subusers', id],
    queryFn: () => answerOf(account.GET('/subusers/{id}', { params: { path: { id } } })),
    refetchInterval: 5_000,
  });
  return <Answer query={query}>{(subuser) => <SubuserBody key={id} subuser={subuser} />}</Answer>;
}

function SubuserBody({ subuser }: { subuser: Subuser }) {
  const { t } = useTranslation();
  const { id, username } = subuser;
  return (
    <>
      <PageHeader
        title={username}
        back={{ to: '/reseller/subusers', text: t('reseller.subusers.title') }}
        intro={
          <>
            {subuser.email ?? t('reseller.subusers.noEmail')} · {t('reseller.subusers.since')}{' '}
            <Time at={subuser.createdAt} as="date" />
          </>
        }
        actions={<DeleteButton subuser={subuser} />}
      />
      <Bandwidth subuser={subuser} />
      <UsagePanel
        queryKey={['account', 'subusers', id, 'usage']}
        read={(query) => answerOf(account.GET('/subusers/{id}/usage', { params: { path: { id }, query } }))}
      />
      <Columns ratio="2:1">
        <CredentialsPanel id={id} username={username} />
        <WhitelistPanel id={id} username={username} addresses={subuser.whitelist} />
      </Columns>
      <Panel flush title={t('statement.title')}>
        <StatementTable
          ofSubuser
          assets={PRODUCTS}
          queryKey={['account', 'subusers', id, 'statement']}
          read={({ asset, ...query }) =>
            answerOf(
              account.GET('/subusers/{id}/statement', {
                params: { path: { id }, query: { ...query, product: asset as Product } },
              }),
            )
          }
          csv={{
            path: `/api/account/subusers/${id}/statement.csv`,
            query: (product) => ({ product }),
          }}
          pages={{}}
        />
      </Panel>
    </>
  );
}

function Bandwidth({ subuser: { id, username, bandwidth } }: { subuser: Subuser }) {
  const { t } = useTranslation();
  const [move, setMove] = useState<Move>();
  return (
    <>
      <BandwidthPanels
        bandwidth={bandwidth}
        actions={(product, remainingBytes) => (
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              disabled={remainingBytes === 0}
              aria-label={t('reseller.subusers.takeBackOf', { product: t(`assets.${product}`) })}
              onClick={() => setMove({ way: 'take-back', product })}
            >
              {t('reseller.subusers.takeBack')}
            </Button>
            <Button
              size="xs"
              aria-label={t('reseller.subusers.allocateOf', { product: t(`assets.${product}`) })}
              onClick={() => setMove({ way: 'allocate', product })}
            >
              {t('reseller.subusers.allocate')}
            </Button>
          </Group>
        )}
      />
      <MoveBytes
        move={move}
        id={id}
        username={username}
        remainingBytes={(product: Product) => bandwidth[product].remainingBytes}
        onClose={() => setMove(undefined)}
      />
    </>
  );
}

function DeleteButton({ subuser: { id, username, bandwidth } }: { subuser: Subuser }) {
  const { t } = useTranslation();
  const format = useFormat();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const action = useAction({
    run: (_: undefined, key) =>
      answerOf(account.DELETE('/subusers/{id}', { params: { path: { id }, header: once(key) } })),
    onDone: () => void navigate({ to: '/reseller/subusers' }),
    changes: [
      ['account', 'subusers', 'list'],
      ['account', 'overview'],
    ],
  });
  const left = bandwidth.residential.remainingBytes + bandwidth.mobile.remainingBytes;
  return (
    <Button
      variant="light"
      color="red"
      leftSection={<IconTrash size={16} stroke={1.7} aria-hidden />}
      onClick={() =>
        confirm({
          title: t('reseller.subusers.deleteTitle', { name: username }),
          text: t('reseller.subusers.deleteText', { left: format.bytes(left) }),
          action: t('actions.delete'),
          dangerous: true,
          word: username,
          run: () => action.perform(undefined),
        })
      }
    >
      {t('actions.delete')}
    </Button>
  );
}
