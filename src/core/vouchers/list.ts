/** Vouchers as the owner sees them: what each is worth, and who has used it. Codes are nowhere. */
import type { Queryable } from '../../db/client.ts';
import { type Page, type PageRequest, pageOf } from '../paging.ts';

export const VOUCHER_STATES = ['usable', 'used-up', 'expired', 'disabled'] as const;
export type VoucherState = (typeof VOUCHER_STATES)[number];

export interface VoucherEntry {
  /** `vou_…` */
  id: string;
  cents: bigint;
  maxUses: number;
  uses: number;
  state: VoucherState;
  expiresAt: Date | null;
  disabledAt: Date | null;
  createdAt: Date;
}

export interface VoucherUse {
  accountId: string;
  email: string;
  cents: bigint;
  at: Date;
}

type VoucherRow = VoucherEntry & { internalId: bigint };

/** Newest first. */
export async function listVouchers(
  sql: Queryable,
  state: VoucherState | undefined,
  { limit, after }: PageRequest<readonly [bigint]>,
  now: Date,
): Promise<Page<VoucherEntry, readonly [bigint]>> {
  const found = await sql<VoucherRow[]>`
    SELECT * FROM (SELECT ${columns(sql, now)} FROM voucher v
        WHERE ${after ? sql`v.id < ${after[0]}` : sql`true`} ORDER BY v.id DESC) entry
      WHERE ${state === undefined ? sql`true` : sql`state = ${state}`} ORDER BY "internalId" DESC LIMIT ${limit + 1}`;
  const page = pageOf(found, limit, (row) => [row.internalId] as const);
  return { ...page, rows: page.rows.map(({ internalId: _, ...entry }) => entry) };
}

export async function readVoucher(sql: Queryable, id: string, now: Date): Promise<VoucherEntry | undefined> {
  const [row] = await sql<VoucherRow[]>`SELECT ${columns(sql, now)} FROM voucher v WHERE v.public_id = ${id}`;
  if (!row) return undefined;
  const { internalId: _, ...entry } = row;
  return entry;
}

/** Who has redeemed a voucher, in the order of the accounts. */
export async function listVoucherUses(
  sql: Queryable,
  id: string,
  { limit, after }: PageRequest<readonly [bigint]>,
): Promise<Page<VoucherUse, readonly [bigint]>> {
  const found = await sql<(VoucherUse & { internalId: bigint })[]>`
    SELECT a.id AS "internalId", a.public_id AS "accountId", a.email, v.amount_cents AS cents, r.at
      FROM voucher v JOIN voucher_redemption r ON r.voucher_id = v.id JOIN account a ON a.id = r.account_id
      WHERE v.public_id = ${id} AND a.id > ${after?.[0] ?? 0n} ORDER BY a.id LIMIT ${limit + 1}`;
  const page = pageOf(found, limit, (row) => [row.internalId] as const);
  return { ...page, rows: page.rows.map(({ internalId: _, ...use }) => use) };
}

function columns(sql: Queryable, now: Date) {
  return sql`v.id AS "internalId", v.public_id AS id, v.amount_cents AS cents, v.max_uses AS "maxUses", v.uses,
    v.expires_at AS "expiresAt", v.disabled_at AS "disabledAt", v.created_at AS "createdAt",
    CASE WHEN v.disabled_at IS NOT NULL THEN 'disabled' WHEN v.uses >= v.max_uses THEN 'used-up'
      WHEN v.expires_at <= ${now} THEN 'expired' ELSE 'usable' END AS state`;
}
