/**
 * Opens the database as told by its argument, `{ dataFolder, purpose, postgresPort? }`, and then does what its input
 * says, a line each: `sql …` (prints the rows), `stop`, `exit` (without stopping).
 */
import { createInterface } from 'node:readline';
import { openDatabase } from '../../src/db/open.ts';

const { purpose, dataFolder, postgresPort } = JSON.parse(process.argv[2] ?? '');
const say = (message: unknown) =>
  process.stdout.write(
    `${JSON.stringify(message, (_key, value) => (typeof value === 'bigint' ? String(value) : value))}\n`,
  );
const logged: string[] = [];
const note = (message: string) => logged.push(message);

try {
  const database = await openDatabase(
    { dataFolder, postgresPort, databaseUrl: undefined },
    { purpose, log: { info: note, warn: note, error: note } },
  );
  say({ event: 'open', target: database.target, embedded: database.embedded, uid: process.getuid?.() });
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.startsWith('sql ')) {
      try {
        say({ event: 'rows', rows: await database.sql.unsafe(line.slice(4)) });
      } catch (error) {
        say({ event: 'failed', message: String(error) });
      }
    } else if (line === 'logged') {
      say({ event: 'logged', logged });
    } else if (line === 'exit') {
      process.exit(0);
    } else {
      break;
    }
  }
  // Also when the test that started this is gone.
  await Promise.all([database.stop(), database.stop()]);
  process.stdin.destroy();
} catch (error) {
  say({ event: 'refused', name: (error as Error).name, message: (error as Error).message });
  process.stdin.destroy();
}
