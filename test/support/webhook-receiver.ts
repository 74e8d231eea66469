/** An endpoint that receives webhooks on loopback. */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  headers: Record<string, string>;
  body: string;
}

export interface WebhookReceiver {
  url: string;
  received: Received[];
  /** What it answers from now on: a status, or `'silence'`. */
  answer: number | 'silence' | 'redirect';
  close(): Promise<void>;
}

export async function startReceiver(): Promise<WebhookReceiver> {
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    receiver.received.push({
      path: request.url!,
      headers: request.headers as Record<string, string>,
      body,
    });
    if (receiver.answer === 'silence') return;
    if (receiver.answer === 'redirect')
      response.writeHead(302, { location: `${receiver.url}/elsewhere` }).end();
    else response.writeHead(receiver.answer).end('thanks');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: [],
    answer: 200,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}
