/** Whose connection is this, and what is asked of it? The same for every protocol. */
import type { Refused } from '../answers.ts';
import { wishOf } from '../exits/wish.ts';
import type { ClientIdentity, Service } from '../service.ts';
import { type Parameters, parseParameters, passwordReadings, placeOf, splitUsername } from './parameters.ts';

export interface Login {
  readonly username: string;
  readonly password: string;
}

export async function identifyByAddress(
  address: string,
  service: Service,
): Promise<ClientIdentity | Refused> {
  const answer = await service.credentials.byAddress(address);
  if (answer.kind === 'away') return { code: 'control-away' };
  if (answer.kind === 'unknown') return { code: 'credentials-missing' };
  return { identity: answer.identity, askedAtMs: answer.askedAtMs, by: 'address', address };
}

/**
 * Parameters that cannot be understood are refused with the reason, and no answer tells whether a username exists: behind the
 * username they are judged before anybody is looked up; behind a password they are parameters only if the password is right.
 */
export async function identifyByLogin(
  { username, password }: Login,
  address: string,
  { credentials, guesses, exits }: Service,
): Promise<ClientIdentity | Refused> {
  const { name, pairs } = splitUsername(username);
  const behindName = parseParameters(pairs);
  if (behindName.kind === 'malformed') return { code: 'parameters-malformed', details: behindName.reason };
  const readings = passwordReadings(password);
  if (guesses.mustWait(address, name)) return { code: 'too-many-guesses' };
  const answer = await credentials.byPassword(
    name,
    readings.map((reading) => reading.password),
  );
  if (answer.kind === 'away') return { code: 'control-away' };
  // Of many guesses at once, those that are answered after the last permitted one tell nothing either.
  if (guesses.mustWait(address, name)) return { code: 'too-many-guesses' };
  if (answer.kind === 'unknown') {
    guesses.wrong(address, name);
    return { code: 'credentials-wrong' };
  }
  guesses.right(address, name);
  const meant = readings.find((reading) => reading.password === answer.password)!;
  const parsed = parseParameters([...pairs, ...meant.pairs]);
  if (parsed.kind === 'malformed') return { code: 'parameters-malformed', details: parsed.reason };
  const identity = withProduct(answer.identity, parsed.parameters);
  const known = { identity, askedAtMs: answer.askedAtMs, by: 'password', address } as const;
  const wish = wishOf(parsed.parameters);
  if (wish === undefined) return known;
  const place = placeOf(parsed.parameters);
  // Anywhere else would be a lie.
  if (place !== undefined && !exits.couldServe({ identity, wish }))
    return { code: 'no-exit-there', details: `no exit in ${place}` };
  return { ...known, wish };
}

function withProduct(identity: ClientIdentity['identity'], { product }: Parameters) {
  return identity.kind === 'subuser' && product !== undefined ? { ...identity, product } : identity;
}
