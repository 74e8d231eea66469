/** Who did what, on whom, from where. */
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { Query, toJson } from '../http/fields.ts';
import { answerPage, keyset, List, ListQuery } from '../http/paging.ts';
import {
  AUDIT_COLUMNS,
  AUDIT_ENTRY,
  AUDIT_FILTERS,
  AuditEntry,
  auditFilter,
  auditRow,
} from '../own/audit.ts';
import { csvAnswer, sendCsv } from '../own/csv.ts';
import type { AdminRoutes } from './context.ts';

const BY_ID = keyset('audit', 'id');
const tags = ['audit'];
const account = {
  account: Type.Optional(Type.String({ description: 'an email address or store code of an account' })),
};
const EXAMPLE_LINE = `${AUDIT_ENTRY.id},${AUDIT_ENTRY.at},${AUDIT_ENTRY.actor},${AUDIT_ENTRY.actorEmail},…`;

export const audit: AdminRoutes = (app, { core, read }) => {
  const filterOf = async (query: Parameters<typeof auditFilter>[0] & { account?: string | undefined }) => ({
    ...auditFilter(query),
    accountId: query.account === undefined ? undefined : (await core.accounts.find(query.account)).id,
  });

  app.get(
    '/audit',
    {
      ...read,
      schema: {
        operationId: 'listAudit',
        tags,
        summary: 'Who did what, newest first',
        querystring: ListQuery({ ...AUDIT_FILTERS, ...account }),
        response: { 200: List(AuditEntry, [AUDIT_ENTRY]) },
        refuses: ['AccountNotFound'],
      },
    },
    async (request, reply) => {
      const page = await core.auditLog.page(await filterOf(request.query), BY_ID.read(request.query));
      return answerPage(request, reply, BY_ID, page, (entry) => entry);
    },
  );

  app.get(
    '/audit.csv',
    {
      ...read,
      schema: {
        operationId: 'exportAuditCsv',
        tags,
        summary: 'The same as CSV, whole',
        querystring: Query({ ...AUDIT_FILTERS, ...account }),
        response: { 200: csvAnswer('Newest first', `${AUDIT_COLUMNS.join()}\r\n${EXAMPLE_LINE}\r\n`) },
        refuses: ['AccountNotFound'],
      },
    },
    async (request, reply) => {
      const entries = core.auditLog.read(await filterOf(request.query));
      async function* tables() {
        for await (const part of entries) yield part.map(auditRow);
      }
      return sendCsv(reply, 'audit.csv', AUDIT_COLUMNS, tables());
    },
  );

  app.get(
    '/audit.ndjson',
    {
      ...read,
      schema: {
        operationId: 'exportAuditLines',
        tags,
        summary: 'The same as JSON, an entry a line, whole',
        querystring: Query({ ...AUDIT_FILTERS, ...account }),
        response: {
          200: {
            description: 'Newest first',
            content: {
              'application/x-ndjson': { schema: Type.String(), example: `${JSON.stringify(AUDIT_ENTRY)}\n` },
            },
          },
        },
        refuses: ['AccountNotFound'],
      },
    },
    async (request, reply) => {
      const entries = core.auditLog.read(await filterOf(request.query));
      // Read before the answer begins: what is refused is still a problem then.
      const first = await entries.next();
      async function* lines() {
        for (let part = first; !part.done; part = await entries.next()) {
          yield part.value.map((entry) => `${toJson(entry)}\n`).join('');
        }
      }
      return (reply as FastifyReply)
        .type('application/x-ndjson')
        .header('content-disposition', 'attachment; filename="audit.ndjson"')
        .header('cache-control', 'no-store')
        .send(Readable.from(lines()));
    },
  );
};
