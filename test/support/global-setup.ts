/** Builds the console where it is stale, starts the one PostgreSQL of a test run and makes the migrated template that every test file clones. */
import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { ensureConsole } from '../../bin/console.mjs';
import { connect, type LocalTarget } from '../../src/db/client.ts';
import { startEmbedded } from '../../src/db/embedded/supervisor.ts';
import { migrate } from '../../src/db/migrate.ts';
import { makeTempFolder } from './temp-folder.ts';

export interface TestServer {
  /** Of the maintenance database. */
  readonly target: LocalTarget;
  /** Name of the database to clone. */
  readonly template: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestServer;
  }
}

const TEMPLATE = 'headgate_template';

const log = {
  info: () => {},
  warn: (message: string) => console.warn(message),
  error: (message: string) => console.error(message),
};

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!ensureConsole()) throw new Error('the console cannot be built: see above');
  const dataFolder = makeTempFolder('headgate-test-');
  const remove = () => rmSync(dataFolder, { recursive: true, force: true });
  // Runs that are cut short end here; PostgreSQL was stopped by its own handler, which is called before.
  process.once('exit', remove);
  const embedded = await startEmbedded({
    dataFolder,
    port: 0,
    log,
    // Nothing here outlives the run.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  });
  const teardown = async () => {
    await embedded.stop();
    remove();
  };
  try {
    const maintenance = { ...embedded.target, database: 'postgres' };
    const sql = connect(maintenance, { maxConnections: 1 });
    await sql`create database ${sql(TEMPLATE)}`;
    const template = connect({ ...maintenance, database: TEMPLATE }, { maxConnections: 1 });
    await migrate(template);
    await template.end();
    // Nobody connects to it any more: a template in use cannot be cloned.
    await sql`alter database ${sql(TEMPLATE)} with is_template true allow_connections false`;
    await sql.end();
    project.provide('postgres', { target: maintenance, template: TEMPLATE });
  } catch (error) {
    await teardown();
    throw error;
  }
  return teardown;
}
