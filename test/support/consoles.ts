/** What tests of the consoles begin with: an installation, one browser, and people who are signed in to it by the API. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchForPages, openPage, type PageOptions } from './browser.ts';
import { Browser as Person } from './person-browser.ts';
import { createInstallation, type Installation, type ServerProcess } from './server-process.ts';

export const OWNER = { email: 'owner@localhost', password: 'a river has two banks' };
/** The machine may be busy; what is waited for comes all the same. */
export const PATIENTLY_MS = 60_000;

export type SignedIn = Exclude<BrowserContextOptions['storageState'], string | undefined>;

export interface NewPerson {
  email: string;
  name: string;
  role: 'manager' | 'viewer' | 'reseller';
  /** A store code, for a person of its. */
  reseller?: string;
}

export interface Consoles {
  installation: Installation;
  server: ServerProcess;
  browser: Browser;
  /** Signed in as the owner, whom `open` takes unless another `state` is given. */
  owner: Person;
  ownerState: SignedIn;
  /** Of the reseller that every installation begins with. */
  demoKey: string;
  /** A page of its own, closed with the test. */
  open(path: string, options?: Parameters<typeof openPage>[2]): Promise<Page>;
  /** Somebody new, who has followed the invitation and is signed in. */
  invite(person: NewPerson): Promise<{ person: Person; state: SignedIn }>;
  /** Asks the admin API as the owner; throws for what is refused. */
  admin(method: string, path: string, body?: unknown): ReturnType<Person['ask']>;
  close(): Promise<void>;
}

/** Call it in `beforeAll`, and `close()` in `afterAll`. */
export async function startConsoles(settings: Record<string, string> = {}): Promise<Consoles> {
  const installation = createInstallation({ HEADGATE_OWNER_PASSWORD: OWNER.password, ...settings });
  const [server, browser] = await Promise.all([installation.start(), launchForPages()]);
  const owner = new Person(server.apiUrl);
  await owner.signIn(OWNER.email, OWNER.password);
  const ownerState = stateOf(owner, server.apiUrl);
  const admin = async (method: string, path: string, body?: unknown) => {
    const answer = await owner.ask(method, `/api/admin${path}`, body);
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  };
  return {
    installation,
    server,
    browser,
    owner,
    ownerState,
    demoKey: /^ {2}its key {5}(\S+)$/m.exec(server.stdout())![1]!,
    admin,
    open: (path, options) => openPage(browser, server.apiUrl + path, { state: ownerState, ...options }),
    async invite(invited) {
      const { token } = (await admin('POST', '/people', invited)).body;
      const person = new Person(server.apiUrl);
      const answer = await person.ask('POST', '/api/session/invitation', { token, password: OWNER.password });
      if (answer.status !== 200) throw new Error(`${invited.email}: ${JSON.stringify(answer.body)}`);
      return { person, state: stateOf(person, server.apiUrl) };
    },
    async close() {
      await browser.close();
      await installation.remove();
    },
  };
}

/** The browser's side of a session. */
function stateOf(person: Person, base: string): SignedIn & NonNullable<PageOptions['state']> {
  const [name = '', ...value] = person.cookie.split('=');
  return {
    cookies: [
      {
        name,
        value: value.join('='),
        domain: '127.0.0.1',
        path: '/',
        expires: -1,
        httpOnly: true,
        secure: false,
        sameSite: 'Lax',
      },
    ],
    // The console asks who is signed in where this says that somebody may be.
    origins: [{ origin: base, localStorage: [{ name: 'headgate-signed-in', value: 'yes' }] }],
  };
}
