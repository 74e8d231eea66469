/** A call as one would paste it into a shell. */
import type { Document, Operation, Parameter } from './document.ts';

const HOST = 'https://your-host';

export function curlOf(document: Document, method: string, path: string, operation: Operation): string {
  const { parameters = [], requestBody, security = [] } = operation;
  const base = document.servers[0]!.url.replace(/\/$/, '');
  const query = new URLSearchParams(
    parameters.filter(({ in: place }) => place === 'query').flatMap(exampleOf),
  ).toString();
  const filled = parameters
    .filter(({ in: place }) => place === 'path')
    .flatMap(exampleOf)
    .reduce((text, [name, value]) => text.replace(`{${name}}`, value), path);
  const media = requestBody?.content['application/json'];
  // Where the parameters stand in the query, the body is only another way to send them.
  const body = query === '' ? media?.example : undefined;
  return [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}'${HOST}${base}${filled}${query && `?${query}`}'`,
    ...headersOf(document, security).map((header) => `-H '${header}'`),
    ...(body === undefined
      ? []
      : [`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`]),
  ].join(' \\\n  ');
}

function exampleOf({ name, example }: Parameter & { example?: unknown }): [string, string][] {
  return example === undefined ? [] : [[name, String(example)]];
}

/** The first way the document knows to send a key: its description shows the header. */
function headersOf({ components }: Document, security: NonNullable<Operation['security']>): string[] {
  const [scheme] = Object.keys(security[0] ?? {});
  if (scheme === undefined) return [];
  const { name, description = '' } = components.securitySchemes[scheme]!;
  return [/`(\S+: [^`]+)`/.exec(description)?.[1] ?? `${name}: KEY`];
}
