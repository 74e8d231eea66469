/** The whole program as a provider would run it: embedded database, API, and a gateway that asks, leases, counts and reports. */
import type { ChildProcess } from 'node:child_process';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SERVER_NODE_OPTIONS } from '../../bin/node-options.mjs';
import { start, stop } from './processes.ts';

const KEEPER = path.join(import.meta.dirname, '../../bin/keeper.mjs');
const MAIN = path.join(import.meta.dirname, '../../src/cli/main.ts');
const POOL_MB = 900_000;
const PROBE = path.join(import.meta.dirname, 'memory-probe.ts');
const MOST_IN_A_CALL = 1_000;

interface BulkAnswer {
  results: ({ status: 'made'; subuser: { username: string; password: string } } | { status: 'refused' })[];
}

export class Headgate {
  readonly #dataFolder: string;
  readonly #collects: boolean;
  #key = '';
  #apiUrl = '';
  #child: ChildProcess | undefined;
  gatewayPort = 0;
  relay = '';

  /** `collects`: see memory-probe.ts. */
  constructor(dataFolder: string, collects = false) {
    this.#dataFolder = dataFolder;
    this.#collects = collects;
  }

  /** Where the running program notes its memory. */
  get memoryFile(): string {
    return `${this.#dataFolder}.memory`;
  }

  /** Of the launcher, whose children all the others are. */
  get pid(): number {
    return this.#child!.pid!;
  }

  /** Of the process that relays. */
  get serverPid(): number {
    const lines = readFileSync(this.memoryFile, 'utf8').trimEnd().split('\n');
    return (JSON.parse(lines.at(-1)!) as { pid: number }).pid;
  }

  async start(): Promise<void> {
    // As bin/headgate.mjs does, and with the probe.
    const args = [...SERVER_NODE_OPTIONS, '--import', PROBE, MAIN, 'start'];
    const launch = `import(${JSON.stringify(KEEPER)}).then(({ keepServer }) => keepServer(${JSON.stringify(args)}))`;
    const child = start('measured', [process.execPath, '-e', launch], {
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
    if (this.#child !== undefined) await stop(this.#child, 'SIGTERM');
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

  /** Makes subusers through the API, as many in a call as it takes; answers their logins in base64. */
  async makeSubusers(prefix: string, count: number, megabytes: number): Promise<string[]> {
    const logins: string[] = [];
    for (let first = 0; first < count; first += MOST_IN_A_CALL) {
      const subusers = Array.from({ length: Math.min(MOST_IN_A_CALL, count - first) }, (_, index) => ({
        username: `${prefix}${first + index}`,
        bytes: { residential: megabytes * 1_000_000 },
      }));
      const response = await fetch(`${this.#apiUrl}/api/account/subusers/bulk`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.#key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ subusers }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`making subusers: ${text}`);
      for (const result of (JSON.parse(text) as BulkAnswer).results) {
        if (result.status !== 'made') throw new Error(`making subusers: ${JSON.stringify(result)}`);
        const { username, password } = result.subuser;
        logins.push(Buffer.from(`${username}:${password}`).toString('base64'));
      }
    }
    return logins;
  }

  #environment(): Record<string, string> {
    return {
      HEADGATE_DATA: this.#dataFolder,
      HEADGATE_PORT: '0',
      HEADGATE_GATEWAY_PORT: '0',
      HEADGATE_GATEWAY_ALLOW: '127.0.0.0/8',
      HEADGATE_LOG_LEVEL: 'warn',
      HEADGATE_BENCH_MEMORY: this.memoryFile,
      ...(this.#collects && { HEADGATE_BENCH_COLLECT: 'yes' }),
    };
  }
}
