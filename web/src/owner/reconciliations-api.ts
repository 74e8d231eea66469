import { admin, answerOf, once } from '../api/clients.ts';
import { ledgerType, uploadFetch } from '../api/upload.ts';
import type { ReconciliationsApi } from '../components/reconciliations.tsx';
import { useMay } from './may.ts';

/** `resellerId`: those of this account only. */
export function useReconciliationsApi(resellerId?: string): ReconciliationsApi {
  const may = useMay();
  return {
    queryKey: ['admin', 'reconciliations', ...(resellerId === undefined ? [] : [resellerId])],
    mayChange: may.change,
    ofAll: resellerId === undefined,
    pages: '/owner/reconciliations',
    list: (cursor) =>
      answerOf(
        admin.GET('/reconciliations', { params: { query: { cursor, ...(resellerId && { resellerId }) } } }),
      ),
    begin: (body, key) => answerOf(admin.POST('/reconciliations', { params: { header: once(key) }, body })),
    send: (id, ledger, progress) =>
      answerOf(
        admin.PUT('/reconciliations/{id}/ledger', {
          params: { path: { id } },
          headers: { 'Content-Type': ledgerType(ledger) },
          // The file goes in its place.
          body: '',
          fetch: uploadFetch(ledger, progress),
        }),
      ),
    one: (id) => answerOf(admin.GET('/reconciliations/{id}', { params: { path: { id } } })),
    differences: (id, query) =>
      answerOf(admin.GET('/reconciliations/{id}/differences', { params: { path: { id }, query } })),
    totals: (id) => answerOf(admin.GET('/reconciliations/{id}/totals', { params: { path: { id } } })),
    unreadable: (id) => answerOf(admin.GET('/reconciliations/{id}/unreadable', { params: { path: { id } } })),
    csvPath: (id) => `/api/admin/reconciliations/${id}/differences.csv`,
  };
}
