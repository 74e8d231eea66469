import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/account.gen.ts';

export type SubscriptionStatus = components['schemas']['Subscription']['status'];
export const SUBSCRIPTION_STATUSES = [
  'ACTIVE',
  'SUSPENDED',
  'STOPPED',
  'TERMINATED',
] as const satisfies readonly SubscriptionStatus[];

const COLORS: Record<SubscriptionStatus, string> = {
  ACTIVE: 'green',
  SUSPENDED: 'brass',
  STOPPED: 'red',
  TERMINATED: 'gray',
};

export function StatusBadge({ status, canceled }: { status: SubscriptionStatus; canceled: boolean }) {
  const { t } = useTranslation();
  return (
    <Badge color={COLORS[status]}>
      {t(`subscription.statuses.${status}`)}
      {canceled && status !== 'TERMINATED' && `, ${t('subscription.canceled')}`}
    </Badge>
  );
}
