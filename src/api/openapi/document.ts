/** The OpenAPI document of an API, from the schemas that judge its requests. */
import { STATUS_CODES } from 'node:http';
import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify';
import type { Dialect } from '../http/dialect.ts';
import { type Api, dialectOf } from './api.ts';
import { failuresOf, IDEMPOTENCY_KEY, isIdempotent, takesKey } from './failures.ts';
import { shareNamed } from './share.ts';

export interface MediaType {
  schema: Schema;
  example?: unknown;
  examples?: Record<string, { summary?: string; value: unknown }>;
}
export interface Schema {
  [keyword: string]: unknown;
  $ref?: string;
  title?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
}
export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  description?: string;
  schema: Schema;
}
export interface Response {
  $ref?: string;
  description: string;
  headers?: Record<string, { description?: string; schema: Schema }>;
  content: Record<string, MediaType>;
}
export interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, MediaType> };
  responses: Record<string, Response>;
  'x-inferred'?: boolean;
  'x-added'?: boolean;
}
/** The parts of OpenAPI that are made here. */
export interface Document {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Schema>;
    responses: Record<string, Response>;
    securitySchemes: Record<string, Record<string, string>>;
  };
}

/** Notes the routes that `scope` will have; the function answered makes the document, once the server is ready. */
export async function describeApi(scope: FastifyInstance, api: Api): Promise<() => Document> {
  await scope.register(swagger, {
    openapi: {
      openapi: '3.1.1',
      info: { title: api.title, version: api.version, description: api.description.join('\n\n') },
      servers: api.bases.map((url) => ({ url })),
      tags: [...api.tags],
      components: {
        securitySchemes: Object.assign({}, ...api.dialects.map(({ reference }) => reference.securitySchemes)),
      },
    },
    convertConstToEnum: false,
    transform: ({ schema, url, route }) => ({ schema: describeRoute(api, route, schema), url }),
    transformObject: (made) => {
      const document = (made as { openapiObject: unknown }).openapiObject as Document;
      requireBodiesThatAre(document);
      return shareNamed(document) as object;
    },
  });
  return () => scope.swagger() as unknown as Document;
}

/** A route's schemas with all that follows from what it is. */
function describeRoute(api: Api, route: RouteOptions, schema: FastifySchema): FastifySchema {
  const dialect = dialectOf(api, route.url);
  const shape = { method: route.method as string, schema, bodyLimit: route.bodyLimit };
  const { refuses: _refuses, inferred, added, streams, ...rest } = schema;
  const description = [
    schema.description,
    inferred && `**Inferred:** ${inferred}`,
    added && '**Added:** the original has no such call.',
  ].filter((part) => typeof part === 'string');
  const described = {
    ...rest,
    ...(description.length > 0 ? { description: description.join('\n\n') } : {}),
    ...(streams ? { body: streamed(streams) } : {}),
    ...(inferred ? { 'x-inferred': true } : {}),
    ...(added ? { 'x-added': true } : {}),
    ...(isIdempotent(shape) ? { headers: IDEMPOTENCY_HEADER } : {}),
    ...(takesKey(schema) ? { security: securityOf(dialect, route) } : {}),
    response: { ...successesOf(dialect, schema), ...failuresOf(dialect, shape) },
  };
  return described;
}

/** As text, or as a list of objects. */
function streamed(streams: NonNullable<FastifySchema['streams']>) {
  const types = Object.entries(streams).map(([type, example]) => {
    const form =
      typeof example === 'string' ? { type: 'string' } : { type: 'array', items: { type: 'object' } };
    return [type, { schema: { ...form, examples: [example] } }];
  });
  return { content: Object.fromEntries(types) };
}

const IDEMPOTENCY_HEADER = {
  type: 'object',
  properties: {
    [IDEMPOTENCY_KEY.name]: {
      type: 'string',
      pattern: IDEMPOTENCY_KEY.pattern,
      description: `${IDEMPOTENCY_KEY.expected}. The same request under the same key is done once, for a day`,
    },
  },
};

/** Any one of the dialect's ways to send a key, with one of the scopes. */
function securityOf({ reference }: Dialect, { config }: RouteOptions): Record<string, string[]>[] {
  return Object.keys(reference.securitySchemes).map((name) => ({ [name]: [...(config?.scopes ?? [])] }));
}

function successesOf({ reference }: Dialect, { response }: FastifySchema): Record<string, object> {
  return Object.fromEntries(
    Object.entries((response ?? {}) as Record<string, Schema>).map(([status, schema]) => {
      const headers = { ...reference.headers, ...(schema.headers as object | undefined) };
      return [
        status,
        {
          ...schema,
          ...(Object.keys(headers).length > 0 ? { headers } : {}),
          'x-response-description': STATUS_CODES[status],
        },
      ];
    }),
  );
}

/** The library calls every body required; one without required fields may be left out. */
function requireBodiesThatAre({ paths }: Document): void {
  for (const { requestBody } of Object.values(paths).flatMap((path) => Object.values(path))) {
    if (!requestBody) continue;
    const { schema } = Object.values(requestBody.content)[0]!;
    requestBody.required = schema.type === 'string' || (schema.required ?? []).length > 0;
  }
}
