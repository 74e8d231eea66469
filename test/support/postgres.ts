/** A database of its own for a test file: real PostgreSQL, migrated, in some tens of milliseconds. */
import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { type ConnectOptions, connect, type LocalTarget, type Sql } from '../../src/db/client.ts';

export interface TestDatabase {
  /** The same database for a process that takes DATABASE_URL. */
  readonly url: string;
  readonly target: LocalTarget;
  readonly sql: Sql;
  /** Ends `sql` and everybody else's connections, and removes the database. */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions extends ConnectOptions {
  /** Without tables: what a migration starts from. */
  readonly empty?: boolean;
}

/** Call it in `beforeAll`, and `drop()` in `afterAll`. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = inject('postgres');
  const database = `test_${randomBytes(6).toString('hex')}`;
  const template = options.empty ? 'template1' : server.template;
  await maintain((sql) => sql`create database ${sql(database)} template ${sql(template)}`);

  const target = { ...server.target, database };
  const sql = connect(target, options);
  const { user, password, port } = target;
  return {
    url: `postgres://${user}:${password}@127.0.0.1:${port}/${database}`,
    target,
    sql,
    drop: async () => {
      await sql.end({ timeout: 1 });
      await maintain(
        (maintenance) => maintenance`drop database if exists ${maintenance(database)} with (force)`,
      );
    },
  };
}

async function maintain(work: (sql: Sql) => Promise<unknown>): Promise<void> {
  const sql = connect(inject('postgres').target, { maxConnections: 1 });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}
