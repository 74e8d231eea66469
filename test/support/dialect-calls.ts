/** One call in any dialect, with the key where that dialect's clients put it. */
import type { TestApi } from './api.ts';
import type { DialectName } from './routes.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface DialectAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field.
  body: any;
  text: string;
  headers: Record<string, unknown>;
}

export function keyHeader(dialect: DialectName, key: string): Record<string, string> {
  if (dialect === 'infiniteproxies') return { 'x-infinite-key': key };
  return { authorization: dialect === 'ghostealth' ? `ApiKey ${key}` : `Bearer ${key}` };
}

export async function callDialect(
  api: TestApi,
  dialect: DialectName,
  key: string,
  method: Method,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<DialectAnswer> {
  const response = await api.app.inject({
    method,
    url,
    headers: {
      ...keyHeader(dialect, key),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
  return {
    status: response.statusCode,
    body: JSON.parse(response.body),
    text: response.body,
    headers: response.headers,
  };
}
