/** What EclipseProxy's calls take. `description` completes "<field> must be …" in the answer to a bad value. */
import { Type } from 'typebox';

export const CreateSubuser = Type.Object({
  username: Type.String({ description: '1 to 48 letters, digits, underscores or dots (no hyphen)' }),
  email: Type.String({ description: 'an email address of at most 254 characters' }),
  bandwidth: Type.Number({ description: 'a positive number of MB' }),
});

export const SetPassword = Type.Object({
  newPassword: Type.String({ description: '8 to 64 printable ASCII characters without spaces' }),
});

export const WhitelistAddress = Type.Object({
  ip: Type.String({ description: 'an IPv4 or IPv6 address, or a CIDR range' }),
});

export const MoveBandwidth = Type.Object({
  action: Type.Union([Type.Literal('ADD'), Type.Literal('REMOVE')], { description: '"ADD" or "REMOVE"' }),
  amountMb: Type.Number({ description: 'a positive number of MB' }),
});

export const SubuserPath = Type.Object({ id: Type.String() });

export const ListQuery = Type.Object({
  limit: Type.Optional(
    Type.String({ pattern: '^([1-9]\\d{0,2}|1000)$', description: 'a whole number from 1 to 1000' }),
  ),
  cursor: Type.Optional(
    Type.String({ pattern: '^[!-~]{1,64}$', description: 'one that a list has answered' }),
  ),
});

export const UsageQuery = Type.Object({
  days: Type.Optional(
    Type.String({
      pattern: '^([1-9]\\d?|[12]\\d\\d|3[0-5]\\d|36[0-6])$',
      description: 'a whole number from 1 to 366',
    }),
  ),
});

export const SignIn = Type.Object({
  email: Type.String({ description: 'a text' }),
  password: Type.String({ description: 'a text' }),
});
