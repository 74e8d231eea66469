/** What a command works with: the core on the right database, whether a server is running on it or not. */
import { type Config, loadConfig } from '../config.ts';
import type { Invocation } from '../core/command.ts';
import { type Core, createCore } from '../core/core.ts';
import { loadMasterKey } from '../core/secrets.ts';
import { migrate } from '../db/migrate.ts';
import { type Database, openDatabase } from '../db/open.ts';
import { systemClock } from '../shared/clock.ts';

export interface CommandSession {
  config: Config;
  database: Database;
  core: Core;
  /** The command line acts for the installation itself. */
  invocation: Invocation;
}

const stderrLog = {
  info: () => {},
  warn: (message: string) => void process.stderr.write(`headgate: ${message}\n`),
  error: (message: string) => void process.stderr.write(`headgate: ${message}\n`),
};

/** Opens the database (starting the embedded one if no server runs), does the work, and leaves all as it was. */
export async function withCore<T>(work: (session: CommandSession) => Promise<T>): Promise<T> {
  const config = loadConfig();
  const database = await openDatabase(config, { purpose: 'command', log: stderrLog });
  try {
    await migrate(database.sql);
    const core = await createCore(
      database.sql,
      systemClock,
      loadMasterKey(config.dataFolder, config.masterKey),
      { infiniteCreationFeeBytes: config.infiniteCreationFeeBytes },
    );
    const invocation: Invocation = { actor: { name: 'command-line', accountId: null, door: 'command-line' } };
    return await work({ config, database, core, invocation });
  } finally {
    await database.stop();
  }
}
