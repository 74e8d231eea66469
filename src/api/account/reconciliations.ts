/** A reseller holds its own ledger against what is recorded of it. */
import { Body } from '../http/fields.ts';
import {
  PERIOD_EXAMPLE,
  PERIOD_FIELDS,
  periodFrom,
  ReconciliationAnswer,
  reconciliations,
  reviews,
} from '../own/reconciliations.ts';
import type { AccountRoutes } from './context.ts';

export const ownReconciliations: AccountRoutes = (app, context) => {
  const { core, credit, accountId, invoke } = context;
  const shared = { ...context, see: credit, send: credit, whose: accountId };
  reconciliations(app, shared);
  reviews(app, shared);

  app.post(
    '/reconciliations',
    {
      ...credit,
      schema: {
        operationId: 'beginReconciliation',
        tags: ['reconciliation'],
        summary: 'Begin one for a period; then send the ledger',
        body: Body(PERIOD_FIELDS, PERIOD_EXAMPLE),
        response: { 201: ReconciliationAnswer },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return core.reconciliations.begin(invoke(request), accountId(request), periodFrom(request.body));
    },
  );
};
