/** PostgreSQL dies at once, with everything that uses it, while gateways report: whatever was acknowledged is still there. */
import { afterAll, expect, test } from 'vitest';
import { HttpsCarrier } from '../../src/gateway/link/https.ts';
import { linkOver } from '../../src/gateway/link/link.ts';
import { silentLog } from '../../src/gateway/log.ts';
import { ResellerClient } from '../support/reseller-client.ts';
import { createInstallation, killIfThere } from '../support/server-process.ts';
import { randomFrom } from '../support/traffic.ts';

const SUBUSERS = 4;
const SLICE_BYTES = 10_000;

const home = createInstallation();
const random = randomFrom(3);
afterAll(() => home.remove());

/** What the control side has said yes to. */
interface Acknowledged {
  leaseId: string;
  grantedBytes: number;
  usedBytes: number;
}

test.each(['SIGKILL', 'SIGQUIT'] as const)('%s', { timeout: 180_000 }, async (signal) => {
  const server = await home.start({}, '--roles', 'api,jobs');
  const reseller = new ResellerClient(server.apiUrl, home.firstRun.key);
  const node = await home.cli('node', 'create', '--name', `gw-${signal.toLowerCase()}`, '--json');
  const { secret: token } = node.json<{ secret: string }>();
  const carrier = new HttpsCarrier({ url: new URL(server.apiUrl), token, log: silentLog });
  const acknowledged: Acknowledged[] = [];

  /** One gateway, as fast as it is answered, until it is not. */
  async function reportUntilItEnds(name: string): Promise<void> {
    const { username, password } = await reseller.createSubuser(name, 100);
    const link = linkOver(carrier);
    await link.open();
    const known = await link.authenticate(username, password);
    if (known.kind !== 'known' || known.identity.kind !== 'subuser') throw new Error('not known');
    const { subuserId, product } = known.identity;
    const mine: Acknowledged = { leaseId: '', grantedBytes: 0, usedBytes: 0 };
    acknowledged.push(mine);
    try {
      for (;;) {
        const { leaseId, grantedBytes, usedBytes } = mine;
        const answer = await link.lease({
          ...{ subuserId, product, knownGrantedBytes: grantedBytes },
          ...{ usedUpBytes: 0, usedDownBytes: usedBytes, wantBytes: SLICE_BYTES },
          ...(leaseId !== '' && { leaseId }),
        });
        if (answer.kind !== 'granted') throw new Error(answer.kind);
        Object.assign(mine, answer);
        const now = usedBytes + Math.floor(random() * SLICE_BYTES);
        await link.report([{ leaseId: answer.leaseId, usedUpBytes: 0, usedDownBytes: now, close: false }]);
        mine.usedBytes = now;
      }
    } catch {
      // It is gone.
    }
  }

  const gateways = Array.from({ length: SUBUSERS }, (_unused, index) =>
    reportUntilItEnds(`${signal.toLowerCase()}${index}`),
  );
  const reports = () => acknowledged.filter(({ usedBytes }) => usedBytes > 5 * SLICE_BYTES).length;
  await expect.poll(reports, { timeout: 60_000 }).toBe(SUBUSERS);
  await new Promise((resolve) => setTimeout(resolve, random() * 500));
  for (const pid of home.postgresPids()) killIfThere(pid, signal);
  await server.kill9({ postgres: true });
  await Promise.all(gateways);
  carrier.close();

  const again = await home.start({}, '--roles', 'api,jobs');
  const settings = await home.query(
    (sql) => sql<{ name: string; setting: string }[]>`
      SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')`,
  );
  expect(settings.map(({ setting }) => setting)).toEqual(['on', 'on', 'on']);
  for (const { leaseId, grantedBytes, usedBytes } of acknowledged) {
    const [lease] = await home.query(
      (sql) => sql<{ granted: bigint; reported: bigint }[]>`
        SELECT granted_bytes AS granted, reported_up_bytes + reported_down_bytes AS reported
          FROM lease WHERE id = ${leaseId}`,
    );
    expect(Number(lease!.granted)).toBeGreaterThanOrEqual(grantedBytes);
    expect(Number(lease!.reported)).toBeGreaterThanOrEqual(usedBytes);
  }
  expect((await home.cli('ledger', 'verify', '--json')).json()).toMatchObject({ ok: true });
  await again.stop();
});
