/** A change, as pages make it: once, however often the network makes us send it. */
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { ApiError } from './problem.ts';

export interface ActionOptions<Input, Output> {
  /** Sends it. `idempotencyKey` goes into the header of that name: the same for every repetition of one action. */
  run: (input: Input, idempotencyKey: string) => Promise<Output>;
  /** Queries whose answers the change makes old. */
  changes?: readonly QueryKey[];
  onDone?: (output: Output, input: Input) => void;
  onFailed?: (error: ApiError) => void;
}

export interface Action<Input, Output> {
  /** Starts it; what comes of it is in `onDone` and `error`. */
  start: (input: Input) => void;
  /** The same, as a promise that rejects with the `ApiError`. */
  perform: (input: Input) => Promise<Output>;
  isRunning: boolean;
  /** The last one has succeeded. */
  isDone: boolean;
  error: ApiError | null;
  /** Forgets the error. */
  reset: () => void;
}

export function useAction<Input = void, Output = unknown>(
  options: ActionOptions<Input, Output>,
): Action<Input, Output> {
  const queries = useQueryClient();
  // What may have been done although nobody answered: asked for once more, it is the same action.
  const unanswered = useRef<{ input: string; key: string }>(undefined);
  const mutation = useMutation<Output, ApiError, { input: Input; key: string }>({
    mutationFn: ({ input, key }) => options.run(input, key),
    onSuccess: async (output, { input }) => {
      unanswered.current = undefined;
      for (const queryKey of options.changes ?? []) void queries.invalidateQueries({ queryKey });
      options.onDone?.(output, input);
    },
    onError: (error, { input, key }) => {
      unanswered.current = isUnsure(error) ? { input: textOf(input), key } : undefined;
      options.onFailed?.(error);
    },
  });
  // The second click of a double click may come before the button is drawn as disabled: it is not another action.
  const underWay = useRef(new Map<string, Promise<Output>>());
  const perform = (input: Input): Promise<Output> => {
    const text = textOf(input);
    const same = underWay.current.get(text);
    if (same) return same;
    const before = unanswered.current;
    const key = before?.input === text ? before.key : newKey();
    const done = mutation.mutateAsync({ input, key }).finally(() => underWay.current.delete(text));
    underWay.current.set(text, done);
    return done;
  };
  return {
    // What came of it is in `onDone` and `error`.
    start: (input) => void perform(input).catch(() => {}),
    perform,
    isRunning: mutation.isPending,
    isDone: mutation.isSuccess,
    error: mutation.error,
    reset: mutation.reset,
  };
}

/** It may have been done, or still be under way. */
function isUnsure(error: ApiError): boolean {
  return error.isPassing || error.status >= 500 || error.code === 'idempotency_running';
}

function textOf(input: unknown): string {
  return JSON.stringify(input) ?? '';
}

/** Not `crypto.randomUUID`: browsers keep it from pages that came without TLS, and a first try is often such a page. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
