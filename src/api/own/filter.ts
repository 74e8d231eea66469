import type { FastifyRequest } from 'fastify';
import type { TOptional, TString } from 'typebox';

/** What the provider may limit a list to: one account, and which one a query means. */
export interface AccountFilter {
  fields: { resellerId: TOptional<TString> };
  /** Null: all. Throws AccountNotFound. */
  accountOf: (request: FastifyRequest) => Promise<bigint | null>;
}
