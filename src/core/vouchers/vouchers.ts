/** Vouchers: codes worth money, once per account and so many times in all. See README.md here. */
import { arrayOf } from '../../db/array.ts';
import type { Sql, Tx } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import { holdingOf } from '../accounts/accounts.ts';
import type { Commands, Invocation } from '../command.ts';
import { type CreditMovement, refuseFrozen } from '../credits/credits.ts';
import { MAX_CENTS } from '../credits/limits.ts';
import { DomainError, invalidField } from '../errors.ts';
import { post, rootLedgerAccount } from '../ledger/ledger.ts';
import type { Page, PageRequest } from '../paging.ts';
import { newPublicId, randomText, type SecretBox } from '../secrets.ts';
import {
  listVouchers,
  listVoucherUses,
  readVoucher,
  type VoucherEntry,
  type VoucherState,
  type VoucherUse,
} from './list.ts';

export interface NewVouchers {
  /** US cents each redemption is worth. */
  cents: bigint;
  count: number;
  /** Redemptions of each, by as many accounts. */
  maxUses: number;
  /** From then on it is worth nothing; null: for good. */
  expiresAt: Date | null;
}

export interface Redemption extends CreditMovement {
  cents: bigint;
}

/** Letters and digits that are not mistaken for each other. A code has 12 of them: about 59 bits. */
const ALPHABET = 'ACDEFGHJKLMNPQRSTUVWXYZ23456789';
const MAX_COUNT = 1000;
const MAX_USES = 1_000_000;

export class Vouchers {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #commands: Commands;
  readonly #box: SecretBox;

  constructor(sql: Sql, clock: Clock, commands: Commands, box: SecretBox) {
    this.#sql = sql;
    this.#clock = clock;
    this.#commands = commands;
    this.#box = box;
  }

  /** Makes vouchers. The codes are in the answer and nowhere else. */
  async create(invocation: Invocation, vouchers: NewVouchers): Promise<{ codes: string[]; ids: string[] }> {
    const { cents, count, maxUses, expiresAt } = vouchers;
    if (cents <= 0n || cents > MAX_CENTS) {
      throw invalidField('amount_usd', `above zero and at most ${MAX_CENTS / 100n}`);
    }
    if (!Number.isInteger(count) || count < 1 || count > MAX_COUNT) {
      throw invalidField('count', `a whole number from 1 to ${MAX_COUNT}`);
    }
    if (!Number.isInteger(maxUses) || maxUses < 1 || maxUses > MAX_USES) {
      throw invalidField('max_uses', `a whole number from 1 to ${MAX_USES}`);
    }
    return this.#commands.run(invocation, 'voucher.create', async ({ tx, now, audit }) => {
      if (expiresAt && expiresAt <= now) throw invalidField('expires_at', 'in the future');
      const made = Array.from({ length: count }, () => ({ id: newPublicId('vou_'), code: newCode() }));
      await tx`
        INSERT INTO voucher (public_id, code_digest, amount_cents, max_uses, expires_at, created_at)
          SELECT id, decode(digest, 'hex'), ${cents}::bigint, ${maxUses}::int, ${expiresAt}::timestamptz, ${now}
            FROM unnest(${arrayOf(made.map(({ id }) => id))}::text[],
              ${arrayOf(made.map(({ code }) => this.#digest(code).toString('hex')))}::text[]) AS item (id, digest)`;
      for (const { id } of made)
        audit(`voucher:${id}`, { before: null, after: { cents, maxUses, expiresAt } });
      return { codes: made.map(({ code }) => code), ids: made.map(({ id }) => id) };
    });
  }

  /** Redeems a code, in any case, for an account. Throws VoucherNotFound, VoucherUnusable or CreditsFrozen. */
  async redeem(invocation: Invocation, accountId: bigint, code: string): Promise<Redemption> {
    const digest = this.#digest(code.trim().toUpperCase());
    return this.#commands.run(invocation, 'voucher.redeem', async ({ tx, now, cause, audit }) => {
      await refuseFrozen(tx, accountId);
      const voucher = await lockUsable(tx, digest, accountId, now);
      const source = await rootLedgerAccount(tx, 'usd', 'granted');
      const holding = await holdingOf(tx, accountId, 'usd');
      const transfer = {
        debit: source,
        credit: holding,
        amount: voucher.cents,
        reason: 'credits.voucher',
      };
      const result = await post(tx, { transfers: [transfer], cause }, now);
      if (result.kind === 'refused') throw new Error(`a redemption was refused: ${result.refusal}`);
      const { id: transferId, creditBalance } = result.transfers[0]!;
      await tx`UPDATE voucher SET uses = uses + 1 WHERE id = ${voucher.id}`;
      await tx`INSERT INTO voucher_redemption (voucher_id, account_id, transfer_id, at)
        VALUES (${voucher.id}, ${accountId}, ${transferId}, ${now})`;
      audit(`voucher:${voucher.publicId}`, {
        cents: voucher.cents,
        transferId,
        before: { uses: voucher.uses, balanceCents: creditBalance - voucher.cents },
        after: { uses: voucher.uses + 1, balanceCents: creditBalance },
      });
      return { cents: voucher.cents, balanceCents: creditBalance, transferId };
    });
  }

  /** Newest first. */
  async page(
    state: VoucherState | undefined,
    request: PageRequest<readonly [bigint]>,
  ): Promise<Page<VoucherEntry, readonly [bigint]>> {
    return listVouchers(this.#sql, state, request, this.#clock.now());
  }

  /** Throws VoucherNotFound. */
  async get(id: string): Promise<VoucherEntry> {
    const voucher = isVoucherId(id) ? await readVoucher(this.#sql, id, this.#clock.now()) : undefined;
    if (!voucher) throw new DomainError('VoucherNotFound', {});
    return voucher;
  }

  /** Who has redeemed it. Throws VoucherNotFound. */
  async uses(
    id: string,
    request: PageRequest<readonly [bigint]>,
  ): Promise<Page<VoucherUse, readonly [bigint]>> {
    await this.get(id);
    return listVoucherUses(this.#sql, id, request);
  }

  /** From now on nobody redeems it; what was redeemed stays. Disabling a disabled one changes nothing. Throws VoucherNotFound. */
  async disable(invocation: Invocation, id: string): Promise<VoucherEntry> {
    await this.#commands.run(invocation, 'voucher.disable', async ({ tx, now, audit }) => {
      const [found] = isVoucherId(id)
        ? await tx<
            { disabled_at: Date | null }[]
          >`SELECT disabled_at FROM voucher WHERE public_id = ${id} FOR UPDATE`
        : [];
      if (!found) throw new DomainError('VoucherNotFound', {});
      if (found.disabled_at) return;
      await tx`UPDATE voucher SET disabled_at = ${now} WHERE public_id = ${id}`;
      audit(`voucher:${id}`, { before: { disabledAt: null }, after: { disabledAt: now } });
    });
    return this.get(id);
  }

  #digest(code: string): Buffer {
    return this.#box.digest(code, 'voucher-code');
  }
}

function isVoucherId(id: string): boolean {
  return /^vou_[a-z0-9]{1,64}$/.test(id);
}

function newCode(): string {
  return `VFC-${randomText(4, ALPHABET)}-${randomText(4, ALPHABET)}-${randomText(4, ALPHABET)}`;
}

interface UsableVoucher {
  id: bigint;
  publicId: string;
  cents: bigint;
  uses: number;
}

/** Holds the voucher until the transaction ends, so that the last use is used once. */
async function lockUsable(tx: Tx, digest: Buffer, accountId: bigint, now: Date): Promise<UsableVoucher> {
  const [voucher] = await tx<
    (UsableVoucher & {
      max_uses: number;
      expires_at: Date | null;
      disabled_at: Date | null;
    })[]
  >`
    SELECT id, public_id AS "publicId", amount_cents AS cents, uses, max_uses, expires_at, disabled_at
      FROM voucher WHERE code_digest = ${digest} FOR UPDATE`;
  // A code that was taken out of use is like none at all.
  if (!voucher || voucher.disabled_at) throw new DomainError('VoucherNotFound', {});
  if (voucher.expires_at && voucher.expires_at <= now)
    throw new DomainError('VoucherUnusable', { why: 'expired' });
  const [mine] = await tx`
    SELECT 1 FROM voucher_redemption WHERE voucher_id = ${voucher.id} AND account_id = ${accountId}`;
  if (mine) throw new DomainError('VoucherUnusable', { why: 'already-redeemed' });
  if (voucher.uses >= voucher.max_uses) throw new DomainError('VoucherUnusable', { why: 'used-up' });
  return voucher;
}
