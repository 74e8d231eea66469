/** What the account API's files of routes work with. */
import type { FastifyRequest } from 'fastify';
import type { Core } from '../../core/core.ts';
import { DomainError } from '../../core/errors.ts';
import type { Guard, RouteContext, Routes } from '../http/own-api.ts';
import { invocationBy, letIn, type Principal, principalOf } from '../http/principal.ts';

export interface AccountContext extends RouteContext {
  /** Route options of a call that only shows: for `reseller:read`. */
  read: Guard;
  /** Of a call that changes something: for `reseller:write`. */
  write: Guard;
  /** Of a call about credit events: for `reseller:credit`. */
  credit: Guard;
  /** Of what would give more than a key holds: for a person with `reseller:write`. */
  inPerson: Guard;
  /** Whose affairs these are. Every query of this API is for this account and no other. */
  accountId: (request: FastifyRequest) => bigint;
}
export type AccountRoutes = Routes<AccountContext>;

function resellersOnly({ role }: Principal): void {
  if (role !== 'reseller') throw new DomainError('NotReseller', {});
}

function peopleOnly(principal: Principal): void {
  resellersOnly(principal);
  if (principal.kind !== 'person')
    throw new DomainError('ReservedFor', { whom: 'a person who is signed in' });
}

export function accountContext(core: Core): AccountContext {
  return {
    core,
    read: letIn(core, ['reseller:read'], resellersOnly),
    write: letIn(core, ['reseller:write'], resellersOnly),
    inPerson: letIn(core, ['reseller:write'], peopleOnly),
    credit: letIn(core, ['reseller:credit'], resellersOnly),
    accountId: (request) => principalOf(request).accountId,
    invoke: (request) => invocationBy(request, 'account-api'),
  };
}
