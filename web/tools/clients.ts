/** The types of the console's clients, made from the OpenAPI documents of the APIs it uses. */
import { readFileSync } from 'node:fs';
import openapi, { astToString, type OpenAPI3 } from 'openapi-typescript';

const APIS = ['session', 'admin', 'account'];

/** Each with its path from the project's root. */
export async function clientFiles(): Promise<{ path: string; text: string }[]> {
  return Promise.all(
    APIS.map(async (name) => {
      const source = `docs/openapi/${name}.json`;
      const document = JSON.parse(
        readFileSync(new URL(`../../${source}`, import.meta.url), 'utf8'),
      ) as OpenAPI3;
      const types = astToString(await openapi(document, { alphabetize: false }));
      return {
        path: `web/src/api/${name}.gen.ts`,
        text: `// Made from ${source} by npm run generate.\n\n${types}`,
      };
    }),
  );
}
