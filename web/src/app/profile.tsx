/** A person's own affairs: password, second factor, sessions. The same in both consoles. */
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/use-session.ts';
import { Columns } from '../components/columns.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { PasswordPanel } from './profile-password.tsx';
import { SecondFactorPanel } from './profile-second-factor.tsx';
import { SessionsPanel } from './profile-sessions.tsx';

export function ProfilePage() {
  const { t } = useTranslation();
  const { email, hasSecondFactor } = useSession();
  return (
    <>
      <PageHeader title={t('profile.title')} intro={t('profile.signedInAs', { email })} />
      <Columns>
        <PasswordPanel email={email} />
        <SecondFactorPanel isOn={hasSecondFactor} />
      </Columns>
      <SessionsPanel />
    </>
  );
}
