/** The clients and targets that proxies are measured with: two small programs in C, compiled here. */
import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { listening, start, stop } from './processes.ts';
import { findTool } from './tools.ts';

export const ORIGIN_PORT = 9_310;
export const ORIGIN_ADDRESSES = 16;
const SETTLE_MS = 1_500;

export type Mode = 'tunnels' | 'requests' | 'download' | 'upload' | 'hold';

export interface Run {
  readonly mode: Mode;
  readonly port: number;
  readonly connections: number;
  readonly seconds?: number;
  readonly bytes?: number;
  /** A file with one login per line; absent for a plain TCP relay. */
  readonly logins: string | undefined;
}

export interface Result {
  done: number;
  failed: number;
  held: number;
  seconds: number;
  bytes: number;
  nextLogin: number;
  p50us: number;
  p99us: number;
}

export class Load {
  readonly #folder: string;
  readonly #origin: ChildProcess;
  /** By file: whose turn it is. A run goes on where the last one ended, so that several short ones reach everybody. */
  readonly #nextLogin = new Map<string, number>();

  /** Compiles both programs into `folder`, and starts the target. Undefined: there is no C compiler. */
  static async prepare(folder: string): Promise<Load | undefined> {
    const compiler = findTool('cc');
    if (!compiler) return undefined;
    for (const name of ['origin', 'load']) {
      const source = path.join(import.meta.dirname, '../native', `${name}.c`);
      const done = spawnSync(compiler, ['-O2', '-o', path.join(folder, name), source], { encoding: 'utf8' });
      if (done.status !== 0) throw new Error(`${source} does not compile: ${done.stderr}`);
    }
    const command = [path.join(folder, 'origin'), String(ORIGIN_PORT), String(ORIGIN_ADDRESSES)];
    const origin = start('others', command, { stderr: 'inherit' });
    await listening(ORIGIN_PORT, origin);
    if (origin.exitCode !== null) throw new Error(`port ${ORIGIN_PORT} is taken by another program`);
    return new Load(folder, origin);
  }

  private constructor(folder: string, origin: ChildProcess) {
    this.#folder = folder;
    this.#origin = origin;
  }

  async run(run: Run): Promise<Result> {
    const child = this.#start(run);
    const result = await readResult(child);
    this.#nextLogin.set(run.logins ?? '', result.nextLogin);
    if (child.exitCode === null) await once(child, 'exit');
    return result;
  }

  /** Calls back while the tunnels are open and quiet. */
  async hold(run: Omit<Run, 'mode'>, whileHeld: () => void): Promise<Result> {
    const child = this.#start({ ...run, mode: 'hold' });
    const result = await readResult(child);
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    whileHeld();
    child.stdin!.end();
    if (child.exitCode === null) await once(child, 'exit');
    return result;
  }

  stop(): Promise<void> {
    return stop(this.#origin, 'SIGKILL');
  }

  #start({ mode, port, connections, seconds = 0, bytes = 0, logins = '-' }: Run): ChildProcess {
    const numbers = [port, ORIGIN_PORT, ORIGIN_ADDRESSES, connections, seconds, bytes];
    const first = this.#nextLogin.get(logins) ?? 0;
    const command = [path.join(this.#folder, 'load'), mode, ...numbers.map(String), logins, String(first)];
    return start('others', command, { stdout: 'pipe', stderr: 'inherit' });
  }
}

async function readResult(child: ChildProcess): Promise<Result> {
  let text = '';
  for await (const chunk of child.stdout!.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.includes('\n')) return JSON.parse(text) as Result;
  }
  throw new Error('the load generator ended without a result');
}
