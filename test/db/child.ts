/** Other processes for the tests of this folder: they run `child-open.ts` or `child-lock.ts` and are talked to in lines. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { commandFor, type RunAs } from '../../src/db/embedded/runas.ts';

export class Child {
  readonly process: ChildProcess;
  /** Resolves with the exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
  #lines: string[] = [];
  #waiting: ((line: string) => void)[] = [];

  constructor(script: 'child-open.ts' | 'child-lock.ts', argument: unknown, runAs?: RunAs) {
    const args = [fileURLToPath(new URL(script, import.meta.url)), JSON.stringify(argument)];
    const command = runAs
      ? commandFor(runAs, process.execPath, args)
      : { file: process.execPath, args, credentials: {} };
    this.process = spawn(command.file, command.args, {
      ...command.credentials,
      cwd: '/',
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.ended = new Promise((resolve) => {
      this.process.on('close', (code, signal) => {
        resolve(signal ?? code ?? 0);
        for (const give of this.#waiting.splice(0)) give('{"event":"ended"}');
      });
    });
    createInterface({ input: this.process.stdout! }).on('line', (line) => {
      const give = this.#waiting.shift();
      if (give) give(line);
      else this.#lines.push(line);
    });
  }

  get pid(): number {
    return this.process.pid!;
  }

  send(line: string): void {
    this.process.stdin?.write(`${line}\n`);
  }

  /** The next line the process printed. */
  async next(): Promise<Record<string, unknown>> {
    const line = this.#lines.shift() ?? (await new Promise<string>((resolve) => this.#waiting.push(resolve)));
    return JSON.parse(line) as Record<string, unknown>;
  }

  async ask(line: string): Promise<Record<string, unknown>> {
    this.send(line);
    return await this.next();
  }

  /** Ends the process without a chance to clean up. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.ended;
  }
}
