/** Subusers out of a CSV file, and a file of what became of each line. */
import { parse } from 'csv-parse/browser/esm/sync';
import type { components } from '../../api/account.gen.ts';
import { csvText } from '../../format/csv.ts';
import { parseBytes } from '../../format/parse.ts';

type Answer = components['schemas']['BulkMade'] | components['schemas']['BulkRefused'];

export const COLUMNS = ['username', 'email', 'password', 'residential', 'mobile'] as const;
type ColumnName = (typeof COLUMNS)[number];

/** What of a line cannot be read: the column, or `fields` where it has more of them than the first line names. */
export type Fault = ColumnName | 'fields';

/** Larger files are better cut; the browser holds all of it. */
export const MAX_LINES = 100_000;
/** Room for that many long lines. */
export const MAX_FILE_BYTES = 20_000_000;
/** What the first line has at most: a file that is no CSV may be one line. */
const LONGEST_HEADER = 10_000;
/** In characters: far more than any field may have. What is longer would have the server refuse all lines it is sent with. */
const LONGEST_FIELD = 1_000;

export interface BulkLine {
  /** In the file, from 1; the header is the first. */
  line: number;
  username: string;
  email: string;
  password: string;
  bytes: { residential?: number; mobile?: number };
  /** Such a line is not sent. */
  fault?: Fault;
}

export interface BulkFile {
  lines: BulkLine[];
  /** Columns of the file that mean nothing here. */
  unknownColumns: string[];
}

/** What became of a line that was sent, or why it was not. */
export type Outcome =
  | { status: 'made'; username: string; password: string }
  | { status: 'refused'; why: string }
  | { status: 'unreadable'; fault: Fault };

/** Why a file is none of subusers. */
export class NotReadable extends Error {
  readonly reason: 'notCsv' | 'noUsername' | 'tooLong' | 'tooLarge' | 'empty';
  readonly detail: string;
  constructor(reason: NotReadable['reason'], detail = '') {
    super(`${reason} ${detail}`);
    this.reason = reason;
    this.detail = detail;
  }
}

/** Reads a file with a header, separated by commas, semicolons or tabs: by what separates the names of its first line. Throws NotReadable. */
export function readLines(text: string): BulkFile {
  const heading = /[^\r\n]+/.exec(text.slice(0, LONGEST_HEADER))?.[0] ?? '';
  // Seen before all of it is read: what is no such file may be large.
  if (!/username/i.test(heading)) throw new NotReadable('noUsername');
  const delimiter = delimiterOf(heading);
  let rows: { record: string[]; info: { lines: number } }[];
  try {
    rows = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      // A quote inside a field is refused with its line, not with the whole file.
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof rows;
  } catch (error) {
    throw new NotReadable('notCsv', error instanceof Error ? error.message : String(error));
  }
  const [header, ...records] = rows;
  const names = header?.record.map((name) => name.toLowerCase()) ?? [];
  const places = COLUMNS.map((name) => [name, names.indexOf(name)] as const);
  if (!names.includes('username')) throw new NotReadable('noUsername');
  if (records.length === 0) throw new NotReadable('empty');
  if (records.length > MAX_LINES) throw new NotReadable('tooLong');
  const decimal = delimiter === ';' ? ',' : '.';
  const lines = records.map(({ record, info }) => {
    const field = (name: ColumnName) => record[places.find(([column]) => column === name)![1]] ?? '';
    // A comma within an amount, without quotes, moves everything after it by a column.
    return lineOf(info.lines, field, decimal, record.length > names.length ? 'fields' : undefined);
  });
  const isUnknown = (name: string) => name !== '' && !COLUMNS.some((column) => column === name);
  return { lines, unknownColumns: [...new Set(names.filter(isUnknown))] };
}

/** Spreadsheets write semicolons where a comma is the decimal point. */
function delimiterOf(names: string): ',' | ';' | '\t' {
  const count = (delimiter: string) => names.split(delimiter).length;
  if (count(';') > count(',')) return ';';
  return count('\t') > count(',') ? '\t' : ',';
}

function lineOf(
  line: number,
  field: (name: ColumnName) => string,
  decimal: '.' | ',',
  fieldsFault: Fault | undefined,
): BulkLine {
  const bytes: BulkLine['bytes'] = {};
  let fault = fieldsFault ?? (field('username') === '' ? 'username' : undefined);
  fault ??= (['username', 'email', 'password'] as const).find((name) => field(name).length > LONGEST_FIELD);
  for (const product of ['residential', 'mobile'] as const) {
    const text = field(product);
    if (text === '') continue;
    const amount = parseBytes(text, decimal);
    if (amount === undefined) fault ??= product;
    else bytes[product] = amount;
  }
  return {
    line,
    username: field('username').slice(0, LONGEST_FIELD),
    email: field('email').slice(0, LONGEST_FIELD),
    password: field('password'),
    bytes,
    ...(fault && { fault }),
  };
}

/** The form of a line that the API takes. */
export function toItem({ username, email, password, bytes }: BulkLine) {
  return { username, ...(email && { email }), ...(password && { password }), bytes };
}

export function outcomeOf(answer: Answer): Outcome {
  return answer.status === 'made'
    ? { status: 'made', username: answer.subuser.username, password: answer.subuser.password }
    : { status: 'refused', why: answer.problem.detail };
}

/** A line of the result for each line of the file, passwords included. */
export function resultFile(lines: readonly BulkLine[], outcomes: ReadonlyMap<number, Outcome>): string {
  return csvText([
    ['line', 'username', 'status', 'password', 'problem'],
    ...lines.map(({ line, username }) => {
      const outcome = outcomes.get(line);
      if (outcome?.status === 'made') return [line, outcome.username, 'made', outcome.password, ''];
      if (outcome?.status === 'refused') return [line, username, 'refused', '', outcome.why];
      if (outcome) return [line, username, 'unreadable', '', outcome.fault];
      return [line, username, 'not sent', '', ''];
    }),
  ]);
}
