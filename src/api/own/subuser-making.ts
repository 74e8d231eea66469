/** Making subusers on the wire: one, or a thousand in one call. */
import type { FastifyRequest } from 'fastify';
import { type TProperties, Type } from 'typebox';
import { DomainError, isDomainError } from '../../core/errors.ts';
import { type BulkItem, type BulkResult, MAX_BULK } from '../../core/subusers/bulk.ts';
import { PRODUCTS, type Product } from '../../shared/products.ts';
import type { TypedApp } from '../http/dialect.ts';
import { Answer, Body, Named, OptionalText, Time, WholeIn } from '../http/fields.ts';
import { problemCode } from '../http/problem.ts';
import { ByProduct } from './figures.ts';
import type { SubuserContext } from './subusers.ts';

/** 1,000 subusers with everything they may have, and room. */
const BULK_LIMIT_BYTES = 1024 * 1024;
const MAX_BYTES = 1e15;

const bytesIn = () =>
  Type.Optional(WholeIn('a whole number of bytes from 0 to 10^15', { minimum: 0, maximum: MAX_BYTES }));

const NEW_SUBUSER = {
  username: Type.String({ description: '1 to 48 letters, digits, underscores or dots (no hyphen)' }),
  email: Type.Optional(
    Type.Unsafe<string | null>({ type: ['string', 'null'], description: 'an email address, or null' }),
  ),
  password: Type.Optional(Type.String({ description: '8 to 64 printable ASCII characters without spaces' })),
  bytes: Type.Optional(
    Type.Object(
      { residential: bytesIn(), mobile: bytesIn() },
      { additionalProperties: false, description: 'an object of bytes by product' },
    ),
  ),
};
const EXAMPLE = { username: 'anna', email: 'anna@example.com', bytes: { residential: 5_000_000_000 } };

const MADE_FIELDS = {
  id: Type.String(),
  username: Type.String({ description: 'With the store code in front' }),
  email: OptionalText('As it was given'),
  password: Type.String({ description: 'Generated unless it was given' }),
  createdAt: Time('When it was made'),
  bytes: ByProduct,
};
const MADE = {
  id: 'subuser-4kq7m2ws9xbd3h6n',
  username: 'MYSTORE_anna',
  email: 'anna@example.com',
  password: 'pH7kq2WmX4tBz9RcVn3L',
  createdAt: '2026-05-04T10:00:00.000Z',
  bytes: { residential: 5_000_000_000, mobile: 0 },
};

const BulkAnswer = Answer(
  {
    made: Type.Integer({ description: 'How many were made' }),
    refused: Type.Integer({ description: 'How many were not' }),
    results: Type.Array(
      Type.Union([
        Named('BulkMade', { status: Type.Literal('made'), subuser: Named('MadeSubuser', MADE_FIELDS) }),
        Named('BulkRefused', {
          status: Type.Literal('refused'),
          problem: Named('BulkProblem', {
            code: Type.String({ description: 'For programs, as in a problem' }),
            detail: Type.String({ description: 'A sentence for people' }),
            field: OptionalText('At fault, where it is one’s fault'),
          }),
        }),
      ]),
      { description: 'One for each, in the order they were sent' },
    ),
  },
  {
    made: 1,
    refused: 1,
    results: [
      { status: 'made', subuser: MADE },
      {
        status: 'refused',
        problem: { code: 'username_taken', detail: 'The username MYSTORE_otto is taken', field: null },
      },
    ],
  },
);

/** What a body of this call says besides the subusers themselves, and whose they become. */
export interface Making<Extra extends TProperties> {
  extra: Extra;
  example: Record<string, unknown>;
  forWhom: (request: FastifyRequest) => Promise<bigint>;
}

interface NewSubuser {
  username: string;
  email?: string | null;
  password?: string;
  bytes?: Partial<Record<Product, number>>;
}

export function defineSubuserMaking<Extra extends TProperties>(
  app: TypedApp,
  { core, write, invoke }: SubuserContext,
  { extra, example, forWhom }: Making<Extra>,
): void {
  app.post(
    '/subusers',
    {
      ...write,
      schema: {
        operationId: 'createSubuser',
        tags: ['subusers'],
        summary: 'Make a subuser and give it bandwidth',
        description: 'It works at once. A password is generated unless one is given.',
        body: Body({ ...NEW_SUBUSER, ...extra }, { ...EXAMPLE, ...example }),
        response: { 201: Answer(MADE_FIELDS, MADE) },
        refuses: ['UsernameTaken', 'InsufficientBalance', 'AccountNotFound'],
      },
    },
    async (request, reply) => {
      const accountId = await forWhom(request);
      const wanted = itemOf(request.body as unknown as NewSubuser);
      const made = await core.subusers.createOne(invoke(request), accountId, wanted);
      reply.code(201);
      return made;
    },
  );

  app.post(
    '/subusers/bulk',
    {
      ...write,
      bodyLimit: BULK_LIMIT_BYTES,
      schema: {
        operationId: 'createSubusers',
        tags: ['subusers'],
        summary: 'Make up to 1,000 subusers',
        description:
          'Each is made or refused by itself, in the order they are sent: a pool that does not suffice for all serves the first. All that are made commit together. With an `Idempotency-Key`, the same call gives the same results and passwords again.',
        body: Body(
          {
            subusers: Type.Array(
              Type.Object(NEW_SUBUSER, {
                additionalProperties: false,
                description: 'an object like that of one subuser',
              }),
              { minItems: 1, maxItems: MAX_BULK, description: `a list of 1 to ${MAX_BULK} subusers` },
            ),
            ...extra,
          },
          { subusers: [EXAMPLE, { username: 'otto' }], ...example },
        ),
        response: { 200: BulkAnswer },
        refuses: ['AccountNotFound'],
      },
    },
    async (request) => {
      const accountId = await forWhom(request);
      const { subusers } = request.body as unknown as { subusers: NewSubuser[] };
      const results = await core.subusers.createMany(invoke(request), accountId, subusers.map(itemOf));
      const made = results.filter((result) => result.ok).length;
      return { made, refused: results.length - made, results: results.map(toWireResult) };
    },
  );
}

function itemOf({ username, email, password, bytes = {} }: NewSubuser): BulkItem {
  const given = PRODUCTS.flatMap((product) =>
    bytes[product] === undefined ? [] : [[product, BigInt(bytes[product])] as const],
  );
  return { username, email, password, bytes: Object.fromEntries(given) };
}

function toWireResult(result: BulkResult) {
  if (result.ok) return { status: 'made' as const, subuser: result.subuser };
  const { code, parameters } = result.refused;
  const error = new DomainError(code, parameters as never);
  const field = isDomainError(error, 'InvalidField') ? error.parameters.field : null;
  return { status: 'refused' as const, problem: { code: problemCode(code), detail: error.message, field } };
}
