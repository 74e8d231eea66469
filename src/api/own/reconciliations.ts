/** Reconciliations and reviews: the same forms for the provider, who sees all, and for a reseller, who sees its own. */
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { DomainError } from '../../core/errors.ts';
import type { LedgerFormat } from '../../core/reconciliation/lines.ts';
import { DIFFERENCE_SORTS, type DifferenceSort } from '../../core/reconciliation/match.ts';
import type { Difference, Reconciliation } from '../../core/reconciliation/reconciliations.ts';
import type { Review } from '../../core/reviews/reviews.ts';
import {
  Answer,
  Named,
  OptionalText,
  OptionalTime,
  Time,
  TimeIn,
  timeFrom,
  Whole,
  Word,
} from '../http/fields.ts';
import type { Guard, RouteContext, Routes } from '../http/own-api.ts';
import { answerPage, keyset, List, ListQuery } from '../http/paging.ts';
import { csvAnswer, sendCsv } from './csv.ts';
import { idPath } from './figures.ts';
import type { AccountFilter } from './filter.ts';

export interface ReconciliationContext extends RouteContext {
  /** Of calls that only show. */
  see: Guard;
  /** Of calls that begin one, or send a ledger. */
  send: Guard;
  /** Whose reconciliations these are; null: everybody's. */
  whose: (request: FastifyRequest) => bigint | null;
  /** What lists can be limited to besides. */
  filter?: AccountFilter;
}

/** Whose are to be listed; null: everybody's. */
async function listedOf(context: ReconciliationContext, request: FastifyRequest): Promise<bigint | null> {
  return context.whose(request) ?? (await context.filter?.accountOf(request)) ?? null;
}

const STATUSES = ['waiting', 'reading', 'matching', 'done', 'failed'] as const;

const RECONCILIATION = {
  id: Type.String(),
  account: Type.String({ description: 'Whose ledger it is' }),
  storeCode: OptionalText('Of a reseller'),
  source: Word(['upload', 'pull'], 'Whether the ledger is sent, or fetched from the address that is set'),
  from: Time('The beginning of the period'),
  to: Time('Its end, not part of it any more'),
  graceSeconds: Type.Integer({ description: 'Each side may have an event this much later than the other' }),
  toleranceCents: Whole('Amounts that differ by no more are the same'),
  status: Word(STATUSES, 'It waits for a ledger, reads it, compares, is done; or it failed'),
  error: OptionalText('Why the ledger could not be read'),
  createdAt: Time('When it was begun'),
  finishedAt: OptionalTime('When it was done, or failed'),
  percent: Type.Integer({ description: 'Of the comparison' }),
  theirLines: Whole('Lines of the ledger that were read'),
  unreadableLines: Whole('Lines that say nothing that could be compared'),
  ourEvents: Type.Unsafe<bigint | null>({
    type: ['integer', 'null'],
    description: 'Recorded here in the period; null until they are laid beside the ledger',
  }),
  matched: Whole('The same on both sides'),
  missingHere: Whole('In the ledger, and not recorded here'),
  missingThere: Whole('Recorded here, and not in the ledger'),
  amountDiffers: Whole('Of the same kind, with another amount'),
  kindDiffers: Whole('Of another kind'),
  doubled: Whole('More often on one side than on the other'),
  lagging: Whole('Too near an end of the period, or to now, to be missed on the other side'),
};
const Form = Named('Reconciliation', RECONCILIATION);
export const RECONCILIATION_EXAMPLE = {
  id: 'rec_4kq7m2ws9xbd3h6n',
  account: 'acc_4kq7m2ws9xbd3h6n',
  storeCode: 'MYSTORE',
  source: 'upload',
  from: '2026-05-01T00:00:00.000Z',
  to: '2026-06-01T00:00:00.000Z',
  graceSeconds: 3600,
  toleranceCents: 0,
  status: 'done',
  error: null,
  createdAt: '2026-06-02T08:00:00.000Z',
  finishedAt: '2026-06-02T08:00:09.000Z',
  percent: 100,
  theirLines: 10_400,
  unreadableLines: 0,
  ourEvents: 10_399,
  matched: 10_398,
  missingHere: 2,
  missingThere: 0,
  amountDiffers: 1,
  kindDiffers: 0,
  doubled: 0,
  lagging: 0,
};
export const ReconciliationAnswer = Answer(RECONCILIATION, RECONCILIATION_EXAMPLE);
const BY_ID = idPath(RECONCILIATION_EXAMPLE.id);
const NEWEST = keyset('reconciliations', 'id');

export const PERIOD_FIELDS = { from: TimeIn(), to: TimeIn() };
export const PERIOD_EXAMPLE = { from: '2026-05-01T00:00:00Z', to: '2026-06-01T00:00:00Z' };

export function periodFrom({ from, to }: { from: string; to: string }): { from: Date; to: Date } {
  return { from: timeFrom(from, 'from'), to: timeFrom(to, 'to') };
}

const DifferenceForm = Named('Difference', {
  sort: Word(DIFFERENCE_SORTS),
  externalRef: Type.String(),
  ours: Type.Unsafe<Difference['ours']>({
    anyOf: [
      Named('RecordedEvent', {
        eventId: Type.String(),
        kind: Type.String(),
        cents: Whole('US cents'),
        at: Time('When it was recorded'),
      }),
      { type: 'null' },
    ],
  }),
  theirs: Type.Unsafe<Difference['theirs']>({
    anyOf: [
      Named('LedgerLine', {
        line: Whole('Its place in the ledger, from 1'),
        kind: Type.String(),
        cents: Whole('US cents'),
        at: OptionalTime('As the ledger has it'),
      }),
      { type: 'null' },
    ],
  }),
});
const DIFFERENCE = {
  sort: 'amount_differs',
  externalRef: 'txn_abc123',
  ours: { eventId: 'ev_4kq7m2ws9xbd3h6n', kind: 'topup', cents: 2500, at: '2026-05-04T10:00:00.000Z' },
  theirs: { line: 17, kind: 'topup', cents: 2600, at: '2026-05-04T09:59:58.000Z' },
};
const SORT = Type.Optional(Word(DIFFERENCE_SORTS));
const DIFFERENCES = keyset('differences', 'id');
const CSV_PAGE = 1000;

const FORMATS: Record<string, LedgerFormat> = {
  'text/csv': 'csv',
  'application/json': 'json',
  'application/x-ndjson': 'ndjson',
};
const FORMATS_EXPECTED = Object.keys(FORMATS).join(', ');
const LEDGER_LINE = {
  external_ref: 'txn_abc123',
  kind: 'topup',
  amount_usd: '25.00',
  at: '2026-05-04T10:00:00Z',
};
const LEDGER_EXAMPLES = {
  'text/csv': `${Object.keys(LEDGER_LINE).join(',')}\n${Object.values(LEDGER_LINE).join(',')}\n`,
  'application/json': [LEDGER_LINE],
  'application/x-ndjson': `${JSON.stringify(LEDGER_LINE)}\n`,
};
/** A line may be slow; one that is silent for so long is gone. */
const LEDGER_IDLE_MS = 60_000;
/** Of a ledger that is sent. */
const LEDGER_LIMIT_BYTES = 4 * 1024 ** 3;
const tags = ['reconciliation'];
const missing = ['ReconciliationNotFound'] as const;

export const reconciliations: Routes<ReconciliationContext> = (app, context) => {
  const { core, see, send, whose, filter, invoke } = context;
  app.get(
    '/reconciliations',
    {
      ...see,
      schema: {
        operationId: 'listReconciliations',
        tags,
        summary: 'Reconciliations, newest first',
        querystring: ListQuery({ ...filter?.fields }),
        response: { 200: List(Form, [RECONCILIATION_EXAMPLE]) },
      },
    },
    async (request, reply) => {
      const page = await core.reconciliations.list(
        await listedOf(context, request),
        NEWEST.read(request.query),
      );
      return answerPage(request, reply, NEWEST, page, (row: Reconciliation) => row);
    },
  );

  app.get(
    '/reconciliations/:id',
    {
      ...see,
      schema: {
        operationId: 'getReconciliation',
        tags,
        summary: 'One reconciliation, how far it is and what came out',
        params: BY_ID,
        response: { 200: ReconciliationAnswer },
        refuses: missing,
      },
    },
    async (request) => core.reconciliations.get(whose(request), request.params.id),
  );

  // A ledger is read as it comes: it may be longer than memory.
  app.register(async (inner) => {
    inner.removeAllContentTypeParsers();
    inner.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    inner.put<{ Params: { id: string } }>(
      '/reconciliations/:id/ledger',
      {
        ...send,
        config: { ...send.config, bodyIdleMs: LEDGER_IDLE_MS },
        bodyLimit: LEDGER_LIMIT_BYTES,
        schema: {
          operationId: 'sendLedger',
          tags,
          summary:
            'Send the reseller’s ledger: CSV with a header, a JSON array of objects, or an object a line; fields external_ref, kind, amount_usd (or amount_cents), at. The comparison begins when it has been read',
          params: BY_ID,
          streams: LEDGER_EXAMPLES,
          response: { 200: ReconciliationAnswer },
          refuses: [...missing, 'ReconciliationState', 'LimitReached'],
        },
      },
      async (request) => {
        const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
        const format = FORMATS[type];
        if (!format) throw new DomainError('UnsupportedMediaType', { expected: FORMATS_EXPECTED });
        const { id } = request.params;
        const owner = whose(request) ?? (await core.reconciliations.ownerOf(id));
        const body = request.body as IncomingMessage;
        try {
          return await core.reconciliations.receive(invoke(request), owner, id, body, format);
        } catch (error) {
          // Who sent it has gone: nothing is wrong here.
          if (body.destroyed && !body.complete)
            throw new DomainError('MalformedBody', { what: 'ledger', expected: 'complete' });
          throw error;
        }
      },
    );
  });

  app.get(
    '/reconciliations/:id/differences',
    {
      ...see,
      schema: {
        operationId: 'listDifferences',
        tags,
        summary: 'What differs',
        params: BY_ID,
        querystring: ListQuery({ sort: SORT }),
        response: { 200: List(DifferenceForm, [DIFFERENCE]) },
        refuses: missing,
      },
    },
    async (request, reply) => {
      const { sort } = request.query;
      const order = { ...DIFFERENCES.read(request.query), sort };
      const page = await core.reconciliations.differences(whose(request), request.params.id, order);
      return answerPage(request, reply, DIFFERENCES, page, (row: Difference) => row);
    },
  );

  app.get(
    '/reconciliations/:id/differences.csv',
    {
      ...see,
      schema: {
        operationId: 'exportDifferences',
        tags,
        summary: 'What differs, as CSV',
        params: BY_ID,
        querystring: Type.Object({ sort: SORT }, { additionalProperties: false }),
        response: {
          200: csvAnswer(
            'All of it.',
            `${DIFFERENCE_COLUMNS.join(',')}\r\namount_differs,txn_abc123,ev_4kq7m2ws9xbd3h6n,topup,2500,2026-05-04T10:00:00.000Z,17,topup,2600,2026-05-04T09:59:58.000Z\r\n`,
          ),
        },
        refuses: missing,
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const owner = whose(request);
      const pageAfter = (after: readonly [bigint] | undefined) =>
        core.reconciliations.differences(owner, id, { limit: CSV_PAGE, after, sort: request.query.sort });
      async function* tables() {
        let page = await pageAfter(undefined);
        for (;;) {
          yield page.rows.map(differenceCells);
          if (!page.next) return;
          page = await pageAfter(page.next);
        }
      }
      return sendCsv(reply, `${id}.csv`, DIFFERENCE_COLUMNS, tables());
    },
  );

  app.get(
    '/reconciliations/:id/totals',
    {
      ...see,
      schema: {
        operationId: 'getReconciliationTotals',
        tags,
        summary: 'What each side has of each day and kind',
        params: BY_ID,
        response: {
          200: Answer(
            {
              data: Type.Array(
                Named('ReconciliationTotal', {
                  day: OptionalText('In UTC; null where the ledger has no times'),
                  kind: Type.String(),
                  ourCount: Whole('Recorded here'),
                  ourCents: Whole('US cents'),
                  theirCount: Whole('In the ledger'),
                  theirCents: Whole('US cents'),
                }),
              ),
            },
            {
              data: [
                {
                  day: '2026-05-04',
                  kind: 'topup',
                  ourCount: 12,
                  ourCents: 30_000,
                  theirCount: 12,
                  theirCents: 30_100,
                },
              ],
            },
          ),
        },
        refuses: missing,
      },
    },
    async (request) => ({ data: await core.reconciliations.totals(whose(request), request.params.id) }),
  );

  app.get(
    '/reconciliations/:id/unreadable',
    {
      ...see,
      schema: {
        operationId: 'listUnreadableLines',
        tags,
        summary: 'Lines that could not be read: the first thousand',
        params: BY_ID,
        response: {
          200: Answer(
            {
              data: Type.Array(
                Named('UnreadableLine', { line: Whole('Its place in the ledger'), why: Type.String() }),
              ),
            },
            { data: [{ line: 17, why: 'external_ref must be 1 to 255 printable characters' }] },
          ),
        },
        refuses: missing,
      },
    },
    async (request) => ({ data: await core.reconciliations.unreadable(whose(request), request.params.id) }),
  );
};

export const DIFFERENCE_COLUMNS = [
  'sort',
  'externalRef',
  'eventId',
  'ourKind',
  'ourCents',
  'ourAt',
  'line',
  'theirKind',
  'theirCents',
  'theirAt',
];

/** A difference as a line of CSV. */
export function differenceCells({ sort, externalRef, ours, theirs }: Difference) {
  return [
    sort satisfies DifferenceSort,
    externalRef,
    ours?.eventId ?? null,
    ours?.kind ?? null,
    ours?.cents ?? null,
    ours?.at ?? null,
    theirs?.line ?? null,
    theirs?.kind ?? null,
    theirs?.cents ?? null,
    theirs?.at ?? null,
  ];
}

const REVIEW = {
  id: Type.String(),
  account: Type.String({ description: 'Who is looked at' }),
  storeCode: OptionalText('Of a reseller'),
  email: Type.String(),
  openedAt: Time('When it was opened'),
  resolvedAt: OptionalTime('When it was closed'),
  resolvedBy: OptionalText('By whom'),
  note: OptionalText('What was found'),
  causes: Type.Array(
    Named('ReviewCause', {
      at: Time('When it came up'),
      subject: Type.String({ description: '`credit-event:…` or `reconciliation:…`' }),
      text: Type.String(),
    }),
    { description: 'Oldest first; at most a hundred' },
  ),
};
const ReviewForm = Named('Review', REVIEW);
export const REVIEW_EXAMPLE = {
  id: 'rev_4kq7m2ws9xbd3h6n',
  account: 'acc_4kq7m2ws9xbd3h6n',
  storeCode: 'MYSTORE',
  email: 'r@example.com',
  openedAt: '2026-06-02T08:00:09.000Z',
  resolvedAt: null,
  resolvedBy: null,
  note: null,
  causes: [
    {
      at: '2026-06-02T08:00:09.000Z',
      subject: 'reconciliation:rec_4kq7m2ws9xbd3h6n',
      text: 'missing here: 2, amount differs: 1',
    },
  ],
};
export const ReviewAnswer = Answer(REVIEW, REVIEW_EXAMPLE);
export const REVIEW_PATH = idPath(REVIEW_EXAMPLE.id);
const REVIEWS = keyset('reviews', 'id');

export const reviews: Routes<ReconciliationContext> = (app, context) => {
  const { core, see, whose } = context;
  app.get(
    '/reviews',
    {
      ...see,
      schema: {
        operationId: 'listReviews',
        tags: ['reviews'],
        summary: 'Reviews, newest first',
        querystring: ListQuery({
          status: Type.Optional(Word(['open', 'resolved'])),
          ...context.filter?.fields,
        }),
        response: { 200: List(ReviewForm, [REVIEW_EXAMPLE]) },
      },
    },
    async (request, reply) => {
      const { status } = request.query;
      const page = await core.reviews.list({
        ...REVIEWS.read(request.query),
        isOpen: status === undefined ? undefined : status === 'open',
        accountId: (await listedOf(context, request)) ?? undefined,
      });
      return answerPage(request, reply, REVIEWS, page, (row: Review) => row);
    },
  );

  app.get(
    '/reviews/:id',
    {
      ...see,
      schema: {
        operationId: 'getReview',
        tags: ['reviews'],
        summary: 'One review',
        params: REVIEW_PATH,
        response: { 200: ReviewAnswer },
        refuses: ['ReviewNotFound'],
      },
    },
    async (request) => core.reviews.get(request.params.id, whose(request)),
  );
};
