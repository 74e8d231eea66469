/** Finding subscriptions. Every read names the reseller: another's subscription is simply not there. */
import { randomBytes } from 'node:crypto';
import { arrayOf } from '../../db/array.ts';
import type { Queryable } from '../../db/client.ts';
import { DomainError } from '../errors.ts';
import type { Plan, PlanChoice } from './plans.ts';

/**
 * STOPPED: the period is over and was not renewed. TERMINATED: canceled, and the period is over.
 * A status that is told is always the one at this millisecond, whether or not the job has written it down yet.
 */
export type Status = 'ACTIVE' | 'SUSPENDED' | 'STOPPED' | 'TERMINATED';

export interface Slot {
  /** `sl_` and 24 hexadecimal digits. */
  id: string;
  /** The single address that may use the subscription, in canonical form; null: unbound. */
  address: string | null;
}

export interface Subscription {
  /** `su_` and 24 hexadecimal digits; ids sort by the time of making. */
  id: string;
  status: Status;
  canceled: boolean;
  autoRenewal: boolean;
  periodStart: Date;
  /** The first millisecond that is not paid for. */
  periodEnd: Date;
  /** Used since it was made. */
  bytes: bigint;
  requests: bigint;
  /** At the price last paid for it, which may not be today's. */
  plan: Plan;
  /** In the order of their numbers. */
  slots: Slot[];
  createdAt: Date;
}

export const SORTS = ['id', 'status', 'createdAt', 'periodEnd'] as const;
export type SortBy = (typeof SORTS)[number];
export const DIRECTIONS = ['ASC', 'DESC'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export interface SubscriptionPage {
  /** From 0. */
  page: number;
  /** Entries of a page. */
  size: number;
  sortBy: SortBy;
  direction: Direction;
}

export type SubscriptionCounts = Record<Status | 'total', number>;

const HEX_DIGITS_OF_TIME = 12;
const RANDOM_BYTES = 6;

/** A public id of this room: 24 hexadecimal digits, first the time in milliseconds, then 48 random bits. */
export function newHexId(prefix: 'su_' | 'sl_', now: Date): string {
  const time = now.getTime().toString(16).padStart(HEX_DIGITS_OF_TIME, '0');
  return `${prefix}${time}${randomBytes(RANDOM_BYTES).toString('hex')}`;
}

/** The status at `now` of a row `s`. */
export function statusAt(sql: Queryable, now: Date) {
  return sql`CASE WHEN s.status NOT IN ('ACTIVE', 'SUSPENDED') OR s.period_end > ${now} THEN s.status
    WHEN s.canceled THEN 'TERMINATED' ELSE 'STOPPED' END`;
}

interface SubscriptionRow extends Omit<Subscription, 'plan' | 'slots'>, PlanChoice {
  internalId: bigint;
  planId: string;
  grossCents: bigint;
  netCents: bigint;
  taxCents: bigint;
  taxBasisPoints: number;
}

function columns(sql: Queryable, now: Date) {
  return sql`s.id AS "internalId", s.public_id AS id, ${statusAt(sql, now)} AS status, s.canceled,
    s.auto_renewal AS "autoRenewal", s.period_start AS "periodStart", s.period_end AS "periodEnd", s.created_at AS "createdAt",
    u.bytes, u.requests, p.public_id AS "planId", p.billing_cycle AS "billingCycle", p.connections, p.authentications,
    c.gross_cents AS "grossCents", c.net_cents AS "netCents", c.tax_cents AS "taxCents", c.tax_basis_points AS "taxBasisPoints"`;
}

function tables(sql: Queryable) {
  return sql`subscription s JOIN plan p ON p.id = s.plan_id JOIN subscription_consumption u ON u.subscription_id = s.id
    CROSS JOIN LATERAL (
      SELECT * FROM subscription_charge WHERE subscription_id = s.id ORDER BY id DESC LIMIT 1) c`;
}

/** Throws SubscriptionNotFound for what cannot be an id: it must not reach a query, which a NUL would fail. */
export function refuseImpossibleId(id: string): void {
  if (!/^su_[0-9a-f]{24}$/.test(id)) throw new DomainError('SubscriptionNotFound', {});
}

/** One subscription of this reseller. Throws SubscriptionNotFound, also for another reseller's. */
export async function readSubscription(
  sql: Queryable,
  accountId: bigint,
  id: string,
  now: Date,
): Promise<Subscription> {
  refuseImpossibleId(id);
  const rows = await sql<SubscriptionRow[]>`
    SELECT ${columns(sql, now)} FROM ${tables(sql)} WHERE s.public_id = ${id} AND s.account_id = ${accountId}`;
  const [subscription] = await withSlots(sql, rows);
  if (!subscription) throw new DomainError('SubscriptionNotFound', {});
  return subscription;
}

/** A page of a reseller's subscriptions, and how many there are on all pages. Equals are in the order of their ids. */
export async function listSubscriptions(
  sql: Queryable,
  accountId: bigint,
  { page, size, sortBy, direction }: SubscriptionPage,
  now: Date,
): Promise<{ subscriptions: Subscription[]; total: number }> {
  const [count] = await sql<{ total: number }[]>`
    SELECT count(*)::int AS total FROM subscription WHERE account_id = ${accountId}`;
  const key = {
    id: sql`s.public_id`,
    status: sql`${statusAt(sql, now)} COLLATE "C"`,
    createdAt: sql`s.created_at`,
    periodEnd: sql`s.period_end`,
  }[sortBy];
  const way = direction === 'ASC' ? sql`ASC` : sql`DESC`;
  const rows = await sql<SubscriptionRow[]>`
    SELECT ${columns(sql, now)} FROM ${tables(sql)} WHERE s.account_id = ${accountId}
      ORDER BY ${key} ${way}, s.public_id ${way} LIMIT ${size} OFFSET ${page * size}`;
  return { subscriptions: await withSlots(sql, rows), total: count!.total };
}

/** How many subscriptions a reseller has, by status. */
export async function countSubscriptions(
  sql: Queryable,
  accountId: bigint,
  now: Date,
): Promise<SubscriptionCounts> {
  const rows = await sql<{ status: Status; count: number }[]>`
    SELECT ${statusAt(sql, now)} AS status, count(*)::int AS count FROM subscription s
      WHERE s.account_id = ${accountId} GROUP BY 1`;
  const counts: SubscriptionCounts = { total: 0, ACTIVE: 0, SUSPENDED: 0, STOPPED: 0, TERMINATED: 0 };
  for (const { status, count } of rows) {
    counts[status] = count;
    counts.total += count;
  }
  return counts;
}

async function withSlots(sql: Queryable, rows: readonly SubscriptionRow[]): Promise<Subscription[]> {
  if (rows.length === 0) return [];
  const slots = await sql<(Slot & { subscriptionId: bigint })[]>`
    SELECT subscription_id AS "subscriptionId", public_id AS id, host(address) AS address FROM subscription_slot
      WHERE subscription_id = ANY (${arrayOf(rows.map((row) => row.internalId))}::bigint[]) ORDER BY subscription_id, number`;
  return rows.map((row) => ({
    id: row.id,
    status: row.status,
    canceled: row.canceled,
    autoRenewal: row.autoRenewal,
    periodStart: row.periodStart,
    periodEnd: row.periodEnd,
    bytes: row.bytes,
    requests: row.requests,
    plan: {
      id: row.planId,
      billingCycle: row.billingCycle,
      connections: row.connections,
      authentications: row.authentications,
      price: {
        grossCents: row.grossCents,
        netCents: row.netCents,
        taxCents: row.taxCents,
        taxBasisPoints: row.taxBasisPoints,
      },
    },
    slots: slots
      .filter((slot) => slot.subscriptionId === row.internalId)
      .map(({ id, address }) => ({ id, address })),
    createdAt: row.createdAt,
  }));
}
