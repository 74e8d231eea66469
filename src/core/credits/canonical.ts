/** JSON in one form only (RFC 8785): what is hashed must be the same bytes whoever writes it down again. */

/**
 * The canonical text of a value that came from JSON: names in the order of their UTF-16 code units, no spaces, numbers and
 * texts as ECMAScript writes them. Undefined when it is nested deeper than `maxDepth`.
 */
export function canonicalJson(value: unknown, maxDepth: number): string | undefined {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (maxDepth === 0) return undefined;
  const isList = Array.isArray(value);
  const members: string[] = [];
  for (const name of isList ? value.keys() : Object.keys(value).sort()) {
    const member = canonicalJson((value as Record<string | number, unknown>)[name], maxDepth - 1);
    if (member === undefined) return undefined;
    members.push(isList ? member : `${JSON.stringify(name)}:${member}`);
  }
  return isList ? `[${members.join(',')}]` : `{${members.join(',')}}`;
}
