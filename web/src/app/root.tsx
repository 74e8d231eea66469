/** The routes above all pages: the document, and the shell for people who are signed in. */
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, Outlet, redirect } from '@tanstack/react-router';
import { homeOf, type Role, sessionQuery } from '../api/session.ts';
import { Crash } from './crash.tsx';
import { NotFound } from './not-found.tsx';
import { Shell } from './shell.tsx';

export interface RouterContext {
  queries: QueryClient;
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  errorComponent: Crash,
  notFoundComponent: NotFound,
});

/** Lets in who is signed in; others sign in first, and come back to where they were going. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  errorComponent: Crash,
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.query(sessionQuery);
    if (!session) throw redirect({ to: '/sign-in', search: { next: location.href }, replace: true });
    return { session };
  },
});

/** For `beforeLoad` of a console: people of another role are sent to their own. */
export function only(...roles: Role[]) {
  return ({ context }: { context: { session: { role: Role } } }) => {
    if (!roles.includes(context.session.role))
      throw redirect({ to: homeOf(context.session.role), replace: true });
  };
}
