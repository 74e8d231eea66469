/** How answers are kept: shared by all pages, asked for again when they are old. */
import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './problem.ts';

const FRESH_FOR_MS = 10_000;
const TRIES = 3;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: FRESH_FOR_MS, retry: isWorthRetrying },
      // Safe: every mutation carries an idempotency key that its repetitions share (use-action.ts).
      mutations: { retry: isWorthRetrying },
    },
  });
}

function isWorthRetrying(failures: number, error: Error): boolean {
  return failures < TRIES && error instanceof ApiError && error.isPassing;
}
