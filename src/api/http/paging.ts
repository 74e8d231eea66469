/** Pages on the wire: `?limit=&cursor=` in, `{data, nextCursor}` and a `Link` to the next page out. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type TProperties, type TSchema, Type } from 'typebox';
import { invalidField } from '../../core/errors.ts';
import type { Page, PageRequest } from '../../core/paging.ts';

export const DEFAULT_PAGE = 50;
const NO_SUCH_CURSOR = 'one that this list has answered, in the same order';

/** The parameters of every list. */
export const PAGE_FIELDS = {
  limit: Type.Optional(
    Type.String({ pattern: '^([1-9]\\d{0,2}|1000)$', description: 'a whole number from 1 to 1000' }),
  ),
  cursor: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{1,1000}$', description: NO_SUCH_CURSOR })),
};

/** A list's query: its own filters, and the page. */
export function ListQuery<Filters extends TProperties>(filters: Filters) {
  return Type.Object({ ...filters, ...PAGE_FIELDS }, { additionalProperties: false });
}

/** A list's answer. */
export function List<Item extends TSchema>(item: Item, examples: readonly unknown[]) {
  return Type.Object(
    {
      data: Type.Array(item),
      nextCursor: Type.Unsafe<string | null>({
        type: ['string', 'null'],
        description: 'For `cursor`, to get the next page; null on the last',
      }),
    },
    {
      additionalProperties: false,
      headers: { Link: Type.String({ description: 'The address of the next page, with rel="next"' }) },
      examples: [{ data: examples, nextCursor: null }],
    },
  );
}

/** The end of the year 9999. */
const LAST_TIME_MS = 253_402_300_799_999;

interface KeyParts {
  id: bigint;
  time: Date;
  text: string;
}
type KeyPart = keyof KeyParts;
type KeyOf<Parts extends readonly KeyPart[]> = { -readonly [Index in keyof Parts]: KeyParts[Parts[Index]] };

const PARSE: { [Part in KeyPart]: (text: string) => KeyParts[Part] | undefined } = {
  id: (text) => (/^-?\d{1,18}$/.test(text) ? BigInt(text) : undefined),
  time: (text) =>
    /^\d{1,15}$/.test(text) && Number(text) <= LAST_TIME_MS ? new Date(Number(text)) : undefined,
  text: (text) => (text.includes('\0') || !text.isWellFormed() ? undefined : text),
};

/** A list's order: what a cursor holds. */
export interface Keyset<Key> {
  /** What a request asks for. Throws InvalidField for a cursor of another list or order. */
  read(query: { limit?: string | undefined; cursor?: string | undefined }): PageRequest<Key>;
  write(key: Key): string;
}

/**
 * The cursors of one list in one order. `name` is in them, so that a cursor of another list or order is refused; `parts` are the
 * columns that the list is ordered by, of which the last must tell all rows apart.
 */
export function keyset<const Parts extends readonly KeyPart[]>(
  name: string,
  ...parts: Parts
): Keyset<KeyOf<Parts>> {
  function parse(cursor: string): KeyOf<Parts> {
    const refuse = () => invalidField('cursor', NO_SUCH_CURSOR);
    let fields: unknown;
    try {
      fields = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    } catch {
      throw refuse();
    }
    if (!Array.isArray(fields) || fields.length !== parts.length + 1 || fields[0] !== name) throw refuse();
    return parts.map((part, index) => {
      const text = fields[index + 1];
      const value = typeof text === 'string' ? PARSE[part](text) : undefined;
      if (value === undefined) throw refuse();
      return value;
    }) as unknown as KeyOf<Parts>;
  }
  return {
    read: ({ limit, cursor }) => ({
      limit: limit === undefined ? DEFAULT_PAGE : Number(limit),
      after: cursor === undefined ? undefined : parse(cursor),
    }),
    write: (key) => {
      const fields = (key as readonly (bigint | Date | string)[]).map((value) =>
        value instanceof Date ? String(value.getTime()) : String(value),
      );
      return Buffer.from(JSON.stringify([name, ...fields])).toString('base64url');
    },
  };
}

/** A page as it is answered. Sets the `Link` header. */
export function answerPage<Row, Key, Item>(
  request: FastifyRequest,
  reply: FastifyReply,
  order: Keyset<Key>,
  page: Page<Row, Key>,
  toWire: (row: Row) => Item,
): { data: Item[]; nextCursor: string | null } {
  const nextCursor = page.next === undefined ? null : order.write(page.next);
  if (nextCursor !== null) {
    const [path = '', search = ''] = request.url.split('?', 2);
    const query = new URLSearchParams(search);
    query.set('cursor', nextCursor);
    reply.header('link', `<${path}?${query}>; rel="next"`);
  }
  return { data: page.rows.map(toWire), nextCursor };
}
