/** A reseller's own subusers. */
import { defineSubuserMaking } from '../own/subuser-making.ts';
import { defineSubuserRoutes, type SubuserContext } from '../own/subusers.ts';
import type { AccountRoutes } from './context.ts';

export const subusers: AccountRoutes = (app, { core, read, write, invoke, accountId }) => {
  const context: SubuserContext = {
    core,
    read,
    write,
    reveal: read,
    invoke,
    whose: accountId,
    ownCauses: (request) => core.statements.causesOfAccount(accountId(request)),
  };
  defineSubuserMaking(app, context, {
    extra: {},
    example: {},
    forWhom: async (request) => accountId(request),
  });
  defineSubuserRoutes(app, context);
};
