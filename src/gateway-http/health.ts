/** What a process without the API answers over HTTP: whether it lives, and whether it is ready. */
import http from 'node:http';

export interface HealthServer {
  readonly server: http.Server;
  close(): Promise<void>;
}

const REQUEST_TIMEOUT_MS = 10_000;

/** Does not listen yet. `notReady` answers what is not ready, as sentences. */
export function createHealthServer(notReady: () => Promise<string[]>): HealthServer {
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
