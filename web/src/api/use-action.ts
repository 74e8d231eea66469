/** A change, as pages make it: once, however often the network makes us send it. */
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiError } from './problem.ts';

export interface ActionOptions<Input, Output> {
  /** Sends it. `idempotencyKey` goes into the header of that name: the same for every repetition of one action. */
  run: (input: Input, idempotencyKey: string) => Promise<Output>;
  /** Queries whose answers the change makes old. */
  changes?: readonly QueryKey[];
  onDone?: (output: Output, input: Input) => void;
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
  const mutation = useMutation<Output, ApiError, { input: Input; key: string }>({
    mutationFn: ({ input, key }) => options.run(input, key),
    onSuccess: async (output, { input }) => {
      for (const queryKey of options.changes ?? []) void queries.invalidateQueries({ queryKey });
      options.onDone?.(output, input);
    },
  });
  return {
    start: (input) => mutation.mutate({ input, key: newKey() }),
    perform: (input) => mutation.mutateAsync({ input, key: newKey() }),
    isRunning: mutation.isPending,
    isDone: mutation.isSuccess,
    error: mutation.error,
    reset: mutation.reset,
  };
}

/** Not `crypto.randomUUID`: browsers keep it from pages that came without TLS, and a first try is often such a page. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
