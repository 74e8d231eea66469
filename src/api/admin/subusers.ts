/** Every reseller's subusers, for the provider. */
import { Type } from 'typebox';
import { invalidField } from '../../core/errors.ts';
import { defineSubuserMaking } from '../own/subuser-making.ts';
import { defineSubuserRoutes, type SubuserContext } from '../own/subusers.ts';
import { type AdminRoutes, resellerFilter } from './context.ts';

export const subusers: AdminRoutes = (app, { core, read, write, invoke }) => {
  const context: SubuserContext = {
    core,
    read,
    write,
    // Who sees a password can use what it guards.
    reveal: write,
    invoke,
    whose: () => null,
    ownCauses: async () => undefined,
    filter: resellerFilter(core),
  };
  defineSubuserMaking(app, context, {
    extra: { resellerId: Type.String({ description: 'the id of a reseller' }) },
    example: { resellerId: 'acc_4kq7m2ws9xbd3h6n' },
    async forWhom(request) {
      const { resellerId } = request.body as { resellerId: string };
      const { internalId, tier } = await core.administration.get(resellerId);
      if (tier !== 'RESELLER') throw invalidField('resellerId', 'the id of a reseller');
      return internalId;
    },
  });
  defineSubuserRoutes(app, context);
};
