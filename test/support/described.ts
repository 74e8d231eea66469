/** Holds what dialects answer against what their documents say they answer. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { FastifyInstance } from 'fastify';
import type { Document, Response } from '../../src/api/openapi/document.ts';
import { APIS } from './routes.ts';

/** One that knows OpenAPI's schemas, and where `#/components/…` leads. */
export class DocumentSchemas {
  readonly document: Document;
  readonly #ajv = new Ajv2020({
    strict: false,
    validateFormats: false,
    allErrors: true,
    validateSchema: true,
  });
  readonly #compiled = new WeakMap<object, ValidateFunction>();

  constructor(document: Document) {
    this.document = document;
  }

  /** What is wrong with a value, or undefined. */
  problemOf(schema: object, value: unknown): string | undefined {
    let validate = this.#compiled.get(schema);
    if (!validate) {
      validate = this.#ajv.compile({ ...schema, components: { schemas: this.document.components.schemas } });
      this.#compiled.set(schema, validate);
    }
    if (validate(value)) return undefined;
    return this.#ajv.errorsText(validate.errors, { dataVar: 'the body' });
  }

  responseOf(response: Response): Response {
    return response.$ref ? this.document.components.responses[response.$ref.split('/').at(-1)!]! : response;
  }
}

/**
 * Looks at every answer of every dialect's routes from now on. The function answered throws when one since the last call had
 * a status or a body that its document does not have. To be called before the server is ready.
 */
export function watchAnswers(app: FastifyInstance): () => void {
  const problems: string[] = [];
  let described: Promise<Map<string, DescribedRoute>> | undefined;
  app.addHook('onSend', async (request, reply, payload) => {
    const { url = '' } = request.routeOptions;
    // The documents themselves come by here too.
    if (request.is404 || request.method === 'HEAD' || url.startsWith('/openapi/')) return;
    described ??= describedRoutes(app);
    const route = (await described).get(`${request.method} ${url}`);
    if (!route) return;
    const problem = problemOfAnswer(
      route,
      reply.statusCode,
      String(reply.getHeader('content-type')),
      payload,
    );
    if (problem) problems.push(`${request.method} ${request.url} ${problem}`);
  });
  return () => {
    if (problems.length > 0) throw new Error(`not as documented:\n${problems.splice(0).join('\n')}`);
  };
}

interface DescribedRoute {
  schemas: DocumentSchemas;
  responses: Record<string, Response>;
}

/** By method and route, as Fastify writes it. */
async function describedRoutes(app: FastifyInstance): Promise<Map<string, DescribedRoute>> {
  const routes = new Map<string, DescribedRoute>();
  for (const name of APIS) {
    const document = (await app.inject(`/openapi/${name}.json`)).json<Document>();
    const schemas = new DocumentSchemas(document);
    for (const { url } of document.servers) {
      const base = url.replace(/\/$/, '');
      for (const [path, operations] of Object.entries(document.paths)) {
        const pattern = path.replace(/\{(\w+)\}/g, ':$1');
        for (const [method, { responses }] of Object.entries(operations)) {
          routes.set(`${method.toUpperCase()} ${base}${pattern}`, { schemas, responses });
        }
      }
    }
  }
  return routes;
}

function problemOfAnswer(
  { schemas, responses }: DescribedRoute,
  status: number,
  contentType: string,
  payload: unknown,
): string | undefined {
  const response = responses[status];
  if (!response) return `answered ${status}, which is not documented: ${payload}`;
  const { schema } = schemas.responseOf(response).content[contentType.split(';', 1)[0]!] ?? {};
  if (!schema) return `answered ${status} as ${contentType}, which is not documented`;
  // What is sent as it is read is judged by who asked for it.
  const isJson = /[/+]json\b/.test(contentType);
  if (typeof payload !== 'string' && !isJson) return undefined;
  const problem = schemas.problemOf(schema, isJson ? JSON.parse(payload as string) : payload);
  return problem && `answered ${status} in another form: ${problem}. It was ${payload}`;
}
