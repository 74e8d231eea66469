/** Who may pass the gateway: by username and password, or by address. */
import { arrayOf } from '../../db/array.ts';
import type { Sql } from '../../db/client.ts';
import { gather } from '../../shared/gather.ts';
import { type SecretBox, secretsEqual } from '../secrets.ts';
import { isPossibleReference } from './read.ts';
import { passwordPurpose } from './subusers.ts';

export interface Admitted {
  subuserId: bigint;
  username: string;
}

interface CredentialRow {
  id: bigint;
  public_id: string;
  username: string;
  password_sealed: Uint8Array;
}

export class GatewayAccess {
  readonly #box: SecretBox;
  readonly #find: (username: string) => Promise<CredentialRow | undefined>;
  readonly #findByAddress: (address: string) => Promise<Admitted | undefined>;

  constructor(sql: Sql, box: SecretBox) {
    this.#box = box;
    this.#find = gather(
      async (usernames) => {
        const rows = await sql<(CredentialRow & { n: bigint })[]>`
          SELECT item.n, s.id, s.public_id, s.username, s.password_sealed
            FROM unnest(${arrayOf(usernames)}::text[]) WITH ORDINALITY AS item (username, n)
              JOIN subuser s ON s.username_key = lower(item.username) AND s.deleted_at IS NULL`;
        const byIndex = new Map(rows.map((row) => [Number(row.n) - 1, row]));
        return usernames.map((_username, index) => byIndex.get(index));
      },
      { maxBatch: 256 },
    );
    this.#findByAddress = gather(
      async (addresses) => {
        const rows = await sql<(Admitted & { n: bigint })[]>`
          SELECT item.n, s.id AS "subuserId", s.username
            FROM unnest(${arrayOf(addresses)}::inet[]) WITH ORDINALITY AS item (address, n)
              JOIN subuser_whitelist w ON w.network >>= item.address
              JOIN subuser s ON s.id = w.subuser_id AND s.deleted_at IS NULL`;
        const byIndex = new Map(rows.map((row) => [Number(row.n) - 1, row]));
        return addresses.map((_address, index) => byIndex.get(index));
      },
      { maxBatch: 256 },
    );
  }

  /** Undefined for an unknown username and for a wrong password alike. */
  async byPassword(username: string, password: string): Promise<Admitted | undefined> {
    const row = isPossibleReference(username) ? await this.#find(username) : undefined;
    const expected = row && this.#box.open(row.password_sealed, passwordPurpose(row.public_id));
    // Compared also when there is nothing to compare with, so that the time does not tell.
    const equal = secretsEqual(password, expected ?? password.concat('\0'));
    return row && equal ? { subuserId: row.id, username: row.username } : undefined;
  }

  /** Whose whitelist holds this address. No two subusers' lists overlap. */
  async byAddress(address: string): Promise<Admitted | undefined> {
    return this.#findByAddress(address);
  }
}
