/** Folders for databases that last no longer than a test. */
import { mkdtempSync, realpathSync, statfsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const MIN_FREE_BYTES = 2_000_000_000;

export function makeTempFolder(prefix: string): string {
  return realpathSync(mkdtempSync(path.join(folderForData(), prefix)));
}

/** In memory where there is room: a database is hundreds of new files, which take ten times as long on many disks. */
function folderForData(): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    if (bavail * bsize >= MIN_FREE_BYTES) return '/dev/shm';
  } catch {
    // Not Linux.
  }
  return os.tmpdir();
}
