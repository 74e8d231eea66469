/** What the overview asks first: begun while its code is still being fetched. */
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { admin, answerOf } from '../api/clients.ts';
import { type UsageRange, type UsageSource, usageQuery } from '../components/usage.ts';

const EVERY_MS = 5_000;

export const overviewQuery = queryOptions({
  queryKey: ['admin', 'overview'],
  queryFn: () => answerOf(admin.GET('/overview')),
  refetchInterval: EVERY_MS,
});

export const overviewUsage: UsageSource = {
  queryKey: ['admin', 'usage'],
  read: (query: UsageRange) => answerOf(admin.GET('/usage', { params: { query } })),
};

export function beginOverview(queries: QueryClient): void {
  void queries.prefetchQuery(overviewQuery);
  void queries.prefetchQuery(usageQuery(overviewUsage));
}
