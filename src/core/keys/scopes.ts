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

/** Whether who holds these scopes may give this one to a key: nobody gives more than it holds. */
export function mayGive(held: readonly Scope[], scope: Scope): boolean {
  if (held.includes(scope)) return true;
  // Who administers resellers decides what their keys may do. Only the owner's account can hold this.
  if (held.includes('admin:write')) return !OWNER_SCOPES.includes(scope);
  // What the user API shows and does is a part of what a reseller sees and does.
  if (scope === 'user:read') return held.includes('reseller:read');
  return scope === 'user:write' && held.includes('reseller:write');
}

export function isScope(value: string): value is Scope {
  return (SCOPES as readonly string[]).includes(value);
}
