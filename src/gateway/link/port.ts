/** gateway in a worker thread ◀── MessagePort ──▶ the carrier of the main thread */
import type { MessagePort } from 'node:worker_threads';
import { SessionOver } from '../session-over.ts';
import type { CarriedEvent } from './events.ts';
import type { Carrier, Question } from './link.ts';

interface Asked {
  readonly id: number;
  readonly question: Question;
}

type Told =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly message: string; readonly isSessionOver: boolean }
  | { readonly kind: 'event'; readonly event: CarriedEvent };

/** The worker's end. */
export function portCarrier(port: MessagePort): Carrier {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Set<(event: CarriedEvent) => void>();
  let lastId = 0;
  port.on('message', (told: Told) => {
    if (told.kind === 'event') {
      for (const listener of listeners) listener(told.event);
      return;
    }
    const asker = waiting.get(told.id);
    waiting.delete(told.id);
    if (told.kind === 'answer') asker?.resolve(told.answer);
    else asker?.reject(told.isSessionOver ? new SessionOver(told.message) : new Error(told.message));
  });
  return {
    ask(question) {
      lastId += 1;
      const asker = Promise.withResolvers<unknown>();
      waiting.set(lastId, asker);
      port.postMessage({ id: lastId, question } satisfies Asked);
      return asker.promise;
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** The main thread's end: asks what comes, of the carrier that it has itself. */
export function servePort(port: MessagePort, carrier: Carrier): void {
  const tell = (told: Told) => port.postMessage(told);
  port.on('message', ({ id, question }: Asked) => {
    carrier.ask(question).then(
      (answer) => tell({ kind: 'answer', id, answer }),
      (error: Error) =>
        tell({ kind: 'error', id, message: error.message, isSessionOver: error instanceof SessionOver }),
    );
  });
  port.once(
    'close',
    carrier.onEvent((event) => tell({ kind: 'event', event })),
  );
}
