import { useTranslation } from 'react-i18next';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';
import { InvitePerson, PeopleTable } from './people-table.tsx';

export function PeoplePage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader
        title={t('owner.people.title')}
        intro={t('owner.people.intro')}
        actions={<InvitePerson />}
      />
      <Panel flush>
        <PeopleTable />
      </Panel>
    </>
  );
}
