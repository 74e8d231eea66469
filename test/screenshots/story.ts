/** What everybody who writes a part of the invented past works with. */
import type { Invocation } from '../../src/core/command.ts';
import type { Core } from '../../src/core/core.ts';
import type { KeyIdentity } from '../../src/core/keys/keys.ts';
import type { Credentials } from '../support/proxy-clients.ts';
import type { ResellerStory } from './business.ts';

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

export interface Store {
  story: ResellerStory;
  accountId: bigint;
  publicId: string;
  /** Its panel's key: what it does by program. */
  panel: Invocation;
  billing: KeyIdentity;
}

export interface Story {
  core: Core;
  nowMs: number;
  /** The provider's owner, in the console. */
  owner: Invocation;
  ownerAccountId: bigint;
  /** By store code; there from the moment the reseller was made. */
  stores: Map<string, Store>;
  /** By full username. */
  logins: Map<string, Credentials>;
  /** Plans something for a moment that lies so far back; all is done in the order of time. */
  ago(ms: number, run: () => Promise<unknown>): void;
}

export function storeOf({ stores }: Story, storeCode: string): Store {
  const store = stores.get(storeCode);
  if (!store) throw new Error(`${storeCode} is not there yet`);
  return store;
}
