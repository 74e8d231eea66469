/** Who did what, through any door. */
import { useTranslation } from 'react-i18next';
import { admin, answerOf } from '../api/clients.ts';
import { AuditTable } from '../components/audit-table.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';

export function AuditPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('audit.title')} intro={t('owner.audit.intro')} />
      <Panel flush>
        <OwnerAudit />
      </Panel>
    </>
  );
}

/** Of one account (its store code or email address), or everything. */
export function OwnerAudit({ account }: { account?: string }) {
  const extra: Record<string, string> = account === undefined ? {} : { account };
  return (
    <AuditTable
      queryKey={['admin', 'audit', account]}
      read={(query) => answerOf(admin.GET('/audit', { params: { query: { ...query, ...extra } } }))}
      csvPath="/api/admin/audit.csv"
      ndjsonPath="/api/admin/audit.ndjson"
      extra={extra}
    />
  );
}
