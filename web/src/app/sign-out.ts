import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { endSession, sessionQuery } from '../api/session.ts';
import type { Action } from '../api/use-action.ts';
import { useDirectAction } from '../components/use-direct-action.ts';

/** Ends the session, and forgets all that was loaded in it. */
export function useSignOut(): Action<void, void> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useDirectAction<void, void>({
    run: (_, idempotencyKey) => endSession(idempotencyKey),
    onDone: async () => {
      queries.setQueryData(sessionQuery.queryKey, null);
      await navigate({ to: '/sign-in', replace: true });
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
    },
  });
}
