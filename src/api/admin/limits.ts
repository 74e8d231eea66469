/** Limits of service: how many tunnels, how fast, and where to. */
import { type TProperties, Type } from 'typebox';
import { Answer, Body, Query } from '../http/fields.ts';
import type { AdminRoutes } from './context.ts';

const rules = Type.Array(Type.String(), {
  description: 'Such as example.com:443, *.example.com or 203.0.113.0/24',
});
const count = (description: string) => Type.Unsafe<number | null>({ type: ['integer', 'null'], description });
const DESTINATIONS = { allow: rules, deny: rules };
const OF_SUBSCRIPTIONS = {
  tunnelsPerSecond: count('New ones; null: no limit'),
  bytesPerSecond: Type.Unsafe<bigint | null>({
    type: ['integer', 'null'],
    description: 'Both directions together; null: no limit',
  }),
  ...DESTINATIONS,
};
const OF_SUBUSERS = { maxTunnels: count('At once, over all gateways; null: no limit'), ...OF_SUBSCRIPTIONS };

const NOWHERE = { allow: [], deny: ['*:25'] };
const SLOW = { tunnelsPerSecond: 50, bytesPerSecond: 12_500_000, ...NOWHERE };
const SMALL = { maxTunnels: 100, ...SLOW };

const rulesIn = Type.Optional(
  Type.Array(Type.String({ maxLength: 300 }), {
    maxItems: 500,
    description: 'a list of destination rules such as example.com:443; empty for none',
  }),
);
const numberIn = (least: number, most: number) =>
  Type.Optional(
    Type.Union([Type.Integer({ minimum: least, maximum: most }), Type.Null()], {
      description: `a whole number from ${least} to ${most}, or null for no limit`,
    }),
  );
const DESTINATIONS_IN = { allow: rulesIn, deny: rulesIn };
const OF_SUBSCRIPTIONS_IN = {
  tunnelsPerSecond: numberIn(1, 1_000_000),
  bytesPerSecond: numberIn(8_000, 1_000_000_000_000),
  ...DESTINATIONS_IN,
};
const OF_SUBUSERS_IN = { maxTunnels: numberIn(1, 1_000_000), ...OF_SUBSCRIPTIONS_IN };

const RESELLER_PATH = Type.Object({
  reseller: Type.String({ description: 'a store code or an email address', examples: ['MYSTORE'] }),
});
const SUBUSER_PATH = Type.Object({
  id: Type.String({ description: 'an id, or a username', examples: ['subuser-4kq7m2ws9xbd3h6n'] }),
});
const SUBSCRIPTION_PATH = Type.Object({
  id: Type.String({ description: 'an id', examples: ['su_66f0a1b2c3d4e5f60718293a'] }),
});
const WHOSE = Query({
  reseller: Type.String({
    minLength: 1,
    maxLength: 254,
    description: 'a store code, an id or an email address',
  }),
});

/** What the two calls on one kind of limits have in common. */
function described<Fields extends TProperties>(what: string, title: string, answer: Fields, example: object) {
  return {
    show: {
      operationId: `get${title}Limits`,
      tags: ['limits'],
      summary: `What holds for ${what}`,
      response: { 200: Answer(answer, example) },
    },
    set: {
      operationId: `set${title}Limits`,
      tags: ['limits'],
      summary: `Limit ${what}; what is not named stays. Holds at all gateways within two seconds`,
      response: { 200: Answer(answer, example) },
    },
  } as const;
}
const FOR_ALL = described('everybody', 'Installation', DESTINATIONS, NOWHERE);
const FOR_RESELLER = described('all customers of a reseller', 'Reseller', DESTINATIONS, NOWHERE);
const FOR_SUBUSER = described('a subuser', 'Subuser', OF_SUBUSERS, SMALL);
const FOR_SUBSCRIPTION = described('a subscription', 'Subscription', OF_SUBSCRIPTIONS, SLOW);

export const limits: AdminRoutes = (app, { core, read, write, owner, invoke }) => {
  app.get('/limits', { ...read, schema: FOR_ALL.show }, async () => core.limits.installation());
  app.patch(
    '/limits',
    { ...owner, schema: { ...FOR_ALL.set, body: Body(DESTINATIONS_IN, { deny: NOWHERE.deny }) } },
    async (request) => core.limits.setInstallationLimits(invoke(request), request.body),
  );

  app.get(
    '/resellers/:reseller/limits',
    { ...read, schema: { ...FOR_RESELLER.show, params: RESELLER_PATH, refuses: ['AccountNotFound'] } },
    async (request) => core.limits.reseller((await core.accounts.find(request.params.reseller)).id),
  );
  app.patch(
    '/resellers/:reseller/limits',
    {
      ...write,
      schema: {
        ...FOR_RESELLER.set,
        params: RESELLER_PATH,
        body: Body(DESTINATIONS_IN, { deny: NOWHERE.deny }),
        refuses: ['AccountNotFound'],
      },
    },
    async (request) => core.limits.setResellerLimits(invoke(request), request.params.reseller, request.body),
  );

  app.get(
    '/subusers/:id/limits',
    { ...read, schema: { ...FOR_SUBUSER.show, params: SUBUSER_PATH, refuses: ['SubuserNotFound'] } },
    async (request) => {
      const { id } = request.params;
      return core.limits.subuser((await core.subusers.findAny(id)).accountId, id);
    },
  );
  app.patch(
    '/subusers/:id/limits',
    {
      ...write,
      schema: {
        ...FOR_SUBUSER.set,
        params: SUBUSER_PATH,
        body: Body(OF_SUBUSERS_IN, { maxTunnels: 100 }),
        refuses: ['SubuserNotFound'],
      },
    },
    async (request) => {
      const { id } = request.params;
      const { accountId } = await core.subusers.findAny(id);
      return core.limits.setSubuserLimits(invoke(request), accountId, id, asWhole(request.body));
    },
  );

  app.get(
    '/subscriptions/:id/limits',
    {
      ...read,
      schema: {
        ...FOR_SUBSCRIPTION.show,
        params: SUBSCRIPTION_PATH,
        querystring: WHOSE,
        refuses: ['AccountNotFound', 'SubscriptionNotFound'],
      },
    },
    async (request) => {
      const { id } = await core.accounts.find(request.query.reseller);
      return core.limits.subscription(id, request.params.id);
    },
  );
  app.patch(
    '/subscriptions/:id/limits',
    {
      ...write,
      schema: {
        ...FOR_SUBSCRIPTION.set,
        params: SUBSCRIPTION_PATH,
        querystring: WHOSE,
        body: Body(OF_SUBSCRIPTIONS_IN, { bytesPerSecond: 12_500_000 }),
        refuses: ['AccountNotFound', 'SubscriptionNotFound'],
      },
    },
    async (request) => {
      const { id } = await core.accounts.find(request.query.reseller);
      return core.limits.setSubscriptionLimits(invoke(request), id, request.params.id, asWhole(request.body));
    },
  );
};

/** Bytes are bigints in the core. */
function asWhole<Change extends { bytesPerSecond?: number | null }>(change: Change) {
  const { bytesPerSecond } = change;
  return typeof bytesPerSecond === 'number' ? { ...change, bytesPerSecond: BigInt(bytesPerSecond) } : change;
}
