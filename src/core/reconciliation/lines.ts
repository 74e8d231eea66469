/** A reseller's ledger as a stream of bytes, made into lines: CSV with a header, a JSON array of objects, or an object a line. */
import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { parseDecimal } from '../../shared/units.ts';
import { MAX_CENTS } from '../credits/limits.ts';
import { DomainError } from '../errors.ts';

export interface LedgerLine {
  /** From 1: the line's place among those that hold data. */
  n: number;
  externalRef: string;
  kind: string;
  cents: bigint;
  at: Date | null;
}

export interface UnreadableLine {
  n: number;
  /** What was expected, for people. */
  why: string;
}

export const LEDGER_FORMATS = ['csv', 'json', 'ndjson'] as const;
export type LedgerFormat = (typeof LEDGER_FORMATS)[number];

/** Longest line, or object. */
const MAX_LINE_BYTES = 64 * 1024;
const MAX_REF_LENGTH = 255;

const COLUMNS = {
  externalRef: ['external_ref', 'externalref', 'reference', 'ref'],
  kind: ['kind', 'type'],
  amountUsd: ['amount_usd', 'amountusd', 'amount'],
  amountCents: ['amount_cents', 'amountcents', 'cents'],
  at: ['at', 'time', 'timestamp', 'date', 'created_at', 'createdat'],
} as const;
type Column = keyof typeof COLUMNS;

export const LINES_EXPECTED =
  'lines with the fields external_ref, kind, amount_usd (or amount_cents), and, if there are times, at';

/**
 * Reads a ledger. Lines that cannot be read come out as such; a file that is none of the format, or lacks a column, is refused.
 *
 * @throws DomainError MalformedBody
 */
export async function* readLines(
  input: Readable,
  format: LedgerFormat,
): AsyncGenerator<LedgerLine | UnreadableLine> {
  let n = 0;
  for await (const fields of format === 'csv' ? csvRecords(input) : jsonRecords(input)) {
    n += 1;
    yield typeof fields === 'string' ? { n, why: fields } : lineOf(n, fields);
  }
}

type Fields = Partial<Record<Column, string>>;

/** The fields of each record, or why it has none. */
async function* csvRecords(input: Readable): AsyncGenerator<Fields | string> {
  // Who sends is answered also when this ends early.
  const chunks: AsyncIterator<Buffer | string> = input.iterator({ destroyOnReturn: false });
  const head = await readHead(chunks);
  const delimiter = delimiterOf(head.toString('utf8'));
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_LINE_BYTES,
    trim: true,
  });
  async function* whole() {
    yield head;
    // Not `yield*`, which would end the input with the parser.
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  }
  pipeline(Readable.from(whole()), parser, () => {
    // What fails is thrown where the records are read.
  });
  let columns: (Column | undefined)[] | undefined;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      if (columns) yield csvFields(columns, record, delimiter);
      else {
        columns = record.map(columnNamed);
        refuseWithout(columns);
      }
    }
  } catch (error) {
    if (error instanceof DomainError || !(error as { code?: string }).code?.startsWith('CSV_')) throw error;
    throw malformed(`CSV in UTF-8: ${(error as Error).message}`);
  }
}

/** As much as the first line needs, and what came with it. */
async function readHead(chunks: AsyncIterator<Buffer | string>): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < MAX_LINE_BYTES && !head.includes('\n')) {
    const { done, value } = await chunks.next();
    if (done) break;
    head = Buffer.concat([head, Buffer.from(value)]);
  }
  return head;
}

/** By what separates the names of the first line. Spreadsheets write semicolons where a comma is the decimal point. */
function delimiterOf(text: string): ',' | ';' | '\t' {
  const [names = ''] = text.split('\n', 1);
  const count = (delimiter: string) => names.split(delimiter).length;
  if (count(';') > count(',')) return ';';
  return count('\t') > count(',') ? '\t' : ',';
}

function csvFields(
  columns: readonly (Column | undefined)[],
  record: readonly string[],
  delimiter: string,
): Fields | string {
  // A separator within a field, without quotes, moves everything after it by a column: `1,025.06` would be one dollar.
  if (record.length > columns.length)
    return `a line must have no more fields than the first line has names (${columns.length})`;
  const fields: Fields = {};
  columns.forEach((column, index) => {
    if (column && record[index] !== undefined) fields[column] = record[index];
  });
  if (delimiter === ';' && fields.amountUsd) fields.amountUsd = fields.amountUsd.replace(',', '.');
  return fields;
}

function refuseWithout(columns: readonly (Column | undefined)[]): void {
  const has = (column: Column) => columns.includes(column);
  if (!has('externalRef') || !has('kind') || !(has('amountUsd') || has('amountCents'))) {
    throw malformed(LINES_EXPECTED);
  }
}

function columnNamed(name: string): Column | undefined {
  const plain = name.trim().toLowerCase().replaceAll(/[ -]/g, '_');
  return (Object.keys(COLUMNS) as Column[]).find((column) =>
    (COLUMNS[column] as readonly string[]).includes(plain),
  );
}

function malformed(expected: string): DomainError {
  return new DomainError('MalformedBody', { what: 'ledger', expected });
}

/** Top-level objects of a JSON array, or one after the other; of whatever length, a piece at a time. */
async function* jsonRecords(input: Readable): AsyncGenerator<Fields | string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let depth = 0;
  let inString = false;
  let isEscaped = false;
  let begins = 0;
  const decode = (chunk?: Buffer) => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw malformed('JSON in UTF-8');
    }
  };
  // Who sends is answered also when this ends early.
  for await (const chunk of input.iterator({ destroyOnReturn: false })) {
    let place = text.length;
    text += decode(chunk as Buffer);
    for (; place < text.length; place++) {
      const code = text.charCodeAt(place);
      if (inString) {
        if (isEscaped) isEscaped = false;
        else if (code === BACKSLASH) isEscaped = true;
        else if (code === QUOTE) inString = false;
        continue;
      }
      if (code === QUOTE && depth > 0) inString = true;
      else if (code === OPEN) {
        if (depth === 0) begins = place;
        depth += 1;
      } else if (code === CLOSE && depth > 0) {
        depth -= 1;
        if (depth === 0) {
          yield jsonFields(text.slice(begins, place + 1));
          text = text.slice(place + 1);
          place = -1;
        }
      } else if (depth === 0 && !BETWEEN.test(text[place]!))
        throw malformed('a JSON array of objects, or an object a line');
    }
    if (depth === 0) text = '';
    if (text.length > MAX_LINE_BYTES) throw malformed(`objects of at most ${MAX_LINE_BYTES} bytes`);
  }
  decode();
  if (depth > 0) throw malformed('complete JSON: it ends in the middle of an object');
}

const [QUOTE, BACKSLASH, OPEN, CLOSE] = ['"', '\\', '{', '}'].map((character) => character.charCodeAt(0));
/** What stands between objects. */
const BETWEEN = /[\s,[\]\uFEFF]/;

function jsonFields(text: string): Fields | string {
  let object: Record<string, unknown>;
  try {
    // Numbers as they were written: an amount is never read through a binary fraction.
    object = JSON.parse(text, function asWritten(_name, value, context?: { source?: string }) {
      return typeof value === 'number' ? context!.source! : value;
    } as (name: string, value: unknown) => unknown);
  } catch {
    return 'a JSON object';
  }
  const fields: Fields = {};
  for (const [name, value] of Object.entries(object)) {
    const column = columnNamed(name);
    if (column && typeof value === 'string') fields[column] = value;
  }
  return fields;
}

function lineOf(n: number, fields: Fields): LedgerLine | UnreadableLine {
  const { externalRef, kind, at } = fields;
  if (
    externalRef === undefined ||
    externalRef === '' ||
    externalRef.length > MAX_REF_LENGTH ||
    /\p{C}/u.test(externalRef)
  )
    return { n, why: `external_ref must be 1 to ${MAX_REF_LENGTH} printable characters` };
  if (kind === undefined || !/^[^\p{C}]{1,64}$/u.test(kind))
    return { n, why: 'kind must be a word of at most 64 characters' };
  const cents = centsOf(fields);
  if (cents === undefined)
    return { n, why: 'the amount must be a decimal number of US dollars with at most two decimals' };
  const time = at === undefined || at === '' ? null : timeOf(at);
  if (time === undefined) return { n, why: 'at must be an ISO 8601 time with a zone, or epoch milliseconds' };
  return { n, externalRef, kind: kind.trim().toLowerCase(), cents, at: time };
}

function centsOf({ amountCents, amountUsd }: Fields): bigint | undefined {
  const cents =
    amountCents !== undefined && amountCents !== ''
      ? parseDecimal(amountCents, 0)
      : parseDecimal((amountUsd ?? '').replace(/^\$|\s*USD$/gi, ''), 2);
  return cents !== undefined && cents <= MAX_CENTS && cents >= -MAX_CENTS ? cents : undefined;
}

/** The end of the year 9999. */
const LAST_TIME_MS = 253_402_300_799_999;

function timeOf(text: string): Date | undefined {
  const ms = /^\d{1,15}$/.test(text) ? Number(text) : isoMs(text);
  return ms >= 0 && ms <= LAST_TIME_MS ? new Date(ms) : undefined;
}

function isoMs(text: string): number {
  // A day alone begins in UTC; a time without a zone could be anywhere.
  const isIso = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2}))?$/i.test(text);
  return isIso ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
}
