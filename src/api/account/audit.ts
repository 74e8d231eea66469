/** What was done for a reseller's account, and on it. */
import type { AuditRecord } from '../../core/audit/log.ts';
import { answerPage, keyset, List, ListQuery } from '../http/paging.ts';
import { principalOf } from '../http/principal.ts';
import { AUDIT_ENTRY, AUDIT_FILTERS, AuditEntry, auditFilter } from '../own/audit.ts';
import type { AccountRoutes } from './context.ts';

const BY_ID = keyset('audit', 'id');
const { actor: _actor, address: _address, door: _door, text: _text, ...FILTERS } = AUDIT_FILTERS;

export const audit: AccountRoutes = (app, { core, read, accountId }) => {
  app.get(
    '/audit',
    {
      ...read,
      schema: {
        operationId: 'listAudit',
        tags: ['audit'],
        summary: 'What was done for this account and on it, newest first',
        description: 'Of what the provider did on it, who did it and from where is not shown.',
        querystring: ListQuery(FILTERS),
        response: { 200: List(AuditEntry, [AUDIT_ENTRY]) },
      },
    },
    async (request, reply) => {
      const filter = { ...auditFilter(request.query), accountId: accountId(request) };
      const page = await core.auditLog.page(filter, BY_ID.read(request.query));
      const own = principalOf(request).accountPublicId;
      return answerPage(request, reply, BY_ID, page, (entry) =>
        entry.account === own ? entry : byProvider(entry),
      );
    },
  );
};

function byProvider(entry: AuditRecord): AuditRecord {
  return { ...entry, actor: 'provider', actorEmail: null, account: null, door: 'provider', address: null };
}
