/** Programs under measurement: started on a core of their own, their processor time and memory read from /proc. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import { cpus } from 'node:os';
import { findTool } from './tools.ts';

const taskset = cpus().length > 1 ? findTool('taskset') : undefined;
const TICKS_PER_SECOND = 100;
const PAGE_KIB = 4;
const READY_WITHIN_MS = 30_000;

/** What is measured has the first core for itself; clients and targets share the second. */
export type Core = 'measured' | 'others';
export const isPinned = taskset !== undefined;

const started = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of started) for (const pid of familyOf(child.pid!)) kill(pid);
});

export function start(
  core: Core,
  command: readonly string[],
  options: { env?: Record<string, string>; stdout?: 'pipe' | 'ignore'; stderr?: 'inherit' | 'ignore' } = {},
): ChildProcess {
  const [file, ...args] = taskset ? [taskset, '-c', core === 'measured' ? '0' : '1', ...command] : command;
  const child = spawn(file!, args, {
    env: { ...process.env, ...options.env },
    stdio: ['pipe', options.stdout ?? 'ignore', options.stderr ?? 'ignore'],
  });
  started.add(child);
  child.once('exit', () => started.delete(child));
  return child;
}

export async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const family = familyOf(child.pid!);
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
  if (signal === 'SIGKILL') for (const pid of family) kill(pid);
}

/** Until the port answers. */
export async function listening(port: number, child: ChildProcess): Promise<void> {
  const deadlineMs = performance.now() + READY_WITHIN_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null || performance.now() > deadlineMs)
      throw new Error(`${child.spawnargs.join(' ')} does not listen`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** Of a process and everything it has started. */
export function cpuSeconds(root: number): number {
  return familyOf(root).reduce((sum, pid) => {
    const fields = statOf(pid);
    return sum + (Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0)) / TICKS_PER_SECOND;
  }, 0);
}

export function memoryKib(pid: number): number {
  return Number(statOf(pid)?.[21] ?? 0) * PAGE_KIB;
}

function familyOf(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = Number(statOf(Number(entry))?.[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const family = [root];
  for (const pid of family) family.push(...(children.get(pid) ?? []));
  return family;
}

/** The fields behind the name, which may hold spaces. */
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
