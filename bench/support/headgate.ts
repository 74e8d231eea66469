/** The whole program as a provider would run it: embedded database, API, and a gateway that asks, leases, counts and reports. */
import type { ChildProcess } from 'node:child_process';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { start, stop } from './processes.ts';

const MAIN = path.join(import.meta.dirname, '../../src/cli/main.ts');
const POOL_MB = 900_000;
const CALLERS = 64;

export class Headgate {
  readonly #dataFolder: string;
  #key = '';
  #apiUrl = '';
  #child: ChildProcess | undefined;
  gatewayPort = 0;
  relay = '';

  constructor(dataFolder: string) {
    this.#dataFolder = dataFolder;
  }

  get pid(): number {
    return this.#child!.pid!;
  }

  async start(): Promise<void> {
    const child = start('measured', [process.execPath, MAIN, 'start'], {
      env: this.#environment(),
      stdout: 'pipe',
      stderr: 'inherit',
    });
    this.#child = child;
    let output = '';
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
      child.stdout!.on('data', (chunk) => {
        output += chunk;
        if (output.includes('headgate ready')) resolve();
      });
    });
    this.#apiUrl = /API +(\S+)/.exec(output)![1]!;
    this.gatewayPort = Number(/gateway +\S+:(\d+)/.exec(output)![1]);
    this.relay = /relay +(\S+)/.exec(output)![1]!;
    const key = /hg_live_\w+/.exec(output);
    if (key) this.#key = key[0];
  }

  async stop(): Promise<void> {
    await stop(this.#child!, 'SIGTERM');
  }

  /** Gives the demo reseller enough for everything. */
  fillPool(): void {
    const args = [MAIN, 'reseller', 'topup', 'DEMO', '--product', 'residential', '--mb', String(POOL_MB)];
    const done = spawnSync(process.execPath, args, {
      env: { ...process.env, ...this.#environment() },
      encoding: 'utf8',
    });
    if (done.status !== 0) throw new Error(done.stderr);
  }

  /** Makes subusers through the API; answers their logins in base64. */
  async makeSubusers(prefix: string, count: number, megabytes: number): Promise<string[]> {
    const logins: string[] = [];
    let next = 0;
    const call = async () => {
      while (next < count) {
        const username = `${prefix}${next++}`;
        const body = { username, email: 'bench@example.com', bandwidth: megabytes };
        const made = await this.#call('POST', '/subusers', body);
        const { password } = await this.#call('GET', `/subusers/${made.username}`);
        logins.push(Buffer.from(`${made.username}:${password}`).toString('base64'));
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, call));
    return logins;
  }

  async #call(method: string, route: string, body?: object): Promise<{ username: string; password: string }> {
    const response = await fetch(`${this.#apiUrl}/api/reseller/v1${route}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body ? JSON.stringify(body) : null,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${route}: ${text}`);
    return (JSON.parse(text) as { data: { username: string; password: string } }).data;
  }

  #environment(): Record<string, string> {
    return {
      HEADGATE_DATA: this.#dataFolder,
      HEADGATE_PORT: '0',
      HEADGATE_GATEWAY_PORT: '0',
      HEADGATE_GATEWAY_ALLOW: '127.0.0.0/8',
      HEADGATE_LOG_LEVEL: 'warn',
    };
  }
}
