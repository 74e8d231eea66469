/** What a page is searched, filtered and sorted by: in its address, so that it can be kept, sent and gone back to. */
import { useLocation, useNavigate } from '@tanstack/react-router';

type Filters<Name extends string> = { readonly [Key in Name]?: string };
type Change<Name extends string> = (changed: { [Key in Name]?: string | null }) => void;

/** The texts of the page's address, and how to change some of them: an empty one and null are taken away. */
export function useFilters<Name extends string>(): [filters: Filters<Name>, change: Change<Name>] {
  const search: Record<string, unknown> = useLocation().search;
  const navigate = useNavigate();
  // `?text=42` is read as a number.
  const filters = Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) =>
      typeof value === 'object' || value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
  ) as Filters<Name>;
  const change: Change<Name> = (changed) => {
    const next = Object.entries({ ...filters, ...changed }).filter(([, value]) => value);
    void navigate({ to: '.', search: Object.fromEntries(next) as never, replace: true });
  };
  return [filters, change];
}

/** `-used` of an address, as the APIs take it. */
export function orderOf<Sort extends string>(sort: string): { sort: Sort; order: 'asc' | 'desc' } {
  return sort.startsWith('-')
    ? { sort: sort.slice(1) as Sort, order: 'desc' }
    : { sort: sort as Sort, order: 'asc' };
}
