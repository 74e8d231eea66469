/** What the admin API's files of routes work with. */
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Core } from '../../core/core.ts';
import { DomainError } from '../../core/errors.ts';
import type { Guard, RouteContext, Routes } from '../http/own-api.ts';
import { invocationBy, letIn, type Principal, principalOf } from '../http/principal.ts';
import type { AccountFilter } from '../own/filter.ts';

export interface AdminContext extends RouteContext {
  /** Route options of a call that only shows: for `admin:read`. */
  read: Guard;
  /** Of a call that changes something: for `admin:write`. */
  write: Guard;
  /** Of what is the owner's alone, or a key's of the owner's account, and not the staff's. */
  owner: Guard;
  /** The provider's own account. */
  accountId: (request: FastifyRequest) => bigint;
  /** Of what would give more than a key holds: the owner's alone, signed in as a person. */
  ownerInPerson: Guard;
}
export type AdminRoutes = Routes<AdminContext>;

function refuseStaff({ role }: Principal): void {
  if (role === 'staff') throw new DomainError('ReservedFor', { whom: 'the owner' });
}

function ownerInPerson({ kind, role }: Principal): void {
  if (kind !== 'person' || role !== 'owner')
    throw new DomainError('ReservedFor', { whom: 'the owner, signed in as a person,' });
}

export function adminContext(core: Core): AdminContext {
  return {
    core,
    read: letIn(core, ['admin:read']),
    write: letIn(core, ['admin:write']),
    owner: letIn(core, ['admin:write'], refuseStaff),
    accountId: (request) => principalOf(request).accountId,
    ownerInPerson: letIn(core, ['admin:write'], ownerInPerson),
    invoke: (request) => invocationBy(request, 'admin-api'),
  };
}

/** Lists of all accounts' things can be limited to one reseller or customer. */
export function resellerFilter(core: Core): AccountFilter {
  return {
    fields: { resellerId: Type.Optional(Type.String({ description: 'the id of a reseller' })) },
    async accountOf(request) {
      const { resellerId } = request.query as { resellerId?: string };
      return resellerId === undefined ? null : (await core.administration.get(resellerId)).internalId;
    },
  };
}
