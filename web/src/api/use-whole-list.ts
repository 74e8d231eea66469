import type { QueryKey } from '@tanstack/react-query';
import { useList } from './use-list.ts';

/** A list that the API answers whole. `refetchInterval`: looked at again and again. */
export function useWholeList<Row>(
  queryKey: QueryKey,
  read: () => Promise<{ data: Row[] }>,
  refetchInterval?: number,
) {
  return useList({
    queryKey,
    read: async () => ({ data: (await read()).data, nextCursor: null }),
    refetchInterval,
  });
}
