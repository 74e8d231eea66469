/**
 * gateway ── ControlLink ── carrier ── desk of the control side
 *
 * A link is the same whatever carries its questions: a function call, a port to another thread, HTTPS.
 */
import type { ControlLink } from '../ports.ts';
import { SessionOver } from '../session-over.ts';
import { CALL_NAMES, CALLS, type CallName, type Calls } from './calls.ts';
import type { CarriedEvent } from './events.ts';

export interface Question {
  readonly call: CallName;
  /** The session it is asked in, for calls that are. */
  readonly sessionId?: string;
  /** Grows with every question of a link, so that the other side can tell which of two was asked first. */
  readonly sequence: number;
  readonly args: readonly unknown[];
}

export interface Carrier {
  /** Rejects with SessionOver when the session is over, with anything else when the link is away. */
  ask(question: Question): Promise<unknown>;
  /** Answers how to hear no more. */
  onEvent(listener: (event: CarriedEvent) => void): () => void;
}

export function linkOver(carrier: Carrier): ControlLink {
  let sequence = 0;
  let sessionId: string | undefined;
  let lastOpening = 0;

  async function ask(call: CallName, args: readonly unknown[]): Promise<unknown> {
    sequence += 1;
    const own = sequence;
    if (!CALLS[call].inSession) {
      if (call !== 'open') return carrier.ask({ call, sequence: own, args });
      lastOpening = own;
      const opened = (await carrier.ask({ call, sequence: own, args })) as { sessionId: string };
      // The answer to a question that was given up may come after that to the next one.
      if (lastOpening === own) sessionId = opened.sessionId;
      return opened;
    }
    if (sessionId === undefined) throw new SessionOver('no session has been opened');
    return carrier.ask({ call, sessionId, sequence: own, args });
  }

  const calls = Object.fromEntries(
    CALL_NAMES.map((call) => [call, (...args: unknown[]) => ask(call, args)]),
  ) as unknown as Calls;
  return {
    ...calls,
    onEvent: (listener) =>
      void carrier.onEvent(({ exceptSession, ...event }) => {
        // A gateway that asks for what others hold is not asked to hand back its own.
        if (exceptSession === undefined || exceptSession !== sessionId) listener(event);
      }),
  };
}
