/** The API over a test database, without a process around it: requests go in by `inject`, or over a socket after `listen`. */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse as InjectResponse } from 'fastify';
import pino from 'pino';
import { createApi } from '../../src/api/server.ts';
import type { Invocation } from '../../src/core/command.ts';
import { type Core, createCore } from '../../src/core/core.ts';
import { verifyLedger } from '../../src/core/ledger/verify.ts';
import { type Clock, systemClock } from '../../src/shared/clock.ts';
import { BYTES_PER_MB } from '../../src/shared/units.ts';
import { watchAnswers } from './described.ts';
import { createTestDatabase, type TestDatabase } from './postgres.ts';

export interface TestReseller {
  accountId: bigint;
  storeCode: string;
  email: string;
  /** With reseller:read and reseller:write. */
  key: string;
}

export interface TestApi {
  database: TestDatabase;
  core: Core;
  app: FastifyInstance;
  /** What the operator does. */
  operator: Invocation;
  /** A reseller with a pool of residential bandwidth, in MB. */
  reseller(options?: { storeCode?: string; mb?: number; scopes?: string[] }): Promise<TestReseller>;
  mintKey(accountId: bigint, scopes: string[], expiresAt?: Date): Promise<string>;
  /** Throws, naming the problems, unless the ledger holds. */
  assertLedgerHolds(): Promise<void>;
  close(): Promise<void>;
}

export const TEST_MASTER_KEY = Buffer.alloc(32, 7);

/**
 * Call it in `beforeAll`, and `close()` in `afterAll`. Every answer of a dialect is held against its OpenAPI document: one that is
 * not documented fails the test that asked.
 */
export async function createTestApi(
  options: { clock?: Clock; database?: TestDatabase; infiniteCreationFeeMb?: number } = {},
): Promise<TestApi> {
  const database = options.database ?? (await createTestDatabase());
  const core = await createCore(database.sql, options.clock ?? systemClock, TEST_MASTER_KEY, {
    infiniteCreationFeeBytes: BigInt(options.infiniteCreationFeeMb ?? 100) * BYTES_PER_MB,
  });
  await core.events.start(database.sql);
  const app = createApi({
    core,
    logger: pino({ level: 'fatal' }),
    notReady: async () => [],
  });
  const assertDescribed = watchAnswers(app);
  await app.ready();
  const inject = app.inject.bind(app) as (request: InjectOptions | string) => Promise<InjectResponse>;
  app.inject = (async (request: InjectOptions | string) => {
    const response = await inject(request);
    assertDescribed();
    return response;
  }) as FastifyInstance['inject'];
  const operator: Invocation = { actor: { name: 'command-line', accountId: null, door: 'command-line' } };

  async function mintKey(accountId: bigint, scopes: string[], expiresAt?: Date): Promise<string> {
    return (await core.keys.mint(operator, { accountId, name: 'test', scopes, expiresAt })).secret;
  }

  return {
    database,
    core,
    app,
    operator,
    mintKey,
    async reseller({
      storeCode = randomStoreCode(),
      mb = 0,
      scopes = ['reseller:read', 'reseller:write'],
    } = {}) {
      const email = `${storeCode.toLowerCase()}@example.com`;
      await core.accounts.createReseller(operator, { storeCode, storeName: 'My Store', email });
      if (mb > 0) await core.accounts.topUp(operator, storeCode, 'residential', BigInt(mb) * BYTES_PER_MB);
      const { id } = await core.accounts.find(storeCode);
      return { accountId: id, storeCode, email, key: await mintKey(id, scopes) };
    },
    async assertLedgerHolds() {
      const { problems } = await verifyLedger(database.sql);
      if (problems.length > 0) throw new Error(problems.map((problem) => problem.detail).join('\n'));
    },
    async close() {
      await app.close();
      await core.events.stop();
      // A database that was handed in is its maker's to drop.
      if (!options.database) await database.drop();
      // What was asked over a socket.
      assertDescribed();
    },
  };
}

export function randomStoreCode(): string {
  return `S${randomBytes(4).toString('hex').toUpperCase()}`;
}
