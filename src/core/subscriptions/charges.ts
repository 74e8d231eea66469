/** The money of subscriptions: charged and given back through the ledger, in the transaction of the change it goes with. */
import type { Tx } from '../../db/client.ts';
import { holdingOf } from '../accounts/accounts.ts';
import type { CommandStep } from '../command.ts';
import { lockFrozen, refuseFrozen } from '../credits/credits.ts';
import { post, rootLedgerAccount, type Transfer } from '../ledger/ledger.ts';
import { type Price, splitGross, unusedCents } from './price.ts';

/** Time that is bought. */
export interface Purchase {
  subscriptionId: bigint;
  accountId: bigint;
  startsAt: Date;
  endsAt: Date;
  price: Price;
  /** By the job at a period's end, not by a call. */
  automatic: boolean;
}

/** What is to be given back of one charge. */
export interface Credit extends Price {
  chargeId: bigint;
}

/** What is unused at `now` of all that was paid for a subscription. The caller has locked the subscription's row. */
export async function unusedCredits(tx: Tx, subscriptionId: bigint, now: Date): Promise<Credit[]> {
  const charges = await tx<
    { id: bigint; starts_at: Date; ends_at: Date; gross_cents: bigint; tax_basis_points: number }[]
  >`
    SELECT id, starts_at, ends_at, gross_cents, tax_basis_points FROM subscription_charge
      WHERE subscription_id = ${subscriptionId} AND ends_at > ${now} AND credited_at IS NULL ORDER BY id`;
  return charges.map((charge) => ({
    chargeId: charge.id,
    // Split like a price at the charge's own rate. Both parts grow with the amount, so neither can exceed what the charge
    // brought to its account.
    ...splitGross(
      unusedCents(charge.gross_cents, charge.starts_at, charge.ends_at, now),
      charge.tax_basis_points,
    ),
  }));
}

/**
 * Gives credits back and charges a purchase, as one group of transfers: all of it or nothing. Answers false, with nothing
 * moved or written, when the reseller's money does not suffice. Money that is frozen suffices for nothing: a call is refused
 * with CreditsFrozen, a renewal by the job fails like one that cannot be paid.
 */
export async function charge(
  { tx, now, cause }: Pick<CommandStep, 'tx' | 'now' | 'cause'>,
  purchase: Purchase,
  credits: readonly Credit[] = [],
): Promise<boolean> {
  const { subscriptionId, accountId, price } = purchase;
  if (!purchase.automatic) await refuseFrozen(tx, accountId);
  else if (await lockFrozen(tx, accountId)) return false;
  const money = await holdingOf(tx, accountId, 'usd');
  const revenue = await rootLedgerAccount(tx, 'usd', 'revenue');
  const tax = await rootLedgerAccount(tx, 'usd', 'tax');
  const transfers: Transfer[] = [
    ...credits.flatMap(({ netCents, taxCents }) => [
      { debit: revenue, credit: money, amount: netCents, reason: 'subscription.credit' },
      { debit: tax, credit: money, amount: taxCents, reason: 'subscription.credit-tax' },
    ]),
    { debit: money, credit: revenue, amount: price.netCents, reason: 'subscription.charge' },
    { debit: money, credit: tax, amount: price.taxCents, reason: 'subscription.charge-tax' },
  ].filter(({ amount }) => amount > 0n);
  const result = await post(tx, { transfers, cause }, now);
  if (result.kind === 'refused') {
    if (result.refusal !== 'overdrawn' || transfers[result.index]!.debit !== money) {
      throw new Error(`a subscription's money could not be moved: ${result.refusal}`);
    }
    return false;
  }
  for (const credit of credits) {
    await tx`
      UPDATE subscription_charge SET credited_cents = ${credit.grossCents}, credited_at = ${now} WHERE id = ${credit.chargeId}`;
  }
  await tx`
    INSERT INTO subscription_charge (subscription_id, starts_at, ends_at, gross_cents, net_cents, tax_cents, tax_basis_points,
        automatic, ledger_group_id, charged_at)
      VALUES (${subscriptionId}, ${purchase.startsAt}, ${purchase.endsAt}, ${price.grossCents}, ${price.netCents},
        ${price.taxCents}, ${price.taxBasisPoints}, ${purchase.automatic}, ${result.transfers[0]!.id}, ${now})`;
  return true;
}
