/** An invented provider, with resellers, their customers, a month behind it and traffic in the last minute. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Origin, startOrigin } from '../support/origin.ts';
import { curl } from '../support/proxy-clients.ts';
import { createInstallation, type Installation, type ServerProcess } from '../support/server-process.ts';

const GB = 1_000_000_000;
const STORES = [
  {
    storeCode: 'NORTHLIGHT',
    storeName: 'Northlight Proxies',
    residential: 4_000,
    mobile: 600,
    usd: 4_200_00,
  },
  { storeCode: 'KESTREL', storeName: 'Kestrel Data', residential: 1_500, mobile: 900, usd: 1_850_00 },
  { storeCode: 'BLUEHARBOR', storeName: 'Blue Harbor', residential: 700, mobile: 40, usd: 640_00 },
] as const;
const CUSTOMERS = ['acme', 'bluefin', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'harbor'];

export interface Demo {
  apiUrl: string;
  owner: { email: string; password: string };
  reseller: { email: string; password: string };
  close(): Promise<void>;
}

export async function startDemo(): Promise<Demo> {
  const owner = { email: 'owner@example.com', password: 'a river has two banks' };
  const installation = createInstallation({
    HEADGATE_OWNER_EMAIL: owner.email,
    HEADGATE_OWNER_PASSWORD: owner.password,
  });
  const [server, origin] = await Promise.all([installation.start(), startOrigin()]);
  const login = /^ {2}its login {3}(\S+), password (\S+)$/m.exec(server.stdout())!;
  await fill(installation, server, origin, owner.email);
  return {
    apiUrl: server.apiUrl,
    owner,
    reseller: { email: login[1]!, password: login[2]! },
    async close() {
      await origin.close();
      await installation.remove();
    },
  };
}

async function fill(
  installation: Installation,
  server: ServerProcess,
  origin: Origin,
  owner: string,
): Promise<void> {
  const scopes = 'admin:read,admin:write';
  const minted = await installation.cli(
    'key',
    'create',
    '--owner',
    owner,
    '--name',
    'demo',
    '--scopes',
    scopes,
    '--json',
  );
  const { secret } = minted.json<{ secret: string }>();
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${server.apiUrl}/api/admin${path}`, {
      method,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };

  for (const { storeCode, storeName, residential, mobile, usd } of STORES) {
    const email = `panel@${storeCode.toLowerCase()}.example`;
    const { id } = await call<{ id: string }>('POST', '/resellers', { storeCode, storeName, email });
    const topUp = (asset: string, amount: number) =>
      call('POST', `/resellers/${id}/top-up`, { asset, amount });
    await topUp('residential', residential * GB);
    await topUp('mobile', mobile * GB);
    await topUp('usd', usd);
  }
  const { data } = await call<{ data: { id: string; storeCode: string }[] }>('GET', '/resellers');
  for (const { id, storeCode } of data) {
    const share = storeCode === 'DEMO' ? 1 : 50;
    for (const [index, name] of CUSTOMERS.entries()) {
      const bytes = {
        residential: Math.round((share * GB) / (1 + index / 2)),
        mobile: index % 3 === 0 ? share * 30_000_000 : 0,
      };
      const made = await call<{ username: string; password: string }>('POST', '/subusers', {
        username: name,
        email: `${name}@example.com`,
        resellerId: id,
        bytes,
      });
      const url = `${origin.http}/bytes/${(8 - index) * 4_000_000}`;
      await curl(url, { gatewayUrl: server.gatewayUrl, credentials: made });
    }
  }
  await inventPast(installation);
  // Sums of use are made once in a while.
  await delay(8_000);
}

/**
 * A month of use before today, in the series alone: the ledger knows nothing of it, and needs not for a picture. Weeks have their days, and
 * days their hours.
 */
async function inventPast(installation: Installation): Promise<void> {
  await installation.query(
    (sql) => sql`
      WITH period AS (
        SELECT 'day' AS resolution, day AS start,
            (1 + 0.35 * sin(extract(dow FROM day)::float8) + 0.015 * (30 - extract(day FROM now() - day)::float8)) AS wave
          FROM generate_series(date_trunc('day', now(), 'UTC') - interval '29 days', date_trunc('day', now(), 'UTC') - interval '1 day', interval '1 day') day
        UNION ALL
        SELECT 'hour', hour, (0.6 + 0.4 * sin((extract(hour FROM hour)::float8 - 8) / 24 * 6.28)) / 18
          FROM generate_series(date_trunc('hour', now(), 'UTC') - interval '30 hours', date_trunc('hour', now(), 'UTC') - interval '1 hour', interval '1 hour') hour
        UNION ALL
        SELECT 'minute', minute, (0.8 + 0.2 * sin(extract(minute FROM minute)::float8 / 4)) / 900
          FROM generate_series(date_trunc('minute', now(), 'UTC') - interval '2 hours', date_trunc('minute', now(), 'UTC') - interval '2 minutes', interval '1 minute') minute),
      amount AS (
        SELECT a.id AS account_id, product, resolution, start,
            (wave * CASE WHEN a.store_code = 'DEMO' THEN 0.05e9 ELSE 9e9 / sqrt(a.id) END * CASE product WHEN 'mobile' THEN 0.22 ELSE 1 END)::bigint AS bytes
          FROM account a, period, unnest(ARRAY['residential', 'mobile']) product WHERE a.store_code IS NOT NULL)
      INSERT INTO account_usage (account_id, product, resolution, start, up_bytes, down_bytes)
        SELECT account_id, product, resolution, start, bytes / 12, bytes FROM amount
        ON CONFLICT (account_id, product, resolution, start) DO UPDATE
          SET up_bytes = account_usage.up_bytes + excluded.up_bytes, down_bytes = account_usage.down_bytes + excluded.down_bytes`,
  );
}
