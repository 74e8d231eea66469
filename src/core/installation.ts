/** What this installation is: which master key it was set up with, and whether its first start has been seen through. */
import type { Sql } from '../db/client.ts';
import type { Clock } from '../shared/clock.ts';
import type { SecretBox } from './secrets.ts';

const MASTER_KEY_CHECK = 'headgate master key';
const WELCOME_LOCK = 7105;

/** Throws unless this is the master key the database was set up with; sets it up with this one if it is new. */
export async function checkMasterKey(sql: Sql, clock: Clock, box: SecretBox): Promise<void> {
  await sql`
    INSERT INTO installation (master_key_check, created_at)
      VALUES (${box.seal(MASTER_KEY_CHECK, MASTER_KEY_CHECK)}, ${clock.now()}) ON CONFLICT DO NOTHING`;
  const [row] = await sql<{ master_key_check: Uint8Array }[]>`SELECT master_key_check FROM installation`;
  try {
    box.open(row!.master_key_check, MASTER_KEY_CHECK);
  } catch {
    throw new Error(
      'the master key is not the one this database was set up with. Restore HEADGATE_MASTER_KEY, or the file master.key in ' +
        'the data folder: passwords sealed with it cannot be read without it.',
    );
  }
}

/** The right to welcome the operator. Held by one process until it has done so; lost with its connection. */
export interface Welcome {
  /** The operator has been shown what is shown once. */
  done(): Promise<void>;
  /** Leaves it to the next start. After `done`, does nothing. */
  release(): Promise<void>;
}

/** Takes the right to welcome; undefined when the operator has been welcomed. Waits for a process that has the right. */
export async function takeWelcome(sql: Sql, clock: Clock): Promise<Welcome | undefined> {
  const connection = await sql.reserve();
  let held = true;
  const release = async () => {
    if (!held) return;
    held = false;
    await connection`SELECT pg_advisory_unlock(${WELCOME_LOCK})`;
    connection.release();
  };
  await connection`SELECT pg_advisory_lock(${WELCOME_LOCK})`;
  const [row] = await connection<{ welcomed_at: Date | null }[]>`SELECT welcomed_at FROM installation`;
  if (row?.welcomed_at) {
    await release();
    return undefined;
  }
  return {
    release,
    async done() {
      await connection`UPDATE installation SET welcomed_at = ${clock.now()}`;
      await release();
    },
  };
}
