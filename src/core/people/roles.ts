/** What people may do, by their role. */
import type { Scope } from '../keys/scopes.ts';

export const STAFF_ROLES = ['owner', 'manager', 'viewer'] as const;
export const ROLES = [...STAFF_ROLES, 'reseller'] as const;
export type PersonRole = (typeof ROLES)[number];

export const SCOPES_OF_ROLE: { [Role in PersonRole]: readonly Scope[] } = {
  owner: ['admin:read', 'admin:write'],
  /** All that the owner may, but for people, keys and settings. */
  manager: ['admin:read', 'admin:write'],
  viewer: ['admin:read'],
  reseller: ['reseller:read', 'reseller:write', 'reseller:signup', 'reseller:credit'],
};
