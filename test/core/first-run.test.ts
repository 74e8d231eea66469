/** A first start is seen through once, however often it is cut short and however many processes try. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { prepareFirstRun } from '../../src/first-run.ts';
import { createTestApi, type TestApi } from '../support/api.ts';

const config = loadConfig({});
let api: TestApi;

beforeEach(async () => {
  api = await createTestApi();
});
afterEach(async () => {
  await api.assertLedgerHolds();
  await api.close();
});

const stock = { residential: 10_000_000_000n, mobile: 1_000_000_000n, usd: 10_000n };

test('makes the owner and DEMO, and nothing the next time', async () => {
  const first = await prepareFirstRun(config, api.core);
  expect(first).toMatchObject({ ownerEmail: 'owner@localhost', demo: { storeCode: 'DEMO' } });
  await first!.done();
  expect(await prepareFirstRun(config, api.core)).toBeUndefined();
  const resellers = await api.core.accounts.listResellers();
  expect(resellers).toMatchObject([{ storeCode: 'DEMO', balances: stock }]);
});

test('begins again when nobody has seen the secrets: new ones work, old ones do not, stock is not doubled', async () => {
  const lost = await prepareFirstRun(config, api.core);
  await lost!.release();
  const shown = await prepareFirstRun(config, api.core);
  await shown!.done();
  expect(shown!.ownerPassword).not.toBe(lost!.ownerPassword);
  const door = { actor: { ...api.operator.actor, address: '192.0.2.1' } };
  expect(
    await api.core.accounts.issueUserToken(door, shown!.ownerEmail, lost!.ownerPassword!),
  ).toBeUndefined();
  expect(
    await api.core.accounts.issueUserToken(door, shown!.ownerEmail, shown!.ownerPassword!),
  ).toBeDefined();
  await expect.poll(() => api.core.keys.authenticate(lost!.demo!.key)).toBeUndefined();
  expect(await api.core.keys.authenticate(shown!.demo!.key)).toBeDefined();
  expect(await api.core.accounts.listResellers()).toMatchObject([{ storeCode: 'DEMO', balances: stock }]);
});

test('lets a second process wait until the first has shown its secrets', async () => {
  const first = await prepareFirstRun(config, api.core);
  const second = prepareFirstRun(config, api.core);
  await first!.done();
  expect(await second).toBeUndefined();
});

test('makes no DEMO beside resellers that were there before', async () => {
  await api.reseller({ storeCode: 'MINE' });
  const first = await prepareFirstRun(config, api.core);
  expect(first!.demo).toBeUndefined();
  await first!.done();
});
