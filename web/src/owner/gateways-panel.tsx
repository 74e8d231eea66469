import { Badge, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { Panel } from '../components/panel.tsx';
import { Time } from '../components/time.tsx';
import { useFormat } from '../format/use-format.ts';
import styles from './overview.module.css';

/** Each gateway with its health and what it holds. */
export function GatewaysPanel({ gateways }: { gateways: components['schemas']['Gateway'][] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t('owner.overview.gateways')}>
      {gateways.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('owner.overview.noGateways')}
        </Text>
      )}
      <ul className={styles.gateways}>
        {gateways.map(({ id, name, alive, heldBytes, leases, seats, heartbeatAt }) => (
          <li key={id}>
            <div>
              <Text fw={560} size="sm">
                {name}
              </Text>
              <Text size="xs" c="dimmed">
                {[
                  t('owner.overview.leases', { count: leases }),
                  t('owner.overview.leased', { bytes: format.bytes(heldBytes) }),
                  ...(seats > 0 ? [t('owner.overview.seats', { count: seats })] : []),
                ].join(' · ')}
                {' · '}
                {t('owner.overview.heard')} <Time at={heartbeatAt} as="fromNow" />
              </Text>
            </div>
            <Badge color={alive ? 'green' : 'red'}>
              {t(alive ? 'owner.overview.alive' : 'owner.overview.isSilent')}
            </Badge>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
