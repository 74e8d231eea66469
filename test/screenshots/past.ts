/** Writes an invented provider's past into a new installation: through the core, with its clock turned back. */
import { loadConfig } from '../../src/config.ts';
import { createCore } from '../../src/core/core.ts';
import { loadMasterKey } from '../../src/core/secrets.ts';
import { silentLog } from '../../src/db/log.ts';
import { migrate } from '../../src/db/migrate.ts';
import { openDatabase } from '../../src/db/open.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import type { Credentials } from '../support/proxy-clients.ts';
import { type ResellerLogin, tellOffice } from './office.ts';
import { tellResellers } from './resellers.ts';
import { DAY_MS, type Story } from './story.ts';
import { tellTrade } from './trade.ts';

const BEGINNING_DAYS = 430;

export interface Past {
  /** Of the resellers' customers. */
  logins: Map<string, Credentials>;
  /** Tokens of gateways on other machines, by name. */
  nodes: Map<string, string>;
}

/** `env`: of an installation that was never started. `upstreamPort`: of the proxy that traffic leaves through. */
export async function writePast(
  env: NodeJS.ProcessEnv,
  people: { owner: { email: string; password: string }; reseller: ResellerLogin },
  gateways: readonly string[],
  upstreamPort: number,
): Promise<Past> {
  const config = loadConfig(env);
  const nowMs = Date.now();
  const clock = new ManualClock(new Date(nowMs - BEGINNING_DAYS * DAY_MS));
  const database = await openDatabase(config, { purpose: 'command', log: silentLog });
  try {
    await migrate(database.sql);
    const core = await createCore(database.sql, clock, loadMasterKey(config.dataFolder, config.masterKey));
    const starter = { actor: { name: 'system', accountId: null, door: 'start' } } as const;
    await core.accounts.ensureOwner(starter, people.owner.email, people.owner.password);
    const { id: ownerAccountId } = await core.accounts.find(people.owner.email);
    const { id: personId } = await core.people.find(people.owner.email);
    const agenda: { atMs: number; run: () => Promise<unknown> }[] = [];
    const story: Story = {
      core,
      nowMs,
      ownerAccountId,
      owner: {
        actor: {
          name: `person:${personId}`,
          accountId: ownerAccountId,
          door: 'console',
          address: '198.51.100.7',
        },
      },
      stores: new Map(),
      logins: new Map(),
      ago: (ms, run) => void agenda.push({ atMs: nowMs - ms, run }),
    };
    tellResellers(story);
    tellTrade(story);
    tellOffice(story, people.reseller, upstreamPort);
    const nodes = new Map<string, string>();
    story.ago(45 * DAY_MS, async () => {
      for (const name of gateways) nodes.set(name, (await core.nodes.create(story.owner, { name })).secret);
    });
    // What is done may plan more.
    for (;;) {
      agenda.sort((a, b) => a.atMs - b.atMs);
      const next = agenda.shift();
      if (!next) break;
      clock.set(new Date(Math.max(next.atMs, clock.now().getTime())));
      await next.run();
    }
    return { logins: story.logins, nodes };
  } finally {
    await database.stop();
  }
}
