/** Exits: the ways out towards targets. */
import { type TSchema, Type } from 'typebox';
import type { Exit } from '../../core/exits/exits.ts';
import { EXIT_KINDS, EXIT_PRODUCTS, RESOLVE_MODES } from '../../shared/exits.ts';
import { Answer, Body, Named, OptionalText, Time, WholeIn, Word } from '../http/fields.ts';
import type { AdminRoutes } from './context.ts';

const EXIT = {
  id: Type.String(),
  name: Type.String(),
  kind: Word(EXIT_KINDS, 'From the gateway’s own machine, or through a proxy of that protocol'),
  products: Type.Array(Word(EXIT_PRODUCTS)),
  country: OptionalText('Where it is'),
  state: OptionalText('Where it is'),
  city: OptionalText('Where it is'),
  isp: OptionalText('Whose network it is in'),
  weight: Type.Integer({ description: 'Its part of the sum of all that fit' }),
  enabled: Type.Boolean(),
  maxTunnels: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: 'On each gateway process',
  }),
  sourceAddresses: Type.Array(Type.String(), { description: 'Of a direct one: what it connects from' }),
  host: OptionalText('Of an upstream'),
  port: Type.Unsafe<number | null>({ type: ['integer', 'null'], description: 'Of an upstream' }),
  username: OptionalText('Of an upstream'),
  hasPassword: Type.Boolean({ description: 'Whether a password is stored; it is never shown' }),
  usernameTemplate: OptionalText('How parameters are spelt to the upstream'),
  passwordTemplate: OptionalText('The same, in the password'),
  resolve: Type.Unsafe<Exit['resolve']>({
    type: ['string', 'null'],
    enum: [...RESOLVE_MODES, null],
    description:
      'Whether names that cannot be looked up here are refused, or the upstream’s to look up; or it is given addresses only',
  }),
  checkTarget: OptionalText('What health checks connect to through it'),
  createdAt: Time('When it was set up'),
  seenBy: Type.Array(
    Named('ExitSighting', {
      gateway: Type.String(),
      isHealthy: Type.Boolean({
        description: 'False: it failed, and gets no new tunnels while another one fits',
      }),
      tunnels: Type.Integer({ description: 'Connections through it' }),
      failures: Type.Integer({ description: 'Since it was set up as it is, or the gateway began' }),
      at: Time('When the gateway said so'),
    }),
    { description: 'How it does at each gateway process that was heard of in the last 15 seconds' },
  ),
};
const EXAMPLE = {
  id: 'exit_4kq7m2ws9xbd3h6n',
  name: 'berlin-1',
  kind: 'socks5',
  products: ['residential'],
  country: 'de',
  state: null,
  city: 'berlin',
  isp: null,
  weight: 10,
  enabled: true,
  maxTunnels: null,
  sourceAddresses: [],
  host: 'upstream.example.com',
  port: 1080,
  username: 'headgate',
  hasPassword: true,
  usernameTemplate: '{username}[-session-{session}]',
  passwordTemplate: null,
  resolve: 'local',
  checkTarget: 'example.com:443',
  createdAt: '2026-05-04T10:00:00.000Z',
  seenBy: [{ gateway: 'local', isHealthy: true, tunnels: 12, failures: 0, at: '2026-06-01T10:00:00.000Z' }],
};
const ExitAnswer = Answer(EXIT, EXAMPLE);

/** Everything that can be set but the name and the kind. Null takes a setting away. */
const orNull = (schema: TSchema & { description?: string }) =>
  Type.Optional(
    Type.Union([schema, Type.Null()], { description: `${schema.description ?? 'a text'}, or null` }),
  );
const text = (description: string, maxLength = 200) => orNull(Type.String({ maxLength, description }));
const SETTINGS = {
  products: orNull(Type.Array(Word(EXIT_PRODUCTS), { description: `a list of ${EXIT_PRODUCTS.join(', ')}` })),
  country: text('a text of at most 64 characters', 64),
  state: text('a text of at most 64 characters', 64),
  city: text('a text of at most 64 characters', 64),
  isp: text('a text of at most 64 characters', 64),
  weight: orNull(WholeIn('a whole number from 1 to 1000', { minimum: 1, maximum: 1000 })),
  enabled: Type.Optional(Type.Boolean({ description: 'true or false' })),
  maxTunnels: orNull(WholeIn('a whole number from 1 to 1000000', { minimum: 1, maximum: 1_000_000 })),
  sourceAddresses: orNull(
    Type.Array(Type.String({ maxLength: 64 }), {
      maxItems: 1024,
      description: 'a list of addresses of the gateways',
    }),
  ),
  host: text('a name or an address', 255),
  port: orNull(WholeIn('a whole number from 1 to 65535', { minimum: 1, maximum: 65_535 })),
  username: text('a text of at most 128 characters', 128),
  password: text('a text of at most 128 characters', 128),
  usernameTemplate: text('a template of at most 200 characters'),
  passwordTemplate: text('a template of at most 200 characters'),
  resolve: orNull(Word(RESOLVE_MODES)),
  checkTarget: text('host:port', 300),
};
const Name = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'letters, digits, dots, underscores, hyphens',
});
const NAME_PATH = Type.Object({
  name: Type.String({ description: 'the exit’s name', examples: [EXAMPLE.name] }),
});
const tags = ['exits'];

type Fields = Parameters<import('../../core/exits/exits.ts').Exits['create']>[1];

export const exits: AdminRoutes = (app, { core, read, owner, invoke }) => {
  const withSightings = async (exit: Exit) => {
    const seen = await core.exitSightings.all();
    return { ...exit, seenBy: seen.get(exit.id) ?? [] };
  };

  app.get(
    '/exits',
    {
      ...read,
      schema: {
        operationId: 'listExits',
        tags,
        summary: 'All exits, by name. Without any, gateways connect from where they run',
        response: { 200: Answer({ data: Type.Array(Named('Exit', EXIT)) }, { data: [EXAMPLE] }) },
      },
    },
    async () => {
      const [list, seen] = await Promise.all([core.exits.list(), core.exitSightings.all()]);
      return { data: list.map((exit) => ({ ...exit, seenBy: seen.get(exit.id) ?? [] })) };
    },
  );

  app.post(
    '/exits',
    {
      ...owner,
      schema: {
        operationId: 'createExit',
        tags,
        summary: 'Set up an exit; from the first one on, traffic leaves through exits only',
        body: Body(
          { name: Name, kind: Word(EXIT_KINDS), ...SETTINGS },
          { name: 'berlin-1', kind: 'socks5', host: 'upstream.example.com', port: 1080, country: 'de' },
        ),
        response: { 201: ExitAnswer },
        refuses: ['ExitNameTaken', 'MissingFields', 'LimitReached'],
      },
    },
    async (request, reply) => {
      reply.code(201);
      return withSightings(await core.exits.create(invoke(request), request.body as Fields));
    },
  );

  app.get(
    '/exits/:name',
    {
      ...read,
      schema: {
        operationId: 'getExit',
        tags,
        summary: 'One exit',
        params: NAME_PATH,
        response: { 200: ExitAnswer },
        refuses: ['ExitNotFound'],
      },
    },
    async (request) => withSightings(await core.exits.show(request.params.name)),
  );

  app.patch(
    '/exits/:name',
    {
      ...owner,
      schema: {
        operationId: 'updateExit',
        tags,
        summary: 'Change what is named; null takes a setting away. Running tunnels are not touched',
        params: NAME_PATH,
        body: Body({ name: Type.Optional(Name), ...SETTINGS }, { weight: 20 }),
        response: { 200: ExitAnswer },
        refuses: ['ExitNotFound', 'ExitNameTaken', 'MissingFields'],
      },
    },
    async (request) =>
      withSightings(
        await core.exits.update(invoke(request), request.params.name, request.body as Partial<Fields>),
      ),
  );

  app.delete(
    '/exits/:name',
    {
      ...owner,
      schema: {
        operationId: 'removeExit',
        tags,
        summary: 'Remove an exit; tunnels that run through it go on to their end',
        params: NAME_PATH,
        response: {
          200: Answer({ id: Type.String(), name: Type.String() }, { id: EXAMPLE.id, name: EXAMPLE.name }),
        },
        refuses: ['ExitNotFound'],
      },
    },
    async (request) => core.exits.remove(invoke(request), request.params.name),
  );
};
