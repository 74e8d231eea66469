import { useSession } from '../api/use-session.ts';

/** What the signed-in person may do: a viewer changes nothing; access, settings, exits and nodes are the owner's. The server decides; this leaves out what it would refuse. */
export function useMay(): { change: boolean; giveAccess: boolean } {
  const { role } = useSession();
  return { change: role === 'owner' || role === 'manager', giveAccess: role === 'owner' };
}
