/** Every route of every API, as the server itself lists them. */
import pino from 'pino';
import { isUnder } from '../../src/api/http/dialect.ts';
import { createApi } from '../../src/api/server.ts';
import type { Core } from '../../src/core/core.ts';

export const DIALECTS = ['eclipseproxy', 'infiniteproxies', 'vpsctrl', 'ghostealth'] as const;
/** Headgate's own. */
export const OWN_APIS = ['admin', 'account', 'session', 'log'] as const;
export const APIS = [...DIALECTS, ...OWN_APIS] as const;
export type ApiName = (typeof APIS)[number];
export type DialectName = (typeof DIALECTS)[number];

/** The first that fits counts; /api/v1 is not /api/v1.0. */
const PREFIXES: readonly (readonly [string, ApiName])[] = [
  ['/api/reseller/v1', 'eclipseproxy'],
  ['/api/user-api', 'eclipseproxy'],
  ['/v2', 'infiniteproxies'],
  ['/api/v1', 'vpsctrl'],
  ['/api/admin/api-keys', 'vpsctrl'],
  ['/api/v1.0', 'ghostealth'],
  ['/dev/v1.0', 'ghostealth'],
  ['/api/admin', 'admin'],
  ['/api/account', 'account'],
  ['/api/session', 'session'],
  ['/log', 'log'],
];

/** The prefix that an address lies under, of whatever API. */
export function prefixOf(url: string): string | undefined {
  return PREFIXES.find(([start]) => isUnder(start, url))?.[0];
}

/** The parts of a JSON schema that tell what to send. */
export interface FieldSchema {
  type?: string | string[];
  description?: string;
}
export interface ObjectSchema {
  required?: string[];
  properties?: Record<string, FieldSchema>;
}

export interface Route<Name extends ApiName = DialectName> {
  dialect: Name;
  prefix: string;
  method: string;
  /** With its prefix, and its parameters as `:name`. */
  url: string;
  body: ObjectSchema | undefined;
  querystring: ObjectSchema | undefined;
}

export async function dialectRoutes(core: Core): Promise<Route[]> {
  const isDialect = (route: Route<ApiName>): route is Route =>
    (DIALECTS as readonly string[]).includes(route.dialect);
  return (await apiRoutes(core)).filter(isDialect);
}

export async function apiRoutes(core: Core): Promise<Route<ApiName>[]> {
  const routes: Route<ApiName>[] = [];
  const app = createApi({
    core,
    logger: pino({ level: 'silent' }),
    notReady: async () => [],
  });
  app.addHook('onRoute', ({ method, url, schema }) => {
    const [prefix, dialect] = PREFIXES.find(([start]) => isUnder(start, url)) ?? [];
    if (prefix === undefined || dialect === undefined) return;
    const { body, querystring } = (schema ?? {}) as { body?: ObjectSchema; querystring?: ObjectSchema };
    for (const one of [method].flat()) {
      routes.push({ dialect, prefix, method: one, url, body, querystring });
    }
  });
  await app.ready();
  await app.close();
  return routes;
}
