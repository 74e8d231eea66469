/** Arbitrary requests that no honest client would send, made from a route and a good request for it. */
import fc, { type Arbitrary } from 'fast-check';
import type { Route } from '../routes.ts';
import type { RawRequest } from './raw.ts';

/** A good request for a route: what the bad ones are made from. */
export interface Good {
  /** The values of `:name` in the route's address. */
  id: string;
  /** The key. */
  headers: RawRequest['headers'];
  body: Record<string, unknown> | undefined;
  query: Record<string, string>;
}

/** The good request is known only when a case is run: ids come and go. */
export type MakeBad = (good: Good) => RawRequest;

/** A field of a body: its name and its value as JSON texts, so that they need not be good JSON. */
type RawField = readonly [string, string];

const NUMBERS = [
  '-1',
  '-0',
  '0',
  '1e999',
  '-1e999',
  '1e-400',
  '9007199254740993',
  '1e21',
  '0.1',
  '1.005',
  '4e9',
];
const NO_JSON = ['NaN', 'Infinity', '-Infinity', 'undefined', '01', "'x'", '.5', '+1', ''];
const TEXTS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff',
  '\u202eabc',
  '👩‍👩‍👧',
  'é',
  '\ufeff',
  '__proto__',
  "' OR 1=1 --",
  '%00',
  '../..',
  '\r\nX: y',
];
const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  'id',
  'account_id',
  'is_owner',
  '\0',
];

const text = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(300, 5000).map((length) => 'x'.repeat(length)),
);
const nested = fc
  .tuple(fc.constantFrom('[', '{"a":'), fc.constantFrom(40, 500, 3000))
  .map(([open, depth]) => `${open.repeat(depth)}1${(open === '[' ? ']' : '}').repeat(depth)}`);

/** A JSON text, or nearly one. */
const rawValue: Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 1, arbitrary: fc.constantFrom(...NO_JSON) },
  { weight: 3, arbitrary: text.map((value) => JSON.stringify(value)) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('null', 'true', 'false', '[]', '{}', '[[]]', '["a"]', '{"__proto__":{"x":1}}'),
  },
  { weight: 2, arbitrary: fc.json({ maxDepth: 3 }) },
  { weight: 2, arbitrary: fc.double().map(String) },
  { weight: 1, arbitrary: nested },
);

type ChangeFields = (fields: readonly RawField[]) => readonly RawField[];

const at = (fields: readonly RawField[], index: number) => (fields.length === 0 ? -1 : index % fields.length);

const changeFields: Arbitrary<ChangeFields> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(fc.nat(20), rawValue).map(
      ([index, value]): ChangeFields =>
        (fields) =>
          fields.map(([name, old], position) => [name, position === at(fields, index) ? value : old]),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(20).map(
      (index): ChangeFields =>
        (fields) =>
          fields.filter((_field, position) => position !== at(fields, index)),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat(20), rawValue, fc.boolean()).map(
      ([index, value, first]): ChangeFields =>
        (fields) => {
          const field = fields[at(fields, index)];
          if (!field) return fields;
          const twin: RawField = [field[0], value];
          return first ? [twin, ...fields] : [...fields, twin];
        },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.oneof(fc.constantFrom(...NAMES), text), rawValue).map(
      ([name, value]): ChangeFields =>
        (fields) => [...fields, [JSON.stringify(name), value]],
    ),
  },
);

/** Whole bodies that are no object of fields. */
const wholeBody: Arbitrary<Buffer> = fc.oneof(
  rawValue.map((value) => Buffer.from(value)),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom('{', '[', '"', '{"a"', '{"a":1,}', '{} {}', '\ufeff{}', ' ', 'a=1&a=2', '\0')
    .map((value) => Buffer.from(value)),
  fc.constant(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])),
  fc
    .constantFrom(16_400, 70_000, 200_000)
    .map((length) => Buffer.from(`{"username":"${'x'.repeat(length)}"}`)),
);

const contentType = fc.oneof(
  { weight: 6, arbitrary: fc.constant<string | undefined>('application/json') },
  {
    weight: 2,
    arbitrary: fc.constantFrom<string | undefined>(
      undefined,
      '',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=utf-16',
      'application/JSON;;;',
      'application/json, text/plain',
      'json',
      '/',
      'x'.repeat(500),
    ),
  },
);

/** A segment of a path as it stands on the wire: it need not decode. */
const segment: Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '%',
    '%zz',
    '%E0%A4%A',
    '%00',
    'a%00b',
    'su_%00',
    'subuser-%00',
    '%2F',
    '%2e%2e',
    '..',
    '.',
    '',
    '%C0%AF',
    '%F0%9F%92%A9',
    '%ED%A0%80',
    '@',
    '%40',
    ':id',
    '*',
    ';',
    '__proto__',
    'constructor',
    '-1',
    '0',
    '\xff',
    '\xe9\xe9',
    '"',
    "'",
  ),
  fc.constantFrom(100, 200, 201, 3000).map((length) => 'x'.repeat(length)),
  text.map((value) => encodeURIComponent(value.toWellFormed())),
);

const query: Arbitrary<string> = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.constantFrom(
          'username',
          'balance',
          'type',
          'limit',
          'cursor',
          'days',
          'page',
          'size',
          'sortBy',
          'direction',
          'after',
          'a[]',
          '__proto__',
          'constructor',
          '',
        ),
        segment,
      ),
      fc.oneof(
        segment,
        fc.constantFrom(
          '10',
          '-10',
          '1e3',
          '0x10',
          '10.0',
          'NaN',
          '99999999999999999999',
          'mobile',
          'DESC',
          'id',
        ),
      ),
    ),
    { maxLength: 4 },
  )
  .map((pairs) => pairs.map(([name, value]) => `${name.replace(/[?#]/g, '')}=${value}`).join('&'));

const authorization = fc.constantFrom(
  '',
  'Bearer',
  'Bearer ',
  'Bearer a b',
  'ApiKey',
  'Basic OnBhc3M=',
  'Bearer \xff\xfe',
  `Bearer ${'x'.repeat(600)}`,
  'Bearer null',
  'bearer\thg_live_x',
  "Bearer ' OR 1=1",
);

type ChangeHeaders = (headers: RawRequest['headers']) => RawRequest['headers'];

const changeHeaders: Arbitrary<ChangeHeaders> = fc.oneof(
  { weight: 10, arbitrary: fc.constant<ChangeHeaders>((headers) => headers) },
  { weight: 1, arbitrary: fc.constant<ChangeHeaders>(() => []) },
  {
    weight: 2,
    arbitrary: authorization.map(
      (value): ChangeHeaders =>
        (headers) =>
          headers.map(([name]) => [name, value]),
    ),
  },
  // The same header twice: a bad one before or behind the good one.
  {
    weight: 1,
    arbitrary: authorization.map(
      (value): ChangeHeaders =>
        (headers) => [...headers, ['authorization', value], ['x-api-key', value]],
    ),
  },
  {
    weight: 1,
    arbitrary: authorization.map(
      (value): ChangeHeaders =>
        (headers) => [['authorization', value], ['X-API-KEY', value], ...headers],
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('', ' ', 'a b', '\xff', 'x'.repeat(300), 'same', '__proto__').map(
      (value): ChangeHeaders =>
        (headers) => [...headers, ['idempotency-key', value]],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<ChangeHeaders>((headers) => [
      ...headers,
      ['idempotency-key', 'a'],
      ['idempotency-key', 'b'],
      ['accept', '*/*;q=x'],
      ['cookie', '=;=;'],
    ]),
  },
);

interface Plan {
  fields: ChangeFields[];
  whole: Buffer | undefined;
  type: string | undefined;
  id: string | undefined;
  tail: string;
  query: string | undefined;
  keepQuery: boolean;
  headers: ChangeHeaders;
  chunked: boolean;
}

/** Bad requests for a route. */
export function badRequests(route: Route): Arbitrary<MakeBad> {
  const takesBody = route.method === 'POST' || route.method === 'PUT' || route.method === 'DELETE';
  const sometimes = <T>(arbitrary: Arbitrary<T>, outOf: number) =>
    fc.oneof({ weight: 1, arbitrary }, { weight: outOf - 1, arbitrary: fc.constant(undefined) });
  const plan: Arbitrary<Plan> = fc.record({
    fields: fc.array(changeFields, { maxLength: 3 }),
    whole: sometimes(wholeBody, takesBody ? 5 : 10),
    type: contentType,
    id: sometimes(segment, 4),
    tail: fc.oneof(
      { weight: 12, arbitrary: fc.constant('') },
      {
        weight: 1,
        arbitrary: fc.tuple(fc.constantFrom('/', '//', ''), segment).map((parts) => parts.join('')),
      },
    ),
    query: sometimes(query, 4),
    keepQuery: fc.boolean(),
    headers: changeHeaders,
    chunked: fc.boolean(),
  });
  return plan.map((drawn) =>
    Object.assign((good: Good) => build(route, drawn, good), { toString: () => JSON.stringify(drawn) }),
  );
}

function build(route: Route, plan: Plan, good: Good): RawRequest {
  const path = route.url.replace(/:\w+/, () => plan.id ?? good.id) + plan.tail.replace(/[?#]/g, '');
  const kept = plan.keepQuery ? [new URLSearchParams(good.query).toString()] : [];
  const search = [...kept, plan.query ?? ''].filter(Boolean).join('&');
  const fields = Object.entries(good.body ?? {}).map(
    ([name, value]): RawField => [JSON.stringify(name), JSON.stringify(value)],
  );
  const changed = plan.fields.reduce((before, change) => change(before), fields as readonly RawField[]);
  const object =
    changed.length > 0 ? Buffer.from(`{${changed.map((field) => field.join(':')).join(',')}}`) : undefined;
  const body = plan.whole ?? object;
  const type = body && plan.type !== undefined ? [['content-type', plan.type] as const] : [];
  return {
    method: route.method,
    target: search === '' ? path : `${path}?${search}`,
    headers: [...plan.headers(good.headers), ...type],
    body,
    chunked: plan.chunked && body !== undefined,
  };
}
