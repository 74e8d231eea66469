/** What is public of the log: its checkpoint, its keys, and that it only grew. */
import { Type } from 'typebox';
import { Answer, Query } from '../http/fields.ts';
import { CHECKPOINT_EXAMPLE, CheckpointSchema, HashSchema, LEAVES_PATTERN } from '../http/receipt.ts';
import type { LogRoutes } from './context.ts';

const TEXT = 'text/plain; charset=utf-8';

const Keys = Type.String({ pattern: '^([^\\s+]+\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]+=*\\n)+$' });

const Sizes = Query({
  first: Type.String({ pattern: LEAVES_PATTERN, description: 'a number of leaves' }),
  second: Type.String({ pattern: LEAVES_PATTERN, description: 'a number of leaves, not less than `first`' }),
});

const Consistency = Answer(
  { first: Type.Integer(), second: Type.Integer(), proof: Type.Array(HashSchema) },
  { first: 1, second: 2, proof: ['BffT5IZHC6kLnrcbPfMvNKii8e3SIMDBGBvltEyb+xo='] },
);

const KEY_EXAMPLE = 'headgate/credit-log/example+d3b30d87+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea\n';

export const tree: LogRoutes = (app, { core: { creditLog } }) => {
  app.get(
    '/checkpoint',
    {
      schema: {
        operationId: 'getCheckpoint',
        tags: ['tree'],
        summary: 'The last checkpoint, a signed note',
        description: 'Of every event that was answered before. Who keeps it can show later what the log was.',
        security: [],
        response: {
          200: { content: { 'text/plain': { schema: CheckpointSchema, example: CHECKPOINT_EXAMPLE } } },
        },
      },
    },
    async (_request, reply) => reply.type(TEXT).send(await creditLog.checkpoint()),
  );

  app.get(
    '/key',
    {
      schema: {
        operationId: 'getKeys',
        tags: ['tree'],
        summary: 'The keys that checkpoints are signed with, a line each',
        description: 'The key that signs now is the first; those that it followed are behind it.',
        security: [],
        response: { 200: { content: { 'text/plain': { schema: Keys, example: KEY_EXAMPLE } } } },
      },
    },
    async (_request, reply) => {
      const keys = await creditLog.keys();
      return reply.type(TEXT).send(keys.map(({ vkey }) => `${vkey}\n`).join(''));
    },
  );

  app.get(
    '/proof/consistency',
    {
      schema: {
        operationId: 'proveConsistency',
        tags: ['tree'],
        summary: 'Proof that the tree of one size begins with that of another',
        security: [],
        querystring: Sizes,
        response: { 200: Consistency },
      },
    },
    async (request) => creditLog.consistency(Number(request.query.first), Number(request.query.second)),
  );
};
