/** The clients of docs/clients, run as they stand there against a server that listens: each prints what is expected. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTestApi } from '../support/api.ts';
import { cleanEnvironment, run } from '../support/run.ts';

const CLIENTS = path.join(import.meta.dirname, '../../docs/clients');
const SCOPES = ['reseller:read', 'reseller:write', 'reseller:signup', 'reseller:credit', 'user:read'];
const PROGRAMS = { py: 'python3', ts: process.execPath };

/** What a client prints. */
const PRINTED: Record<string, string[]> = {
  eclipseproxy: [
    'My Store has 1000 MB for 0 subusers',
    'MYSTORE_alice logs in with a password of 20 characters',
    'MYSTORE_alice may also come from 203.0.113.7',
    'MYSTORE_alice has 150 MB left of 150',
    'ADD 100 MB',
    'ADD 50 MB',
    'MYSTORE_alice is gone; 150 MB are back in the pool',
  ],
  infiniteproxies: [
    'mystore has 1000 MB',
    'alice logs in with a password of 20 characters',
    'alice has 100 MB',
    'alice has 60 MB',
    'the password is another now',
    'alice used 0 MB in 14 days',
    'customers: alice 60 MB',
  ],
  vpsctrl: [
    'alice@example.com is signed up',
    'reported',
    'reported before',
    'refund reported',
    'My Store (reseller) holds 100.00 USD',
  ],
  ghostealth: [
    'balance 100.00 USD',
    'bought GS-DAT 100 for 20.00 USD: 7 days',
    'slot BOUND 203.0.113.7',
    'Subscription renewed successfully.',
    'ACTIVE, canceled',
    'balance 60.00 USD',
  ],
};

it('there is one in each language for each API', () => {
  const expected = Object.keys(PRINTED).flatMap((name) => [`${name}.py`, `${name}.ts`]);
  expect(readdirSync(CLIENTS).sort()).toEqual(['README.md', ...expected.sort()]);
  const readme = readFileSync(path.join(CLIENTS, 'README.md'), 'utf8');
  for (const file of expected) expect(readme).toContain(`(${file})`);
});

describe.each(Object.keys(PROGRAMS) as (keyof typeof PROGRAMS)[])('%s', (language) => {
  it.each(Object.keys(PRINTED))('%s', async (name) => {
    // A server of its own: clients leave customers and addresses behind.
    const api = await createTestApi();
    try {
      const { key, storeCode } = await api.reseller({ storeCode: 'MYSTORE', mb: 1000, scopes: SCOPES });
      await api.core.accounts.topUp(api.operator, storeCode, 'usd', 10_000n);
      const origin = await api.app.listen({ host: '127.0.0.1', port: 0 });
      const finished = await run(PROGRAMS[language], [path.join(CLIENTS, `${name}.${language}`)], {
        env: cleanEnvironment({ HEADGATE_URL: origin, HEADGATE_KEY: key }),
      });
      expect(finished).toEqual({ code: 0, stdout: `${PRINTED[name]!.join('\n')}\n`, stderr: '' });
      await api.assertLedgerHolds();
    } finally {
      await api.close();
    }
  });

  it.each(Object.keys(PRINTED))('%s says what was refused', async (name) => {
    const api = await createTestApi();
    try {
      const origin = await api.app.listen({ host: '127.0.0.1', port: 0 });
      const finished = await run(PROGRAMS[language], [path.join(CLIENTS, `${name}.${language}`)], {
        env: cleanEnvironment({ HEADGATE_URL: origin, HEADGATE_KEY: 'none' }),
      });
      expect(finished).toMatchObject({ code: 1, stdout: '' });
      expect(finished.stderr).toMatch(/(UNAUTHORIZED|unauthorized|403): (Unauthorized|API Key is invalid)/);
    } finally {
      await api.close();
    }
  });
});
