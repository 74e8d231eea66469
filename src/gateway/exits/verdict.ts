import type { RefusalCode } from '../answers.ts';
import type { Leg } from '../leg.ts';

/**
 * Why there is no connection through an exit. `target`: the exit did its part, and another would do no better. In all other cases
 * another is tried. `exit`: by its own fault; `unclear`: it did not say, so it is not blamed for one destination alone; `unfit`: it
 * is not made for this connection.
 */
export interface ExitFailure {
  readonly kind: 'failed';
  readonly blame: 'target' | 'exit' | 'unclear' | 'unfit';
  readonly code: RefusalCode;
  /** For the operator. Holds no secret. */
  readonly reason: string;
}

export type ExitDial = { kind: 'connected'; leg: Leg } | ExitFailure;

export function exitFailure(reason: string): ExitFailure {
  return { kind: 'failed', blame: 'exit', code: 'exit-failed', reason };
}

export function targetFailure(code: RefusalCode, reason: string): ExitFailure {
  return { kind: 'failed', blame: 'target', code, reason };
}

export function unclearFailure(reason: string, code: RefusalCode = 'connect-failed'): ExitFailure {
  return { kind: 'failed', blame: 'unclear', code, reason };
}

export function unfit(reason: string, code: RefusalCode): ExitFailure {
  return { kind: 'failed', blame: 'unfit', code, reason };
}
