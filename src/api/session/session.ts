/** Signing in and out. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { DomainError } from '../../core/errors.ts';
import { ROLES } from '../../core/people/roles.ts';
import type { SessionIdentity, SignedIn } from '../../core/people/sessions.ts';
import { Answer, Body, Named, OptionalText, Time, Word } from '../http/fields.ts';
import { sessionOf } from '../http/principal.ts';
import {
  clearSessionCookie,
  refuseCrossSite,
  refuseForeignSignIn,
  sessionToken,
  setSessionCookie,
} from '../http/session-cookie.ts';
import type { SessionRoutes } from './api.ts';

const SignIn = Body(
  {
    email: Type.String({ maxLength: 254, description: 'an email address' }),
    password: Type.String({ maxLength: 256, description: 'a text of at most 256 characters' }),
  },
  { email: 'owner@example.com', password: 'correct horse battery staple' },
);
const Code = Body(
  {
    code: Type.String({
      maxLength: 40,
      description: 'the six digits of the authenticator, or a recovery code',
    }),
  },
  { code: '492039' },
);

export const STEPS = ['signed-in', 'second-factor'] as const;
const SignedInAnswer = Answer(
  {
    step: Word(
      STEPS,
      '`second-factor`: a code is owed, and until it is given the session is good for nothing else',
    ),
    expiresAt: Time('When the session ends at the latest'),
  },
  { step: 'signed-in', expiresAt: '2026-05-18T10:00:00.000Z' },
);

const Me = Answer(
  {
    id: Type.String(),
    email: Type.String(),
    name: Type.String(),
    role: Word(ROLES, 'The provider’s `owner`, `manager` and `viewer`, or a `reseller`’s person'),
    scopes: Type.Array(Type.String(), { description: 'What the person may do' }),
    accountId: Type.String({ description: 'The account acted for' }),
    hasSecondFactor: Type.Boolean(),
    sessionId: Type.String(),
    expiresAt: Time('When the session ends at the latest'),
  },
  {
    id: 'prs_4kq7m2ws9xbd3h6n',
    email: 'owner@example.com',
    name: 'Owner',
    role: 'owner',
    scopes: ['admin:read', 'admin:write'],
    accountId: 'acc_4kq7m2ws9xbd3h6n',
    hasSecondFactor: false,
    sessionId: 'ses_4kq7m2ws9xbd3h6n',
    expiresAt: '2026-05-18T10:00:00.000Z',
  },
);

const OwnSession = Named('Session', {
  id: Type.String(),
  isThis: Type.Boolean({ description: 'Whether the call is made by it' }),
  createdAt: Time('When the person signed in'),
  lastSeenAt: Time('To about five minutes'),
  expiresAt: Time('When it ends at the latest'),
  address: OptionalText('From where'),
  userAgent: Type.String({ description: 'As the browser named itself' }),
});
const Sessions = Answer(
  { data: Type.Array(OwnSession) },
  {
    data: [
      {
        id: 'ses_4kq7m2ws9xbd3h6n',
        isThis: true,
        createdAt: '2026-05-04T10:00:00.000Z',
        lastSeenAt: '2026-05-04T10:25:00.000Z',
        expiresAt: '2026-05-18T10:00:00.000Z',
        address: '198.51.100.7',
        userAgent: 'Mozilla/5.0',
      },
    ],
  },
);

const SessionPath = Type.Object({
  id: Type.String({ description: 'The id of a session', examples: ['ses_4kq7m2ws9xbd3h6n'] }),
});
export const Done = Answer({ done: Type.Literal(true) }, { done: true });
export const DONE = { done: true } as const;

export const NO_KEY: Record<string, string[]>[] = [];

export function originOf({ ip, headers }: FastifyRequest) {
  return { address: ip, userAgent: headers['user-agent'] ?? '' };
}

export function answerSignedIn(request: FastifyRequest, reply: FastifyReply, signedIn: SignedIn) {
  setSessionCookie(request, reply, signedIn);
  const step: (typeof STEPS)[number] = signedIn.secondFactorDue ? 'second-factor' : 'signed-in';
  return { step, expiresAt: signedIn.expiresAt };
}

function toWireMe(session: SessionIdentity) {
  return {
    id: session.personId,
    email: session.email,
    name: session.name,
    role: session.role,
    scopes: [...session.scopes],
    accountId: session.accountPublicId,
    hasSecondFactor: session.hasSecondFactor,
    sessionId: session.sessionId,
    expiresAt: session.expiresAt,
  };
}

export const session: SessionRoutes = (app, { core, people, invoke }) => {
  app.post(
    '',
    {
      schema: {
        operationId: 'signIn',
        tags: ['session'],
        summary: 'Sign in',
        description:
          'Sets the session’s cookie. After some wrong guesses in a row, for a person or from an address, nobody may try for a while, which grows with every further one.',
        security: NO_KEY,
        body: SignIn,
        response: { 200: SignedInAnswer },
        refuses: ['SignInFailed', 'CrossSite', 'RateLimited'],
      },
    },
    async (request, reply) => {
      refuseForeignSignIn(request);
      const { email, password } = request.body;
      return answerSignedIn(request, reply, await core.sessions.signIn(originOf(request), email, password));
    },
  );

  app.post(
    '/second-factor',
    {
      schema: {
        operationId: 'giveCode',
        tags: ['session'],
        summary: 'Give the code that signing in still owes',
        description: 'Sets the cookie of a new session. A code is good once.',
        security: NO_KEY,
        body: Code,
        response: { 200: SignedInAnswer },
        refuses: ['Unauthenticated', 'SignInFailed', 'CrossSite', 'RateLimited'],
      },
    },
    async (request, reply) => {
      refuseCrossSite(request);
      const token = sessionToken(request);
      if (token === undefined) throw new DomainError('Unauthenticated', {});
      return answerSignedIn(
        request,
        reply,
        await core.sessions.giveCode(originOf(request), token, request.body.code),
      );
    },
  );

  app.get(
    '',
    {
      ...people,
      schema: {
        operationId: 'getSession',
        tags: ['session'],
        summary: 'Who is signed in',
        response: { 200: Me },
      },
    },
    async (request) => toWireMe(sessionOf(request)),
  );

  app.delete(
    '',
    {
      ...people,
      schema: { operationId: 'signOut', tags: ['session'], summary: 'Sign out', response: { 200: Done } },
    },
    async (request, reply) => {
      const { personId, sessionId } = sessionOf(request);
      await core.sessions.end(invoke(request), personId, sessionId);
      clearSessionCookie(request, reply);
      return DONE;
    },
  );

  app.get(
    '/sessions',
    {
      ...people,
      schema: {
        operationId: 'listSessions',
        tags: ['session'],
        summary: 'The person’s own sessions, newest first',
        response: { 200: Sessions },
      },
    },
    async (request) => {
      const { personId, sessionId } = sessionOf(request);
      const sessions = await core.sessions.list(personId);
      return { data: sessions.map((entry) => ({ ...entry, isThis: entry.id === sessionId })) };
    },
  );

  app.delete(
    '/sessions/:id',
    {
      ...people,
      schema: {
        operationId: 'endSession',
        tags: ['session'],
        summary: 'End one of the person’s own sessions',
        params: SessionPath,
        response: { 200: Done },
        refuses: ['SessionNotFound'],
      },
    },
    async (request) => {
      await core.sessions.end(invoke(request), sessionOf(request).personId, request.params.id);
      return DONE;
    },
  );
};
