/** An installation with one reseller and a person of it, signed in to the console: what its pages' tests begin with. */
import { type Consoles, type SignedIn, startConsoles } from './consoles.ts';

export interface ResellerConsole extends Consoles {
  storeCode: string;
  /** Of the person; `open` takes it. */
  state: SignedIn;
  /** A key with these scopes; answers its secret. */
  mintKey(name: string, ...scopes: string[]): Promise<string>;
  topUp(what: { residentialMb?: number; mobileMb?: number; usd?: number }): Promise<void>;
}

const STORE_CODE = 'ACME';

/** Call it in `beforeAll`, and `close()` in `afterAll`. */
export async function openResellerConsole(): Promise<ResellerConsole> {
  const consoles = await startConsoles({ HEADGATE_OUTGOING_ALLOW: '127.0.0.0/8' });
  const { admin } = consoles;
  const reseller = { storeCode: STORE_CODE, storeName: 'Acme Proxies', email: 'shop@example.com' };
  const { id } = (await admin('POST', '/resellers', reseller)).body;
  const { state } = await consoles.invite({
    email: 'ann@example.com',
    name: 'Ann',
    role: 'reseller',
    reseller: STORE_CODE,
  });
  return {
    ...consoles,
    storeCode: STORE_CODE,
    state,
    open: (path, options) => consoles.open(`/reseller${path}`, { state, ...options }),
    async mintKey(name, ...scopes) {
      return (await admin('POST', '/keys', { owner: STORE_CODE, name, scopes })).body.secret;
    },
    async topUp({ residentialMb = 0, mobileMb = 0, usd = 0 }) {
      for (const [asset, amount] of [
        ['residential', residentialMb * 1e6],
        ['mobile', mobileMb * 1e6],
        ['usd', usd * 100],
      ] as const) {
        if (amount > 0) await admin('POST', `/resellers/${id}/top-up`, { asset, amount });
      }
    },
  };
}
