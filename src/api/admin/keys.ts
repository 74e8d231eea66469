/** API keys, of all accounts. */
import { Type } from 'typebox';
import { SCOPES } from '../../core/keys/scopes.ts';
import { Body, TIME_EXPECTED, TimeIn, timeFrom, Word } from '../http/fields.ts';
import { answerPage, keyset, List, ListQuery } from '../http/paging.ts';
import {
  Key,
  KeyPath,
  LISTED_KEY,
  MintedKeyAnswer,
  RevokedKey,
  Rotate,
  State,
  toWireKey,
  toWireMintedKey,
} from '../own/keys.ts';
import type { AdminRoutes } from './context.ts';

const BY_ID = keyset('keys', 'id');
const Mint = Body(
  {
    owner: Type.String({ description: 'an email address or store code of an account' }),
    name: Type.String({ description: 'a text of 1 to 100 characters on one line' }),
    scopes: Type.Array(Word(SCOPES), {
      minItems: 1,
      maxItems: SCOPES.length,
      description: `a list of at least one of ${SCOPES.join(', ')}`,
    }),
    expiresAt: Type.Optional(TimeIn(TIME_EXPECTED)),
  },
  {
    owner: 'MYSTORE',
    name: 'panel',
    scopes: ['reseller:read', 'reseller:write'],
    expiresAt: '2027-01-31T12:00:00Z',
  },
);
const tags = ['keys'];

export const keys: AdminRoutes = (app, { core, read, owner, invoke }) => {
  app.get(
    '/keys',
    {
      ...read,
      schema: {
        operationId: 'listKeys',
        tags,
        summary: 'API keys, newest first',
        querystring: ListQuery({
          account: Type.Optional(
            Type.String({ description: 'an email address or store code of an account' }),
          ),
          state: State,
        }),
        response: { 200: List(Key, [LISTED_KEY]) },
        refuses: ['AccountNotFound'],
      },
    },
    async (request, reply) => {
      const { account, state } = request.query;
      const accountId = account === undefined ? undefined : (await core.accounts.find(account)).id;
      const page = await core.keys.page({ accountId, state }, BY_ID.read(request.query));
      return answerPage(request, reply, BY_ID, page, (key) => key);
    },
  );

  app.post(
    '/keys',
    {
      ...owner,
      schema: {
        operationId: 'mintKey',
        tags,
        summary: 'Mint an API key',
        description:
          'The answer shows `secret` this once. A key is given no more than the caller holds; `admin:write` gives the scopes of resellers and users too. `admin:` scopes are only for keys of the owner’s account.',
        body: Mint,
        response: { 201: MintedKeyAnswer },
        refuses: ['ReservedFor', 'AccountNotFound', 'LimitReached'],
      },
    },
    async (request, reply) => {
      const { owner: account, name, scopes, expiresAt } = request.body;
      const { id: accountId } = await core.accounts.find(account);
      const minted = await core.keys.mint(invoke(request), {
        accountId,
        name,
        scopes,
        expiresAt: expiresAt === undefined ? undefined : timeFrom(expiresAt, 'expiresAt'),
      });
      reply.code(201);
      return toWireMintedKey(minted);
    },
  );

  app.post(
    '/keys/:id/rotate',
    {
      ...owner,
      schema: {
        operationId: 'rotateKey',
        tags,
        summary: 'Mint a successor of an API key',
        description:
          'Old and new work both for `overlapMs`, then the old one ends. The answer shows `secret` this once.',
        params: KeyPath,
        body: Rotate,
        response: { 201: MintedKeyAnswer },
        refuses: ['ReservedFor', 'KeyNotFound', 'LimitReached'],
      },
    },
    async (request, reply) => {
      const minted = await core.keys.rotate(invoke(request), request.params.id, request.body.overlapMs);
      reply.code(201);
      return toWireMintedKey(minted);
    },
  );

  app.delete(
    '/keys/:id',
    {
      ...owner,
      schema: {
        operationId: 'revokeKey',
        tags,
        summary: 'End an API key at once, on every process',
        params: KeyPath,
        response: { 200: RevokedKey },
        refuses: ['ReservedFor', 'KeyNotFound'],
      },
    },
    async (request) => toWireKey(await core.keys.revoke(invoke(request), request.params.id)),
  );
};
