/**
 * The forms of what is carried over a link: a schema for each type of ports.ts, which does not compile when the two differ. The table of
 * calls (calls.ts) and the events (events.ts) are made of them.
 */
import { type Static, type TSchema, Type } from 'typebox';
import { EXIT_PRODUCTS, RESOLVE_MODES } from '../../shared/exits.ts';
import { PRODUCTS } from '../../shared/products.ts';
import {
  type Account,
  type AuthenticationAnswer,
  type ExitSettings,
  type LimitSubject,
  type LiveTunnel,
  TUNNEL_PROTOCOLS,
  type TunnelFilter,
  type UsageReport,
} from '../ports.ts';

/** A schema that describes exactly `T`. */
export interface Form<T> {
  readonly schema: TSchema;
  readonly of?: (value: T) => T;
}

type Flat<T> = T extends object ? { -readonly [Key in keyof T]: Flat<T[Key]> } : T;
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? unknown : { differs: [A, B] };

/** Does not compile when the schema describes more, less or something else than `T`. */
export function form<T>() {
  return <Schema extends TSchema>(schema: Schema & Same<Flat<Static<Schema>>, Flat<T>>): Form<T> => ({
    schema,
  });
}

export function named<Name extends string, T>(name: Name, { schema }: Form<T>): Form<T> & { name: Name } {
  return { name, schema };
}

/** What a gateway sends. A field too many is a mistake; in answers it is news for later versions. */
export const Sent = <Fields extends Record<string, TSchema>>(fields: Fields) =>
  Type.Object(fields, { additionalProperties: false });

/** More than any gateway holds at once. */
export const MOST_REPORTS = 50_000;
export const MOST_SEATS = 1_000_000;
export const MOST_SUBJECTS = 1_000;
export const MOST_SESSIONS = 1_000;
export const MOST_TUNNELS = 10_000;
export const MOST_EXITS = 1_000;

export const Id = Type.String({ pattern: '^[0-9]{1,18}$', description: 'an id: 1 to 18 digits' });
export const SESSION_ID = Id;
export const Count = Type.Integer({
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'a whole number from 0 to 2^53 - 1',
});
export const SEQUENCE = Count;
export const Flag = Type.Boolean({ description: 'true or false' });
export const Span = Type.Number();
export const ProductName = Type.Enum(PRODUCTS, { description: `one of ${PRODUCTS.join(', ')}` });
/** PostgreSQL's text has no NUL; nothing that holds one is anybody's name or password. */
export const Words = Type.String({
  maxLength: 16_384,
  pattern: '^[^\\u0000]*$',
  description: 'a text of at most 16384 characters, without NUL',
});
export const Address = Type.String({
  maxLength: 64,
  pattern: '^[0-9A-Fa-f.:]{2,64}$',
  description: 'an IP address in canonical form',
});

export const Subject = Type.Unsafe<LimitSubject>(
  Type.String({
    pattern: '^(subuser|subscription):[0-9]{1,18}$',
    description: 'subuser: or subscription: and an id',
  }),
);
const AnAccount = Type.Unsafe<Account>(Type.String({ pattern: '^account:[0-9]{1,18}$' }));
const Host = Type.String({ minLength: 1, maxLength: 255, description: 'a name or an address' });
export const Text = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, description: `a text of 1 to ${maxLength} characters` });

export const aTunnel = form<LiveTunnel>()(
  Sent({
    tunnelId: Text(64),
    subject: Subject,
    protocol: Type.Enum(TUNNEL_PROTOCOLS, { description: `one of ${TUNNEL_PROTOCOLS.join(', ')}` }),
    clientAddress: Text(64),
    host: Type.Optional(Host),
    port: Type.Optional(Count),
    upBytes: Count,
    downBytes: Count,
    openForMs: Count,
  }),
);

export const tunnelFilter = form<TunnelFilter>()(
  Type.Object({
    tunnelId: Type.Optional(Type.String()),
    subject: Type.Optional(Type.Union([Subject, AnAccount])),
    host: Type.Optional(Type.String()),
  }),
);

export const SharedLimit = Type.Union([Type.Literal('tunnels'), Type.Literal('rate')]);

export const Limits = Type.Object({
  maxTunnels: Type.Optional(Count),
  tunnelsPerSecond: Type.Optional(Count),
  bytesPerSecond: Type.Optional(Count),
  rules: Type.Optional(
    Type.Array(Type.Object({ allow: Type.Array(Type.String()), deny: Type.Array(Type.String()) })),
  ),
});

export const Terms = { admitsForMs: Span, servesForMs: Span };

export const authentication = form<AuthenticationAnswer>()(
  Type.Union([
    Type.Object({
      kind: Type.Literal('known'),
      identity: Type.Union([
        Type.Object({
          kind: Type.Literal('subuser'),
          subuserId: Type.String(),
          account: AnAccount,
          username: Type.String(),
          product: ProductName,
          limits: Type.Optional(Limits),
        }),
        Type.Object({
          kind: Type.Literal('subscription'),
          subscriptionId: Type.String(),
          account: AnAccount,
          limits: Type.Optional(Limits),
          ...Terms,
        }),
      ]),
    }),
    Type.Object({ kind: Type.Literal('unknown') }),
  ]),
);

export const usageReports = form<UsageReport[]>()(
  Type.Array(Sent({ leaseId: Id, usedUpBytes: Count, usedDownBytes: Count, close: Flag }), {
    maxItems: MOST_REPORTS,
    description: `a list of at most ${MOST_REPORTS} reports`,
  }),
);

const anExit = {
  id: Type.String(),
  name: Type.String(),
  enabled: Flag,
  products: Type.Array(Type.Enum(EXIT_PRODUCTS)),
  country: Type.Optional(Type.String()),
  state: Type.Optional(Type.String()),
  city: Type.Optional(Type.String()),
  isp: Type.Optional(Type.String()),
  weight: Count,
  maxTunnels: Type.Optional(Count),
  checkTarget: Type.Optional(Type.String()),
};

export const exitSettings = form<ExitSettings[]>()(
  Type.Array(
    Type.Union([
      Type.Object({
        ...anExit,
        kind: Type.Literal('direct'),
        sourceAddresses: Type.Array(Type.String()),
      }),
      Type.Object({
        ...anExit,
        kind: Type.Union([Type.Literal('http'), Type.Literal('socks5')]),
        host: Type.String(),
        port: Count,
        username: Type.Optional(Type.String()),
        password: Type.Optional(Type.String()),
        usernameTemplate: Type.String(),
        passwordTemplate: Type.String(),
        resolve: Type.Enum(RESOLVE_MODES),
      }),
    ]),
  ),
);
