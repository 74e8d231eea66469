/** What a process without the API answers over HTTP: whether it lives, whether it is ready, and its figures. */
import http from 'node:http';
import { METRICS_PATH, type MetricsPage } from '../shared/metrics-page.ts';

export interface HealthServer {
  readonly server: http.Server;
  close(): Promise<void>;
}

const REQUEST_TIMEOUT_MS = 10_000;

/** Does not listen yet. `notReady` answers what is not ready, as sentences. */
export function createHealthServer(notReady: () => Promise<string[]>, metrics?: MetricsPage): HealthServer {
  const server = http.createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    const send = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
      response.end(request.method === 'HEAD' ? undefined : JSON.stringify(body));
    };
    const path = request.url?.split('?', 1)[0];
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead && path === '/healthz') {
      send(200, { status: 'alive' });
    } else if (isRead && path === '/readyz') {
      notReady().then(
        (problems) =>
          send(problems.length > 0 ? 503 : 200, {
            status: problems.length > 0 ? 'not ready' : 'ready',
            problems,
          }),
        () => send(500, { error: 'Something went wrong on our side' }),
      );
    } else if (isRead && path === METRICS_PATH && metrics) {
      metrics.answer(request.headers.authorization).then(
        ({ status, contentType, body }) => {
          const challenge = status === 401 && { 'www-authenticate': 'Bearer realm="headgate"' };
          response.writeHead(status, { 'content-type': contentType, ...challenge });
          response.end(request.method === 'HEAD' ? undefined : body);
        },
        () => send(500, { error: 'Something went wrong on our side' }),
      );
    } else {
      send(404, { error: `There is no ${request.method} ${path}` });
    }
  });
  return {
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
