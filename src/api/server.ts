/** The HTTP server: mounts every dialect, the health endpoints and the console. */
import { fileURLToPath } from 'node:url';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Core } from '../core/core.ts';
import { DomainError, type ErrorCode } from '../core/errors.ts';
import { METRICS_PATH, type MetricsPage } from '../shared/metrics-page.ts';
import { accountApi } from './account/api.ts';
import type { GatewayDoor } from './account/me.ts';
import { adminApi } from './admin/api.ts';
import { serveConsole } from './console/routes.ts';
import { controlApi } from './control/api.ts';
import { eclipseProxyApi } from './dialects/eclipseproxy/api.ts';
import { ghostealthApi } from './dialects/ghostealth/api.ts';
import { infiniteProxiesApi } from './dialects/infiniteproxies/api.ts';
import { vpsCtrlApi } from './dialects/vpsctrl/api.ts';
import { LONGEST_REQUEST_MS, limitBodies } from './http/body-time.ts';
import type { CallCounters } from './http/call-counters.ts';
import { type Dialect, isUnder, mountDialect, sendError } from './http/dialect.ts';
import { toDomainError } from './http/errors.ts';
import { answerUnreadable } from './http/unreadable.ts';
import { logApi } from './log/api.ts';
import { type Document, describeApi } from './openapi/document.ts';
import { serveReference } from './openapi/routes.ts';
import { sessionApi } from './session/api.ts';

export interface ApiOptions {
  core: Core;
  logger: FastifyBaseLogger;
  /** Reverse proxies that say who their clients are, as CIDRs. */
  trustedProxies?: readonly string[];
  /** Absent: calls are not counted. */
  calls?: CallCounters | undefined;
  /** Absent: nobody may read the figures. */
  metrics?: MetricsPage | undefined;
  /** What is not ready, as sentences; empty when everything is. */
  notReady: () => Promise<string[]>;
  /** Where customers reach the gateways, as far as it is known: `host` only where it is not this machine. */
  gateway?: GatewayDoor | undefined;
  /** Certificate and key in PEM; absent: plain HTTP. */
  tls?: { cert: string; key: string };
}

/** A client must have sent its headers within this. */
const HEADERS_TIMEOUT_MS = 10_000;

/** Where a build of the console lies. */
const CONSOLE_FOLDER = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** Builds the server; it does not listen yet. */
export function createApi(options: ApiOptions): FastifyInstance {
  const { core, logger, notReady, tls } = options;
  const apis = [
    eclipseProxyApi(core),
    infiniteProxiesApi(core),
    vpsCtrlApi(core),
    ghostealthApi(core),
    adminApi(core),
    accountApi(core, options.gateway),
    sessionApi(core),
    logApi(core),
  ];
  const control = controlApi(core);
  const dialects = [...apis.flatMap((api) => api.dialects), control];
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    // A logger of its own for each request costs more than the few lines that are written; those name the request.
    childLoggerFactory: (parent) => parent,
    requestTimeout: LONGEST_REQUEST_MS,
    ...(options.trustedProxies?.length ? { trustProxy: [...options.trustedProxies] } : {}),
    ...(tls
      ? { https: { ...tls, minVersion: 'TLSv1.2', headersTimeout: HEADERS_TIMEOUT_MS } }
      : { http: { headersTimeout: HEADERS_TIMEOUT_MS } }),
    routerOptions: { maxParamLength: 200 },
    // An address that cannot be decoded belongs to no dialect's routes, but may lie under a dialect's prefix.
    frameworkErrors: (error, request, reply) =>
      answerOutsideRoutes(dialects, error, request, reply as FastifyReply),
    clientErrorHandler: answerUnreadable((path, error) => dialectOf(dialects, path).answerError(error)),
  });

  limitBodies(app);
  app.setErrorHandler((error, request, reply) => answerOutsideRoutes([], error, request, reply));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0]!;
    return answerOutsideRoutes(
      [],
      new DomainError('UnknownRoute', { method: request.method, path }),
      request,
      reply,
    );
  });

  const names = new Map(apis.flatMap((api) => api.dialects.map(({ prefix }) => [prefix, api.name] as const)));
  names.set(control.prefix, 'control');
  options.calls?.watch(app, (route) => {
    const prefixes = [...names.keys()].filter((prefix) => isUnder(prefix, route));
    return names.get(prefixes.sort((a, b) => b.length - a.length)[0] ?? '') ?? 'other';
  });

  const { metrics } = options;
  if (metrics) {
    app.get(METRICS_PATH, async (request, reply) => {
      const { status, contentType, body } = await metrics.answer(request.headers.authorization);
      if (status === 401) reply.header('www-authenticate', 'Bearer realm="headgate"');
      return reply.code(status).type(contentType).send(body);
    });
  }
  app.get('/healthz', async () => ({ status: 'alive' }));
  app.get('/readyz', async (_request, reply) => {
    const problems = await notReady();
    if (problems.length > 0) reply.code(503);
    return { status: problems.length > 0 ? 'not ready' : 'ready', problems };
  });

  serveConsole(app, CONSOLE_FOLDER);

  const documents = new Map<string, () => Document>();
  for (const api of apis) {
    app.register(async (scope) => {
      documents.set(api.name, await describeApi(scope, api));
      for (const dialect of api.dialects) mountDialect(scope, dialect);
    });
  }
  mountDialect(app, control);
  app.register(async (scope) => serveReference(scope, documents));
  return app;
}

const PLAIN_STATUSES: Partial<Record<ErrorCode, number>> = { UnknownRoute: 404, MalformedBody: 400 };

/** What belongs to no dialect is answered in a plain form. */
const plain: Pick<Dialect, 'answerError' | 'authenticateWith'> = {
  answerError: (error) => ({
    status: PLAIN_STATUSES[error.code] ?? 500,
    body: { error: error.message },
  }),
  authenticateWith: 'Bearer',
};

function dialectOf(
  dialects: readonly Dialect[],
  path: string,
): Pick<Dialect, 'answerError' | 'authenticateWith'> {
  const under = dialects.filter(({ prefix }) => isUnder(prefix, path));
  return under.sort((a, b) => b.prefix.length - a.prefix.length)[0] ?? plain;
}

function answerOutsideRoutes(
  dialects: readonly Dialect[],
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  return sendError(dialectOf(dialects, request.url), toDomainError(error, request), request, reply);
}
