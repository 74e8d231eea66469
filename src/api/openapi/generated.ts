/** The files that are made from the code and committed: the documents, and the table of errors. */
import { readFileSync } from 'node:fs';
import pino from 'pino';
import type { Core } from '../../core/core.ts';
import { Events } from '../../core/events.ts';
import { createApi } from '../server.ts';
import { errorTable } from './error-table.ts';

/** Routes are listed, never called: nothing behind them is reached. */
export const NO_CORE = { events: new Events() } as Core;

const TABLE_BEGINS = '<!-- made by npm run generate: begin -->';
const TABLE_ENDS = '<!-- made by npm run generate: end -->';

export interface GeneratedFile {
  /** From the project's root. */
  path: string;
  text: string;
}

export async function generatedFiles(): Promise<GeneratedFile[]> {
  const app = createApi({
    core: NO_CORE,
    logger: pino({ level: 'silent' }),
    notReady: async () => [],
  });
  const urls: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    if (method === 'GET' && url.startsWith('/openapi/')) urls.push(url);
  });
  await app.ready();
  const documents = await Promise.all(
    urls.map(async (url) => ({
      path: `docs${url}`,
      text: `${JSON.stringify((await app.inject(url)).json(), null, 2)}\n`,
    })),
  );
  await app.close();
  return [...documents, errorsPage()];
}

/** docs/errors.md with its table made anew; the words around it are written by hand. */
function errorsPage(): GeneratedFile {
  const path = 'docs/errors.md';
  const text = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  const [before, rest = ''] = text.split(TABLE_BEGINS);
  const [, after] = rest.split(TABLE_ENDS);
  if (after === undefined) throw new Error(`${path} lacks the marks between which its table stands`);
  return { path, text: `${before}${TABLE_BEGINS}\n${errorTable()}\n${TABLE_ENDS}${after}` };
}
