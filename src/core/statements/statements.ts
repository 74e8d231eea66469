/** Statements: every movement of a ledger account, with whom it was, what for, and what the account held right after. */
import type { Queryable, Sql } from '../../db/client.ts';
import type { Asset } from '../accounts/accounts.ts';
import { DomainError } from '../errors.ts';
import { type Page, type PageRequest, pageOf } from '../paging.ts';

/** The provider's own accounts, by kind. */
export const PROVIDER_KINDS = ['issued', 'received', 'granted', 'fees', 'revenue', 'tax'] as const;
export type ProviderKind = (typeof PROVIDER_KINDS)[number];

export interface Movement {
  /** Of the transfer. Later ones have higher numbers. */
  id: bigint;
  at: Date;
  /** A stable word such as `subuser.allocate`. */
  reason: string;
  /** Bytes or cents: above zero what came in, below zero what went out. */
  amount: bigint;
  /** What the account held right after. */
  balance: bigint;
  counterparty: Counterparty;
  /** The subscription it paid for, where it did. */
  subscriptionId: string | null;
  /** The key, person or process that caused it: `key:key_…`, `command-line`. */
  cause: string;
}

export interface Counterparty {
  /** `issued`, `received`, `granted`, `fees`, `revenue`, `tax`: the provider's; `pool`, `balance`, `leased`, `consumed`. */
  kind: string;
  /** A username, a store code or an email address; null for the provider. */
  name: string | null;
  /** `subuser-…` or `acc_…`; null for the provider. */
  id: string | null;
}

export interface StatementQuery {
  ledgerId: bigint;
  descending: boolean;
  from?: Date | undefined;
  /** Not part of it any more. */
  to?: Date | undefined;
  reason?: string | undefined;
}

export class Statements {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** The ledger account in which an account holds an asset. Throws AccountNotFound where it cannot hold any. */
  async ledgerOfAccount(accountId: bigint, asset: Asset): Promise<bigint> {
    const [row] = await this.#sql<{ id: bigint }[]>`
      SELECT ledger_id AS id FROM account_holding WHERE account_id = ${accountId} AND asset = ${asset}`;
    if (!row) throw new DomainError('AccountNotFound', { reference: `holding ${asset}` });
    return row.id;
  }

  /** The ledger account that holds what a subuser has left of a product. */
  async ledgerOfSubuser(internalId: bigint, product: string): Promise<bigint> {
    const [row] = await this.#sql<{ id: bigint }[]>`
      SELECT balance_id AS id FROM subuser_bandwidth WHERE subuser_id = ${internalId} AND product = ${product}`;
    if (!row) throw new DomainError('SubuserNotFound', {});
    return row.id;
  }

  /** One of the provider's own accounts. Throws AccountNotFound: there are no `fees` of usd, and no `tax` of bytes. */
  async ledgerOfProvider(asset: Asset, kind: ProviderKind): Promise<bigint> {
    const [row] = await this.#sql<{ id: bigint }[]>`
      SELECT id FROM ledger_account WHERE asset = ${asset} AND kind = ${kind} AND parent_id IS NULL`;
    if (!row) throw new DomainError('AccountNotFound', { reference: `${kind} of ${asset}` });
    return row.id;
  }

  /** The causes that are an account's own: its keys, its people, and itself by the user API. */
  async causesOfAccount(accountId: bigint): Promise<Set<string>> {
    const rows = await this.#sql<{ cause: string }[]>`
      SELECT 'key:' || public_id AS cause FROM api_key WHERE account_id = ${accountId}
      UNION ALL SELECT 'person:' || public_id FROM person WHERE account_id = ${accountId}
      UNION ALL SELECT 'account:' || public_id FROM account WHERE id = ${accountId}`;
    return new Set(rows.map(({ cause }) => cause));
  }

  /** A page of movements; the key is the transfer's number. */
  async page(query: StatementQuery, { limit, after }: PageRequest<readonly [bigint]>) {
    return readMovements(this.#sql, query, limit, after?.[0]);
  }

  /** All movements, a thousand at a time: no transaction is held open meanwhile. */
  async *all(query: StatementQuery): AsyncGenerator<Movement[]> {
    let after: bigint | undefined;
    do {
      const { rows, next } = await readMovements(this.#sql, query, 1000, after);
      yield rows;
      after = next?.[0];
    } while (after !== undefined);
  }
}

interface MovementRow extends Omit<Movement, 'counterparty'> {
  kind: string;
  name: string | null;
  counterpartyId: string | null;
}

async function readMovements(
  sql: Queryable,
  { ledgerId, descending, from, to, reason }: StatementQuery,
  limit: number,
  after: bigint | undefined,
): Promise<Page<Movement, readonly [bigint]>> {
  const order = descending ? sql`DESC` : sql`ASC`;
  const rest = sql`
    ${after === undefined ? sql`` : descending ? sql`AND id < ${after}` : sql`AND id > ${after}`}
    ${from ? sql`AND at >= ${from}` : sql``} ${to ? sql`AND at < ${to}` : sql``}
    ${reason === undefined ? sql`` : sql`AND reason = ${reason}`}
    ORDER BY id ${order} LIMIT ${limit + 1}`;
  // The two legs are read along their indices and merged.
  const rows = await sql<MovementRow[]>`
    SELECT t.id, t.at, t.reason, t.amount, t.balance, t.cause, other.kind,
        coalesce(s.username, a.store_code, a.email) AS name, coalesce(s.public_id, a.public_id) AS "counterpartyId",
        (SELECT su.public_id FROM subscription_charge c JOIN subscription su ON su.id = c.subscription_id
          WHERE c.ledger_group_id = t.group_id LIMIT 1) AS "subscriptionId"
      FROM (
        (SELECT id, group_id, at, reason, -amount AS amount, debit_balance AS balance, credit_id AS other_id, cause
          FROM ledger_transfer WHERE debit_id = ${ledgerId} ${rest})
        UNION ALL
        (SELECT id, group_id, at, reason, amount, credit_balance, debit_id, cause
          FROM ledger_transfer WHERE credit_id = ${ledgerId} ${rest})
        ORDER BY id ${order} LIMIT ${limit + 1}) t
        JOIN ledger_account other ON other.id = t.other_id
        LEFT JOIN LATERAL (
          SELECT subuser_id FROM subuser_bandwidth WHERE balance_id = t.other_id
          UNION ALL SELECT subuser_id FROM subuser_bandwidth WHERE leased_id = t.other_id
          UNION ALL SELECT subuser_id FROM subuser_bandwidth WHERE consumed_id = t.other_id LIMIT 1) b ON true
        LEFT JOIN subuser s ON s.id = b.subuser_id
        LEFT JOIN account_holding h ON h.ledger_id = t.other_id
        LEFT JOIN account a ON a.id = h.account_id
      ORDER BY t.id ${order}`;
  const page = pageOf(rows, limit, (row) => [row.id] as const);
  return {
    ...page,
    rows: page.rows.map(({ kind, name, counterpartyId, ...movement }) => ({
      ...movement,
      counterparty: { kind, name, id: counterpartyId },
    })),
  };
}
