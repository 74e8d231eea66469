/** A list of the APIs, page after page, as `DataTable` draws it. */
import { keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';

export interface ListOptions<Row> {
  /** What the list is, with all that it is filtered and sorted by. */
  queryKey: QueryKey;
  /** Asks for the page behind `cursor`; the first without one. */
  read: (cursor: string | undefined) => Promise<{ data: Row[]; nextCursor: string | null }>;
  /** Looked at again and again, where it changes by itself. */
  refetchInterval?: number;
}

/** Whoever has scrolled further than this is not interrupted by all of it being asked for again. */
const REFRESHED_PAGES = 3;

/** Rows of the first page, and of those behind it: whoever goes on reading a long list wants more of it at once. */
export function pageLimit(cursor: string | undefined): string {
  return cursor === undefined ? '100' : '500';
}

export function useList<Row>({ queryKey, read, refetchInterval }: ListOptions<Row>) {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval,
    refetchOnWindowFocus: ({ state }) => (state.data?.pages.length ?? 0) <= REFRESHED_PAGES,
  });
}
