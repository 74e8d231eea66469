/** VPSCtrl's shapes. Money is US dollars as a JSON number, to the cent; times are milliseconds since 1970. */
import type { Profile } from '../../../core/accounts/profiles.ts';
import type { CreditBalance, CreditMovement } from '../../../core/credits/credits.ts';
import type { RecordedCreditEvent } from '../../../core/credits/events.ts';
import { invalidField } from '../../../core/errors.ts';
import type { KeyRecord, MintedKey } from '../../../core/keys/keys.ts';
import type { Redemption } from '../../../core/vouchers/vouchers.ts';
import { scaleDecimal } from '../../../shared/units.ts';

/** Dollars, as a number with at most two decimals, to cents: by its decimal digits, so that 0.07 is 7 cents. */
export function fromWireUsd(value: number): bigint {
  const cents = scaleDecimal(value, 2);
  if (cents === undefined) {
    throw invalidField('amount_usd', 'a number of US dollars with at most two decimals');
  }
  return cents;
}

export function fromWireTime(value: number | null | undefined): Date | null {
  return value === null || value === undefined ? null : new Date(value);
}

function toWireUsd(cents: bigint): number {
  return Number(cents) / 100;
}

function toWireTime(time: Date | null): number | null {
  return time === null ? null : time.getTime();
}

function toWireRole({ isOwner, tier }: Profile): 'owner' | 'reseller' | 'user' {
  if (isOwner) return 'owner';
  return tier === 'RESELLER' ? 'reseller' : 'user';
}

export function toWireMe(profile: Profile) {
  return {
    id: Number(profile.id),
    email: profile.email,
    name: profile.name,
    credits_usd: toWireUsd(profile.creditsCents),
    credits_frozen: profile.creditsFrozen,
    role: toWireRole(profile),
  };
}

export function toWireUser(profile: Profile) {
  const { role, ...me } = toWireMe(profile);
  return {
    ...me,
    // Only the owner administers; the source tells the two apart.
    is_admin: profile.isOwner,
    is_owner: profile.isOwner,
    role,
    created_at: profile.createdAt.getTime(),
  };
}

export function toWireBalance({ cents, frozen }: CreditBalance) {
  return { credits_usd: toWireUsd(cents), frozen };
}

export function toWireSignUp({ id, email }: { id: bigint; email: string }) {
  return { ok: true as const, id: Number(id), email };
}

export function toWireEvent({ id, duplicate, receipt }: RecordedCreditEvent) {
  return {
    ok: true as const,
    ...(duplicate ? { duplicate } : { id }),
    ...(receipt ? { receipt } : {}),
  };
}

export function toWireMovement({ balanceCents, transferId }: CreditMovement) {
  return {
    ok: true as const,
    balance_after_usd: toWireUsd(balanceCents),
    ledger_id: `led_${transferId}`,
  };
}

export function toWireRedemption(redemption: Redemption) {
  const { ok, ...movement } = toWireMovement(redemption);
  return { ok, amount_usd: toWireUsd(redemption.cents), ...movement };
}

export function toWireKey(key: KeyRecord) {
  return {
    id: key.id,
    name: key.name,
    owner_email: key.owner,
    hint: key.hint,
    scopes: key.scopes,
    created_at: key.createdAt.getTime(),
    expires_at: toWireTime(key.expiresAt),
    revoked_at: toWireTime(key.revokedAt),
    last_used_at: toWireTime(key.lastUsedAt),
  };
}

export function toWireMintedKey(minted: MintedKey) {
  return { ok: true as const, ...toWireKey(minted), secret: minted.secret };
}
