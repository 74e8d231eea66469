/** What a first start makes: the owner, and a reseller to try things with. Its secrets are shown once. */
import type { Config } from './config.ts';
import { ASSETS, type Asset } from './core/accounts/accounts.ts';
import type { Core } from './core/core.ts';
import { isDomainError } from './core/errors.ts';
import { takeWelcome, type Welcome } from './core/installation.ts';
import { randomText } from './core/secrets.ts';
import { BYTES_PER_MB } from './shared/units.ts';

export interface FirstRun extends Welcome {
  ownerEmail: string;
  /** Absent when the operator chose it. */
  ownerPassword: string | undefined;
  /** Absent on a database that had resellers before its first start. */
  demo: { storeCode: string; key: string; email: string; password: string } | undefined;
}

const DEMO = { storeCode: 'DEMO', storeName: 'Demo Store', email: 'demo@localhost' };
const DEMO_KEY = {
  name: 'demo',
  scopes: ['reseller:read', 'reseller:write', 'reseller:signup', 'reseller:credit'],
};
const DEMO_STOCK: Record<Asset, bigint> = {
  residential: 10_000n * BYTES_PER_MB,
  mobile: 1_000n * BYTES_PER_MB,
  usd: 100_00n,
};
const invocation = { actor: { name: 'system', accountId: null, door: 'start' as const } };

/**
 * Makes what a first start makes, and answers its secrets; undefined when that was done and shown before. A start that was
 * cut short before it could show them is begun again: what is there stays, its secrets are made anew.
 */
export async function prepareFirstRun(config: Config, core: Core): Promise<FirstRun | undefined> {
  const welcome = await takeWelcome(core.sql, core.clock);
  if (!welcome) return undefined;
  try {
    const password = config.ownerPassword ?? randomText(20);
    const { email, isNew } = await core.accounts.ensureOwner(invocation, config.ownerEmail, password);
    if (!isNew) await core.accounts.setPassword(invocation, email, password);
    return {
      ...welcome,
      ownerEmail: email,
      ownerPassword: config.ownerPassword === undefined ? password : undefined,
      demo: await prepareDemo(core),
    };
  } catch (error) {
    await welcome.release();
    throw error;
  }
}

async function prepareDemo(core: Core): Promise<FirstRun['demo']> {
  const resellers = await core.accounts.listResellers();
  if (resellers.some((reseller) => reseller.storeCode !== DEMO.storeCode)) return undefined;
  const password = randomText(20);
  await core.accounts.createReseller(invocation, { ...DEMO, password }).catch(async (error: unknown) => {
    if (!isDomainError(error, 'EmailTaken')) throw error;
    await core.accounts.setPassword(invocation, DEMO.email, password);
  });
  const { balances } = await core.accounts.showReseller(DEMO.storeCode);
  for (const asset of ASSETS) {
    if (balances[asset] === 0n) {
      await core.accounts.topUp(invocation, DEMO.storeCode, asset, DEMO_STOCK[asset]);
    }
  }
  const { id: accountId } = await core.accounts.find(DEMO.storeCode);
  for (const key of await core.keys.list(accountId)) await core.keys.revoke(invocation, key.id);
  const key = await core.keys.mint(invocation, { accountId, ...DEMO_KEY });
  return { storeCode: DEMO.storeCode, key: key.secret, email: DEMO.email, password };
}
