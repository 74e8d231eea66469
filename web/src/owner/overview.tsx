/** The installation at a glance. */

import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { components, paths } from '../api/admin.gen.ts';
import { admin, answerOf } from '../api/clients.ts';
import { BarList } from '../components/bar-list.tsx';
import { Columns } from '../components/columns.tsx';
import { Gauge } from '../components/gauge.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { PageLink } from '../components/page-link.tsx';
import { Panel } from '../components/panel.tsx';
import { PRODUCT_COLORS, PRODUCTS } from '../components/product.ts';
import { Stat, Stats } from '../components/stat.tsx';
import { Answer } from '../components/states.tsx';
import { TimeChart } from '../components/time-chart.tsx';
import { UsagePanel } from '../components/usage-panel.tsx';
import { useFormat } from '../format/use-format.ts';
import { AttentionPanel } from './attention.tsx';
import { GatewaysPanel } from './gateways-panel.tsx';
import styles from './overview.module.css';
import { overviewQuery, overviewUsage } from './overview-queries.ts';

type Overview = paths['/overview']['get']['responses'][200]['content']['application/json'];
type Stock = components['schemas']['Stock'];

/** All gateways are asked for it. */
const TUNNELS_EVERY_MS = 15_000;

export function OverviewPage() {
  const { t } = useTranslation();
  const query = useQuery(overviewQuery);
  return (
    <>
      <PageHeader title={t('owner.overview.title')} />
      <Answer query={query}>{(overview) => <OverviewBody overview={overview} />}</Answer>
    </>
  );
}

function OverviewBody({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const received = overview.money.reduce((sum, { receivedCents }) => sum + receivedCents, 0);
  const tunnels = useQuery({
    queryKey: ['admin', 'tunnels', 'count'],
    // How many there are; one is as good as none listed.
    queryFn: () => answerOf(admin.GET('/tunnels', { params: { query: { limit: '1' } } })),
    refetchInterval: TUNNELS_EVERY_MS,
  });
  const sumOf = (field: 'lastMinutesBytes' | 'todayBytes' | 'last30DaysBytes') =>
    overview.usage.reduce((sum, usage) => sum + usage[field], 0);
  return (
    <>
      <AttentionPanel attention={overview.attention} />
      <Columns ratio="2:1">
        <UsagePanel {...overviewUsage} />
        <Stats>
          <Stat
            label={t('owner.overview.now')}
            value={format.bytes(sumOf('lastMinutesBytes'))}
            note={t('owner.overview.nowNote')}
          />
          <Stat
            label={t('owner.overview.tunnels')}
            value={tunnels.data ? format.number(tunnels.data.total) : '–'}
            note={t('owner.overview.tunnelsNote')}
          />
          <Stat
            label={t('owner.overview.today')}
            value={format.bytes(sumOf('todayBytes'))}
            note={t('owner.overview.todayNote')}
          />
          <Stat label={t('owner.overview.month')} value={format.bytes(sumOf('last30DaysBytes'))} />
          <Stat
            label={t('owner.overview.received')}
            value={format.moneyRounded(received)}
            note={t('owner.overview.receivedNote')}
          />
          <Stat
            label={t('owner.overview.subscriptions')}
            value={format.number(overview.activeSubscriptions)}
            note={t('owner.overview.subscriptionsNote')}
          />
          <Stat label={t('owner.overview.resellers')} value={format.number(overview.resellers)} />
          <Stat label={t('owner.overview.subusers')} value={format.number(overview.subusers)} />
        </Stats>
      </Columns>
      <Columns>
        <StockPanel stock={overview.stock} />
        <TopPanel resellers={overview.topResellers} />
      </Columns>
      <Columns>
        <Panel title={t('owner.overview.money')}>
          <TimeChart
            label={t('owner.overview.moneyLabel')}
            unit="cents"
            grouped
            interval="day"
            height={200}
            points={overview.money.map(({ day, receivedCents, revenueCents }) => ({
              at: day,
              values: { receivedCents, revenueCents },
            }))}
            series={[
              { name: 'receivedCents', label: t('owner.overview.paidIn'), color: 'var(--hg-money)' },
              { name: 'revenueCents', label: t('owner.overview.earned'), color: 'var(--hg-mobile)' },
            ]}
          />
        </Panel>
        <GatewaysPanel gateways={overview.gateways} />
      </Columns>
    </>
  );
}

function StockPanel({ stock }: { stock: Stock[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const part = (label: string, value: number, color: string) => ({
    label,
    value,
    color,
    text: format.bytes(value),
  });
  return (
    <Panel title={t('owner.overview.stock')} intro={t('owner.overview.stockIntro')}>
      <div className={styles.stock}>
        {stock.map(({ product, soldBytes, pooledBytes, allocatedBytes, consumedBytes, feeBytes }) => (
          <div key={product}>
            <Text fw={560} size="sm" mb={6}>
              {t(`assets.${product}`)}{' '}
              <Text span c="dimmed" size="sm">
                {soldBytes > 0
                  ? t('owner.overview.sold', { amount: format.bytes(soldBytes) })
                  : t('owner.overview.nothingSold')}
              </Text>
            </Text>
            <Gauge
              label={t(`assets.${product}`)}
              whole={soldBytes}
              parts={[
                part(t('owner.overview.consumed'), consumedBytes, PRODUCT_COLORS[product]),
                ...(feeBytes > 0 ? [part(t('owner.overview.fees'), feeBytes, 'var(--hg-money)')] : []),
                part(
                  t('owner.overview.allocated'),
                  allocatedBytes,
                  `color-mix(in srgb, ${PRODUCT_COLORS[product]} 55%, var(--hg-surface))`,
                ),
                part(
                  t('owner.overview.pooled'),
                  pooledBytes,
                  `color-mix(in srgb, ${PRODUCT_COLORS[product]} 24%, var(--hg-surface))`,
                ),
              ]}
            />
          </div>
        ))}
      </div>
    </Panel>
  );
}

function TopPanel({ resellers }: { resellers: components['schemas']['ResellerUse'][] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t('owner.overview.top')} intro={t('owner.overview.topIntro')}>
      {resellers.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('owner.overview.noTop')}
        </Text>
      ) : (
        <BarList
          label={t('owner.overview.top')}
          bars={resellers.map(({ id, storeName, bytes }) => ({
            key: id,
            label: (
              <PageLink to="/owner/resellers/$id" params={{ id }} c="inherit" fz="inherit">
                {storeName}
              </PageLink>
            ),
            text: format.bytes(bytes.residential + bytes.mobile),
            parts: PRODUCTS.map((name) => ({ name, value: bytes[name], color: PRODUCT_COLORS[name] })),
          }))}
        />
      )}
    </Panel>
  );
}
