import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { homeOf, sessionQuery } from '../api/session.ts';
import { Loading } from '../components/states.tsx';
import { ownerRoutes } from '../owner/routes.ts';
import { resellerRoutes } from '../reseller/routes.ts';
import { Crash } from './crash.tsx';
import { page } from './page.ts';
import { rootRoute, shellRoute } from './root.tsx';

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async ({ context }) => {
    const session = await context.queries.query(sessionQuery);
    throw redirect({ to: session ? homeOf(session.role) : '/sign-in', replace: true });
  },
});

export interface SignInSearch {
  /** Where to go afterwards. */
  next?: string;
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'sign-in',
  // Only a path of this console: a link must not lead people who have just signed in elsewhere. A value that is refused must be named as
  // absent, or the router keeps it.
  validateSearch: ({ next }): SignInSearch => ({
    next: typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : undefined,
  }),
  component: page(() => import('./sign-in.tsx'), 'SignInPage'),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'invitation',
  component: page(() => import('./invitation.tsx'), 'InvitationPage'),
});

const profileRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: 'profile',
  component: page(() => import('./profile.tsx'), 'ProfilePage'),
});

const routes = rootRoute.addChildren([
  startRoute,
  signInRoute,
  invitationRoute,
  shellRoute.addChildren([profileRoute, ownerRoutes, resellerRoutes]),
]);

export function createConsoleRouter(queries: QueryClient) {
  return createRouter({
    routeTree: routes,
    context: { queries },
    // A page's code is fetched when the pointer comes near its link.
    defaultPreload: 'intent',
    defaultPendingComponent: Loading,
    // Within the shell: the other pages stay at hand.
    defaultErrorComponent: Crash,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
