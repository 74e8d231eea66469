/** A Headgate installation in a folder of its own, driven as an operator does: by its command, its settings and signals. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../src/config.ts';
import type { Sql } from '../../src/db/client.ts';
import { clearLeftovers, clusterPaths, readPostmasterPid } from '../../src/db/embedded/cluster.ts';
import { postgresProcesses } from '../../src/db/embedded/processes.ts';
import { silentLog } from '../../src/db/log.ts';
import { openDatabase } from '../../src/db/open.ts';
import { cleanEnvironment, type Finished, run } from './run.ts';
import { makeTempFolder } from './temp-folder.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COMMAND = path.join(ROOT, 'bin', 'headgate.mjs');
const READY = /^headgate ready$/m;
const READY_WITHIN_MS = 100_000;
/** Drain time, the last report and the database's own shutdown fit in. */
const STOP_WITHIN_MS = 40_000;

export interface CliResult extends Finished {
  /** Standard output as JSON. Throws, with what was printed, when the command failed. */
  json<T>(): T;
}

export interface ServerProcess {
  readonly apiUrl: string;
  readonly gatewayUrl: string;
  /** Of a process without the API. */
  readonly healthUrl: string;
  /** Of the process that serves, not of the launcher above it. */
  readonly pid: number;
  /** From the start of the process to its line `headgate ready`. */
  readonly readyAfterMs: number;
  stdout(): string;
  stderr(): string;
  /** Resolves with the exit code, null when a signal ended it. */
  readonly exited: Promise<number | null>;
  signal(name: NodeJS.Signals): void;
  /** SIGTERM, and its exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL of the process that serves. PostgreSQL is left behind, unless it is to die too. */
  kill9(options?: { postgres?: boolean }): Promise<void>;
}

export interface Installation {
  readonly dataFolder: string;
  readonly env: NodeJS.ProcessEnv;
  /** What the first start showed. Throws before. */
  readonly firstRun: FirstRun;
  start(env?: Record<string, string>, ...args: string[]): Promise<ServerProcess>;
  /** Runs `headgate start` where it is expected to fail. */
  startInVain(env?: Record<string, string>, ...args: string[]): Promise<Finished>;
  cli(...args: string[]): Promise<CliResult>;
  /** Reads the database itself: for what no command shows. Works while a server runs and while none does. */
  query<T>(read: (sql: Sql) => Promise<T>): Promise<T>;
  /** Processes of the embedded PostgreSQL. */
  postgresPids(): number[];
  /** Ends whatever still runs and removes the folder. */
  remove(): Promise<void>;
}

export interface FirstRun {
  key: string;
  ownerPassword: string;
}

const installations = new Set<{ killNow(): void }>();
// Cut short, a test run leaves nothing behind.
process.once('exit', () => {
  for (const installation of installations) installation.killNow();
});

/** Call it in `beforeAll` or in a test, and `remove()` in `afterAll` or when the test ends. */
export function createInstallation(settings: Record<string, string> = {}): Installation {
  const dataFolder = makeTempFolder('headgate-e2e-');
  const env = cleanEnvironment({
    HEADGATE_DATA: dataFolder,
    HEADGATE_PORT: '0',
    HEADGATE_GATEWAY_PORT: '0',
    HEADGATE_GATEWAY_ALLOW: '127.0.0.0/8,::1/128',
    ...settings,
  });
  const launched = new Set<Launched>();
  const paths = clusterPaths(dataFolder);
  let firstRun: FirstRun | undefined;

  const postgresPids = () => postgresProcesses(paths.cluster, readPostmasterPid(paths.cluster)?.pid);
  const launch = (added: Record<string, string>, args: string[]) => {
    const server = new Launched({ ...env, ...added }, args);
    launched.add(server);
    void server.exited.then(() => launched.delete(server));
    return server;
  };
  const removeFolders = () => {
    for (const folder of [dataFolder, paths.socketFolder]) rmSync(folder, { recursive: true, force: true });
  };
  const registered = {
    killNow() {
      for (const server of launched) server.killNow();
      for (const pid of postgresPids()) killIfThere(pid);
      removeFolders();
    },
  };
  installations.add(registered);

  return {
    dataFolder,
    env,
    get firstRun() {
      if (!firstRun) throw new Error('no start has shown what the first one shows');
      return firstRun;
    },
    async start(added = {}, ...args) {
      const server = launch(added, args);
      await server.ready();
      const key = /^ {2}its key {5}(\S+)$/m.exec(server.stdout())?.[1];
      const ownerPassword = /^ {2}password {4}(\S+)$/m.exec(server.stdout())?.[1];
      if (key !== undefined && ownerPassword !== undefined) firstRun = { key, ownerPassword };
      return server;
    },
    async startInVain(added = {}, ...args) {
      const server = launch(added, args);
      const code = await server.exited;
      return { code, stdout: server.stdout(), stderr: server.stderr() };
    },
    cli: (...args) => runCli(env, ...args),
    async query(read) {
      const database = await openDatabase(loadConfig(env), { purpose: 'command', log: silentLog });
      try {
        return await read(database.sql);
      } finally {
        await database.stop();
      }
    },
    postgresPids,
    async remove() {
      for (const server of [...launched]) {
        const code = await Promise.race([server.stop(), delay(STOP_WITHIN_MS, 'late' as const)]);
        if (code === 'late') server.killNow();
        await server.exited;
      }
      await clearLeftovers(paths, silentLog);
      installations.delete(registered);
      removeFolders();
    },
  };
}

/** Runs a command of `headgate` to its end. */
export async function runCli(env: NodeJS.ProcessEnv, ...args: string[]): Promise<CliResult> {
  const finished = await run(process.execPath, [COMMAND, ...args], { env });
  return {
    ...finished,
    json<T>() {
      if (finished.code !== 0) {
        throw new Error(
          `headgate ${args.join(' ')}: exit code ${finished.code}\n${finished.stderr}${finished.stdout}`,
        );
      }
      return JSON.parse(finished.stdout) as T;
    },
  };
}

class Launched implements ServerProcess {
  readonly exited: Promise<number | null>;
  readonly #launcher: ChildProcess;
  readonly #startedAtMs = performance.now();
  readonly #isReady = Promise.withResolvers<void>();
  #stdout = '';
  #stderr = '';
  #pid: number | undefined;
  readyAfterMs = 0;

  constructor(env: NodeJS.ProcessEnv, args: string[]) {
    this.#launcher = spawn(process.execPath, [COMMAND, 'start', ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#launcher.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    this.#launcher.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
      if (this.readyAfterMs > 0 || !READY.test(this.#stdout)) return;
      this.readyAfterMs = performance.now() - this.#startedAtMs;
      this.#isReady.resolve();
    });
    this.exited = new Promise((resolve) => this.#launcher.on('close', resolve));
  }

  async ready(): Promise<void> {
    const outcome = await Promise.race([
      this.#isReady.promise.then(() => 'ready'),
      this.exited.then((code) => `it ended with exit code ${code}`),
      delay(READY_WITHIN_MS, 'it took too long', { ref: false }),
    ]);
    if (outcome !== 'ready') throw new Error(`no \`headgate ready\`: ${outcome}\n${this.#stderr}`);
    this.#pid = childOf(this.#launcher.pid!);
  }

  get apiUrl(): string {
    return this.#printed('API');
  }

  get gatewayUrl(): string {
    return this.#printed('gateway');
  }

  get healthUrl(): string {
    return this.#printed('health');
  }

  #printed(name: string): string {
    const url = new RegExp(`^ {2}${name} +(https?://\\S+)$`, 'm').exec(this.#stdout)?.[1];
    if (url === undefined) throw new Error(`the start printed no ${name}:\n${this.#stdout}`);
    return url;
  }

  get pid(): number {
    if (this.#pid === undefined) throw new Error('the server was not ready yet');
    return this.#pid;
  }

  stdout(): string {
    return this.#stdout;
  }

  stderr(): string {
    return this.#stderr;
  }

  signal(name: NodeJS.Signals): void {
    this.#launcher.kill(name);
  }

  stop(): Promise<number | null> {
    this.signal('SIGTERM');
    return this.exited;
  }

  async kill9({ postgres = false } = {}): Promise<void> {
    const pids = postgres ? descendantsOf(this.pid) : [];
    process.kill(this.pid, 'SIGKILL');
    for (const pid of pids) killIfThere(pid);
    await this.exited;
  }

  killNow(): void {
    if (this.#pid !== undefined) killIfThere(this.#pid);
    this.#launcher.kill('SIGKILL');
  }
}

/** The server under its launcher. */
function childOf(pid: number): number {
  return Number(childrenOf(pid)[0]);
}

function childrenOf(pid: number): number[] {
  try {
    return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number);
  } catch {
    // pgrep fails when there is none.
    return [];
  }
}

function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

/** One that has just ended by itself is no fault: the processes of PostgreSQL take each other along. */
export function killIfThere(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
