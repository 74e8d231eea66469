/** What surrounds a form for people who are not signed in. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '../components/mark.tsx';
import styles from './entrance.module.css';

export function Entrance({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={styles.page}>
      <aside className={styles.picture}>
        <div className={styles.brand}>
          <Mark size={36} />
          <strong>{t('product')}</strong>
        </div>
        <p className={styles.lead}>{t('signIn.lead')}</p>
        <p className={styles.leadText}>{t('signIn.leadText')}</p>
        <Water />
      </aside>
      <main className={styles.main}>
        <div className={styles.form}>{children}</div>
      </main>
    </div>
  );
}

/** Water at the foot of the picture, held by the gate above it. */
function Water() {
  return (
    <svg className={styles.water} viewBox="0 0 480 200" preserveAspectRatio="none" aria-hidden="true">
      <path d="M0 62c40-22 80-22 120 0s80 22 120 0 80-22 120 0 80 22 120 0v138H0z" fill="#0f5058" />
      <path d="M0 98c40-22 80-22 120 0s80 22 120 0 80-22 120 0 80 22 120 0v102H0z" fill="#146069" />
      <path d="M0 136c40-22 80-22 120 0s80 22 120 0 80-22 120 0 80 22 120 0v64H0z" fill="#1b737b" />
      <path
        d="M0 62c40-22 80-22 120 0s80 22 120 0 80-22 120 0 80 22 120 0"
        fill="none"
        stroke="var(--hg-mark)"
        strokeWidth="2"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
