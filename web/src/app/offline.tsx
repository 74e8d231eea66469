import { onlineManager, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { isServerReached, onReach } from '../api/reach.ts';
import styles from './shell.module.css';

/** Says that the browser has no network, or that the server does not answer, for as long as that is so. */
export function OfflineBanner() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const isOnline = useSyncExternalStore(
    (onChange) => onlineManager.subscribe(onChange),
    () => onlineManager.isOnline(),
  );
  const isReached = useSyncExternalStore(onReach, isServerReached);
  // What could not be asked for meanwhile is asked for again.
  useEffect(() => onReach(() => void (isServerReached() && queries.invalidateQueries())), [queries]);
  if (isOnline && isReached) return null;
  return (
    <div role="status" className={styles.offline}>
      {t(isOnline ? 'states.unreached' : 'states.offline')}
    </div>
  );
}
