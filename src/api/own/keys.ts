/** API keys as both consoles' APIs show them. */
import { Type } from 'typebox';
import {
  DEFAULT_ROTATION_OVERLAP_MS,
  KEY_STATES,
  type KeyRecord,
  type MintedKey,
} from '../../core/keys/keys.ts';
import { SCOPES } from '../../core/keys/scopes.ts';
import { Answer, Body, Named, OptionalText, OptionalTime, Time, WholeIn, Word } from '../http/fields.ts';

const KEY_FIELDS = {
  id: Type.String(),
  name: Type.String(),
  owner: Type.String({ description: 'The email address of the account that the key speaks for' }),
  hint: Type.String({ description: 'The first characters of the secret' }),
  scopes: Type.Array(Word(SCOPES)),
  createdAt: Time('When the key was minted'),
  expiresAt: OptionalTime('When it ends; null: never'),
  revokedAt: OptionalTime('When it was ended'),
  lastUsedAt: OptionalTime('To about a minute; null: never'),
  lastUsedFrom: OptionalText('The address of it'),
};
const KEY = {
  id: 'key_4kq7m2ws9xbd3h6n',
  name: 'panel',
  owner: 'r@example.com',
  hint: 'hg_live_8rT2',
  scopes: ['reseller:read', 'reseller:write'],
  createdAt: '2026-05-04T10:00:00.000Z',
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: '2026-05-05T08:15:00.000Z',
  lastUsedFrom: '198.51.100.7',
};

export const Key = Named('Key', {
  ...KEY_FIELDS,
  account: Type.String({ description: 'The account that the key speaks for' }),
  storeCode: OptionalText('Of a reseller'),
  rotatedFrom: OptionalText('The key that it took the place of'),
});
export const LISTED_KEY = {
  ...KEY,
  account: 'acc_4kq7m2ws9xbd3h6n',
  storeCode: 'MYSTORE',
  rotatedFrom: null,
};

export const RevokedKey = Answer(KEY_FIELDS, { ...KEY, revokedAt: '2026-05-06T10:00:00.000Z' });
export const MintedKeyAnswer = Answer(
  { ...KEY_FIELDS, secret: Type.String({ description: 'Shown once' }) },
  {
    ...KEY,
    lastUsedAt: null,
    lastUsedFrom: null,
    secret: 'hg_live_8rT2vKq7mZx4NcW9bLp3Ds6fQ7hJ5gAyEuRkVnXtCwPz',
  },
);

const LONGEST_OVERLAP_MS = 30 * 24 * 3_600_000;
export const Rotate = Body(
  {
    overlapMs: Type.Optional(
      WholeIn(`0 to ${LONGEST_OVERLAP_MS} milliseconds, a day (${DEFAULT_ROTATION_OVERLAP_MS}) unless said`, {
        maximum: LONGEST_OVERLAP_MS,
      }),
    ),
  },
  { overlapMs: 3_600_000 },
);

export const KeyPath = Type.Object({
  id: Type.String({ description: 'The id of a key: not its secret', examples: ['key_4kq7m2ws9xbd3h6n'] }),
});
export const State = Type.Optional(Word(KEY_STATES));

export function toWireKey({
  id,
  name,
  owner,
  hint,
  scopes,
  createdAt,
  expiresAt,
  revokedAt,
  lastUsedAt,
  lastUsedFrom,
}: KeyRecord) {
  return { id, name, owner, hint, scopes, createdAt, expiresAt, revokedAt, lastUsedAt, lastUsedFrom };
}

export function toWireMintedKey(minted: MintedKey) {
  return { ...toWireKey(minted), secret: minted.secret };
}
