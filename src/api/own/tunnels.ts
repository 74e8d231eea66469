/** What is open at the gateways at this moment, and ending it: the provider's of all, a reseller's of its own. */
import type { FastifyRequest } from 'fastify';
import { type TOptional, type TProperties, type TString, Type } from 'typebox';
import { type LiveTunnel, MAX_TUNNELS } from '../../core/tunnels/tunnels.ts';
import type { TypedApp } from '../http/dialect.ts';
import { Answer, Body, Named, OptionalText, Query, Time, Word } from '../http/fields.ts';
import type { Guard, RouteContext } from '../http/own-api.ts';

export interface TunnelContext extends RouteContext {
  read: Guard;
  write: Guard;
  /** The account whose tunnels are meant; undefined: all. */
  whose: (request: FastifyRequest) => Promise<bigint | undefined>;
  /** What the list can be limited to besides. */
  filter?: { reseller: TOptional<TString> };
  view: TunnelView;
}

/** Gateways are the provider's: by name it sees at which one a tunnel is, and which did not answer. A reseller sees whether all did. */
export interface TunnelView {
  tunnel: TProperties;
  answer: TProperties;
  exampleTunnel: object;
  exampleAnswer: object;
  of: (tunnel: LiveTunnel) => Omit<LiveTunnel, 'gateway'>;
  answered: (silentGateways: readonly string[]) => object;
}

const PROTOCOLS = [
  'connect',
  'http',
  'socks5',
  'socks4',
] as const satisfies readonly LiveTunnel['protocol'][];
const TUNNEL = {
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
};
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
};

export const PROVIDERS_VIEW: TunnelView = {
  tunnel: { gateway: Type.String() },
  answer: {
    silentGateways: Type.Array(Type.String(), { description: 'Gateways that did not answer' }),
  },
  exampleTunnel: { gateway: 'local' },
  exampleAnswer: { silentGateways: [] },
  of: (tunnel) => tunnel,
  answered: (silentGateways) => ({ silentGateways }),
};

export const RESELLERS_VIEW: TunnelView = {
  tunnel: {},
  answer: { isComplete: Type.Boolean({ description: 'Whether every gateway has answered' }) },
  exampleTunnel: {},
  exampleAnswer: { isComplete: true },
  of: ({ gateway: _, ...tunnel }) => tunnel,
  answered: (silentGateways) => ({ isComplete: silentGateways.length === 0 }),
};

const text = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 300, description }));
const FILTER = {
  subuser: text('a username, or an id'),
  subscription: text('an id'),
  host: text('a destination, as clients write it'),
};

export function tunnels(
  app: TypedApp,
  { core, read, write, invoke, whose, filter, view }: TunnelContext,
): void {
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
          ...filter,
          limit: Type.Optional(
            Type.String({
              pattern: '^([1-9]\\d{0,3}|10000)$',
              description: `a whole number from 1 to ${MAX_TUNNELS}`,
            }),
          ),
        }),
        response: {
          200: Answer(
            {
              total: Type.Integer({ description: 'All that are meant, though fewer are listed' }),
              tunnels: Type.Array(Named('Tunnel', { ...TUNNEL, ...view.tunnel })),
              ...view.answer,
            },
            { total: 1, tunnels: [{ ...EXAMPLE, ...view.exampleTunnel }], ...view.exampleAnswer },
          ),
        },
        refuses: [
          'SubuserNotFound',
          'SubscriptionNotFound',
          ...(filter ? (['AccountNotFound'] as const) : []),
        ],
      },
    },
    async (request) => {
      const { subuser, subscription, host, limit = '100' } = request.query;
      const meant = { subuser, subscription, host, accountId: await whose(request) };
      const { total, tunnels, silentGateways } = await core.tunnels.live(meant, Number(limit));
      return { total, tunnels: tunnels.map(view.of), ...view.answered(silentGateways) };
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
          200: Answer({ cut: Type.Integer(), ...view.answer }, { cut: 3, ...view.exampleAnswer }),
        },
        refuses: ['SubuserNotFound', 'SubscriptionNotFound', 'InvalidField'],
      },
    },
    async (request) => {
      const meant = { ...request.body, accountId: await whose(request) };
      const { cut, silentGateways } = await core.tunnels.cut(invoke(request), meant);
      return { cut, ...view.answered(silentGateways) };
    },
  );
}
