/** Makes documents short: what has a name, or is answered by several calls, is written once and referred to. */
import { isDeepStrictEqual } from 'node:util';
import type { Document, Response, Schema } from './document.ts';

/** Keywords whose values are data, not schemas. */
const DATA = new Set(['example', 'examples', 'enum', 'const', 'default']);

/** The document with every schema that has a title, and every error that several calls answer, under `components`. */
export function shareNamed(document: Document): Document {
  const schemas: Record<string, Schema> = {};

  function visit(node: unknown): unknown {
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== 'object' || node === null) return node;
    const visited = Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, DATA.has(key) ? value : visit(value)]),
    ) as Schema;
    if (typeof visited.title !== 'string' || visited.type === undefined) return visited;
    const { title, ...schema } = visited;
    if (schemas[title] && !isDeepStrictEqual(schemas[title], schema)) {
      throw new Error(`two schemas have the title ${title}`);
    }
    schemas[title] = schema;
    return { $ref: `#/components/schemas/${title}` };
  }

  const paths = visit(document.paths) as Document['paths'];
  const responses = shareResponses(paths);
  return { ...document, paths, components: { ...document.components, schemas, responses } };
}

function shareResponses(paths: Document['paths']): Record<string, Response> {
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  const uses = Map.groupBy(
    operations.flatMap(({ responses }) =>
      Object.entries(responses)
        .filter(([status]) => Number(status) >= 400)
        .map(([status, response]) => ({ responses, status, response })),
    ),
    ({ response }) => JSON.stringify(response),
  );
  const shared: Record<string, Response> = {};
  for (const group of uses.values()) {
    const { response } = group[0]!;
    const name = nameOf(response);
    // Answers of another form for the same errors stay where they are.
    if (group.length < 2 || shared[name]) continue;
    shared[name] = response;
    for (const use of group) {
      use.responses[use.status] = { $ref: `#/components/responses/${name}` } as Response;
    }
  }
  return shared;
}

/** Made of the codes of the errors in it. */
function nameOf({ content }: Response): string {
  const examples = Object.values(content).flatMap(({ examples = {} }) => Object.keys(examples));
  return [...new Set(examples.map((name) => name.split('.', 1)[0]))].join('Or');
}
