/** Small forms that many answers hold. */
import { Type } from 'typebox';
import { RESOLUTIONS, type UsagePoint, type UsageRange } from '../../core/usage/series.ts';
import { PRODUCTS } from '../../shared/products.ts';
import { Answer, Named, Time, TimeIn, timeFrom, Whole, Word } from '../http/fields.ts';
import type { PAGE_FIELDS } from '../http/paging.ts';

/** The id in a path, like this one. */
export function idPath(example: string) {
  return Type.Object({ id: Type.String({ description: 'an id', examples: [example] }) });
}

export const search = Type.Optional(
  Type.String({ minLength: 1, maxLength: 100, description: 'a text of 1 to 100 characters' }),
);
export const direction = Type.Optional(Word(['asc', 'desc']));

export const Figures = Named('Figures', {
  allocatedBytes: Whole('Given in all: used and remaining'),
  usedBytes: Whole('Used'),
  remainingBytes: Whole('Left'),
});

export const ByProduct = Named('BytesByProduct', {
  residential: Whole('Bytes of residential'),
  mobile: Whole('Bytes of mobile'),
});

export const UsageNowForm = Named('UsageNow', {
  product: Word(PRODUCTS),
  lastMinutesBytes: Whole('In this minute and the five before'),
  todayBytes: Whole('Since midnight, UTC'),
  last30DaysBytes: Whole('Today and in the 29 days before'),
});
export const USAGE_NOW = [
  {
    product: 'residential',
    lastMinutesBytes: 840_000_000,
    todayBytes: 91_000_000_000,
    last30DaysBytes: 2_400_000_000_000,
  },
  { product: 'mobile', lastMinutesBytes: 0, todayBytes: 4_000_000_000, last30DaysBytes: 90_000_000_000 },
];

export const RANGE_FIELDS = {
  resolution: Word(RESOLUTIONS),
  from: TimeIn(),
  to: TimeIn(),
};

export const Usage = Answer(
  {
    resolution: Word(RESOLUTIONS),
    from: Time('The beginning that was asked for'),
    to: Time('The end that was asked for, not part of it any more'),
    points: Type.Array(
      Named('UsagePoint', {
        product: Word(PRODUCTS),
        start: Time('The beginning of the period'),
        upBytes: Whole('From clients to targets'),
        downBytes: Whole('From targets to clients'),
      }),
      { description: 'In the order of time; periods without use are left out' },
    ),
  },
  {
    resolution: 'hour',
    from: '2026-05-04T00:00:00.000Z',
    to: '2026-05-05T00:00:00.000Z',
    points: [
      { product: 'residential', start: '2026-05-04T10:00:00.000Z', upBytes: 120_000, downBytes: 48_000_000 },
    ],
  },
);

/** A range as a query has it. Throws InvalidField. */
export function rangeFrom(query: { resolution: string; from: string; to: string }): UsageRange {
  return {
    resolution: query.resolution as UsageRange['resolution'],
    from: timeFrom(query.from, 'from'),
    to: timeFrom(query.to, 'to'),
  };
}

export function toWireUsage(range: UsageRange, points: UsagePoint[]) {
  return { ...range, points };
}

/** `from` and `to` of a list, where they are given. */
export const TIMES_FIELDS = { from: Type.Optional(TimeIn()), to: Type.Optional(TimeIn()) };
export function timesFrom(query: { from?: string; to?: string }): { from?: Date; to?: Date } {
  return {
    ...(query.from === undefined ? {} : { from: timeFrom(query.from, 'from') }),
    ...(query.to === undefined ? {} : { to: timeFrom(query.to, 'to') }),
  };
}

export type PageQuery = { [Field in keyof typeof PAGE_FIELDS]?: string };
