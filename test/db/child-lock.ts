/** Takes the lock of a data folder when told `go`, and gives it back when told `release`. */
import { createInterface } from 'node:readline';
import { type DataFolderLock, isLock, tryLock } from '../../src/db/embedded/lock.ts';

const dataFolder = JSON.parse(process.argv[2] ?? '') as string;
const say = (message: unknown) => process.stdout.write(`${JSON.stringify(message)}\n`);
let lock: DataFolderLock | undefined;

say({ event: 'here' });
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'go') {
    const outcome = tryLock(dataFolder, 'server');
    if (isLock(outcome)) lock = outcome;
    say(isLock(outcome) ? { event: 'taken' } : { event: 'held', pid: outcome.pid });
  } else {
    lock?.release();
    lock = undefined;
    say({ event: 'free' });
  }
}
