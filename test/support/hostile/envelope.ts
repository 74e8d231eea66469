/** The shape that every answer under a prefix has, whatever was asked. */
import type { RawResponse } from './raw.ts';

type Fields = Record<string, unknown>;

const isText = (value: unknown) => typeof value === 'string' && value !== '';
const isCapitals = (value: unknown) => typeof value === 'string' && /^[A-Z][A-Z_]+$/.test(value);
const has = (body: Fields, ...fields: string[]) => Object.keys(body).join() === fields.join();

function eclipse(status: number, body: Fields): boolean {
  return (
    has(body, 'status', 'message', 'messageCode', 'data') &&
    body.status === (status < 300 ? 'success' : 'error') &&
    isText(body.message) &&
    isCapitals(body.messageCode) &&
    (status < 300 || body.data === null)
  );
}

function eclipseUser(status: number, body: Fields): boolean {
  return (
    has(body, 'status', 'message', 'data') &&
    body.status === (status < 300 ? 'success' : 'error') &&
    isText(body.message) &&
    status < 300 === (body.data !== null)
  );
}

function infinite(status: number, body: Fields): boolean {
  const { code, message } = (body.status ?? {}) as Fields;
  return (
    has(body, ...(status < 300 ? ['status', 'payload'] : ['status'])) &&
    has(body.status as Fields, 'code', 'message') &&
    code === status &&
    isText(message)
  );
}

function vpsctrl(status: number, body: Fields): boolean {
  if (status < 300) return typeof body === 'object' && body.ok !== false;
  return (
    has(body, 'ok', 'error', 'message') &&
    body.ok === false &&
    /^[a-z][a-z_]+$/.test(String(body.error)) &&
    isText(body.message)
  );
}

function ghostealth(status: number, body: Fields): boolean {
  if (status < 300) return 'data' in body || has(body) || has(body, 'success', 'message');
  return (
    has(body, 'success', 'message', 'code') &&
    body.success === false &&
    isText(body.message) &&
    isCapitals(body.code)
  );
}

function problem(status: number, body: Fields): boolean {
  if (status < 300) return !('code' in body && 'detail' in body);
  const { errors, ...rest } = body;
  return (
    has(rest, 'type', 'title', 'status', 'detail', 'code') &&
    isText(body.title) &&
    body.status === status &&
    isText(body.detail) &&
    /^[a-z][a-z_]+$/.test(String(body.code)) &&
    (errors === undefined ||
      (Array.isArray(errors) && errors.every((entry) => has(entry, 'field', 'expected'))))
  );
}

const SHAPES: Record<string, (status: number, body: Fields) => boolean> = {
  '/api/reseller/v1': eclipse,
  '/api/user-api': eclipseUser,
  '/v2': infinite,
  '/api/v1': vpsctrl,
  '/api/admin/api-keys': vpsctrl,
  '/api/v1.0': ghostealth,
  '/dev/v1.0': ghostealth,
  '/api/admin': problem,
  '/api/account': problem,
  '/api/session': problem,
};

/** What is wrong with an answer, as a sentence; undefined when nothing is. */
export function envelopeFault(
  prefix: string,
  method: string,
  { status, headers, body }: RawResponse,
): string | undefined {
  if (status >= 500) return `the server failed: ${status} ${body}`;
  if (status >= 300 && status < 400) return `a redirection: ${status}`;
  const shape = SHAPES[prefix]!;
  const type = shape === problem && status >= 400 ? 'application/problem+json' : 'application/json';
  if (headers.get('content-type') !== `${type}; charset=utf-8`) {
    return `the answer ${status} ${body} is ${headers.get('content-type')}`;
  }
  if (method === 'HEAD') return body === '' ? undefined : `HEAD was answered ${body}`;
  return shape(status, JSON.parse(body)) ? undefined : `not in the envelope: ${status} ${body}`;
}
