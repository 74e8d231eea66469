/** What runs: gateways and jobs. */
import { Type } from 'typebox';
import { Answer } from '../http/fields.ts';
import type { AdminRoutes } from './context.ts';
import { GATEWAY, Gateway, JOB, JobState } from './overview.ts';

export const operations: AdminRoutes = (app, { core, read }) => {
  app.get(
    '/gateways',
    {
      ...read,
      schema: {
        operationId: 'listGateways',
        tags: ['operations'],
        summary: 'The gateways there are, by name',
        response: { 200: Answer({ data: Type.Array(Gateway) }, { data: [GATEWAY] }) },
      },
    },
    async () => ({ data: await core.ownerOverviews.gateways() }),
  );

  app.get(
    '/jobs',
    {
      ...read,
      schema: {
        operationId: 'listJobs',
        tags: ['operations'],
        summary: 'What became of each job the last time',
        response: { 200: Answer({ data: Type.Array(JobState) }, { data: [JOB] }) },
      },
    },
    async () => ({ data: await core.jobRuns.list() }),
  );
};
