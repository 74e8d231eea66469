/** A reseller's program: it calls the EclipseProxy reseller API over HTTP. */

export interface Answer<T> {
  status: number;
  /** The body as it was sent. */
  text: string;
  messageCode: string;
  data: T;
}

export interface WireSubuser {
  id: string;
  username: string;
  password: string;
  bandwidthBalance: number;
}

export interface WireBandwidth {
  bandwidthAllocated: number;
  bandwidthUsed: number;
  bandwidthRemaining: number;
}

export interface WireHistory {
  history: { action: 'ADD' | 'REMOVE'; amountMb: number; at: string }[];
}

export interface UsedBytes {
  upBytes: number;
  downBytes: number;
}

export interface CallOptions {
  idempotencyKey?: string;
}

export class ResellerClient {
  readonly #api: string;
  readonly #key: string;

  constructor(apiUrl: string, key: string) {
    this.#api = `${apiUrl}/api/reseller/v1`;
    this.#key = key;
  }

  async call<T>(
    method: string,
    path: string,
    body?: unknown,
    { idempotencyKey }: CallOptions = {},
  ): Promise<Answer<T>> {
    const headers: Record<string, string> = { authorization: `Bearer ${this.#key}` };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
    const response = await fetch(`${this.#api}${path}`, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    const { messageCode, data } = JSON.parse(text) as { messageCode: string; data: T };
    return { status: response.status, text, messageCode, data };
  }

  async #expect<T>(status: number, answer: Promise<Answer<T>>): Promise<T> {
    const { status: actual, text, data } = await answer;
    if (actual !== status) throw new Error(`answered ${actual}, not ${status}: ${text}`);
    return data;
  }

  createSubuser(username: string, bandwidth: number): Promise<WireSubuser> {
    const body = { username, email: `${username}@example.com`, bandwidth };
    return this.#expect(201, this.call('POST', '/subusers', body));
  }

  deleteSubuser(username: string): Promise<{ bandwidthReturned: number }> {
    return this.#expect(200, this.call('DELETE', `/subusers/${username}`));
  }

  setPassword(username: string, newPassword: string): Promise<unknown> {
    return this.#expect(200, this.call('PUT', `/subusers/${username}/password`, { newPassword }));
  }

  changeWhitelist(method: 'POST' | 'DELETE', username: string, ip: string): Promise<unknown> {
    return this.#expect(200, this.call(method, `/subusers/${username}/whitelist`, { ip }));
  }

  moveBandwidth(username: string, action: 'ADD' | 'REMOVE', amountMb: number): Promise<WireBandwidth> {
    return this.#expect(200, this.call('POST', `/subusers/${username}/bandwidth`, { action, amountMb }));
  }

  bandwidth(username: string): Promise<WireBandwidth> {
    return this.#expect(200, this.call('GET', `/subusers/${username}/bandwidth`));
  }

  history(username: string): Promise<WireHistory> {
    return this.#expect(200, this.call('GET', `/subusers/${username}/bandwidth/history`));
  }

  /** The daily usage series, summed: a test may run over midnight. */
  async usedBytes(username: string): Promise<UsedBytes> {
    const { usage } = await this.#expect(
      200,
      this.call<{ usage: UsedBytes[] }>('GET', `/subusers/${username}/usage?days=2`),
    );
    return usage.reduce(
      (sum, day) => ({ upBytes: sum.upBytes + day.upBytes, downBytes: sum.downBytes + day.downBytes }),
      { upBytes: 0, downBytes: 0 },
    );
  }
}
