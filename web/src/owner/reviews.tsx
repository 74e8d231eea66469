/** Reviews: what was found to differ, and what a person has said about it. */
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';
import { ReviewsTable } from './reviews-table.tsx';

export function ReviewsPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('owner.reviews.title')} intro={t('owner.reviews.intro')} />
      <Panel flush>
        <ReviewsTable />
      </Panel>
    </>
  );
}
