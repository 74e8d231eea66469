/** What the overview asks first: begun while its code is still being fetched. */
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { account, answerOf } from '../api/clients.ts';
import { type UsageRange, type UsageSource, usageQuery } from '../components/usage.ts';

const EVERY_MS = 5_000;

export const overviewQuery = queryOptions({
  queryKey: ['account', 'overview'],
  queryFn: () => answerOf(account.GET('/overview')),
  refetchInterval: EVERY_MS,
});

export const overviewUsage: UsageSource = {
  queryKey: ['account', 'usage'],
  read: (query: UsageRange) => answerOf(account.GET('/usage', { params: { query } })),
};

export function beginOverview(queries: QueryClient): void {
  void queries.prefetchQuery(overviewQuery);
  void queries.prefetchQuery(usageQuery(overviewUsage));
}
