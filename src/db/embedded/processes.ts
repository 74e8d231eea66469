/** Which processes work on a folder. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { isAlive } from '../../shared/processes.ts';

/**
 * The PostgreSQL processes that work on this cluster folder: a server and its children stand in it, as their working
 * directory. Where /proc is missing only `recordedPid`, the pid that the folder names, is looked at.
 */
export function postgresProcesses(cluster: string, recordedPid: number | undefined): number[] {
  if (process.platform === 'linux') return processesIn(cluster, 'postgres');
  if (recordedPid === undefined || !isAlive(recordedPid)) return [];
  const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(recordedPid)], { encoding: 'utf8' });
  return stdout?.includes('postgres') && stdout.includes(cluster) ? [recordedPid] : [];
}

/** Processes of one program whose working directory is this folder, as far as they are ours to see. Linux only. */
export function processesIn(folder: string, program: 'postgres' | 'initdb'): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return (
          readlinkSync(`/proc/${pid}/cwd`) === folder &&
          // ' (deleted)' is appended when the program was replaced while it ran.
          path.basename(readlinkSync(`/proc/${pid}/exe`)).split(' ')[0] === program
        );
      } catch {
        return false;
      }
    });
}
