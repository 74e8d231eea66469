/** What surrounds every page of people who are signed in. */
import { AppShell, Burger } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { homeOf } from '../api/session.ts';
import { useSession } from '../api/use-session.ts';
import { Mark } from '../components/mark.tsx';
import { ownerNavigation } from '../owner/navigation.ts';
import { resellerNavigation } from '../reseller/navigation.ts';
import { AccountMenu } from './account-menu.tsx';
import type { NavigationGroup } from './navigation.ts';
import { OfflineBanner } from './offline.tsx';
import styles from './shell.module.css';

export function Shell() {
  const { t } = useTranslation();
  const session = useSession();
  const [opened, navbar] = useDisclosure();
  const main = useFocusOnNavigation(navbar.close);
  const isReseller = session.role === 'reseller';

  return (
    <>
      <a className="skip-link" href="#main">
        {t('shell.skip')}
      </a>
      <AppShell
        layout="alt"
        header={{ height: { base: 56, sm: 0 } }}
        navbar={{ width: 248, breakpoint: 'sm', collapsed: { mobile: !opened } }}
        transitionDuration={0}
      >
        <AppShell.Header className={styles.header} hiddenFrom="sm">
          <Burger
            opened={opened}
            onClick={navbar.toggle}
            size="sm"
            color="var(--hg-rail-strong)"
            aria-label={t('shell.openNavigation')}
            aria-expanded={opened}
          />
          <Mark size={26} />
          <strong>{t('product')}</strong>
        </AppShell.Header>
        <AppShell.Navbar className={styles.rail} component="div" data-closed={!opened || undefined}>
          <div style={{ display: 'flex', alignItems: 'center', paddingInlineEnd: '1rem' }}>
            <Link to={homeOf(session.role)} className={styles.brand} style={{ flex: 1 }}>
              <Mark />
              <span>
                {t('product')}
                <small>{t(isReseller ? 'shell.resellerConsole' : 'shell.ownerConsole')}</small>
              </span>
            </Link>
            <Burger
              opened
              onClick={navbar.close}
              size="sm"
              color="var(--hg-rail-strong)"
              hiddenFrom="sm"
              aria-label={t('shell.closeNavigation')}
            />
          </div>
          <Navigation groups={isReseller ? resellerNavigation : ownerNavigation} />
          <div className={styles.foot}>
            <AccountMenu session={session} />
          </div>
        </AppShell.Navbar>
        <AppShell.Main id="main" className={styles.main} tabIndex={-1} ref={main}>
          <OfflineBanner />
          <div className={styles.content}>
            <Outlet />
          </div>
        </AppShell.Main>
      </AppShell>
    </>
  );
}

function Navigation({ groups }: { groups: readonly NavigationGroup[] }) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('shell.navigation')}>
      {groups.map(({ title, links }) => (
        <div key={title ?? links[0]!.to}>
          {title && <div className={styles.group}>{t(title)}</div>}
          <ul className={styles.links}>
            {links.map(({ to, text, icon: Icon, exact = false }) => (
              <li key={to}>
                <Link to={to} className={styles.link} activeOptions={{ exact, includeSearch: false }}>
                  <Icon size={19} stroke={1.6} aria-hidden />
                  {t(text)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

/** After a change of page the keyboard goes on at its beginning, and the navigation of a phone closes. */
function useFocusOnNavigation(onNavigate: () => void) {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const previous = useRef<string>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for a new path only
  useEffect(() => {
    if (previous.current !== undefined && previous.current !== path) {
      main.current?.focus({ preventScroll: true });
      onNavigate();
    }
    previous.current = path;
  }, [path]);
  return main;
}
