import { lazyRouteComponent } from '@tanstack/react-router';
import { ApiError } from '../api/problem.ts';
import { isAnswering } from '../api/reach.ts';

/**
 * The component of a route, whose code is fetched when somebody goes there or is about to. While the server does not answer, that fails as
 * every call to it does. Where it answers and the file is gone, as it got a new console meanwhile, the router loads the document again.
 */
export function page<Name extends string, Code extends Record<Name, () => React.ReactNode>>(
  load: () => Promise<Code>,
  name: Name,
) {
  const loadOrSay = () =>
    load().catch(async (error: unknown): Promise<Code> => {
      throw (await isAnswering()) ? error : new ApiError({ status: 0 });
    });
  return lazyRouteComponent(loadOrSay, name);
}
