/** What is open at the gateways at this moment, and ending it. */
import { Type } from 'typebox';
import type { LiveTunnel } from '../../core/tunnels/tunnels.ts';
import { Answer, Body, Named, OptionalText, Query, Time, Word } from '../http/fields.ts';
import type { AdminRoutes } from './context.ts';

const PROTOCOLS = [
  'connect',
  'http',
  'socks5',
  'socks4',
] as const satisfies readonly LiveTunnel['protocol'][];
const Tunnel = Named('Tunnel', {
  tunnelId: Type.String(),
  username: OptionalText('Null: it belongs to a subscription'),
  subscription: OptionalText('Null: it belongs to a subuser'),
  storeCode: Type.String(),
  protocol: Word(PROTOCOLS),
  host: OptionalText('Null until the client has said it'),
  port: Type.Unsafe<number | null>({ type: ['integer', 'null'], description: 'The same' }),
  clientAddress: Type.String(),
  upBytes: Type.Integer(),
  downBytes: Type.Integer(),
  since: Time('When it was opened'),
  gateway: Type.String(),
});
const EXAMPLE = {
  tunnelId: 't_k3m9q2w7x4b8n6v5',
  username: 'MYSTORE_anna',
  subscription: null,
  storeCode: 'MYSTORE',
  protocol: 'connect',
  host: 'example.com',
  port: 443,
  clientAddress: '203.0.113.7',
  upBytes: 5120,
  downBytes: 1_048_576,
  since: '2026-06-01T10:00:00.000Z',
  gateway: 'local',
};
const silentGateways = Type.Array(Type.String(), { description: 'Gateways that did not answer' });
const text = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 300, description }));
const FILTER = {
  subuser: text('a username, or an id'),
  subscription: text('an id'),
  host: text('a destination, as clients write it'),
};

export const tunnels: AdminRoutes = (app, { core, read, write, invoke }) => {
  app.get(
    '/tunnels',
    {
      ...read,
      schema: {
        operationId: 'listTunnels',
        tags: ['tunnels'],
        summary: 'What is open at all gateways, the oldest first',
        querystring: Query({
          ...FILTER,
          reseller: text('a store code, an id or an email address'),
          limit: Type.Optional(
            Type.String({
              pattern: '^([1-9]\\d{0,3}|10000)$',
              description: 'a whole number from 1 to 10000',
            }),
          ),
        }),
        response: {
          200: Answer(
            {
              total: Type.Integer({ description: 'All that are meant, though fewer are listed' }),
              tunnels: Type.Array(Tunnel),
              silentGateways,
            },
            { total: 1, tunnels: [EXAMPLE], silentGateways: [] },
          ),
        },
        refuses: ['SubuserNotFound', 'SubscriptionNotFound', 'AccountNotFound'],
      },
    },
    async (request) => {
      const { reseller, limit = '100', ...filter } = request.query;
      const accountId = reseller === undefined ? undefined : (await core.accounts.find(reseller)).id;
      return core.tunnels.live({ ...filter, accountId }, Number(limit));
    },
  );

  app.post(
    '/tunnels/cut',
    {
      ...write,
      schema: {
        operationId: 'cutTunnels',
        tags: ['tunnels'],
        summary: 'End what is open: one, or all of a subuser, a subscription or a host',
        body: Body({ ...FILTER, tunnelId: text('the id of a tunnel') }, { subuser: 'MYSTORE_anna' }),
        response: {
          200: Answer({ cut: Type.Integer(), silentGateways }, { cut: 3, silentGateways: [] }),
        },
        refuses: ['SubuserNotFound', 'SubscriptionNotFound', 'InvalidField'],
      },
    },
    async (request) => core.tunnels.cut(invoke(request), request.body),
  );
};
