/** Brings the schema forward, one numbered SQL file at a time. There is no way back: a mistake is mended by the next file. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTransaction, type Queryable, type Sql, type Tx } from './client.ts';
import { type Log, silentLog } from './log.ts';

const DEFAULT_FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Any constant will do, as long as nothing else in the database uses it: 'headgate' in ASCII. */
const ADVISORY_LOCK = 0x6865616467617465n;

/** The files or the database are in a state that migrating would make worse. Nothing was changed. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

interface Migration {
  number: number;
  name: string;
  checksum: string;
  text: string;
}

interface Applied {
  number: number;
  name: string;
  checksum: string;
}

/**
 * Applies the migrations that the database does not have yet, each in a transaction of its own. Any number of
 * processes may call this at the same time: each migration runs once, and all of them return the same version.
 *
 * `folder` holds files named `0001_name.sql`, numbered from 1 without gaps; a file must not begin or end transactions.
 * Answers the numbers this call applied, and the version the schema is at now.
 *
 * @throws MigrationError when a file's name or number is wrong, when an applied file was changed afterwards, or when
 *   the schema is newer than the files. PostgreSQL's own error, with the file's name, when a migration fails.
 */
export async function migrate(
  sql: Sql,
  options: { folder?: string; log?: Log } = {},
): Promise<{ applied: number[]; version: number }> {
  const migrations = await readMigrations(options.folder ?? DEFAULT_FOLDER);
  const log = options.log ?? silentLog;
  const applied: number[] = [];
  for (;;) {
    const next = await inTransaction(sql, (tx) => applyNext(tx, migrations));
    if (!next) return { applied, version: migrations.length };
    log.info(`schema: applied ${next.name}`);
    applied.push(next.number);
  }
}

/** The number of the last migration applied to this database; 0 when there was none. */
export async function schemaVersion(sql: Queryable): Promise<number> {
  const [table] = await sql<
    { exists: boolean }[]
  >`select to_regclass('schema_migration') is not null as exists`;
  if (!table?.exists) return 0;
  const [row] = await sql<
    { version: number }[]
  >`select coalesce(max(number), 0) as version from schema_migration`;
  return row?.version ?? 0;
}

/** Applies the first migration that is missing and answers it; answers undefined when none is. */
async function applyNext(tx: Tx, migrations: Migration[]): Promise<Migration | undefined> {
  // A large table may take long to change, and another process's migration long to wait for.
  await tx`select set_config('statement_timeout', '0', true), set_config('lock_timeout', '10min', true)`;
  await tx`select pg_advisory_xact_lock(${ADVISORY_LOCK})`;
  // The table is looked for only now, under the lock: `if not exists` alone fails when two create it at once.
  await tx`
    create table if not exists schema_migration (
      number integer primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`;
  const applied = await tx<Applied[]>`select number, name, checksum from schema_migration order by number`;
  check(applied, migrations);
  const next = migrations[applied.length];
  if (!next) return undefined;
  try {
    await tx.unsafe(next.text);
  } catch (error) {
    if (error instanceof Error) error.message = `migration ${next.name}: ${error.message}`;
    throw error;
  }
  await tx`
    insert into schema_migration (number, name, checksum)
    values (${next.number}, ${next.name}, ${next.checksum})`;
  return next;
}

/** The applied ones must be the first of the known ones, unchanged. */
function check(applied: Applied[], migrations: Migration[]): void {
  const last = applied.at(-1);
  if (last && last.number > migrations.length) {
    throw new MigrationError(
      `the database's schema is at version ${last.number} (${last.name}), and this program knows versions up to ` +
        `${migrations.length}: a newer headgate has used this database. Start that version or a later one.`,
    );
  }
  applied.forEach((row, index) => {
    const known = migrations[index];
    if (row.number !== index + 1 || !known) {
      throw new MigrationError(
        `the database says that migration ${row.number} is applied, but not ${index + 1}: its table schema_migration was changed by hand.`,
      );
    }
    if (row.checksum !== known.checksum) {
      throw new MigrationError(
        `the file ${known.name}.sql was changed after it had been applied to this database (as ${row.name}). ` +
          'Restore it and put the change into a new migration.',
      );
    }
  });
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return await Promise.all(
    files.map(async (file, index) => {
      const match = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(file);
      if (!match) throw new MigrationError(`${path.join(folder, file)}: expected a name like 0001_name.sql`);
      const number = Number(match[1]);
      if (number !== index + 1) {
        throw new MigrationError(
          `${path.join(folder, file)}: expected number ${index + 1} here; migrations are numbered from 1, each number once, without gaps.`,
        );
      }
      // Line ends are those of the file system git wrote to, and no change of the migration.
      const text = (await readFile(path.join(folder, file), 'utf8')).replaceAll('\r\n', '\n');
      const checksum = createHash('sha256').update(text).digest('hex');
      return { number, name: file.slice(0, -'.sql'.length), checksum, text };
    }),
  );
}
