/** Tables as CSV (RFC 4180), sent as they are read, and safe to open in a spreadsheet. */
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';

export type Cell = string | bigint | number | Date | null;

/** The answer of a call that sends CSV, for the reference. */
export function csvAnswer(description: string, example: string) {
  return {
    description,
    content: { 'text/csv': { schema: Type.String(), example } },
  };
}

/**
 * Sends a table with a first line of names. Numbers are whole numbers, times ISO 8601. A text that a spreadsheet would take for a
 * formula (it begins with =, +, - or @, a tab or a return) gets an apostrophe in front.
 *
 * The first rows are read before the answer begins: what is refused is still a problem then.
 */
export async function sendCsv(
  reply: FastifyReply,
  fileName: string,
  columns: readonly string[],
  tables: AsyncIterable<readonly Cell[][]>,
): Promise<FastifyReply> {
  const parts = tables[Symbol.asyncIterator]();
  const first = await parts.next();
  async function* text() {
    yield csvText([[...columns]]);
    for (let part = first; !part.done; part = await parts.next()) yield csvText(part.value);
  }
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .header('cache-control', 'no-store')
    .send(Readable.from(text()));
}

export function csvText(rows: readonly (readonly Cell[])[]): string {
  return stringify(
    rows.map((row) => row.map((cell) => (cell instanceof Date ? cell.toISOString() : cell))),
    { record_delimiter: '\r\n', escape_formulas: true },
  );
}
