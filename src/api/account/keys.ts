/** A reseller's own API keys. It mints none: those are the provider's to give. */
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
import type { AccountRoutes } from './context.ts';

const BY_ID = keyset('keys', 'id');
const tags = ['keys'];

export const keys: AccountRoutes = (app, { core, read, write, invoke, accountId }) => {
  app.get(
    '/keys',
    {
      ...read,
      schema: {
        operationId: 'listKeys',
        tags,
        summary: 'The account’s API keys, newest first',
        querystring: ListQuery({ state: State }),
        response: { 200: List(Key, [LISTED_KEY]) },
      },
    },
    async (request, reply) => {
      const filter = { accountId: accountId(request), state: request.query.state };
      const page = await core.keys.page(filter, BY_ID.read(request.query));
      return answerPage(request, reply, BY_ID, page, (key) => key);
    },
  );

  app.post(
    '/keys/:id/rotate',
    {
      ...write,
      schema: {
        operationId: 'rotateKey',
        tags,
        summary: 'Mint a successor of an API key',
        description:
          'Old and new work both for `overlapMs`, then the old one ends. The answer shows `secret` this once. A key rotates itself, and others that may do no more than it.',
        params: KeyPath,
        body: Rotate,
        response: { 201: MintedKeyAnswer },
        refuses: ['KeyNotFound', 'LimitReached'],
      },
    },
    async (request, reply) => {
      const own = { accountId: accountId(request) };
      const minted = await core.keys.rotate(invoke(request), request.params.id, request.body.overlapMs, own);
      reply.code(201);
      return toWireMintedKey(minted);
    },
  );

  app.delete(
    '/keys/:id',
    {
      ...write,
      schema: {
        operationId: 'revokeKey',
        tags,
        summary: 'End an API key at once, on every process',
        params: KeyPath,
        response: { 200: RevokedKey },
        refuses: ['KeyNotFound'],
      },
    },
    async (request) =>
      toWireKey(await core.keys.revoke(invoke(request), request.params.id, accountId(request))),
  );
};
