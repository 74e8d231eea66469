import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/account.gen.ts';

type Status = components['schemas']['Subscription']['status'];

const COLORS: Record<Status, string> = {
  ACTIVE: 'green',
  SUSPENDED: 'yellow',
  STOPPED: 'yellow',
  TERMINATED: 'gray',
};

export function StatusBadge({ status, canceled }: { status: Status; canceled: boolean }) {
  const { t } = useTranslation();
  return (
    <Badge color={COLORS[status]}>
      {t(`reseller.subscriptions.states.${status}`)}
      {canceled && status !== 'TERMINATED' && `, ${t('reseller.subscriptions.canceled')}`}
    </Badge>
  );
}
