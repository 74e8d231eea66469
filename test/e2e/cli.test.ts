/** The command line, as an operator's scripts use it: JSON on standard output, sentences on standard error, exit codes. */

import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { ResellerClient } from '../support/reseller-client.ts';
import { cleanEnvironment, run } from '../support/run.ts';
import { createInstallation, ROOT, runCli, type ServerProcess } from '../support/server-process.ts';

const installation = createInstallation();
const cli = installation.cli;

interface Key {
  id: string;
  secret: string;
  name: string;
  owner: string;
  scopes: string[];
  expiresAt: string | null;
  revokedAt: string | null;
}

beforeAll(async () => {
  const server = await installation.start();
  await new ResellerClient(server.apiUrl, installation.firstRun.key).createSubuser('seen', 100);
  await server.stop();
});
afterAll(() => installation.remove());

/** Exit code 1, nothing on standard output, and a sentence that says what is wrong. */
async function expectRefusal(args: string[], sentence: RegExp): Promise<void> {
  const { code, stdout, stderr } = await cli(...args);
  expect({ code, stdout }, args.join(' ')).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(sentence);
  expect(stderr, 'no stack').not.toMatch(/^ +at /m);
}

describe.each([
  { state: 'running', code: 'RUN' },
  { state: 'stopped', code: 'STOP' },
])('against a $state server', ({ state, code }) => {
  let server: ServerProcess | undefined;
  const email = `${code.toLowerCase()}@example.com`;

  beforeAll(async () => {
    if (state === 'running') server = await installation.start();
  });
  afterAll(async () => {
    expect(await server?.stop()).toBe(state === 'running' ? 0 : undefined);
    expect(installation.postgresPids()).toEqual([]);
  });

  test('reseller create, list, show, topup and set-password', async () => {
    const create = ['--store-code', code, '--store-name', 'My Store', '--email', email];
    const made = (await cli('reseller', 'create', ...create, '--json')).json<{ id: string }>();
    expect(made).toEqual({ id: expect.stringMatching(/^acc_/), storeCode: code, email });
    await expectRefusal(['reseller', 'create', ...create], new RegExp(`email ${email} exists`));

    const residential = await cli(
      ...['reseller', 'topup', code, '--product', 'residential', '--mb', '5000.5', '--json'],
    );
    expect(residential.json()).toEqual({
      storeCode: code,
      asset: 'residential',
      addedBytes: 5_000_500_000,
      balanceBytes: 5_000_500_000,
    });
    const usd = await cli('reseller', 'topup', code, '--usd', '250.00', '--json');
    expect(usd.json()).toEqual({ storeCode: code, asset: 'usd', addedCents: 25_000, balanceCents: 25_000 });

    const shown = (await cli('reseller', 'show', code, '--json')).json();
    expect(shown).toMatchObject({
      id: made.id,
      storeCode: code,
      storeName: 'My Store',
      email,
      subuserCount: 0,
      balances: { residential: 5_000_500_000, mobile: 0, usd: 25_000 },
    });
    const all = (await cli('reseller', 'list', '--json')).json<{ storeCode: string }[]>();
    expect(all).toContainEqual(shown);
    expect(all.map((reseller) => reseller.storeCode)).toContain('DEMO');
    const password = (await cli('reseller', 'set-password', code, '--json')).json();
    expect(password).toEqual({ email, password: expect.stringMatching(/^\S{20}$/) });
  });

  test('person invite, create, list, reset-password, unlock, disable, enable and remove-second-factor', async () => {
    const [someone, hers] = [`ann.${code}@example.com`, `eve.${code}@example.com`];
    const person = (...args: string[]) => cli('person', ...args);
    const invited = await person('invite', '--email', someone, '--name', 'Ann', '--role', 'viewer', '--json');
    expect(invited.json()).toMatchObject({
      email: someone,
      link: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/invitation#[A-Za-z0-9]{44}$/),
    });
    await expectRefusal(
      ['person', 'invite', '--email', someone],
      /An account with the email ann\.\w+@example\.com exists/,
    );
    await expectRefusal(
      ['person', 'invite', '--email', 'b@c.de', '--reseller', code, '--role', 'owner'],
      /role must be/,
    );
    const theirs = await person('create', '--email', hers, '--reseller', code, '--json');
    expect(theirs.json()).toMatchObject({
      role: 'reseller',
      storeCode: code,
      password: expect.stringMatching(/^\S{20}$/),
    });
    expect((await person('list', '--reseller', code, '--json')).json()).toEqual(
      expect.arrayContaining([expect.objectContaining({ email: hers })]),
    );
    expect((await person('list')).stdout).toMatch(/ann\.\w+@example\.com +Ann +viewer +- +invited/);
    expect((await person('reset-password', hers)).stdout).toMatch(/\/invitation#[A-Za-z0-9]{44}\n/);
    expect((await person('unlock', hers.toUpperCase())).stdout).toBe(`${hers} may try again.\n`);
    expect((await person('disable', someone, '--json')).json()).toMatchObject({ state: 'disabled' });
    expect((await person('enable', someone, '--json')).json()).toMatchObject({ state: 'invited' });
    expect((await person('remove-second-factor', someone, '--json')).json()).toMatchObject({
      hasSecondFactor: false,
    });
    await expectRefusal(['person', 'disable', 'owner@localhost'], /somebody else than the last owner/);
    await expectRefusal(['person', 'unlock', 'nobody@example.com'], /There is no such person/);
  });

  test('key create, list, rotate and revoke', async () => {
    const own = ['--owner', email, '--name', 'panel', '--scopes', 'reseller:read,reseller:write'];
    const minted = (await cli('key', 'create', ...own, '--expires', '2099-01-01', '--json')).json<Key>();
    expect(minted).toMatchObject({
      id: expect.stringMatching(/^key_/),
      secret: expect.stringMatching(/^hg_live_/),
      name: 'panel',
      owner: email,
      scopes: ['reseller:read', 'reseller:write'],
      expiresAt: '2099-01-01T00:00:00.000Z',
    });

    const next = (await cli('key', 'rotate', minted.id, '--overlap', '2', '--json')).json<Key>();
    expect(next).toMatchObject({ name: 'panel', owner: email, expiresAt: minted.expiresAt });
    expect(next.secret).not.toBe(minted.secret);
    const last = (await cli('key', 'rotate', next.id, '--overlap', '0', '--json')).json<Key>();
    const listed = (await cli('key', 'list', '--owner', code, '--json')).json<Key[]>();
    expect(listed.map((key) => key.id)).toEqual([last.id, next.id, minted.id]);
    expect(JSON.stringify(listed)).not.toContain(minted.secret);
    const overlapMs = new Date(listed[2]!.expiresAt!).getTime() - Date.now();
    expect(overlapMs).toBeGreaterThan(1.9 * 3600_000);
    expect(overlapMs).toBeLessThanOrEqual(2 * 3600_000);
    expect(new Date(listed[1]!.expiresAt!).getTime()).toBeLessThanOrEqual(Date.now());
    await expectRefusal(['key', 'rotate', next.id], /still valid/);

    const statusOf = async ({ secret }: Key) =>
      (await new ResellerClient(server!.apiUrl, secret).call('GET', '/bandwidth')).status;
    if (server) {
      expect(await Promise.all([minted, next, last].map(statusOf))).toEqual([200, 401, 200]);
    }
    const revoked = (await cli('key', 'revoke', minted.id, '--json')).json<Key>();
    expect(new Date(revoked.revokedAt!).getTime()).toBeLessThanOrEqual(Date.now());
    if (server) {
      await expect.poll(() => statusOf(minted), { interval: 20, timeout: 2_000 }).toBe(401);
      expect(await statusOf(last)).toBe(200);
    }
  });

  test('subuser list and show', async () => {
    const listed = (await cli('subuser', 'list', '--reseller', 'DEMO', '--json')).json<
      { username: string }[]
    >();
    expect(listed).toMatchObject([{ username: 'DEMO_seen', allocatedBytes: 100_000_000, usedBytes: 0 }]);
    const shown = await cli('subuser', 'show', 'demo_SEEN', '--json');
    const none = { allocatedBytes: 0, usedBytes: 0, remainingBytes: 0 };
    expect(shown.json()).toMatchObject({
      username: 'DEMO_seen',
      storeCode: 'DEMO',
      bandwidth: {
        residential: { allocatedBytes: 100_000_000, usedBytes: 0, remainingBytes: 100_000_000 },
        mobile: none,
      },
    });
    expect(shown.stdout).not.toContain('assword');
  });

  test('plan list, set-price and set-tax-rate', async () => {
    interface Plan {
      billingCycle: string;
      connections: number;
      authentications: number;
      price: { grossCents: number; netCents: number; taxCents: number; taxBasisPoints: number };
    }
    const plans = (await cli('plan', 'list', '--json')).json<Plan[]>();
    for (const { price } of plans) expect(price.netCents + price.taxCents).toBe(price.grossCents);
    const choice = ['--cycle', 'MONTHLY', '--connections', '500', '--authentications', '3'];
    const changed = await cli(
      'plan',
      'set-price',
      ...choice,
      '--usd',
      '119.00',
      '--tax-rate',
      '19',
      '--json',
    );
    const price = { grossCents: 11_900, netCents: 10_000, taxCents: 1_900, taxBasisPoints: 1_900 };
    const plan = { billingCycle: 'MONTHLY', connections: 500, authentications: 3, price };
    expect(changed.json()).toMatchObject(plan);
    expect((await cli('plan', 'list', '--json')).json<Plan[]>()).toContainEqual(
      expect.objectContaining(plan),
    );
    const taxed = await cli('plan', 'set-tax-rate', '7.5', '--json');
    expect(taxed.json()).toEqual({ taxBasisPoints: 750, plans: plans.length });
  });

  test('audit list and export', async () => {
    const listed = await cli('audit', 'list', '--action', 'reseller.topup', '--account', code, '--json');
    const [last, first] = listed.json<object[]>();
    expect([first, last]).toMatchObject([
      {
        actor: 'command-line',
        door: 'command-line',
        address: null,
        details: { asset: 'residential', before: { balance: '0' }, after: { balance: '5000500000' } },
      },
      { details: { asset: 'usd', before: { balance: '0' }, after: { balance: '25000' } } },
    ]);
    const csv = (await cli('audit', 'export', '--format', 'csv', '--text', email)).stdout.split('\r\n');
    expect(csv[0]).toBe('id,at,actor,actorEmail,account,door,address,action,subject,details');
    expect(csv.at(-2)).toMatch(/,command-line,,,command-line,,reseller\.create,account:acc_/);
  });

  test('ledger verify and doctor', async () => {
    expect((await cli('ledger', 'verify', '--json')).json()).toMatchObject({ ok: true, problems: [] });
    const { healthy, findings } = (await cli('doctor', '--json')).json<{
      healthy: boolean;
      findings: { check: string; status: string }[];
    }>();
    expect(healthy).toBe(true);
    expect(findings.filter((finding) => finding.status === 'problem')).toEqual([]);
    const checks = findings.map((finding) => finding.check);
    for (const check of ['settings', 'disk', 'master key', 'database', 'durability', 'schema', 'ledger']) {
      expect(checks).toContain(check);
    }
  });

  test('all of it for people', async () => {
    const commands = [
      ['reseller', 'list'],
      ['reseller', 'show', code],
      ['key', 'list'],
      ['subuser', 'list', '--reseller', 'DEMO'],
      ['subuser', 'show', 'DEMO_seen'],
      ['plan', 'list'],
      ['ledger', 'verify'],
      ['audit', 'list', '--action', 'nothing.'],
      ['doctor'],
    ];
    for (const command of commands) {
      const { code: exitCode, stdout, stderr } = await cli(...command);
      expect({ exitCode, stderr }, command.join(' ')).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).not.toContain('undefined');
      expect(stdout).not.toContain('{');
    }
  });
});

describe('refusals', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await installation.start();
  });
  afterAll(() => server.stop());

  const keyOf = (owner: string, scopes: string, ...more: string[]) => [
    'key',
    'create',
    '--owner',
    owner,
    '--name',
    'x',
    '--scopes',
    scopes,
    ...more,
  ];

  test.each<[string[], RegExp]>([
    [['reseller', 'show', 'NOBODY'], /No account NOBODY/],
    [['reseller', 'topup', 'NOBODY', '--usd', '1'], /No account NOBODY/],
    [['subuser', 'list', '--reseller', 'NOBODY'], /No account NOBODY/],
    [['subuser', 'show', 'DEMO_nobody'], /Subuser not found/],
    [['node', 'show', 'nowhere'], /No node nowhere/],
    [['node', 'revoke', 'node_nothing'], /No node node_nothing/],
    [['node', 'create', '--name', 'a_b'], /name must be letters/],
    [['node', 'create', '--name', 'a', '--expires', '2020-01-01'], /expiry must be in the future/],
    [['key', 'revoke', 'key_nothing'], /No API key key_nothing/],
    [['key', 'rotate', 'key_nothing'], /No API key key_nothing/],
    [['key', 'list', '--owner', 'nobody@example.com'], /No account nobody@example\.com/],
    [keyOf('nobody@example.com', 'reseller:read'), /No account/],
    [keyOf('DEMO', 'reseller:everything'), /scopes must be among .*got "reseller:everything"/],
    [keyOf('DEMO', 'admin:write'), /only the owner's account/],
    [keyOf('DEMO', 'reseller:read', '--expires', '2020-01-01'), /expiry must be in the future/],
    [
      ['reseller', 'create', '--store-code', 'no', '--store-name', 'x', '--email', 'a@b.c'],
      /storeCode must be/,
    ],
    [['reseller', 'topup', 'DEMO', '--mb', '5'], /either --product and --mb, or --usd/],
  ])('%j is refused by the core', expectRefusal);

  test.each<[string[], RegExp]>([
    [['nonsense'], /unknown command 'nonsense'/],
    [['reseller', 'nonsense'], /unknown command 'nonsense'/],
    [['reseller', 'show'], /missing required argument 'store-code'/],
    [['reseller', 'list', '--nonsense'], /unknown option '--nonsense'/],
    [['reseller', 'create', '--store-code', 'X1'], /required option '--store-name/],
    [
      ['reseller', 'topup', 'DEMO', '--product', 'gold', '--mb', '1'],
      /Allowed choices are residential, mobile/,
    ],
    [['reseller', 'topup', 'DEMO', '--product', 'mobile', '--mb', '-1'], /expected a positive number of MB/],
    [['reseller', 'topup', 'DEMO', '--usd', '1.005'], /at most two decimals/],
    [keyOf('DEMO', 'reseller:read', '--expires', '2027-02-30'), /expected a date like 2027-01-01/],
    [['key', 'rotate', 'key_x', '--overlap', 'soon'], /expected whole hours/],
    [['audit', 'list', '--from', '2027-02-30'], /expected a date like/],
    [['audit', 'list', '--limit', '0'], /expected a whole number from 1 to 9999/],
    [['plan', 'set-tax-rate', '101'], /expected a percentage/],
    [['start', '--roles', 'api,nonsense'], /expected some of api, gateway, jobs/],
  ])('%j is not understood', expectRefusal);
});

describe('settings', () => {
  const withSettings = (settings: Record<string, string>, ...args: string[]) =>
    runCli({ ...installation.env, ...settings }, ...args);

  test('that cannot be used are named, all at once, and their values are not shown', async () => {
    const bad = {
      HEADGATE_PORT: 'abc',
      HEADGATE_GATEWAY_PORT: '70000',
      HEADGATE_GATEWAY_ADDRESS: 'gateway',
      HEADGATE_GATEWAY_ALLOW: 'everything',
      HEADGATE_MASTER_KEY: 'too-short-a-secret',
      DATABASE_URL: 'mysql://user:hidden-password@host/db',
    };
    for (const command of [['start'], ['reseller', 'list']]) {
      const { code, stdout, stderr } = await withSettings(bad, ...command);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/HEADGATE_PORT: expected a port number/);
      for (const name of Object.keys(bad)) expect(stderr).toContain(`${name}: expected`);
      expect(stderr).not.toContain('hidden-password');
      expect(stderr).not.toContain('too-short-a-secret');
    }
  });

  test('doctor tells of them, of a database that is away, and of a readable master key', async () => {
    const problems = async (settings: Record<string, string>) => {
      const { code, stdout } = await withSettings(settings, 'doctor', '--json');
      expect(code).toBe(1);
      const { healthy, findings } = JSON.parse(stdout) as {
        healthy: boolean;
        findings: { check: string; status: string; detail: string }[];
      };
      expect(healthy).toBe(false);
      return findings.filter((finding) => finding.status === 'problem');
    };
    expect(await problems({ HEADGATE_PORT: 'abc' })).toMatchObject([
      { check: 'settings', detail: expect.stringContaining('HEADGATE_PORT') },
    ]);
    const away = await problems({ DATABASE_URL: 'postgres://user:hidden-password@127.0.0.1:1/db' });
    expect(away).toMatchObject([{ check: 'database', detail: expect.stringContaining('127.0.0.1:1') }]);
    expect(JSON.stringify(away)).not.toContain('hidden-password');
    const master = path.join(installation.dataFolder, 'master.key');
    chmodSync(master, 0o644);
    expect(await problems({})).toMatchObject([
      { check: 'master key', detail: expect.stringContaining(`chmod 600 ${master}`) },
    ]);
  });
});

describe('reconcile and review', () => {
  const period = ['--from', '2026-05-01', '--to', '2026-06-01'];
  const ledger = (name: string, text: string) => {
    const file = path.join(installation.dataFolder, name);
    writeFileSync(file, text);
    return file;
  };

  test('a ledger that fits is exit code 0, one that does not is 1 and opens a review', async () => {
    const empty = ledger('empty.csv', 'external_ref,kind,amount_usd\n');
    const fits = await cli('reconcile', 'DEMO', '--file', empty, ...period, '--json');
    expect({ code: fits.code, ...fits.json<object>() }).toMatchObject({
      code: 0,
      storeCode: 'DEMO',
      status: 'done',
      percent: 100,
      differences: [],
    });
    expect((await cli('review', 'list', '--json')).json()).toEqual([]);

    const other = ledger('other.jsonl', '{"external_ref":"=x","kind":"topup","amount_cents":125}\n');
    const all = path.join(installation.dataFolder, 'differences.csv');
    const differs = await cli('reconcile', 'DEMO', '--file', other, ...period, '--output', all);
    expect(differs.code).toBe(1);
    expect(differs.stdout).toMatch(/missing here +=x +- +topup \$1\.25 +1$/m);
    expect(readFileSync(all, 'utf8').split('\r\n')).toMatchObject([
      expect.stringMatching(/^sort,externalRef,/),
      "missing_here,'=x,,,,,1,topup,125,",
      '',
    ]);

    const [review] = (await cli('review', 'list', '--reseller', 'DEMO', '--json')).json<{ id: string }[]>();
    const resolved = await cli('review', 'resolve', review!.id, '--note', 'A trial.', '--json');
    expect(resolved.json()).toMatchObject({ note: 'A trial.', resolvedBy: 'command-line' });
    await expectRefusal(['review', 'resolve', review!.id, '--note', 'Again.'], /has been resolved/);
    expect((await cli('review', 'list')).stdout).toBe('No account is under review.\n');
    expect((await cli('review', 'list', '--all', '--json')).json()).toHaveLength(1);
  });

  test('lines that cannot be read are exit code 1; no ledger at all is said so', async () => {
    const wrong = ledger('wrong.json', '[{"external_ref":"a"}]');
    const unreadable = await cli('reconcile', 'DEMO', '--file', wrong, ...period, '--json');
    expect({ code: unreadable.code, ...JSON.parse(unreadable.stdout) }).toMatchObject({
      code: 1,
      unreadableLines: 1,
      differences: [],
    });
    const none = ledger('none.csv', 'a,b\n1,2\n');
    await expectRefusal(['reconcile', 'DEMO', '--file', none, ...period], /The ledger must be lines with/);
    await expectRefusal(['reconcile', 'DEMO', '--file', '/none/such.csv', ...period], /no such file/);
    await expectRefusal(['reconcile', 'DEMO', '--file', ROOT, ...period], /--format is needed/);
    await expectRefusal(['reconcile', 'NOBODY', '--file', none, ...period], /NOBODY/);
  });
});

describe('help', () => {
  test('every command explains itself', async () => {
    const seen: string[] = [];
    const explore = (command: Command, path: string): void => {
      expect(command.helpInformation()).toMatch(new RegExp(`^Usage: ${path}`));
      expect(command.description(), path).not.toBe('');
      if (command.commands.length === 0) seen.push(path.slice('headgate '.length));
      for (const inner of command.commands) explore(inner, `${path} ${inner.name()}`);
    };
    explore(createProgram(), 'headgate');
    const contract = [
      ...['start', 'doctor', 'ledger verify', 'log verify', 'subuser list', 'subuser show'],
      ...['reseller create', 'reseller list', 'reseller show', 'reseller topup'],
      ...['key create', 'key list', 'key rotate', 'key revoke'],
      ...['reconcile', 'review list', 'review resolve'],
    ];
    expect(seen).toEqual(expect.arrayContaining(contract));
    for (const command of [[], ['key'], ['reseller', 'topup']]) {
      const { code, stdout, stderr } = await cli(...command, '--help');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(new RegExp(`^Usage: ${['headgate', ...command].join(' ')}`));
    }
  });

  test('npx headgate --version works from the checkout', async () => {
    const env = cleanEnvironment({ npm_config_offline: 'true', npm_config_update_notifier: 'false' });
    const { code, stdout } = await run('npx', ['headgate', '--version'], { env, cwd: ROOT });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });
});
