import { useTranslation } from 'react-i18next';
import { useSession } from '../api/use-session.ts';
import { PageHeader } from '../components/page-header.tsx';

export function ProfilePage() {
  const { t } = useTranslation();
  const { email } = useSession();
  return <PageHeader title={t('profile.title')} intro={t('profile.signedInAs', { email })} />;
}
