/** What an API key may do. A reseller key with none of a call's scopes is answered "insufficient scope". */
export const SCOPES = [
  'reseller:read',
  'reseller:write',
  'reseller:signup',
  'reseller:credit',
  'admin:read',
  'admin:write',
  'user:read',
  'user:write',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Scopes that speak for the provider: only on keys of the owner's account. */
export const OWNER_SCOPES: readonly Scope[] = ['admin:read', 'admin:write'];

export function isScope(value: string): value is Scope {
  return (SCOPES as readonly string[]).includes(value);
}
