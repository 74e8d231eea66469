/** Programs that call the admin and the account API over HTTP: the owner's, and those of two resellers. */
import { createTestApi, type TestApi, type TestReseller } from './api.ts';

export interface OwnAnswer<T> {
  status: number;
  headers: Headers;
  text: string;
  body: T;
}

export interface OwnCall {
  method: string;
  path: string;
  body?: unknown;
  key?: string | undefined;
  idempotencyKey?: string | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: an answer is looked into by the test that asked for it
type Any = any;

export class OwnClient {
  readonly #base: string;
  readonly #key: string | undefined;

  /** `base`: address and prefix, such as http://127.0.0.1:8080/api/admin. */
  constructor(base: string, key?: string) {
    this.#base = base;
    this.#key = key;
  }

  async call<T = Any>({ method, path, body, idempotencyKey }: OwnCall): Promise<OwnAnswer<T>> {
    const headers: Record<string, string> = {};
    if (this.#key !== undefined) headers.authorization = `Bearer ${this.#key}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
    const answer = await fetch(`${this.#base}${path}`, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json');
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
  }

  get<T = Any>(path: string): Promise<OwnAnswer<T>> {
    return this.call({ method: 'GET', path });
  }

  post<T = Any>(path: string, body?: unknown, idempotencyKey?: string): Promise<OwnAnswer<T>> {
    return this.call({ method: 'POST', path, body, idempotencyKey });
  }

  /** What a call that must succeed answers. */
  async ok<T = Any>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.call<T>({ method, path, body });
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  }

  /** All rows of a list, page by page, and how many pages there were. */
  async all<T = Any>(path: string): Promise<{ rows: T[]; pages: number }> {
    const rows: T[] = [];
    let next: string | null = path;
    let pages = 0;
    while (next !== null) {
      const answer: OwnAnswer<{ data: T[]; nextCursor: string | null }> = await this.get(next);
      if (answer.status !== 200) throw new Error(`GET ${next} answered ${answer.status}: ${answer.text}`);
      rows.push(...answer.body.data);
      pages += 1;
      const { nextCursor } = answer.body;
      const join = path.includes('?') ? '&' : '?';
      next = nextCursor === null ? null : `${path}${join}cursor=${nextCursor}`;
    }
    return { rows, pages };
  }
}

export interface OwnApis {
  api: TestApi;
  owner: OwnClient;
  /** Reads and changes nothing. */
  reader: OwnClient;
  mine: TestReseller & { id: string; client: OwnClient };
  other: TestReseller & { id: string; client: OwnClient };
  close(): Promise<void>;
}

const RESELLER_SCOPES = ['reseller:read', 'reseller:write', 'reseller:credit'];

/** Call it in `beforeAll`, and `close()` in `afterAll`. */
export async function createOwnApis(options: Parameters<typeof createTestApi>[0] = {}): Promise<OwnApis> {
  const api = await createTestApi(options);
  const address = await api.app.listen({ host: '127.0.0.1', port: 0 });
  await api.core.accounts.ensureOwner(api.operator, 'owner@example.com', 'a-good-password');
  const { id: ownerId } = await api.core.accounts.find('owner@example.com');
  const admin = async (scopes: string[]) =>
    new OwnClient(`${address}/api/admin`, await api.mintKey(ownerId, scopes));
  const reseller = async (storeCode: string) => {
    const made = await api.reseller({ storeCode, mb: 1000, scopes: RESELLER_SCOPES });
    const { publicId } = await api.core.accounts.find(storeCode);
    return { ...made, id: publicId, client: new OwnClient(`${address}/api/account`, made.key) };
  };
  return {
    api,
    owner: await admin(['admin:read', 'admin:write']),
    reader: await admin(['admin:read']),
    mine: await reseller('MINE'),
    other: await reseller('OTHER'),
    close: () => api.close(),
  };
}
