/**
 * Slows guessing. An attempt is counted before it is judged, and the count is taken back when it was right: of many attempts at
 * once, no more get through than of as many one after another.
 */
import { arrayOf } from '../../db/array.ts';
import { inTransaction, type Queryable, type Sql } from '../../db/client.ts';
import { DomainError } from '../errors.ts';

interface Patience {
  /** Wrong guesses in a row before the first wait. */
  free: number;
  firstWaitMs: number;
  longestWaitMs: number;
}
/** The wait doubles with every further wrong guess. */
const PATIENCE = {
  person: { free: 5, firstWaitMs: 30_000, longestWaitMs: 15 * 60_000 },
  /** Many people may sit behind one address. */
  address: { free: 20, firstWaitMs: 30_000, longestWaitMs: 15 * 60_000 },
} satisfies Record<string, Patience>;
/** Guesses are forgotten after this long without another one. */
export const GUESSES_KEPT_MS = 24 * 3600_000;

export interface Guesser {
  /** What is guessed: the password of an email address in lower case, or `codesOf` a person. */
  guessedAt: string;
  /** Where the guess comes from; absent for this machine. */
  address?: string | undefined;
}

interface Bucket extends Patience {
  name: string;
}

function personBucket(guessedAt: string): string {
  return `person:${guessedAt}`;
}

/** The second factor's codes, in place of an email address. */
export function codesOf(personId: string): string {
  return `code of ${personId}`;
}

function bucketsOf({ guessedAt, address }: Guesser): Bucket[] {
  return [
    ...(address === undefined ? [] : [{ name: `address:${networkOf(address)}`, ...PATIENCE.address }]),
    { name: personBucket(guessedAt), ...PATIENCE.person },
  ];
}

/** Who has one address of IPv6 has a network of them. */
function networkOf(address: string): string {
  return address.includes(':') && !address.includes('.')
    ? expandIpv6(address).slice(0, 4).join(':')
    : address;
}

function expandIpv6(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail?.split(':').filter(Boolean) ?? [];
  return [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
}

export interface Guess {
  /** Takes it back because it was right: the person's are forgotten, the address has one less. */
  forgive(): Promise<void>;
}

/** Counts a guess. Throws RateLimited, and does not count it, while it is too early for one. */
export async function countGuess(sql: Sql, guesser: Guesser, now: Date): Promise<Guess> {
  const buckets = bucketsOf(guesser);
  const counted = await inTransaction(sql, async (tx) => {
    const names = arrayOf(buckets.map(({ name }) => name));
    // In one order, so that two guesses with the same buckets do not wait for each other.
    await tx`
      INSERT INTO guess_lock (bucket, guesses, guessed_at)
        SELECT bucket, 0, ${now} FROM unnest(${names}::text[]) AS item (bucket) ORDER BY bucket ON CONFLICT DO NOTHING`;
    const rows = await tx<{ bucket: string; guesses: number; guessed_at: Date; locked_until: Date | null }[]>`
      SELECT bucket, guesses, guessed_at, locked_until FROM guess_lock WHERE bucket = ANY (${names}::text[]) ORDER BY bucket FOR UPDATE`;
    const waitMs = Math.max(...rows.map((row) => (row.locked_until?.getTime() ?? 0) - now.getTime()));
    if (waitMs > 0) throw new DomainError('RateLimited', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
    const counts = new Map<string, number>();
    for (const { name, free, firstWaitMs, longestWaitMs } of buckets) {
      const row = rows.find(({ bucket }) => bucket === name);
      const isOld = !row || now.getTime() - row.guessed_at.getTime() > GUESSES_KEPT_MS;
      const guesses = isOld ? 1 : row.guesses + 1;
      const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(20, guesses - free));
      const lockedUntil = guesses < free ? null : new Date(now.getTime() + wait);
      await tx`
        UPDATE guess_lock SET guesses = ${guesses}, guessed_at = ${now}, locked_until = ${lockedUntil} WHERE bucket = ${name}`;
      counts.set(name, guesses);
    }
    return counts;
  });
  return {
    async forgive() {
      for (const [name, guesses] of counted) {
        if (name.startsWith('person:')) await sql`DELETE FROM guess_lock WHERE bucket = ${name}`;
        else {
          // A wait that others' guesses have brought about meanwhile stays.
          await sql`
            UPDATE guess_lock SET guesses = greatest(0, guesses - 1),
                locked_until = CASE WHEN guesses = ${guesses} THEN NULL ELSE locked_until END
              WHERE bucket = ${name}`;
        }
      }
    },
  };
}

/** Ends the wait for a person's next attempt. Answers how many wrong ones are forgotten. */
export async function unlockPerson(sql: Queryable, email: string, personId: string): Promise<number> {
  const names = arrayOf([personBucket(email.toLowerCase()), personBucket(codesOf(personId))]);
  const rows = await sql<{ guesses: number }[]>`
    DELETE FROM guess_lock WHERE bucket = ANY (${names}::text[]) RETURNING guesses`;
  return rows.reduce((sum, { guesses }) => sum + guesses, 0);
}
