/** What the log has of events: for who reported them, and for the owner. */
import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { DomainError } from '../../core/errors.ts';
import { Answer, Query } from '../http/fields.ts';
import { principalOf } from '../http/principal.ts';
import {
  CheckpointSchema,
  LEAVES_PATTERN,
  RECEIPT_EXAMPLE,
  RECEIPT_FIELDS,
  ReceiptSchema,
} from '../http/receipt.ts';
import type { LogRoutes } from './context.ts';

const EventId = Type.String({ pattern: '^[\\x21-\\x7e]{1,100}$', description: 'the id of an event, `ev_…`' });

const Inclusion = Answer(
  {
    tree_size: Type.Integer({ description: 'The number of leaves that the proof is for' }),
    ...RECEIPT_FIELDS,
    checkpoint: Type.Optional(CheckpointSchema),
  },
  { tree_size: 1, ...RECEIPT_EXAMPLE },
);

const EXPORT_EXAMPLE = [
  {
    format: 'headgate-credit-log/1',
    account: 'acc_4kq7m2ws9xbd3h6n',
    tree_size: 1,
    checkpoint: RECEIPT_EXAMPLE.checkpoint,
    keys: ['headgate/credit-log/example+d3b30d87+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea'],
  },
  { leaf_index: 0, leaf_hash: RECEIPT_EXAMPLE.leaf_hash, leaf: RECEIPT_EXAMPLE.leaf },
]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join('');

/** Sent as it is read. */
const Lines = Type.Unsafe<Readable>({ type: 'string' });

const seesAll = (request: FastifyRequest) => principalOf(request).scopes.includes('admin:read');

export const events: LogRoutes = (app, { core, read }) => {
  const { creditLog } = core;
  const ownerOf = (request: FastifyRequest) => (seesAll(request) ? null : principalOf(request).accountId);

  app.get(
    '/receipt',
    {
      ...read,
      schema: {
        operationId: 'getReceipt',
        tags: ['events'],
        summary: 'The receipt of an event',
        description: 'The same that was in the answer to the report.',
        querystring: Query({ event: EventId }),
        response: { 200: { ...ReceiptSchema, examples: [RECEIPT_EXAMPLE] } },
        refuses: ['CreditEventNotFound'],
      },
    },
    async (request) => creditLog.receipt((request.query as { event: string }).event, ownerOf(request)),
  );

  app.get(
    '/proof/inclusion',
    {
      ...read,
      schema: {
        operationId: 'proveInclusion',
        tags: ['events'],
        summary: 'Proof that an event is in the tree',
        description:
          'In the tree of `size` leaves; without it, in that of the last checkpoint, which comes along.',
        querystring: Query({
          event: EventId,
          size: Type.Optional(Type.String({ pattern: LEAVES_PATTERN, description: 'a number of leaves' })),
        }),
        response: { 200: Inclusion },
        refuses: ['CreditEventNotFound'],
      },
    },
    async (request) => {
      const { event, size } = request.query;
      if (size !== undefined) return creditLog.inclusion(event, ownerOf(request), Number(size));
      const checkpoint = await creditLog.checkpoint();
      const last = Number(checkpoint.split('\n', 2)[1]);
      return { ...(await creditLog.inclusion(event, ownerOf(request), last)), checkpoint };
    },
  );

  app.get(
    '/export',
    {
      ...read,
      schema: {
        operationId: 'exportLog',
        tags: ['events'],
        summary: 'The whole log: own events whole, of others the hashes',
        description:
          'JSON, a line each: a header with a checkpoint, then every leaf from the first. Enough to check everything offline.',
        querystring: Query({
          reseller: Type.Optional(
            Type.String({
              pattern: '^\\S{1,254}$',
              description: 'a store code or an email address; for a key of the owner',
            }),
          ),
        }),
        response: {
          200: { content: { 'application/x-ndjson': { schema: Lines, example: EXPORT_EXAMPLE } } },
        },
        refuses: ['AccountNotFound'],
      },
    },
    async (request, reply) => {
      const { reseller } = request.query as { reseller?: string };
      if (reseller !== undefined && !seesAll(request)) {
        throw new DomainError('InsufficientScope', { needed: 'admin:read' });
      }
      const { accountId, accountPublicId } = principalOf(request);
      const account =
        reseller === undefined
          ? { id: accountId, publicId: accountPublicId }
          : await core.accounts.find(reseller);
      return reply.type('application/x-ndjson').send(Readable.from(creditLog.export(account)));
    },
  );
};
