/** The session API: how people sign in and out, and care for their password and second factor. */
import type { FastifyRequest } from 'fastify';
import type { Invocation } from '../../core/command.ts';
import type { Core } from '../../core/core.ts';
import { CONVENTIONS, ownApi, type RouteContext, type Routes, SCHEMES } from '../http/own-api.ts';
import { invocationBy, letInPeople } from '../http/principal.ts';
import type { Api } from '../openapi/api.ts';
import { invitation } from './invitation.ts';
import { password } from './password.ts';
import { secondFactor } from './second-factor.ts';
import { session } from './session.ts';

const PREFIX = '/api/session';

export interface SessionContext extends RouteContext {
  core: Core;
  /** Route options of a call for who is signed in. */
  people: ReturnType<typeof letInPeople>;
  invoke: (request: FastifyRequest) => Invocation;
}
export type SessionRoutes = Routes<SessionContext>;

export function sessionApi(core: Core): Api {
  const context: SessionContext = {
    core,
    people: letInPeople(core),
    invoke: (request) => invocationBy(request, 'console'),
  };
  return {
    name: 'session',
    title: 'Session API',
    version: '1',
    description: [
      'How people sign in and out of the consoles, and care for their password and second factor.',
      CONVENTIONS,
    ],
    tags: [
      { name: 'session', description: 'Signing in and out' },
      { name: 'password', description: 'A person’s own password, and the first one' },
      { name: 'second factor', description: 'Codes of an authenticator, and recovery codes' },
    ],
    // Signing in is at the prefix itself, and a path cannot be empty.
    bases: ['/'],
    dialects: [
      ownApi(
        PREFIX,
        ['Unauthenticated', 'CrossSite'],
        context,
        [session, password, invitation, secondFactor],
        {
          session: SCHEMES.session,
        },
      ),
    ],
  };
}
