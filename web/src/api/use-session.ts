import { useQuery } from '@tanstack/react-query';
import { useRouteContext } from '@tanstack/react-router';
import { type Session, sessionQuery } from './session.ts';

/** Who is signed in. Only below the shell, which lets nobody else in. */
export function useSession(): Session {
  const { session } = useRouteContext({ from: '/shell' });
  // The latest known: what the profile page changes is seen everywhere.
  return useQuery({ ...sessionQuery, initialData: session }).data ?? session;
}
