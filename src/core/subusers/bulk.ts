/** Many subusers in one call: each is made or refused by itself, all that are made commit together. */
import { arrayOf } from '../../db/array.ts';
import type { Tx } from '../../db/client.ts';
import { PRODUCTS, type Product } from '../../shared/products.ts';
import { MAX_BANDWIDTH_BYTES } from '../../shared/units.ts';
import { holdingOf } from '../accounts/accounts.ts';
import type { CommandStep } from '../command.ts';
import { DomainError, type ErrorCode, invalidField } from '../errors.ts';
import { postAll, type TransferGroup } from '../ledger/ledger.ts';
import { newPublicId, randomText, type SecretBox } from '../secrets.ts';
import { validEmail, validProxyPassword, validSubuserName } from '../validate.ts';
import { announceMade, openBandwidth } from './opening.ts';
import { GENERATED_PASSWORD_LENGTH, passwordPurpose, shortLoginDigest } from './passwords.ts';

export const MAX_BULK = 1000;

export interface BulkItem {
  /** Without the store code, which is put in front. */
  username: string;
  email?: string | null | undefined;
  /** Generated when it is not given. */
  password?: string | undefined;
  /** From the reseller's pools; what is not named is zero. */
  bytes?: Partial<Record<Product, bigint>> | undefined;
}

export interface BulkMade {
  id: string;
  username: string;
  email: string | null;
  password: string;
  createdAt: Date;
  bytes: Record<Product, bigint>;
}

/** A refusal as plain values: the answer is remembered under the idempotency key. */
export interface Refused {
  code: ErrorCode;
  parameters: Record<string, unknown>;
}

export type BulkResult = { ok: true; subuser: BulkMade } | { ok: false; refused: Refused };

interface Wanted extends Omit<BulkMade, 'createdAt'> {
  index: number;
  name: string;
}

/**
 * Makes the subusers of a list, in its order: a pool that does not suffice for all serves the first. Answers a result for each
 * item.
 */
export async function createMany(
  step: CommandStep,
  box: SecretBox,
  accountId: bigint,
  items: readonly BulkItem[],
): Promise<BulkResult[]> {
  const { tx, now, cause } = step;
  if (items.length < 1 || items.length > MAX_BULK)
    throw invalidField('subusers', `a list of 1 to ${MAX_BULK}`);
  const [account] = await tx<
    { store_code: string }[]
  >`SELECT store_code FROM account WHERE id = ${accountId}`;
  const results = new Array<BulkResult>(items.length);
  const wanted: Wanted[] = [];
  const names = new Set<string>();
  for (const [index, item] of items.entries()) {
    try {
      const candidate = wantedOf(item, index, account!.store_code);
      const key = candidate.username.toLowerCase();
      if (names.has(key)) throw new DomainError('UsernameTaken', { username: candidate.username });
      names.add(key);
      wanted.push(candidate);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      results[index] = refusal(error);
    }
  }

  // The rows come before the pools' locks, as where one is made alone: nobody waits in a circle.
  const inserted = await insertRows(tx, box, accountId, wanted, now);
  const free = await lockPools(tx, accountId);
  const accepted: Wanted[] = [];
  const refusedIds: bigint[] = [];
  for (const candidate of wanted) {
    const internalId = inserted.get(candidate.id);
    if (internalId === undefined) {
      const error = new DomainError('UsernameTaken', { username: candidate.username });
      results[candidate.index] = refusal(error);
    } else if (PRODUCTS.some((product) => candidate.bytes[product] > free[product])) {
      refusedIds.push(internalId);
      const error = new DomainError('InsufficientBalance', { holder: 'pool' });
      results[candidate.index] = refusal(error);
    } else {
      for (const product of PRODUCTS) free[product] -= candidate.bytes[product];
      accepted.push(candidate);
    }
  }
  if (refusedIds.length > 0) {
    await tx`DELETE FROM subuser WHERE id = ANY (${arrayOf(refusedIds)}::bigint[])`;
  }
  const accounts = await openBandwidth(
    tx,
    accountId,
    accepted.map((candidate) => inserted.get(candidate.id)!),
    now,
  );
  const groups = accepted.flatMap(({ bytes }, position): TransferGroup[] => {
    const transfers = PRODUCTS.filter((product) => bytes[product] > 0n).map((product) => {
      const { pool, balance } = accounts[position]![product];
      return { debit: pool, credit: balance, amount: bytes[product], reason: 'subuser.allocate' };
    });
    return transfers.length > 0 ? [{ transfers, cause }] : [];
  });
  for (const result of await postAll(tx, groups, now)) {
    if (result.kind === 'refused')
      throw new Error(`a pool that was locked did not suffice: ${result.refusal}`);
  }
  for (const { index, name: _, ...made } of accepted) {
    results[index] = { ok: true, subuser: { ...made, createdAt: now } };
    announceMade(step, accountId, made);
  }
  return results;
}

function refusal({ code, parameters }: DomainError): BulkResult {
  return { ok: false, refused: { code, parameters: { ...parameters } } };
}

function wantedOf(item: BulkItem, index: number, storeCode: string): Wanted {
  const name = validSubuserName(item.username);
  const bytesOf = (product: Product) => {
    const bytes = item.bytes?.[product] ?? 0n;
    if (bytes < 0n || bytes > MAX_BANDWIDTH_BYTES) {
      throw invalidField(`bytes.${product}`, `from 0 to ${MAX_BANDWIDTH_BYTES}`);
    }
    return bytes;
  };
  return {
    index,
    name,
    id: newPublicId('subuser-'),
    username: `${storeCode}_${name}`,
    email: item.email === undefined || item.email === null ? null : validEmail(item.email),
    password:
      item.password === undefined
        ? randomText(GENERATED_PASSWORD_LENGTH)
        : validProxyPassword(item.password, 'password'),
    bytes: { residential: bytesOf('residential'), mobile: bytesOf('mobile') },
  };
}

/** Writes the rows whose names are free. Answers their numbers by id. */
async function insertRows(
  tx: Tx,
  box: SecretBox,
  accountId: bigint,
  wanted: readonly Wanted[],
  now: Date,
): Promise<Map<string, bigint>> {
  const sealed = wanted.map(({ id, password }) => box.seal(password, passwordPurpose(id)).toString('base64'));
  const digests = wanted.map(({ name, password }) =>
    shortLoginDigest(box, name, password).toString('base64'),
  );
  // In the order of names, so that two lists that share some do not wait for each other in a circle; numbers follow the list.
  const rows = await tx<{ id: string; internalId: bigint }[]>`
    INSERT INTO subuser (public_id, account_id, username, email, password_sealed, short_login_digest, created_at)
      SELECT id, ${accountId}, username, email, decode(sealed, 'base64'), decode(digest, 'base64'), ${now}
        FROM unnest(${arrayOf(wanted.map(({ id }) => id))}::text[], ${arrayOf(wanted.map(({ username }) => username))}::text[],
          ${arrayOf(wanted.map(({ email }) => email))}::text[], ${arrayOf(sealed)}::text[], ${arrayOf(digests)}::text[])
          AS item (id, username, email, sealed, digest) ORDER BY lower(username)
      ON CONFLICT (username_key) WHERE deleted_at IS NULL DO NOTHING RETURNING public_id AS id, id AS "internalId"`;
  return new Map(rows.map((row) => [row.id, row.internalId]));
}

/** What the pools hold, which stays so until the transaction ends. */
async function lockPools(tx: Tx, accountId: bigint): Promise<Record<Product, bigint>> {
  const ids: bigint[] = [];
  for (const product of PRODUCTS) ids.push(await holdingOf(tx, accountId, product));
  const rows = await tx<{ asset: Product; balance: bigint }[]>`
    SELECT asset, balance FROM ledger_account WHERE id = ANY (${arrayOf(ids)}::bigint[]) ORDER BY id FOR NO KEY UPDATE`;
  const of = (product: Product) => rows.find((row) => row.asset === product)!.balance;
  return { residential: of('residential'), mobile: of('mobile') };
}
