/** Gateway machines that reach this installation over HTTPS, and their tokens. */
import { Type } from 'typebox';
import {
  Answer,
  Body,
  Named,
  OptionalText,
  OptionalTime,
  Time,
  TimeIn,
  timeFrom,
  WholeIn,
} from '../http/fields.ts';
import type { AdminRoutes } from './context.ts';

const NODE = {
  id: Type.String(),
  name: Type.String(),
  hint: Type.String({ description: 'The first characters of its newest token' }),
  createdAt: Time('When it was made'),
  expiresAt: OptionalTime('When it ends by itself'),
  revokedAt: OptionalTime('When it was revoked'),
  lastUsedAt: OptionalTime('When it was last heard of'),
  lastUsedFrom: OptionalText('From which address'),
  sessions: Type.Integer({ description: 'Gateway sessions that are open' }),
};
const EXAMPLE = {
  id: 'node_4kq7m2ws9xbd3h6n',
  name: 'gw1',
  hint: 'hg_node_k3m9',
  createdAt: '2026-05-04T10:00:00.000Z',
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: '2026-06-01T10:00:00.000Z',
  lastUsedFrom: '203.0.113.7',
  sessions: 1,
};
const Minted = Answer(
  { ...NODE, secret: Type.String({ description: 'The token. Shown now and never again' }) },
  { ...EXAMPLE, secret: 'hg_node_k3m9q2w7x4b8n6v5k3m9q2w7x4b8n6v5k3m9q2w7x4b8' },
);
const PATH = Type.Object({ id: Type.String({ description: 'an id, or a name', examples: [EXAMPLE.id] }) });
const tags = ['nodes'];

export const nodes: AdminRoutes = (app, { core, read, owner, invoke }) => {
  app.get(
    '/nodes',
    {
      ...read,
      schema: {
        operationId: 'listNodes',
        tags,
        summary: 'All nodes, revoked ones too, newest first',
        response: { 200: Answer({ data: Type.Array(Named('Node', NODE)) }, { data: [EXAMPLE] }) },
      },
    },
    async () => ({ data: await core.nodes.list() }),
  );

  app.post(
    '/nodes',
    {
      ...owner,
      schema: {
        operationId: 'createNode',
        tags,
        summary: 'Add a gateway machine; its token is in this answer and nowhere else',
        body: Body(
          {
            name: Type.String({
              minLength: 1,
              maxLength: 64,
              description: 'letters, digits, dots, underscores, hyphens',
            }),
            expiresAt: Type.Optional(TimeIn()),
          },
          { name: 'gw1' },
        ),
        response: { 201: Minted },
        refuses: ['NodeNameTaken', 'LimitReached'],
      },
    },
    async (request, reply) => {
      const { name, expiresAt } = request.body;
      reply.code(201);
      return core.nodes.create(invoke(request), {
        name,
        expiresAt: expiresAt === undefined ? undefined : timeFrom(expiresAt, 'expiresAt'),
      });
    },
  );

  app.post(
    '/nodes/:id/rotate',
    {
      ...owner,
      schema: {
        operationId: 'rotateNode',
        tags,
        summary: 'Mint another token; those before it work on for a while',
        params: PATH,
        body: Body(
          {
            overlapSeconds: Type.Optional(
              WholeIn('a whole number of seconds, at most 30 days (absent: one day)', {
                maximum: 30 * 24 * 3600,
              }),
            ),
          },
          { overlapSeconds: 3600 },
        ),
        response: { 200: Minted },
        refuses: ['NodeNotFound'],
      },
    },
    async (request) => {
      const { overlapSeconds } = request.body;
      const overlapMs = overlapSeconds === undefined ? undefined : overlapSeconds * 1000;
      return core.nodes.rotate(invoke(request), request.params.id, overlapMs);
    },
  );

  app.delete(
    '/nodes/:id',
    {
      ...owner,
      schema: {
        operationId: 'revokeNode',
        tags,
        summary: 'Revoke a node: its link ends at once',
        params: PATH,
        response: { 200: Answer(NODE, { ...EXAMPLE, revokedAt: '2026-06-02T10:00:00.000Z' }) },
        refuses: ['NodeNotFound'],
      },
    },
    async (request) => core.nodes.revoke(invoke(request), request.params.id),
  );
};
