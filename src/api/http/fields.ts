/**
 * What the fields of Headgate's own APIs are made of. Handlers answer the core's own values: bigints leave as whole numbers, times
 * as ISO 8601 in UTC (`toJson`).
 */

import { type TObjectOptions, type TProperties, Type } from 'typebox';
import { invalidField } from '../../core/errors.ts';

export const EXACT = { additionalProperties: false } as const;

/** What a body may hold. A field that is not named is refused, so that a misspelt one is noticed. */
export function Body<Fields extends TProperties>(
  fields: Fields,
  example: unknown,
  options: TObjectOptions = {},
) {
  return Type.Object(fields, { ...EXACT, examples: [example], ...options });
}

/** The parameters of a call that is no list. */
export function Query<Fields extends TProperties>(fields: Fields) {
  return Type.Object(fields, EXACT);
}

/** An object in an answer, under a name of its own in the document. */
export function Named<Fields extends TProperties>(title: string, fields: Fields) {
  return Type.Object(fields, { ...EXACT, title });
}

/** The whole answer of a call. */
export function Answer<Fields extends TProperties>(fields: Fields, example: unknown) {
  return Type.Object(fields, { ...EXACT, examples: [example] });
}

const whole = { type: 'integer', maximum: Number.MAX_SAFE_INTEGER } as const;

/** Bytes or cents in an answer: a whole number of at most 2^53 - 1. */
export function Whole(description: string) {
  return Type.Unsafe<bigint | number>({ ...whole, description });
}

export function Time(description: string) {
  return Type.Unsafe<Date>({ type: 'string', format: 'date-time', description });
}

export function OptionalTime(description: string) {
  return Type.Unsafe<Date | null>({ type: ['string', 'null'], format: 'date-time', description });
}

export function OptionalText(description: string) {
  return Type.Unsafe<string | null>({ type: ['string', 'null'], description });
}

/** One of some words, in an answer or a body. */
export function Word<const Words extends readonly string[]>(words: Words, description?: string) {
  return Type.Unsafe<Words[number]>({
    type: 'string',
    enum: [...words],
    description: description ?? `one of ${words.map((word) => `"${word}"`).join(', ')}`,
  });
}

/** A whole number in a body. `description` completes "… must be …". */
export function WholeIn(description: string, { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = {}) {
  return Type.Integer({ minimum, maximum, description });
}

/** A time in a body or a query. The handler makes a Date of it with `timeFrom`. */
export const TIME_EXPECTED = 'a time like 2027-01-31T12:00:00Z, in UTC';
export function TimeIn(description = TIME_EXPECTED) {
  return Type.String({
    pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?Z$',
    description,
  });
}

/** JSON of what a handler answers. Throws for an amount that a JSON number does not hold exactly. */
export function toJson(data: unknown): string {
  return JSON.stringify(data, (name, value) => {
    if (typeof value !== 'bigint') return value;
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new Error(`${name} is too large for a JSON number: ${value}`);
    return number;
  });
}

/** The time that a `TimeIn` holds. Throws InvalidField for a day that is in no calendar. */
export function timeFrom(text: string, field: string): Date {
  const time = new Date(text);
  // 2027-02-30 would roll over into March.
  if (Number.isNaN(time.getTime()) || time.toISOString().slice(0, 19) !== text.slice(0, 19)) {
    throw invalidField(field, TIME_EXPECTED);
  }
  return time;
}
