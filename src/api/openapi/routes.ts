/** Serves the reference: each API as an OpenAPI document for programs and as a page for people. */
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Document } from './document.ts';
import { renderErrors, renderIndex, renderReference } from './page.ts';
import { STYLE } from './style.ts';

/** Pages bring all they need: nothing is loaded, and no script runs. */
const SECURITY_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** `documents` are made when first asked for: they do not change while the server runs. */
export function serveReference(app: FastifyInstance, documents: ReadonlyMap<string, () => Document>): void {
  const page = (url: string, render: () => string) => {
    let text: string | undefined;
    app.get(url, async (_request, reply) => {
      text ??= render();
      return reply
        .header('content-security-policy', SECURITY_POLICY)
        .type('text/html; charset=utf-8')
        .send(text);
    });
  };
  for (const [name, document] of documents) {
    app.get(`/openapi/${name}.json`, async () => document());
    page(`/docs/${name}`, () => renderReference(name, document()));
  }
  page('/docs/errors', renderErrors);
  page('/docs', () =>
    renderIndex([...documents].map(([name, document]) => ({ name, document: document() }))),
  );
}
