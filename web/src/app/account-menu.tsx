/** Who is signed in, and what is theirs: profile, language, colours, sign-out. */
import { Menu, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import {
  IconBook2,
  IconCheck,
  IconDeviceDesktop,
  IconDots,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconShieldLock,
  IconSun,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Session } from '../api/session.ts';
import { chooseLanguage, LANGUAGES } from '../texts/i18n.ts';
import styles from './shell.module.css';
import { useSignOut } from './sign-out.ts';

const SCHEMES = [
  { scheme: 'light', icon: IconSun },
  { scheme: 'dark', icon: IconMoon },
  { scheme: 'auto', icon: IconDeviceDesktop },
] as const;

export function AccountMenu({ session }: { session: Session }) {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

  return (
    <Menu position="top-start" width={236} shadow="md" radius="md">
      <Menu.Target>
        <UnstyledButton className={styles.account}>
          <VisuallyHidden>{t('shell.account')}: </VisuallyHidden>
          <span className={styles.initial} aria-hidden>
            {(session.name || session.email).slice(0, 1).toUpperCase()}
          </span>
          <div className={styles.who}>
            <strong>{session.name || session.email}</strong>
            <span>{session.email}</span>
          </div>
          <IconDots {...icon} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconShieldLock {...icon} />} onClick={() => navigate({ to: '/profile' })}>
          {t('shell.profile')}
        </Menu.Item>
        <Menu.Item leftSection={<IconBook2 {...icon} />} component="a" href="/docs" target="_blank">
          {t('shell.apiReference')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('shell.colours')}</Menu.Label>
        {SCHEMES.map(({ scheme, icon: Icon }) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon {...icon} />}
            rightSection={colorScheme === scheme ? <IconCheck {...icon} /> : null}
            aria-current={colorScheme === scheme}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`shell.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('shell.language')}</Menu.Label>
        {LANGUAGES.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            leftSection={<IconLanguage {...icon} />}
            rightSection={i18n.language === language ? <IconCheck {...icon} /> : null}
            aria-current={i18n.language === language}
            onClick={() => void chooseLanguage(language)}
          >
            {t(`languages.${language}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout {...icon} />} onClick={() => signOut.start()}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
