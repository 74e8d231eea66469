/** The two pages of reconciliations: all of them, and one. */
import type { GetInputPropsReturnType } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import { DialogButton } from './dialog.tsx';
import { PageHeader } from './page-header.tsx';
import { Panel } from './panel.tsx';
import { ReconciliationRun, useReconciliation } from './reconciliation-run.tsx';
import {
  BeginReconciliation,
  type ReconciliationsApi,
  ReconciliationsTable,
  RunState,
} from './reconciliations.tsx';
import { Answer } from './states.tsx';

interface AllReconciliationsProps {
  api: ReconciliationsApi;
  intro: string;
  /** Where it is a choice whose ledger it is. */
  resellerField?: (field: GetInputPropsReturnType) => ReactNode;
}

export function AllReconciliations({ api, intro, resellerField }: AllReconciliationsProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <>
      <PageHeader
        title={t('reconciliation.title')}
        intro={intro}
        actions={
          api.mayChange && (
            <DialogButton text={t('reconciliation.begin')}>
              {(close) => (
                <BeginReconciliation
                  api={api}
                  resellerField={resellerField}
                  onCancel={close}
                  onDone={(id) => void navigate({ to: `${api.pages}/$id`, params: { id } })}
                />
              )}
            </DialogButton>
          )
        }
      />
      <Panel flush>
        <ReconciliationsTable api={api} />
      </Panel>
    </>
  );
}

export function OneReconciliation({ api, id }: { api: ReconciliationsApi; id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useReconciliation(api, id);
  return (
    <Answer query={query}>
      {(run) => {
        const period = format.utcDays(run.from, run.to);
        return (
          <>
            <PageHeader
              title={api.ofAll ? t('reconciliation.of', { store: run.storeCode ?? run.account }) : period}
              intro={api.ofAll && period}
              beside={<RunState run={run} />}
              back={{ to: api.pages, text: t('reconciliation.title') }}
            />
            <ReconciliationRun api={api} run={run} />
          </>
        );
      }}
    </Answer>
  );
}
