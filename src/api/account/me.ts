/** Whose account this is, and what it holds. */
import { Type } from 'typebox';
import { Answer, Named, OptionalText, Time, Whole } from '../http/fields.ts';
import { principalOf } from '../http/principal.ts';
import type { AccountRoutes } from './context.ts';

/** Where customers reach the gateways. */
export interface GatewayDoor {
  /** Null: where this API is. */
  host: string | null;
  port: number;
}

const Me = Answer(
  {
    id: Type.String(),
    email: Type.String(),
    name: Type.String({ description: 'The store’s' }),
    residentialBytes: Whole('In the pool, not yet allocated'),
    mobileBytes: Whole('The same'),
    usdCents: Whole('Money'),
    creditsFrozen: Type.Boolean({ description: 'Whether the provider has frozen the money' }),
    scopes: Type.Array(Type.String(), { description: 'What the caller may do' }),
    createdAt: Time('When the account was made'),
    gateway: Named('GatewayDoor', {
      host: OptionalText('A name or address; null: the one by which this API is reached'),
      port: Type.Unsafe<number | null>({
        type: ['integer', 'null'],
        description: 'For HTTP and SOCKS; null where it is not known',
      }),
    }),
  },
  {
    id: 'acc_4kq7m2ws9xbd3h6n',
    email: 'r@example.com',
    name: 'My Store',
    residentialBytes: 10_000_000_000,
    mobileBytes: 1_000_000_000,
    usdCents: 10_000,
    creditsFrozen: false,
    scopes: ['reseller:read', 'reseller:write'],
    createdAt: '2026-05-04T10:00:00.000Z',
    gateway: { host: 'gateway.example.com', port: 3128 },
  },
);

export const me =
  (gateway?: GatewayDoor): AccountRoutes =>
  (app, { core, read }) => {
    app.get(
      '/me',
      {
        ...read,
        schema: {
          operationId: 'getAccount',
          tags: ['account'],
          summary: 'The account, and what it holds',
          response: { 200: Me },
        },
      },
      async (request) => {
        const { accountId, accountPublicId, scopes } = principalOf(request);
        const [profile, residentialBytes, mobileBytes] = await Promise.all([
          core.accounts.profile(accountId),
          core.accounts.balance(accountId, 'residential'),
          core.accounts.balance(accountId, 'mobile'),
        ]);
        return {
          id: accountPublicId,
          email: profile.email,
          name: profile.name,
          residentialBytes,
          mobileBytes,
          usdCents: profile.creditsCents,
          creditsFrozen: profile.creditsFrozen,
          scopes: [...scopes],
          createdAt: profile.createdAt,
          gateway: { host: gateway?.host ?? null, port: gateway?.port ?? null },
        };
      },
    );
  };
