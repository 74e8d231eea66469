/**
 * An array as a query parameter: write it as `${arrayOf(ids)}::bigint[]`. The driver declares an array by the type of its
 * first element (bigint, not bigint[]), which PostgreSQL refuses; as texts the elements take the type of the cast.
 */
export function arrayOf(values: readonly (bigint | Date | string | number | null)[]): (string | null)[] {
  return values.map((value) =>
    value === null ? null : value instanceof Date ? value.toISOString() : String(value),
  );
}
