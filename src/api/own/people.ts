/** People as both consoles' APIs show them. */
import { Type } from 'typebox';
import type { Invitation } from '../../core/people/people.ts';
import { ROLES } from '../../core/people/roles.ts';
import { invitationPath } from '../../shared/invitation-path.ts';
import { Answer, Named, OptionalText, OptionalTime, Time, Word } from '../http/fields.ts';

export const Person = Named('Person', {
  id: Type.String(),
  email: Type.String(),
  name: Type.String(),
  role: Word(ROLES, 'The provider’s `owner`, `manager` and `viewer`, or a `reseller`’s person'),
  account: Type.String({ description: 'The account acted for' }),
  storeCode: OptionalText('Of a reseller’s person'),
  state: Word(['active', 'invited', 'disabled'], '`invited`: has no password yet'),
  hasSecondFactor: Type.Boolean(),
  createdAt: Time('When the person was invited or made'),
  lastSignInAt: OptionalTime('Null: never'),
  lastSignInFrom: OptionalText('The address of it'),
});
export const PERSON = {
  id: 'prs_4kq7m2ws9xbd3h6n',
  email: 'ann@example.com',
  name: 'Ann',
  role: 'manager',
  account: 'acc_4kq7m2ws9xbd3h6n',
  storeCode: null,
  state: 'active',
  hasSecondFactor: true,
  createdAt: '2026-05-04T10:00:00.000Z',
  lastSignInAt: '2026-05-05T08:15:00.000Z',
  lastSignInFrom: '198.51.100.7',
};

export const PersonAnswer = Answer({ person: Person }, { person: PERSON });

export const InvitationAnswer = Answer(
  {
    person: Person,
    token: Type.String({ description: 'For `POST /api/session/invitation`. Shown once' }),
    path: Type.String({ description: 'Of the link on the console’s address, with the token' }),
    expiresAt: Time('When the link stops working'),
  },
  {
    person: { ...PERSON, state: 'invited', hasSecondFactor: false, lastSignInAt: null, lastSignInFrom: null },
    token: 'vK8rT2mZx4NcW9bLp3Ds6fQ7hJ5gAyEuRkVnXtCwPzSd',
    path: '/invitation#vK8rT2mZx4NcW9bLp3Ds6fQ7hJ5gAyEuRkVnXtCwPzSd',
    expiresAt: '2026-05-07T10:00:00.000Z',
  },
);

export const PersonPath = Type.Object({
  id: Type.String({ description: 'The id of a person', examples: ['prs_4kq7m2ws9xbd3h6n'] }),
});
export const Search = Type.Optional(
  Type.String({ pattern: '^[^\\p{C}]{1,100}$', description: 'a text of 1 to 100 characters' }),
);
export const NewPersonFields = {
  email: Type.String({ description: 'an email address of at most 254 characters' }),
  name: Type.String({ description: 'a text of 1 to 100 characters on one line' }),
};

export function toWireInvitation({ person, token, expiresAt }: Invitation) {
  return { person, token, path: invitationPath(token), expiresAt };
}
