import { Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { PageLink } from '../components/page-link.tsx';
import { Panel } from '../components/panel.tsx';
import { useFormat } from '../format/use-format.ts';
import styles from './overview.module.css';

interface Item {
  key: string;
  text: string;
  /** The page where something can be done about it. */
  to: NonNullable<LinkProps['to']>;
  params?: { id: string };
  search?: Record<string, string>;
}

/** What somebody should look at, in words; one quiet line when there is nothing. */
export function AttentionPanel({ attention }: { attention: components['schemas']['Attention'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { lowPools, expiringSubscriptions, failingJobs, creditMismatches, openReviews, silentGateways } =
    attention;
  const items: Item[] = [
    ...lowPools.map(({ resellerId, storeName, product, leftBytes, daysLeft }) => ({
      key: `${resellerId} ${product}`,
      to: '/owner/resellers/$id' as const,
      params: { id: resellerId },
      text:
        leftBytes === 0
          ? t('owner.overview.emptyPool', { store: storeName, product: t(`assets.${product}`) })
          : t('owner.overview.lowPool', {
              store: storeName,
              product: t(`assets.${product}`),
              days: format.duration(daysLeft * 86_400),
              left: format.bytes(leftBytes),
            }),
    })),
    ...failingJobs.map(({ name, failure, failuresInARow }) => ({
      key: `job ${name}`,
      to: '/owner/settings' as const,
      text:
        failuresInARow > 0
          ? t('owner.overview.failingJob', { name, failure: failure ?? '' })
          : t('owner.overview.lateJob', { name }),
    })),
  ];
  if (silentGateways > 0) {
    items.push({
      key: 'silent',
      to: '/owner/gateways',
      text: t('owner.overview.silent', { count: silentGateways }),
    });
  }
  if (openReviews > 0) {
    items.push({
      key: 'reviews',
      to: '/owner/reviews',
      search: { status: 'open' },
      text: t('owner.overview.reviews', { count: openReviews }),
    });
  }
  if (creditMismatches > 0) {
    items.push({
      key: 'mismatches',
      to: '/owner/credit-events',
      search: { mismatched: 'true' },
      text: t('owner.overview.mismatches', { count: creditMismatches }),
    });
  }
  if (expiringSubscriptions.count > 0) {
    items.push({
      key: 'expiring',
      to: '/owner/subscriptions',
      text: t('owner.overview.expiring', { count: expiringSubscriptions.count }),
    });
  }
  if (items.length === 0) {
    return (
      <p className={styles.well}>
        <IconCircleCheck size={18} stroke={1.7} aria-hidden />
        <Text span size="sm">
          {t('owner.overview.allWell')}
        </Text>
      </p>
    );
  }
  return (
    <div className={styles.attention}>
      <Panel title={t('owner.overview.attention')}>
        <ul className={styles.items}>
          {items.map(({ key, to, params, search, text }) => (
            <li key={key}>
              <IconAlertTriangle size={18} stroke={1.7} aria-hidden />
              <PageLink to={to} params={params as never} search={search as never} size="sm" c="inherit">
                {text}
              </PageLink>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}
