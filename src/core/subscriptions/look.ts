/** Subscriptions as people look at them: in pages, over all resellers, and what one would cost before it is bought. */
import { inTransaction, type Sql } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import { DomainError } from '../errors.ts';
import { type Page, type PageRequest, pageOf } from '../paging.ts';
import { unusedCredits } from './charges.ts';
import { addCycle, anchorDayOf } from './period.ts';
import { findPlan, type Plan, type PlanChoice } from './plans.ts';
import { readSubscription, type Status, type Subscription, statusAt } from './read.ts';

export interface SubscriptionQuery {
  /** Null: of all resellers. */
  accountId: bigint | null;
  status?: Status | undefined;
}

export interface OwnedSubscription extends Subscription {
  reseller: { id: string; storeCode: string | null; email: string };
}

export interface Quote {
  plan: Plan;
  /** Given back for the unused time of what is changed; zero for a new one. */
  creditCents: bigint;
  /** The plan's price less what is given back; below zero: more is given back than is charged. */
  dueCents: bigint;
  /** Money there is now. */
  balanceCents: bigint;
  isAffordable: boolean;
  /** When the period would end that is bought now. */
  periodEnd: Date;
}

interface Place {
  publicId: string;
  accountId: bigint;
  resellerId: string;
  storeCode: string | null;
  email: string;
}

export class SubscriptionLook {
  readonly #sql: Sql;
  readonly #clock: Clock;

  constructor(sql: Sql, clock: Clock) {
    this.#sql = sql;
    this.#clock = clock;
  }

  /** Newest first. The key is the id: ids sort by the time of making. */
  async page(
    { accountId, status }: SubscriptionQuery,
    { limit, after }: PageRequest<readonly [string]>,
  ): Promise<Page<OwnedSubscription, readonly [string]>> {
    const sql = this.#sql;
    const now = this.#clock.now();
    const found = await sql<Place[]>`
      SELECT s.public_id AS "publicId", a.id AS "accountId", a.public_id AS "resellerId", a.store_code AS "storeCode", a.email
        FROM subscription s JOIN account a ON a.id = s.account_id
        WHERE ${accountId === null ? sql`true` : sql`s.account_id = ${accountId}`}
          ${after ? sql`AND s.public_id < ${after[0]}` : sql``}
          ${status === undefined ? sql`` : sql`AND ${statusAt(sql, now)} = ${status}`}
        ORDER BY s.public_id DESC LIMIT ${limit + 1}`;
    const page = pageOf(found, limit, (row) => [row.publicId] as const);
    const rows = await Promise.all(page.rows.map((place) => this.#owned(place, now)));
    return { ...page, rows };
  }

  /** One by its id, whose ever it is. Throws SubscriptionNotFound. */
  async get(id: string): Promise<OwnedSubscription & { accountId: bigint }> {
    const [place] = /^su_[0-9a-f]{24}$/.test(id)
      ? await this.#sql<Place[]>`
          SELECT s.public_id AS "publicId", a.id AS "accountId", a.public_id AS "resellerId",
              a.store_code AS "storeCode", a.email
            FROM subscription s JOIN account a ON a.id = s.account_id WHERE s.public_id = ${id}`
      : [];
    if (!place) throw new DomainError('SubscriptionNotFound', {});
    return { ...(await this.#owned(place, this.#clock.now())), accountId: place.accountId };
  }

  async #owned(
    { publicId, accountId, resellerId, storeCode, email }: Place,
    now: Date,
  ): Promise<OwnedSubscription> {
    const subscription = await readSubscription(this.#sql, accountId, publicId, now);
    return { ...subscription, reseller: { id: resellerId, storeCode, email } };
  }

  /**
   * What buying a plan would cost now, or changing a subscription to it. Nothing is reserved: the price that counts is the one at
   * the time of buying. Throws InvalidField, SubscriptionNotFound.
   */
  async quote(accountId: bigint, choice: PlanChoice, subscriptionId?: string): Promise<Quote> {
    const now = this.#clock.now();
    return inTransaction(this.#sql, async (tx) => {
      const { internalId: _, ...plan } = await findPlan(tx, choice);
      let creditCents = 0n;
      if (subscriptionId !== undefined) {
        const { id } = await readSubscription(tx, accountId, subscriptionId, now);
        const [row] = await tx<{ id: bigint }[]>`SELECT id FROM subscription WHERE public_id = ${id}`;
        for (const credit of await unusedCredits(tx, row!.id, now)) creditCents += credit.grossCents;
      }
      const [money] = await tx<{ balance: bigint }[]>`
        SELECT l.balance FROM account_holding h JOIN ledger_account l ON l.id = h.ledger_id
          WHERE h.account_id = ${accountId} AND h.asset = 'usd'`;
      const balanceCents = money?.balance ?? 0n;
      const dueCents = plan.price.grossCents - creditCents;
      return {
        plan,
        creditCents,
        dueCents,
        balanceCents,
        isAffordable: balanceCents >= dueCents,
        periodEnd: addCycle(now, plan.billingCycle, anchorDayOf(now)),
      };
    });
  }
}
