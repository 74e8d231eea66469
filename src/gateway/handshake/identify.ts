/** Whose connection is this, and what is asked of it? The same for every protocol. */
import { Acquaintance } from '../acquaintance.ts';
import type { Refused } from '../answers.ts';
import { wishOf } from '../exits/wish.ts';
import { ownText } from '../own-text.ts';
import type { ClientIdentity, Service, Soon } from '../service.ts';
import { type Parameters, parseParameters, passwordReadings, placeOf, splitUsername } from './parameters.ts';

/** Longer ones nobody has. */
const MAX_NAME_LENGTH = 128;
/** Of a login, base64 included, that is remembered by its text: spaces and parameters can be many, and keep memory. */
const MAX_REMEMBERED_LENGTH = 512;

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
  const { identity, askedAtMs } = answer;
  return { identity, askedAtMs, by: 'address', address, acquaintance: new Acquaintance() };
}

/**
 * By the text of a login: one that was right a moment ago is looked up by it, and neither decoded nor hashed again.
 * `read` makes a login of the text.
 */
export function identifyByText(
  text: string,
  read: (text: string) => Login | undefined,
  address: string,
  service: Service,
): Soon<ClientIdentity | Refused> {
  const { credentials, guesses } = service;
  const recent = credentials.recall(text);
  if (recent !== undefined) {
    if (guesses.mustWait(address, recent.name)) return { code: 'too-many-guesses' };
    guesses.right(address, recent.name);
    const { identity, askedAtMs, by, wish, acquaintance } = recent.client;
    return wish === undefined
      ? { identity, askedAtMs, by, address, acquaintance }
      : { identity, askedAtMs, by, address, acquaintance, wish };
  }
  const login = read(text);
  return login === undefined ? { code: 'credentials-wrong' } : identifyByLogin(login, address, service, text);
}

/**
 * Parameters that cannot be understood are refused with the reason, and no answer tells whether a username exists: behind the
 * username they are judged before anybody is looked up; behind a password they are parameters only if the password is right.
 */
export async function identifyByLogin(
  { username, password }: Login,
  address: string,
  { credentials, guesses, exits }: Service,
  text?: string,
): Promise<ClientIdentity | Refused> {
  const { name, pairs } = splitUsername(username);
  const behindName = parseParameters(pairs);
  if (behindName.kind === 'malformed') return { code: 'parameters-malformed', details: behindName.reason };
  const readings = passwordReadings(password);
  if (guesses.mustWait(address, name)) return { code: 'too-many-guesses' };
  if (name.length > MAX_NAME_LENGTH) {
    guesses.wrong(address, name);
    return { code: 'credentials-wrong' };
  }
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
  const wish = wishOf(parsed.parameters);
  const client = {
    identity,
    askedAtMs: answer.askedAtMs,
    by: 'password',
    acquaintance: new Acquaintance(),
    ...(wish && { wish }),
  } as const;
  const place = placeOf(parsed.parameters);
  // Anywhere else would be a lie.
  if (place !== undefined && !exits.couldServe({ identity, wish }))
    return { code: 'no-exit-there', details: `no exit in ${place}` };
  // Which of several passwords is meant, and where exits are, may change at any moment.
  const isShort = text !== undefined && text.length <= MAX_REMEMBERED_LENGTH;
  if (isShort && readings.length === 1 && place === undefined)
    credentials.remember(ownText(text), name, { name, password: meant.password, client });
  return { ...client, address };
}

function withProduct(identity: ClientIdentity['identity'], { product }: Parameters) {
  return identity.kind === 'subuser' && product !== undefined ? { ...identity, product } : identity;
}
