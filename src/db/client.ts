/** The one way to make a PostgreSQL client, and the transaction everything that writes goes through. */
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import { openLocalSocket } from './local-socket.ts';

/** bigint columns and parameters are JavaScript bigints, in both directions: amounts are never rounded. */
interface Types extends Record<string, unknown> {
  bigint: bigint;
}

/** A pool of connections. Every query may run on another one: nothing read here is still locked a line later. */
export type Sql = postgres.Sql<Types>;

/** One open transaction. A function that locks rows asks for this type, so that a pool cannot be handed to it. */
export type Tx = postgres.TransactionSql<Types>;

/** A pool or a transaction: for functions that only read and lock nothing. */
export type Queryable = postgres.ISql<Types>;

/** A database reached through a UNIX socket or TCP on this machine, with what it takes to log in. */
export interface LocalTarget {
  /** Folder that holds the socket `.s.PGSQL.<port>`. */
  readonly socketFolder: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

/** Where a database is: a `postgres://` URL, or the embedded one's socket. */
export type Target = string | LocalTarget;

export interface ConnectOptions {
  /** Most connections held at once. Default 10. */
  readonly maxConnections?: number;
  /** The server ends a statement that runs longer, in milliseconds; 0: never. Default 30 000. */
  readonly statementTimeoutMs?: number;
  /** How long one attempt to connect may take, in seconds. Default 10. */
  readonly connectTimeoutSeconds?: number;
}

/**
 * Makes a client. It connects when the first query is sent, and again by itself after a connection is lost.
 *
 * - `bigint` (int8) ⇄ bigint, also in arrays. `sum()` over bigint is numeric in SQL and arrives as text: cast it.
 * - `timestamptz` ⇄ Date; the session's time zone is UTC.
 * - A transaction that stands idle for a minute is ended by the server, so that a hanging caller keeps no locks.
 */
export function connect(target: Target, options: ConnectOptions = {}): Sql {
  const common = {
    max: options.maxConnections ?? 10,
    connect_timeout: options.connectTimeoutSeconds ?? 10,
    // Of the two, only the first is a type that callers name.
    types: { bigint: postgres.BigInt, bigints: BIGINT_ARRAY, texts: TEXT_ARRAY } as {
      bigint: typeof postgres.BigInt;
    },
    onnotice: () => {},
    connection: {
      application_name: 'headgate',
      default_transaction_isolation: 'read committed' as const,
      TimeZone: 'UTC',
      statement_timeout: options.statementTimeoutMs ?? 30_000,
      idle_in_transaction_session_timeout: 60_000,
    },
  };
  if (typeof target === 'string') return postgres(target, common);
  const file = path.join(target.socketFolder, socketName(target.port));
  const local = {
    ...common,
    // An option of the driver that its types leave out.
    socket: () => openLocalSocket(file),
  };
  return postgres({
    ...local,
    // Host and port are given beside the path so that neither PGHOST nor a comma in the path has a say.
    host: 'localhost',
    port: target.port,
    path: file,
    database: target.database,
    user: target.user,
    password: target.password,
    ssl: false,
  });
}

/** The name PostgreSQL gives its socket inside the socket folder. */
export function socketName(port: number): string {
  return `.s.PGSQL.${port}`;
}

/**
 * bigint[]: the driver would quote and escape every element. Elements are integers or their texts (see arrayOf); null is
 * possible.
 */
const BIGINT_ARRAY = {
  to: 1016,
  from: [1016],
  serialize: (values: readonly (bigint | string | null)[]) =>
    `{${values.map((value) => value ?? 'NULL').join(',')}}`,
  parse: (text: string) =>
    text === '{}'
      ? []
      : text
          .slice(1, -1)
          .split(',')
          .map((item) => (item === 'NULL' ? null : BigInt(item))),
};

/** text[]: as above. Most texts are names and numbers, which need no quotes. */
const TEXT_ARRAY = {
  to: 1009,
  from: [],
  serialize: (values: readonly (string | null)[]) => `{${values.map(arrayElement).join(',')}}`,
};
const NEEDS_NO_QUOTES = /^[\w:.+/=-]+$/;
const IS_NULL = /^null$/i;

function arrayElement(text: string | null): string {
  if (text === null) return 'NULL';
  return NEEDS_NO_QUOTES.test(text) && !IS_NULL.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const IN_FAILED_TRANSACTION = '25P02';
const MAX_ATTEMPTS = 8;

/**
 * Runs `fn` in one READ COMMITTED transaction: it commits when `fn` resolves, and leaves nothing when it rejects.
 *
 * When PostgreSQL gives up the transaction for a deadlock or a serialization failure, `fn` runs again, at most
 * 8 times in all with growing pauses: it must have no effect outside `tx`. A connection lost while committing is
 * never retried, because nobody can tell whether the commit happened.
 *
 * A query of `fn` that failed ends the transaction even if `fn` caught its error; what may fail belongs in
 * `tx.savepoint`.
 */
export async function inTransaction<T>(sql: Sql, fn: (tx: Tx) => Promise<T>): Promise<T> {
  return retried(async () => {
    // The box keeps the library from awaiting the elements of a result that is an array.
    const box = await sql.begin('isolation level read committed', async (tx) => ({ value: await fn(tx) }));
    return box.value;
  });
}

/**
 * Calls `work`, a transaction or a statement that is one, again where PostgreSQL gave it up, as `inTransaction` does, or where
 * `isWorthMore` says so of its error.
 */
export async function retried<T>(
  work: () => Promise<T>,
  isWorthMore: (error: unknown, attempt: number) => boolean = () => false,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !(isRetryable(error) || isWorthMore(error, attempt))) throw error;
    }
    // Jittered, so that two that met in a deadlock do not meet again.
    await delay(Math.random() * 10 * 2 ** Math.min(attempt, 6));
  }
}

/** A statement that has not been sent yet. */
export type Statement = postgres.PendingQuery<postgres.Row[]>;

/** What a pipelined transaction comes to: its result, and the statements that nothing waits for but the commit. */
export interface Pipelined<T> {
  value: T;
  /** Each writes rows that the others do not look at. */
  last: readonly Statement[];
}

/**
 * A transaction like `inTransaction`'s, for work that is done thousands of times a second: BEGIN travels with its first
 * statement and COMMIT with its last, so that nothing waits for their answers alone. It has no savepoints.
 *
 * @throws what a statement failed with; then nothing was done.
 */
export async function inPipeline<T>(sql: Sql, fn: (tx: Tx) => Promise<Pipelined<T>>): Promise<T> {
  return retried(
    () => onWarmConnection(sql, (connection) => runPipelined(connection, fn)),
    // Of statements sent together, one may tell of its failure after those it took with it: once more tells the cause.
    (error, attempt) => attempt === 1 && (error as { code?: string }).code === IN_FAILED_TRANSACTION,
  );
}

/** How long a connection is held for the next pipeline. */
const WARM_MS = 20;
const warmConnections = new WeakMap<Sql, WarmConnection[]>();

interface WarmConnection {
  connection: postgres.ReservedSql<Types>;
  /** Gives it back to the pool. */
  timer: NodeJS.Timeout;
}

/**
 * Runs `work` on the connection that another pipeline has just left, or on one of the pool. The pool takes its connections in turn,
 * and each stands for a process of PostgreSQL with its own memory: going round all of them costs a sixth more processor time there.
 */
async function onWarmConnection<T>(
  sql: Sql,
  work: (connection: postgres.ReservedSql<Types>) => Promise<T>,
): Promise<T> {
  const warm = warmConnections.get(sql) ?? [];
  warmConnections.set(sql, warm);
  const last = warm.pop();
  if (last) clearTimeout(last.timer);
  const connection = last?.connection ?? (await sql.reserve());
  let mayBeLost = true;
  try {
    const value = await work(connection);
    mayBeLost = false;
    return value;
  } catch (error) {
    mayBeLost = !(error instanceof postgres.PostgresError);
    throw error;
  } finally {
    if (mayBeLost) connection.release();
    else warm.push(held(connection, warm));
  }
}

function held(connection: postgres.ReservedSql<Types>, warm: WarmConnection[]): WarmConnection {
  const one: WarmConnection = {
    connection,
    timer: setTimeout(() => {
      warm.splice(warm.indexOf(one), 1);
      connection.release();
    }, WARM_MS),
  };
  return one;
}

/** Statements that only write, and do not see each other's rows, as one. */
function asOne(sql: Queryable, statements: readonly Statement[]): readonly Statement[] {
  const [first, second, third, ...rest] = statements;
  if (!second) return statements;
  if (!third) return [sql`WITH first AS (${first!}) ${second}`];
  return [sql`WITH first AS (${first!}), second AS (${second}) ${third}`, ...rest];
}

/**
 * Batches find a few rows by their keys. Of a table that is small, or was when it was last analysed, the planner would rather
 * read everything: with the dead rows that thousands of updates leave behind, and in no order, so that two batches could
 * wait for each other's locks.
 */
const BY_KEYS = [
  'SET LOCAL enable_seqscan = off',
  'SET LOCAL enable_hashjoin = off',
  'SET LOCAL enable_mergejoin = off',
].join('; ');
const BEGIN_PIPELINE = `BEGIN ISOLATION LEVEL READ COMMITTED; ${BY_KEYS}`;

/** From now on in this transaction, rows are found by their keys, whatever the planner thinks of it. */
export async function findByKeys(tx: Tx): Promise<void> {
  await tx.unsafe(BY_KEYS);
}

async function runPipelined<T>(
  connection: postgres.ReservedSql<Types>,
  fn: (tx: Tx) => Promise<Pipelined<T>>,
): Promise<T> {
  const begun = connection.unsafe(BEGIN_PIPELINE).execute();
  // Told by the statement that follows it.
  begun.catch(() => {});
  try {
    const { value, last } = await fn(connection as unknown as Tx);
    // Behind a statement that fails, COMMIT rolls back.
    const finishing = [...asOne(connection, last), connection`COMMIT`].map((statement) =>
      statement.execute(),
    );
    await Promise.all(finishing);
    return value;
  } catch (error) {
    // Where the connection itself is gone, so is the transaction.
    await connection`ROLLBACK`.catch(() => {});
    throw error;
  }
}

function isRetryable(error: unknown): boolean {
  return (
    error instanceof postgres.PostgresError &&
    (error.code === SERIALIZATION_FAILURE || error.code === DEADLOCK_DETECTED)
  );
}
