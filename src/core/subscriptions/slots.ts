/** Slots and the addresses bound to them. An address lets in one party only: one live slot or one subuser's whitelist. */
import type { Tx } from '../../db/client.ts';
import { DomainError } from '../errors.ts';
import { newHexId } from './read.ts';

/** What binds and whitelists addresses does so one at a time, here and in the room of subusers. */
async function lockAddresses(tx: Tx): Promise<void> {
  await tx`SELECT pg_advisory_xact_lock(7104)`;
}

/** Whether a live slot holds an address inside this network. The caller holds the lock on addresses. */
export async function isHeldBySlot(tx: Tx, network: string): Promise<boolean> {
  const [held] =
    await tx`SELECT 1 FROM subscription_slot WHERE live AND address <<= ${network}::inet LIMIT 1`;
  return held !== undefined;
}

export async function addSlots(
  tx: Tx,
  subscriptionId: bigint,
  count: number,
  live: boolean,
  now: Date,
): Promise<void> {
  for (let added = 0; added < count; added += 1) {
    await tx`
      INSERT INTO subscription_slot (public_id, subscription_id, number, live)
        SELECT ${newHexId('sl_', now)}, ${subscriptionId}, coalesce(max(number), 0) + 1, ${live}
          FROM subscription_slot WHERE subscription_id = ${subscriptionId}`;
  }
}

/**
 * Makes it `wanted` slots: new ones are added behind the others; of too many, the unbound ones with the highest numbers go.
 * Throws SlotsInUse when not enough are unbound.
 */
export async function setSlotCount(
  tx: Tx,
  subscriptionId: bigint,
  wanted: number,
  live: boolean,
  now: Date,
): Promise<void> {
  const slots = await tx<{ id: bigint; bound: boolean }[]>`
    SELECT id, address IS NOT NULL AS bound FROM subscription_slot WHERE subscription_id = ${subscriptionId} ORDER BY number DESC`;
  if (slots.length <= wanted) return addSlots(tx, subscriptionId, wanted - slots.length, live, now);
  const going = slots.filter((slot) => !slot.bound).slice(0, slots.length - wanted);
  if (going.length < slots.length - wanted) {
    throw new DomainError('SlotsInUse', { bound: slots.filter((slot) => slot.bound).length, wanted });
  }
  for (const slot of going) await tx`DELETE FROM subscription_slot WHERE id = ${slot.id}`;
}

/**
 * Binds an address to the first unbound slot. Answers false when one of this subscription's slots has it already. Throws
 * AddressInUse or NoFreeSlot.
 */
export async function bindSlot(tx: Tx, subscriptionId: bigint, address: string): Promise<boolean> {
  await lockAddresses(tx);
  const [mine] = await tx`
    SELECT 1 FROM subscription_slot WHERE subscription_id = ${subscriptionId} AND address = ${address}::inet`;
  if (mine) return false;
  const [whitelisted] = await tx`SELECT 1 FROM subuser_whitelist WHERE network >>= ${address}::inet LIMIT 1`;
  if (whitelisted || (await isHeldBySlot(tx, address))) throw new DomainError('AddressInUse', { address });
  const [bound] = await tx`
    UPDATE subscription_slot SET address = ${address}::inet
      WHERE id = (SELECT id FROM subscription_slot WHERE subscription_id = ${subscriptionId} AND address IS NULL
        ORDER BY number LIMIT 1) RETURNING 1`;
  if (!bound) throw new DomainError('NoFreeSlot', {});
  return true;
}

/** Frees the slot that has this address. Answers whether there was one. */
export async function unbindSlot(tx: Tx, subscriptionId: bigint, address: string): Promise<boolean> {
  const freed = await tx`
    UPDATE subscription_slot SET address = NULL
      WHERE subscription_id = ${subscriptionId} AND address = ${address}::inet`;
  return freed.count > 0;
}

/** The subscription is over: its slots keep their addresses in mind, and others may take them. */
export async function restSlots(tx: Tx, subscriptionId: bigint): Promise<void> {
  await tx`UPDATE subscription_slot SET live = false WHERE subscription_id = ${subscriptionId}`;
}

/** The subscription begins again: its slots take their addresses back, except those that others have taken meanwhile. */
export async function reviveSlots(tx: Tx, subscriptionId: bigint): Promise<void> {
  await lockAddresses(tx);
  await tx`
    UPDATE subscription_slot t SET live = true, address = CASE WHEN
        EXISTS (SELECT 1 FROM subscription_slot o WHERE o.live AND o.address = t.address AND o.subscription_id <> t.subscription_id)
        OR EXISTS (SELECT 1 FROM subuser_whitelist w WHERE w.network >>= t.address)
      THEN NULL ELSE t.address END
      WHERE t.subscription_id = ${subscriptionId}`;
}
