/** Statements on the wire: in pages, and as CSV. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Core } from '../../core/core.ts';
import type { Movement, StatementQuery } from '../../core/statements/statements.ts';
import { Named, OptionalText, Time, Whole } from '../http/fields.ts';
import { answerPage, keyset, List, ListQuery } from '../http/paging.ts';
import { csvAnswer, sendCsv } from './csv.ts';
import { direction, TIMES_FIELDS, timesFrom } from './figures.ts';

const MovementForm = Named('Movement', {
  id: Whole('Of the transfer: later ones have higher numbers'),
  at: Time('When it was'),
  reason: Type.String({ description: 'A stable word such as `subuser.allocate`' }),
  amount: Whole('Bytes or US cents: above zero what came in, below zero what went out'),
  balance: Whole('Held right after'),
  counterparty: Named('Counterparty', {
    kind: Type.String({
      description:
        'The provider’s `issued`, `received`, `granted`, `fees`, `revenue` or `tax`; a `pool`; a subuser’s `balance`, `leased` or `consumed`',
    }),
    name: OptionalText('A username, store code or email address; null for the provider'),
    id: OptionalText('Of the subuser or account'),
  }),
  subscriptionId: OptionalText('What it paid for'),
  cause: Type.String({ description: 'Who caused it' }),
});

const MOVEMENT = {
  id: 81_723,
  at: '2026-05-04T10:00:00.000Z',
  reason: 'subuser.allocate',
  amount: -5_000_000_000,
  balance: 95_000_000_000,
  counterparty: { kind: 'balance', name: 'MYSTORE_anna', id: 'subuser-4kq7m2ws9xbd3h6n' },
  subscriptionId: null,
  cause: 'key:key_4kq7m2ws9xbd3h6n',
};

const FILTERS = {
  order: direction,
  reason: Type.Optional(
    Type.String({ pattern: '^[a-z._-]{1,64}$', description: 'a reason such as subuser.allocate' }),
  ),
  ...TIMES_FIELDS,
};

export const StatementPageQuery = ListQuery(FILTERS);
export const StatementList = List(MovementForm, [MOVEMENT]);
export const StatementCsvQuery = Type.Object(FILTERS, { additionalProperties: false });

const COLUMNS = [
  'id',
  'at',
  'reason',
  'amount',
  'balance',
  'counterparty',
  'counterpartyId',
  'counterpartyKind',
  'subscriptionId',
  'cause',
];
/** Made anew for each call: the reference takes the example out of it. */
export const statementCsv = () =>
  csvAnswer(
    'The movements, oldest first unless `order` says otherwise. A text that a spreadsheet would take for a formula begins with an apostrophe.',
    `${COLUMNS.join(',')}\r\n81723,2026-05-04T10:00:00.000Z,subuser.allocate,-5000000000,95000000000,MYSTORE_anna,subuser-4kq7m2ws9xbd3h6n,balance,,key:key_4kq7m2ws9xbd3h6n\r\n`,
  );

const NEWEST = keyset('statement', 'id');
const OLDEST = keyset('statement-oldest', 'id');

interface Filters {
  order?: 'asc' | 'desc';
  reason?: string;
  from?: string;
  to?: string;
}

/** `own`: the causes that are the caller's; absent for the provider, who sees them all. */
export interface Statement {
  ledgerId: bigint;
  own?: ReadonlySet<string> | undefined;
}

function queryFrom({ ledgerId }: Statement, filters: Filters, descending: boolean): StatementQuery {
  return { ledgerId, descending, reason: filters.reason, ...timesFrom(filters) };
}

/** Others' keys and people are none of a reseller's business. */
function toWireMovement(movement: Movement, own: ReadonlySet<string> | undefined): Movement {
  return own && !own.has(movement.cause) ? { ...movement, cause: 'provider' } : movement;
}

/** Newest first unless `order` says otherwise. */
export async function answerStatement(
  core: Core,
  statement: Statement,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const filters = request.query as Filters & { limit?: string; cursor?: string };
  const descending = filters.order !== 'asc';
  const order = descending ? NEWEST : OLDEST;
  const page = await core.statements.page(queryFrom(statement, filters, descending), order.read(filters));
  return answerPage(request, reply, order, page, (row) => toWireMovement(row, statement.own));
}

export async function sendStatement(
  core: Core,
  statement: Statement,
  request: FastifyRequest,
  reply: FastifyReply,
  fileName: string,
): Promise<FastifyReply> {
  const filters = request.query as Filters;
  const movements = core.statements.all(queryFrom(statement, filters, filters.order === 'desc'));
  async function* tables() {
    for await (const part of movements) {
      yield part
        .map((movement) => toWireMovement(movement, statement.own))
        .map(({ counterparty, ...movement }) => [
          movement.id,
          movement.at,
          movement.reason,
          movement.amount,
          movement.balance,
          counterparty.name,
          counterparty.id,
          counterparty.kind,
          movement.subscriptionId,
          movement.cause,
        ]);
    }
  }
  return sendCsv(reply, fileName, COLUMNS, tables());
}
