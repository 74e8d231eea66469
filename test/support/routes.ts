/** Every route of every dialect, as the server itself lists them. */
import pino from 'pino';
import { createApi } from '../../src/api/server.ts';
import type { Core } from '../../src/core/core.ts';

export const DIALECTS = ['eclipseproxy', 'infiniteproxies', 'vpsctrl', 'ghostealth'] as const;
export type DialectName = (typeof DIALECTS)[number];

/** The longest that fits counts: /api/v1 is not /api/v1.0. */
const PREFIXES: readonly (readonly [string, DialectName])[] = [
  ['/api/reseller/v1', 'eclipseproxy'],
  ['/api/user-api', 'eclipseproxy'],
  ['/v2', 'infiniteproxies'],
  ['/api/v1', 'vpsctrl'],
  ['/api/admin', 'vpsctrl'],
  ['/api/v1.0', 'ghostealth'],
  ['/dev/v1.0', 'ghostealth'],
];

/** The parts of a JSON schema that tell what to send. */
export interface FieldSchema {
  type?: string | string[];
  description?: string;
}
export interface ObjectSchema {
  required?: string[];
  properties?: Record<string, FieldSchema>;
}

export interface Route {
  dialect: DialectName;
  prefix: string;
  method: string;
  /** With its prefix, and its parameters as `:name`. */
  url: string;
  body: ObjectSchema | undefined;
  querystring: ObjectSchema | undefined;
}

export async function dialectRoutes(core: Core): Promise<Route[]> {
  const routes: Route[] = [];
  const app = createApi({
    core,
    logger: pino({ level: 'silent' }),
    notReady: async () => [],
    infiniteCreationFeeBytes: 0n,
  });
  app.addHook('onRoute', ({ method, url, schema }) => {
    const [prefix, dialect] = PREFIXES.find(([start]) => url.startsWith(`${start}/`)) ?? [];
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
