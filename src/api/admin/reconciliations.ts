/** The provider's side: any reseller's ledger, where ledgers are fetched from, what counts as a difference, and reviews. */
import { Type } from 'typebox';
import type { LedgerSource } from '../../core/reconciliation/sources.ts';
import { Answer, Body, Named, OptionalText, Time, Whole, WholeIn } from '../http/fields.ts';
import {
  PERIOD_EXAMPLE,
  PERIOD_FIELDS,
  periodFrom,
  REVIEW_PATH,
  ReconciliationAnswer,
  ReviewAnswer,
  reconciliations,
  reviews,
} from '../own/reconciliations.ts';
import { type AdminRoutes, resellerFilter } from './context.ts';

const Reseller = Type.String({
  minLength: 1,
  maxLength: 254,
  description: 'a store code, an id or an email address',
});
const RESELLER_PATH = Type.Object({
  reseller: Type.String({ description: 'a store code, an id or an email address', examples: ['MYSTORE'] }),
});

const SOURCE = {
  url: Type.String(),
  everyHours: Type.Integer(),
  enabled: Type.Boolean(),
  fetchedTo: Time('The end of the last period that was fetched'),
  nextAt: Time('When it is fetched next'),
  lastError: OptionalText('Why it could not be fetched last'),
  createdAt: Time('When it was set'),
};
const SOURCE_EXAMPLE = {
  url: 'https://panel.example.com/ledger.csv',
  everyHours: 24,
  enabled: true,
  fetchedTo: '2026-06-01T00:00:00.000Z',
  nextAt: '2026-06-02T00:00:00.000Z',
  lastError: null,
  createdAt: '2026-05-04T10:00:00.000Z',
};

const Settings = Answer(
  {
    graceSeconds: Type.Integer({ description: 'Each side may have an event this much later than the other' }),
    toleranceCents: Whole('Amounts that differ by no more are the same'),
    reviewFrom: Type.Integer({ description: 'This many differences open a review' }),
  },
  { graceSeconds: 3600, toleranceCents: 0, reviewFrom: 1 },
);

export const allReconciliations: AdminRoutes = (app, context) => {
  const { core, read, write, owner, invoke } = context;
  const shared = { ...context, see: read, send: write, whose: () => null, filter: resellerFilter(core) };
  reconciliations(app, shared);
  reviews(app, shared);

  app.post(
    '/reconciliations',
    {
      ...write,
      schema: {
        operationId: 'beginReconciliation',
        tags: ['reconciliation'],
        summary: 'Begin one of a reseller for a period; then send the ledger',
        body: Body({ reseller: Reseller, ...PERIOD_FIELDS }, { reseller: 'MYSTORE', ...PERIOD_EXAMPLE }),
        response: { 201: ReconciliationAnswer },
        refuses: ['AccountNotFound'],
      },
    },
    async (request, reply) => {
      const { id } = await core.accounts.find(request.body.reseller);
      reply.code(201);
      return core.reconciliations.begin(invoke(request), id, periodFrom(request.body));
    },
  );

  app.post(
    '/reviews/:id/resolve',
    {
      ...write,
      schema: {
        operationId: 'resolveReview',
        tags: ['reviews'],
        summary: 'Close a review with a note; the account’s standing is good again',
        params: REVIEW_PATH,
        body: Body(
          {
            note: Type.String({
              minLength: 1,
              maxLength: 2000,
              description: 'a text of 1 to 2000 characters',
            }),
          },
          { note: 'Two late reports; sent again today.' },
        ),
        response: { 200: ReviewAnswer },
        refuses: ['ReviewNotFound', 'ReviewResolved'],
      },
    },
    async (request) => core.reviews.resolve(invoke(request), request.params.id, request.body.note),
  );

  app.get(
    '/resellers/:reseller/ledger-source',
    {
      ...read,
      schema: {
        operationId: 'getLedgerSource',
        tags: ['reconciliation'],
        summary: 'Where a reseller’s ledger is fetched from',
        params: RESELLER_PATH,
        response: {
          200: Answer(
            {
              source: Type.Unsafe<LedgerSource | null>({
                anyOf: [Named('LedgerSource', SOURCE), { type: 'null' }],
                description: 'Null: it is not fetched',
              }),
            },
            { source: SOURCE_EXAMPLE },
          ),
        },
        refuses: ['AccountNotFound'],
      },
    },
    async (request) => {
      const { id } = await core.accounts.find(request.params.reseller);
      return { source: (await core.ledgerSources.get(id)) ?? null };
    },
  );

  app.put(
    '/resellers/:reseller/ledger-source',
    {
      ...owner,
      schema: {
        operationId: 'setLedgerSource',
        tags: ['reconciliation'],
        summary: 'Fetch a reseller’s ledger from an address, on a schedule',
        params: RESELLER_PATH,
        body: Body(
          {
            url: Type.String({ maxLength: 2000, description: 'an https:// URL of at most 2000 characters' }),
            everyHours: WholeIn('a whole number from 1 to 8784', { minimum: 1, maximum: 8784 }),
            enabled: Type.Optional(Type.Boolean({ description: 'true or false' })),
            newSecret: Type.Optional(Type.Boolean({ description: 'true to replace the secret' })),
          },
          { url: SOURCE_EXAMPLE.url, everyHours: 24 },
        ),
        response: {
          200: Answer(
            { ...SOURCE, secret: OptionalText('Signs the requests. Shown when it is made and never again') },
            { ...SOURCE_EXAMPLE, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=' },
          ),
        },
        refuses: ['AccountNotFound'],
      },
    },
    async (request) => {
      const { id } = await core.accounts.find(request.params.reseller);
      const { enabled = true, ...source } = request.body;
      return core.ledgerSources.set(invoke(request), id, { ...source, enabled });
    },
  );

  app.delete(
    '/resellers/:reseller/ledger-source',
    {
      ...owner,
      schema: {
        operationId: 'removeLedgerSource',
        tags: ['reconciliation'],
        summary: 'Fetch this ledger no more',
        params: RESELLER_PATH,
        response: { 200: Answer({ removed: Type.Boolean() }, { removed: true }) },
        refuses: ['AccountNotFound'],
      },
    },
    async (request) => {
      const { id } = await core.accounts.find(request.params.reseller);
      await core.ledgerSources.remove(invoke(request), id);
      return { removed: true };
    },
  );

  app.get(
    '/reconciliation-settings',
    {
      ...read,
      schema: {
        operationId: 'getReconciliationSettings',
        tags: ['reconciliation'],
        summary: 'What counts as a difference',
        response: { 200: Settings },
      },
    },
    async () => core.reconciliationSettings.read(),
  );

  app.patch(
    '/reconciliation-settings',
    {
      ...owner,
      schema: {
        operationId: 'changeReconciliationSettings',
        tags: ['reconciliation'],
        summary: 'Change what counts as a difference, for reconciliations that begin from now on',
        body: Body(
          {
            graceSeconds: Type.Optional(WholeIn('a whole number from 0 to 2592000', { maximum: 2_592_000 })),
            toleranceCents: Type.Optional(
              WholeIn('a whole number from 0 to 1000000', { maximum: 1_000_000 }),
            ),
            reviewFrom: Type.Optional(
              WholeIn('a whole number from 1 to 1000000', { minimum: 1, maximum: 1_000_000 }),
            ),
          },
          { graceSeconds: 7200 },
        ),
        response: { 200: Settings },
      },
    },
    async (request) => {
      const { toleranceCents, ...rest } = request.body;
      return core.reconciliationSettings.change(invoke(request), {
        ...rest,
        toleranceCents: toleranceCents === undefined ? undefined : BigInt(toleranceCents),
      });
    },
  );
};
