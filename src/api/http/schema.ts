/**
 * Validation by JSON schema, with answers in the core's words. The schemas are what the reference pages are made from; rules
 * that need code (an address, a username) are the core's validators, which say the same kind of error.
 */
import { Ajv, type ValidateFunction } from 'ajv';
import { DomainError, invalidField } from '../../core/errors.ts';

// No coercion, no removal, no defaults: what was sent is what is judged. Unknown fields are let through unless a schema forbids
// them, because clients of the existing APIs send more than these need.
const ajv = new Ajv({
  coerceTypes: false,
  removeAdditional: false,
  useDefaults: false,
  verbose: true,
  strict: false,
});

interface FailedKeyword {
  instancePath: string;
  keyword: string;
  params?: { additionalProperty?: string; missingProperty?: string };
  parentSchema?: { type?: string; description?: string };
}

const TYPE_WORDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

/**
 * A Fastify validator compiler. A missing required field (absent or null) is MissingFields, naming all that are missing;
 * anything else is InvalidField, whose sentence is the failing schema's own `expected`, or made from its type.
 */
export function schemaValidator({ schema, httpPart }: { schema: unknown; httpPart?: string | undefined }) {
  // Compiled when the first request comes: all of them together would be a third of the time that a server takes to start.
  let compiled: ValidateFunction | undefined;
  const { required = [], type } = schema as { required?: string[]; type?: string };
  return (data: unknown): { value: unknown } | { error: Error } => {
    if (httpPart === 'body' && type === 'object') {
      // No body at all is a body without fields.
      const body = data ?? {};
      if (typeof body !== 'object' || Array.isArray(body)) {
        return { error: new DomainError('MalformedBody', { expected: 'a JSON object' }) };
      }
      const fields = required.filter((field) => (body as Record<string, unknown>)[field] == null);
      if (fields.length > 0) return { error: new DomainError('MissingFields', { fields }) };
    }
    compiled ??= ajv.compile(schema as object);
    if (compiled(data ?? {})) return { value: data ?? {} };
    return { error: firstFailure(compiled.errors as FailedKeyword[]) };
  };
}

function firstFailure(failures: readonly FailedKeyword[]): DomainError {
  // What fits none of several forms fails in each of them first; the sentence stands where they are united.
  const failure = failures.find(({ keyword }) => keyword === 'anyOf') ?? failures[0]!;
  const path = failure.instancePath.split('/').filter(Boolean);
  const { additionalProperty, missingProperty } = failure.params ?? {};
  if (additionalProperty !== undefined) {
    return invalidField([...path, additionalProperty].join('.'), 'left out: there is no such field');
  }
  if (missingProperty !== undefined) return invalidField([...path, missingProperty].join('.'), 'there');
  const field = path.join('.') || 'request';
  const { type, description } = failure.parentSchema ?? {};
  return invalidField(field, description ?? TYPE_WORDS[type ?? ''] ?? 'of another form');
}
