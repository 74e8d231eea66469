/** What people type into a search box, for SQL's LIKE. */
import { invalidField } from './errors.ts';

const MAX_SEARCH_LENGTH = 100;

/** A LIKE pattern for lower-case text that holds `search` somewhere. Throws InvalidField for what no name can hold. */
export function containsPattern(search: string): string {
  if (search.length > MAX_SEARCH_LENGTH || /\p{C}/u.test(search)) {
    throw invalidField('search', `a printable text of at most ${MAX_SEARCH_LENGTH} characters`);
  }
  return `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
}
