/**
 * What a client asks of its connection, in one of two spellings:
 *
 *   username   NAME-country-us-session-AB12CD34-lifetime-30        a name holds no hyphen
 *   password   PASSWORD_country-us_session-AB12CD34_lifetime-30    a password may hold anything
 */
import { PRODUCTS, type Product } from '../../shared/products.ts';

export interface Parameters {
  /** Where the exit should be. In lower case. */
  country?: string;
  region?: string;
  city?: string;
  isp?: string;
  /** Connections with the same one leave through the same exit. */
  session?: string;
  lifetimeMinutes?: number;
  product?: Product;
}

export type Parsed = { kind: 'parameters'; parameters: Parameters } | { kind: 'malformed'; reason: string };

/** A parameter as it was written. */
export type Pair = readonly [key: string, value: string];

/** One way to read a password: what of it is the password itself, and the parameters behind it. */
export interface PasswordReading {
  readonly password: string;
  readonly pairs: readonly Pair[];
}

interface Rule {
  readonly parameter: keyof Parameters;
  /** Undefined: not a value of this parameter. */
  readonly read: (value: string) => Parameters | undefined;
  /** Completes "KEY must be …". */
  readonly expected: string;
}

const PLACE = /^[a-z0-9][a-z0-9 ._-]{0,63}$/;
/** A week. */
const MAX_LIFETIME_MINUTES = 10_080;

const RULES = new Map<string, Rule>([
  ['country', text('country', /^[a-z]{2}$/, 'a code of two letters')],
  ['region', text('region', PLACE, 'a name')],
  ['state', text('region', PLACE, 'a name')],
  ['city', text('city', PLACE, 'a name')],
  ['isp', text('isp', PLACE, 'a name')],
  [
    'session',
    {
      parameter: 'session',
      read: (value) => (/^[A-Za-z0-9]{8}$/.test(value) ? { session: value } : undefined),
      expected: '8 letters or digits',
    },
  ],
  [
    'lifetime',
    {
      parameter: 'lifetimeMinutes',
      read: (value) => {
        const minutes = /^[1-9][0-9]{0,4}$/.test(value) ? Number(value) : 0;
        return minutes >= 1 && minutes <= MAX_LIFETIME_MINUTES ? { lifetimeMinutes: minutes } : undefined;
      },
      expected: `whole minutes from 1 to ${MAX_LIFETIME_MINUTES}`,
    },
  ],
  [
    'product',
    {
      parameter: 'product',
      read: (value) => {
        const product = PRODUCTS.find((known) => known === value.toLowerCase());
        return product && { product };
      },
      expected: PRODUCTS.join(' or '),
    },
  ],
]);

/** No parameter may come twice, so behind the password itself there are no more of them than this, and one that is unknown. */
const MOST_PARAMETERS = new Set([...RULES.values()].map((rule) => rule.parameter)).size + 1;
/** Unknown ones, too: whoever knows the password is told what is wrong with the rest. */
const KEY_IN_PASSWORD = /_[A-Za-z0-9]{1,32}(?=-)/g;

/** Everything behind the first hyphen is parameters: key, value, key, value. */
export function splitUsername(text: string): { name: string; pairs: Pair[] } {
  const [name, ...words] = text.split('-');
  const pairs: Pair[] = [];
  for (let at = 0; at < words.length; at += 2) pairs.push([words[at]!, words[at + 1] ?? '']);
  return { name: name!, pairs };
}

/**
 * The ways to read a password, in the order in which they are to be tried: as it stands, then cut at each place where a
 * parameter may begin.
 */
export function passwordReadings(text: string): PasswordReading[] {
  // Every parameter holds a hyphen.
  if (!text.includes('-')) return [{ password: text, pairs: [] }];
  const cuts = [...text.matchAll(KEY_IN_PASSWORD)].map((match) => match.index).filter((at) => at > 0);
  const readings = cuts.slice(-MOST_PARAMETERS).map((at) => ({
    password: text.slice(0, at),
    pairs: text
      .slice(at + 1)
      .split('_')
      .map(pairOf),
  }));
  return [{ password: text, pairs: [] }, ...readings];
}

/** All of them are understood, or none is. */
export function parseParameters(pairs: readonly Pair[]): Parsed {
  const parameters: Parameters = {};
  for (const [key, value] of pairs) {
    const rule = RULES.get(key);
    if (rule === undefined) return malformed(`unknown parameter${isPlain(key) ? ` ${key}` : ''}`);
    if (parameters[rule.parameter] !== undefined) return malformed(`${key} is given twice`);
    const read = rule.read(value);
    if (read === undefined) return malformed(`${key} must be ${rule.expected}`);
    Object.assign(parameters, read);
  }
  return { kind: 'parameters', parameters };
}

/** Where the exit should be, for people. Undefined: anywhere. */
export function placeOf({ country, region, city, isp }: Parameters): string | undefined {
  const parts = Object.entries({ country, region, city, isp }).filter(([, value]) => value !== undefined);
  return parts.length > 0 ? parts.map((part) => part.join(' ')).join(', ') : undefined;
}

function text(parameter: 'country' | 'region' | 'city' | 'isp', pattern: RegExp, expected: string): Rule {
  const read = (value: string) => {
    const lowerCase = value.toLowerCase();
    return pattern.test(lowerCase) ? { [parameter]: lowerCase } : undefined;
  };
  return { parameter, read, expected };
}

function pairOf(word: string): Pair {
  const hyphen = word.indexOf('-');
  return hyphen < 0 ? [word, ''] : [word.slice(0, hyphen), word.slice(hyphen + 1)];
}

/** Fit for an answer's head. */
function isPlain(key: string): boolean {
  return /^[A-Za-z0-9]{1,32}$/.test(key);
}

function malformed(reason: string): Parsed {
  return { kind: 'malformed', reason };
}
