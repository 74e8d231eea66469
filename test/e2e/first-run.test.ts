/** What a new operator sees: one command, lines to paste, and no secret anywhere it does not belong. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Origin, startOrigin } from '../support/origin.ts';
import { curl } from '../support/proxy-clients.ts';
import { ResellerClient, type WireSubuser } from '../support/reseller-client.ts';
import { run } from '../support/run.ts';
import { createInstallation, type ServerProcess } from '../support/server-process.ts';

const BODY_BYTES = 12_345;
const LATER_STARTS = 8;

const installation = createInstallation();
let origin: Origin;
let first: ServerProcess;

beforeAll(async () => {
  [origin, first] = await Promise.all([startOrigin(), installation.start()]);
});
afterAll(async () => {
  await Promise.all([installation.remove(), origin?.close()]);
});

/** The commands that a start printed: indented lines from the first curl on, those that go on over several lines included. */
function printedCommands(stdout: string): string[] {
  const lines = stdout.slice(stdout.indexOf('  curl ')).split('\n');
  return lines
    .slice(
      0,
      lines.findIndex((line) => line.startsWith('  API ')),
    )
    .filter((line) => line.startsWith('  '))
    .join('\n')
    .split(/\n(?= {2}curl )/);
}

describe('the first start', () => {
  test('shows the owner, the demo reseller and where things are', () => {
    const text = first.stdout();
    expect(text).toMatch(/^ {2}owner {7}owner@localhost$/m);
    expect(text).toMatch(/^ {2}password {4}\S{20}$/m);
    expect(text).toMatch(/^ {2}reseller {4}DEMO, with 10 GB residential, 1 GB mobile and 100\.00 USD$/m);
    expect(text).toMatch(/^ {2}its key {5}hg_live_\S{44}$/m);
    expect(text).toContain(`  console     ${first.apiUrl}\n`);
    expect(text).toContain(`  data        ${installation.dataFolder}\n`);
    expect(text).toMatch(/headgate ready\n$/);
  });

  test('lets the owner and the demo reseller sign in with what it shows', async () => {
    const text = first.stdout();
    const [, password] = /^ {2}password {4}(\S+)$/m.exec(text)!;
    const [, demo, demoPassword] = /^ {2}its login {3}(\S+), password (\S+)$/m.exec(text)!;
    for (const [email, word, role] of [
      ['owner@localhost', password, 'owner'],
      [demo, demoPassword, 'reseller'],
    ]) {
      const signedIn = await fetch(`${first.apiUrl}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password: word }),
      });
      expect(signedIn.status).toBe(200);
      const cookie = signedIn.headers.get('set-cookie')!.split(';', 1)[0]!;
      const who = await fetch(`${first.apiUrl}/api/session`, { headers: { cookie } });
      expect(await who.json()).toMatchObject({ email, role });
    }
  });

  test('answers /healthz and /readyz', async () => {
    for (const [page, status] of [
      ['healthz', 'alive'],
      ['readyz', 'ready'],
    ]) {
      const response = await fetch(`${first.apiUrl}/${page}`);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ status });
    }
  });

  test('prints lines that work when they are pasted into a shell', async () => {
    const commands = printedCommands(first.stdout());
    expect(commands).toHaveLength(2);
    const [create, send] = commands as [string, string];

    const created = await run('bash', ['-c', create]);
    expect(created).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(created.stdout)).toMatchObject({
      status: 'success',
      messageCode: 'SUBUSER_CREATED',
      data: { username: 'DEMO_user1', email: 'user1@example.com', bandwidthBalance: 100 },
    });

    // The printed line goes to the public internet; here it goes to the test's own web server.
    const address = 'https://example.com/';
    expect(send).toContain(address);
    const here = `--cacert ${origin.certificateFile} ${origin.https}/bytes/${BODY_BYTES}`;
    const sent = await run('bash', ['-c', send.replace(address, here)]);
    expect(sent.code).toBe(0);
    expect(sent.stdout).toHaveLength(BODY_BYTES);
    expect(origin.count.sentBytes).toBeGreaterThan(BODY_BYTES);
  });
});

describe('secrets', () => {
  test('are shown once, and are neither in the logs nor readable in the data folder', async () => {
    const { key, ownerPassword } = installation.firstRun;
    const servers = [first];
    expect(await first.stop()).toBe(0);

    // Everything that can be logged is logged, while each secret passes every door it can pass.
    const second = await installation.start({ HEADGATE_LOG_LEVEL: 'trace' });
    servers.push(second);
    expect(second.stdout()).not.toContain('Welcome');
    const client = new ResellerClient(second.apiUrl, key);
    const body = { username: 'secretive', email: 'secretive@example.com', bandwidth: 10 };
    const made = await client.call<WireSubuser>('POST', '/subusers', body, { idempotencyKey: 'create-1' });
    expect(made.status).toBe(201);
    const { username, password } = made.data;
    const chosen = 'Chosen-by-hand-42';
    const through = async (gatewayPassword: string) => {
      const credentials = { username, password: gatewayPassword };
      const { gatewayUrl } = second;
      return (await curl(`${origin.http}/bytes/10`, { gatewayUrl, credentials })).status;
    };
    expect(await through(password)).toBe(200);
    await client.setPassword(username, chosen);
    expect(await through(chosen)).toBe(200);
    expect(await through('wrong-Password-1')).toBe(407);
    const refused = await client.call('PUT', `/subusers/${username}/password`, {
      newPassword: `${chosen} x`,
    });
    expect(refused.status).toBe(422);
    const signedIn = await fetch(`${second.apiUrl}/api/user-api/auth`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'owner@localhost', password: ownerPassword }),
    });
    expect(signedIn.status).toBe(200);
    const { data } = (await signedIn.json()) as { data: { apiToken: string } };
    expect(await second.stop()).toBe(0);

    const secrets = {
      key,
      ownerPassword,
      password,
      chosen,
      token: data.apiToken,
      refused: 'wrong-Password-1',
    };
    for (const server of servers) {
      expect(server.stderr()).not.toBe('');
      expect(secretsIn(Buffer.from(server.stderr()), secrets), 'in the log').toEqual([]);
    }
    expect(secretsIn(Buffer.from(second.stdout()), secrets), 'in the output of a later start').toEqual([]);

    const files = filesUnder(installation.dataFolder);
    expect(
      files.some((file) => file.includes('pg_wal')),
      'the write-ahead log is looked at',
    ).toBe(true);
    const findings = files.flatMap((file) =>
      secretsIn(readFileSync(file), secrets).map((secret) => `${secret} in ${file}`),
    );
    expect(findings).toEqual([]);
    // The search does find what is there.
    const isFound = files.some((file) => secretsIn(readFileSync(file), { name: username }).length > 0);
    expect(isFound).toBe(true);
  });
});

test('a later start is ready within 3 seconds', async () => {
  const durationsMs: number[] = [];
  // Of several, the fastest: what else runs on the machine can only slow a start down.
  for (let start = 0; start < LATER_STARTS && !durationsMs.some((ms) => ms < 3000); start += 1) {
    const server = await installation.start();
    durationsMs.push(server.readyAfterMs);
    expect(await server.stop()).toBe(0);
  }
  expect(Math.min(...durationsMs)).toBeLessThan(3000);
});

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** Names of the secrets that are in these bytes: as they are, or as Basic authentication writes them. */
function secretsIn(bytes: Buffer, secrets: Record<string, string>): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    formsOf(secret).some((form) => bytes.includes(form)) ? [name] : [],
  );
}

/** In base64, a text looks different at each of the three places it can begin at; the part in the middle is certain. */
function formsOf(secret: string): string[] {
  const inBase64 = [0, 1, 2].map((offset) => {
    const text = Buffer.from(`${'x'.repeat(offset)}${secret}`)
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(offset === 0 ? 0 : 4, -2);
  });
  return [secret, ...inBase64];
}
