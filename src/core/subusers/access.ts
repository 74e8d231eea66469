/** Who may pass the gateway: by username and password, or by address. */
import { arrayOf } from '../../db/array.ts';
import type { Sql } from '../../db/client.ts';
import { gather } from '../../shared/gather.ts';
import type { EffectiveLimits } from '../limits/service-limits.ts';
import { type SecretBox, secretsEqual } from '../secrets.ts';
import { passwordPurpose, shortLoginDigest } from './passwords.ts';
import { isPossibleReference } from './read.ts';

export interface Admitted {
  subuserId: bigint;
  accountId: bigint;
  username: string;
  /** Null: nothing is limited. */
  limits: EffectiveLimits | null;
}

interface CredentialRow {
  id: bigint;
  public_id: string;
  account_id: bigint;
  username: string;
  password_sealed: Uint8Array;
  limits: EffectiveLimits | null;
}

interface Login {
  username: string;
  shortLoginDigest: Buffer;
}

interface Candidates {
  /** Who has the username: the password is still to be compared. */
  named: CredentialRow | undefined;
  /** Whose name without the store code, and whose password, these are. */
  shortNamed: CredentialRow[];
}

export class GatewayAccess {
  readonly #box: SecretBox;
  readonly #find: (login: Login) => Promise<Candidates>;
  readonly #findByAddress: (address: string) => Promise<Admitted | undefined>;

  constructor(sql: Sql, box: SecretBox) {
    this.#box = box;
    this.#find = gather(
      async (logins) => {
        const rows = await sql<(CredentialRow & { n: bigint; is_full: boolean })[]>`
          SELECT item.n, s.is_full, s.id, s.public_id, s.account_id, s.username, s.password_sealed,
              effective_limits(s.account_id, 'subuser:' || s.id) AS limits
            FROM unnest(${arrayOf(logins.map((login) => login.username))}::text[],
                ${arrayOf(logins.map((login) => login.shortLoginDigest.toString('hex')))}::text[])
                WITH ORDINALITY AS item (username, digest, n)
              CROSS JOIN LATERAL (
                SELECT true AS is_full, * FROM subuser WHERE username_key = lower(item.username) AND deleted_at IS NULL
                UNION ALL
                SELECT false, * FROM subuser WHERE short_login_digest = decode(item.digest, 'hex') AND deleted_at IS NULL) s`;
        const candidates = logins.map((): Candidates => ({ named: undefined, shortNamed: [] }));
        for (const row of rows) {
          const own = candidates[Number(row.n) - 1]!;
          if (row.is_full) own.named = row;
          else own.shortNamed.push(row);
        }
        return candidates;
      },
      { maxBatch: 256 },
    );
    this.#findByAddress = gather(
      async (addresses) => {
        const rows = await sql<(Admitted & { n: bigint })[]>`
          SELECT item.n, s.id AS "subuserId", s.account_id AS "accountId", s.username,
              effective_limits(s.account_id, 'subuser:' || s.id) AS limits
            FROM unnest(${arrayOf(addresses)}::inet[]) WITH ORDINALITY AS item (address, n)
              JOIN subuser_whitelist w ON w.network >>= item.address
              JOIN subuser s ON s.id = w.subuser_id AND s.deleted_at IS NULL`;
        const byIndex = new Map(rows.map((row) => [Number(row.n) - 1, row]));
        return addresses.map((_address, index) => byIndex.get(index));
      },
      { maxBatch: 256 },
    );
  }

  /**
   * Who logs in: by the full username, or by the name without its store code. Undefined for an unknown username and for a
   * wrong password alike, and for a short name whose password is another store's subuser's too: nobody is billed by chance.
   */
  async byPassword(username: string, password: string): Promise<Admitted | undefined> {
    if (!isPossibleReference(username)) return undefined;
    const { named, shortNamed } = await this.#find({
      username,
      shortLoginDigest: shortLoginDigest(this.#box, username, password),
    });
    const expected = named && this.#box.open(named.password_sealed, passwordPurpose(named.public_id));
    // Compared also when there is nothing to compare with, so that the time does not tell.
    const equal = secretsEqual(password, expected ?? password.concat('\0'));
    const row = named && equal ? named : shortNamed.length === 1 ? shortNamed[0] : undefined;
    return (
      row && {
        subuserId: row.id,
        accountId: row.account_id,
        username: row.username,
        limits: row.limits,
      }
    );
  }

  /** Whose whitelist holds this address. No two subusers' lists overlap. */
  async byAddress(address: string): Promise<Admitted | undefined> {
    return this.#findByAddress(address);
  }
}
