/** Questions about processes that Node does not answer. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/**
 * When a process started, in a form that differs for every process that ever carries this pid, also across reboots.
 * Undefined when there is no such process, when it is dead and only waits to be collected by its parent, or when the
 * system does not say.
 */
export function startTimeOf(pid: number): string | undefined {
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    });
    const match = /^\s*(\S+)\s+(\S.*\S)\s*$/.exec(stdout ?? '');
    return match && !match[1]?.startsWith('Z') ? match[2] : undefined;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; the numbers come after its last parenthesis. See proc_pid_stat(5).
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return undefined;
    // Ticks since boot repeat from one boot to the next.
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[18]}`;
  } catch {
    return undefined;
  }
}

/** Whether a process with this pid exists and is not merely waiting to be collected. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it exists, and belongs to someone else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return process.platform === 'linux' ? !isZombie(pid) : startTimeOf(pid) !== undefined;
}

function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return /^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}

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
