/** What processes on one database tell each other. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CoreEvent, Events, sendEvent } from '../../src/core/events.ts';
import { connect, type Sql } from '../../src/db/client.ts';
import { type Cuttable, startCuttable } from '../support/cuttable.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
let network: Cuttable;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  network = await startCuttable(database.target.port);
  const url = new URL(database.url);
  url.port = String(network.port);
  sql = connect(url.href, { maxConnections: 2 });
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await network.close();
  await database.drop();
});

const told: (CoreEvent | { kind: 'resync' })[] = [];
const resyncs = () => told.filter(({ kind }) => kind === 'resync').length;
const EXITS: CoreEvent = { kind: 'exits-changed' };

/** How many times the process has told itself something, seen from the database. */
function echoes(): () => Promise<number> {
  const seen = new Set<number>();
  return async () => {
    const rows = await database.sql<{ at: Date }[]>`
      SELECT query_start AS at FROM pg_stat_activity
        WHERE datname = current_database() AND query LIKE 'select pg_notify%' AND client_port > 0`;
    for (const { at } of rows) seen.add(at.getTime());
    return seen.size;
  };
}

it('a listening connection that has died without a word is noticed, and heard again when it is renewed', async () => {
  const events = new Events();
  events.on((event) => told.push(event));
  await events.start(sql);
  await sendEvent(database.sql, EXITS);
  await expect.poll(() => told).toEqual([EXITS]);

  // Who hears is told nothing of the kind.
  await expect.poll(echoes()).toBeGreaterThanOrEqual(4);
  expect(told).toEqual([EXITS]);

  const [listening] = await database.sql<{ port: number }[]>`
    SELECT client_port AS port FROM pg_stat_activity
      WHERE datname = current_database() AND query ILIKE 'listen%'`;
  network.silence(listening!.port);
  await sendEvent(database.sql, { kind: 'keys-changed' });
  // Not once only: what is remembered from then on may be out of date, too.
  await expect.poll(resyncs).toBeGreaterThanOrEqual(3);
  expect(told).not.toContainEqual({ kind: 'keys-changed' });

  network.cut();
  network.mend();
  await expect
    .poll(async () => {
      await sendEvent(database.sql, EXITS);
      return told.filter(({ kind }) => kind === 'exits-changed').length;
    })
    .toBeGreaterThan(1);
  await events.stop();
});
