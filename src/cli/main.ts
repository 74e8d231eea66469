/** The command `headgate`: runs what is asked for, and speaks for all commands when they fail. */
import { ConfigError } from '../config.ts';
import { DomainError } from '../core/errors.ts';
import { DatabaseError } from '../db/errors.ts';
import { createProgram } from './program.ts';

try {
  await createProgram().parseAsync();
} catch (error) {
  process.stderr.write(`headgate: ${explain(error)}\n`);
  process.exitCode = 1;
}

/** What the operator can act on, in a sentence; for what was not foreseen, the stack. */
function explain(error: unknown): string {
  if (error instanceof DomainError || error instanceof ConfigError || error instanceof DatabaseError)
    return error.message;
  if (!(error instanceof Error)) return String(error);
  return process.env.HEADGATE_LOG_LEVEL === 'debug' ? (error.stack ?? error.message) : error.message;
}
