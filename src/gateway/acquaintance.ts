import type { LeaseHolder } from './lease.ts';
import type { PartyRecord } from './parties.ts';

/**
 * Where someone who logs in again and again was found the last time, so that it has not to be looked up among thousands. What was forgotten
 * since says so itself (`isForgotten`), and is looked up as ever.
 */
export class Acquaintance {
  holder: LeaseHolder | undefined;
  party: PartyRecord | undefined;
}
