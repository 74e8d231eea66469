/** The reseller's account at a glance. */
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { components, paths } from '../api/account.gen.ts';
import { BarList } from '../components/bar-list.tsx';
import { Columns } from '../components/columns.tsx';
import { Gauge } from '../components/gauge.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { PageLink } from '../components/page-link.tsx';
import { Panel } from '../components/panel.tsx';
import { PRODUCT_COLORS, PRODUCTS, type Product } from '../components/product.ts';
import { Stat, Stats } from '../components/stat.tsx';
import { Answer } from '../components/states.tsx';
import { UsagePanel } from '../components/usage-panel.tsx';
import { useFormat } from '../format/use-format.ts';
import { overviewQuery, overviewUsage } from './overview-queries.ts';

type Overview = paths['/overview']['get']['responses'][200]['content']['application/json'];

export function OverviewPage() {
  const { t } = useTranslation();
  const query = useQuery(overviewQuery);
  return (
    <>
      <PageHeader title={t('reseller.overview.title')} />
      <Answer query={query}>{(overview) => <OverviewBody overview={overview} />}</Answer>
    </>
  );
}

function OverviewBody({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sumOf = (field: 'lastMinutesBytes' | 'todayBytes' | 'last30DaysBytes') =>
    overview.usage.reduce((sum, usage) => sum + usage[field], 0);
  return (
    <>
      <PoolsPanel pools={overview.pools} />
      <Columns ratio="2:1">
        <UsagePanel {...overviewUsage} />
        <Stats>
          <Stat
            label={t('reseller.overview.balance')}
            value={format.moneyRounded(overview.balanceCents)}
            note={overview.creditsFrozen ? t('reseller.overview.frozen') : undefined}
            tone={overview.creditsFrozen ? 'warn' : 'plain'}
          />
          <Stat
            label={t('reseller.overview.now')}
            value={format.bytes(sumOf('lastMinutesBytes'))}
            note={t('reseller.overview.nowNote')}
          />
          <Stat
            label={t('reseller.overview.today')}
            value={format.bytes(sumOf('todayBytes'))}
            note={t('reseller.overview.todayNote')}
          />
          <Stat label={t('reseller.overview.month')} value={format.bytes(sumOf('last30DaysBytes'))} />
          <Stat label={t('reseller.overview.subusers')} value={format.number(overview.subusers)} />
          <Stat
            label={t('reseller.overview.subscriptions')}
            value={format.number(overview.subscriptions.total)}
            note={t('reseller.overview.subscriptionsNote', { count: overview.subscriptions.ACTIVE })}
          />
        </Stats>
      </Columns>
      <TopPanels subusers={overview.topSubusers} />
    </>
  );
}

function PoolsPanel({ pools }: { pools: components['schemas']['Pool'][] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Columns>
      {pools.map(({ product, pooledBytes, allocatedBytes, usedBytes, dailyBytes, daysLeft }) => {
        const whole = pooledBytes + allocatedBytes + usedBytes;
        const lasting =
          daysLeft === null
            ? t('reseller.overview.noUse')
            : t('reseller.overview.daysLeft', {
                count: Math.floor(daysLeft),
                rate: format.bytes(dailyBytes),
              });
        return (
          <Panel
            key={product}
            title={t(`assets.${product}`)}
            intro={whole === 0 ? t('reseller.overview.nothing') : lasting}
          >
            <Gauge
              label={t(`assets.${product}`)}
              whole={whole}
              parts={[
                {
                  label: t('reseller.overview.used'),
                  value: usedBytes,
                  text: format.bytes(usedBytes),
                  color: PRODUCT_COLORS[product],
                },
                {
                  label: t('reseller.overview.allocated'),
                  value: allocatedBytes,
                  text: format.bytes(allocatedBytes),
                  color: `color-mix(in srgb, ${PRODUCT_COLORS[product]} 55%, var(--hg-surface))`,
                },
                {
                  label: t('reseller.overview.pooled'),
                  value: pooledBytes,
                  text: format.bytes(pooledBytes),
                  color: `color-mix(in srgb, ${PRODUCT_COLORS[product]} 24%, var(--hg-surface))`,
                },
              ]}
            />
          </Panel>
        );
      })}
    </Columns>
  );
}

function TopPanels({ subusers }: { subusers: components['schemas']['SubuserUse'][] }) {
  const { t } = useTranslation();
  const used = PRODUCTS.filter((name) => subusers.some(({ product }) => product === name));
  if (used.length === 0) {
    return (
      <Panel title={t('reseller.overview.top')}>
        <Text size="sm" c="dimmed">
          {t('reseller.overview.noTop')}
        </Text>
      </Panel>
    );
  }
  return (
    <Columns>
      {used.map((product) => (
        <TopPanel
          key={product}
          product={product}
          subusers={subusers.filter((subuser) => subuser.product === product)}
        />
      ))}
    </Columns>
  );
}

function TopPanel({
  product,
  subusers,
}: {
  product: Product;
  subusers: components['schemas']['SubuserUse'][];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const title = t('reseller.overview.topOf', { product: t(`assets.${product}`) });
  return (
    <Panel title={title} intro={t('reseller.overview.topIntro')}>
      <BarList
        label={title}
        bars={subusers.map(({ id, username, usedBytes, remainingBytes }) => ({
          key: id,
          label: (
            <PageLink to="/reseller/subusers/$id" params={{ id }} c="inherit" fz="inherit">
              {username}
            </PageLink>
          ),
          text: t('reseller.overview.left', {
            used: format.bytes(usedBytes),
            left: format.bytes(remainingBytes),
          }),
          parts: [{ name: product, value: usedBytes, color: PRODUCT_COLORS[product] }],
        }))}
      />
    </Panel>
  );
}
