/** A person's browser, without the browser: it asks the API as a page of the console does. */
import { Agent, fetch } from 'undici';

let made = 0;

/** A browser on a page of the console: it keeps its cookie and says where it is. */
export class Browser {
  readonly #base: string;
  cookie = '';
  setCookie = '';
  readonly #agent: Agent;

  /** Each is somewhere else, unless it is said where. */
  constructor(base: string, address = `127.${1 + (++made % 200)}.${made % 251}.${1 + (made % 253)}`) {
    this.#base = base;
    this.#agent = new Agent({ localAddress: address });
  }

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      dispatcher: this.#agent,
      headers: {
        origin: this.#base,
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const set = response.headers.get('set-cookie');
    if (set !== null) {
      this.setCookie = set;
      this.cookie = set.split(';', 1)[0]!;
    }
    // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field.
    return { status: response.status, body: (await response.json()) as any, headers: response.headers };
  }

  signIn(email: string, password: string) {
    return this.ask('POST', '/api/session', { email, password });
  }
  who() {
    return this.ask('GET', '/api/session');
  }
}
