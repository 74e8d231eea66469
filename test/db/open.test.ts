import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../../src/db/log.ts';
import { type OpenOptions, openDatabase } from '../../src/db/open.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ empty: true });
});
afterAll(() => database.drop());

const options: OpenOptions = { purpose: 'server', log: silentLog };
const withUrl = (databaseUrl: string) => ({
  databaseUrl,
  dataFolder: '/nonexistent/never-touched',
  postgresPort: undefined,
});

test('DATABASE_URL is used as it is, and the data folder is left alone', async () => {
  const opened = await openDatabase(withUrl(database.url), options);
  expect(opened.embedded).toBe(false);
  expect(await opened.sql`select current_database() as name`).toEqual([{ name: database.target.database }]);
  await Promise.all([opened.stop(), opened.stop()]);
});

test('what is wrong with it is said, with host and database and never with the password', async () => {
  const { port, user, password } = database.target;
  // A port that was free a moment ago.
  const probe = createServer();
  const free = await new Promise<number>((resolve) => {
    probe.listen(0, '127.0.0.1', () => resolve((probe.address() as { port: number }).port));
  });
  await new Promise((resolve) => probe.close(resolve));

  const cases: [url: string, message: string][] = [
    [
      `postgres://${user}:s3cret-w0rd@127.0.0.1:${free}/shop`,
      `cannot use the database "shop" at 127.0.0.1:${free}: `,
    ],
    [
      `postgres://${user}:s3cret-w0rd@127.0.0.1:${port}/shop`,
      'password authentication failed for user "headgate"',
    ],
    [`postgres://${user}:${password}@127.0.0.1:${port}/shop`, 'database "shop" does not exist'],
    ['postgres://u:s3cret-w0rd@host:port/shop', 'DATABASE_URL: expected a URL like'],
  ];
  for (const [url, message] of cases) {
    const error = await openDatabase(withUrl(url), options).catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ name: 'DatabaseError', message: expect.stringContaining(message) });
    expect(String(error)).not.toContain('s3cret');
    expect(String(error)).not.toContain(password);
  }
});
