import { onlineManager } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './shell.module.css';

/** Says that the browser has no network, for as long as it has none. */
export function OfflineBanner() {
  const { t } = useTranslation();
  const isOnline = useSyncExternalStore(
    (onChange) => onlineManager.subscribe(onChange),
    () => onlineManager.isOnline(),
  );
  if (isOnline) return null;
  return (
    <div role="status" className={styles.offline}>
      {t('states.offline')}
    </div>
  );
}
