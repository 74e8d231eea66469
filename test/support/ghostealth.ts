/** A client of the Ghostealth dialect. */
import { expect } from 'vitest';
import type { TestApi, TestReseller } from './api.ts';

export const PREFIXES = ['/api/v1.0', '/dev/v1.0'] as const;
export const HEX_24 = '[0-9a-f]{24}';
export const WEEKLY_100 = { billingCycle: 'WEEKLY', connections: 100, authentications: 1 };

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field.
  body: any;
  text: string;
  headers: Record<string, unknown>;
}

export interface CallOptions {
  prefix?: string;
  headers?: Record<string, string>;
}

export function ghostealthClient(api: TestApi) {
  async function call(
    key: string | undefined,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    { prefix = '/api/v1.0', headers = {} }: CallOptions = {},
  ): Promise<Answer> {
    const response = await api.app.inject({
      method,
      url: `${prefix}${path}`,
      headers: {
        ...(key === undefined ? {} : { authorization: `ApiKey ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const parsed = response.body === '' ? undefined : JSON.parse(response.body);
    return {
      status: response.statusCode,
      body: parsed,
      text: response.body,
      headers: response.headers,
    };
  }

  async function seller(cents = 10_000n): Promise<TestReseller> {
    const reseller = await api.reseller();
    if (cents > 0n) await api.core.accounts.topUp(api.operator, reseller.storeCode, 'usd', cents);
    return reseller;
  }

  async function bought(key: string, choice: object = WEEKLY_100): Promise<string> {
    const { status, body } = await call(key, 'POST', '/resellers/subscriptions', choice);
    expect(status).toBe(200);
    return body.data.id;
  }

  const balanceOf = async ({ accountId }: TestReseller) =>
    Number(await api.core.accounts.balance(accountId, 'usd'));

  return { call, seller, bought, balanceOf };
}

export function expectError(answer: Answer, status: number, code: string): void {
  expect(answer.status).toBe(status);
  expect(Object.keys(answer.body)).toEqual(['success', 'message', 'code']);
  expect(answer.body).toEqual({ success: false, message: expect.any(String), code });
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
}
