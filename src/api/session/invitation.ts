/** Links by which a person sets a password without knowing the old one. */
import { Type } from 'typebox';
import { invalidField } from '../../core/errors.ts';
import { Answer, Body, Time, Word } from '../http/fields.ts';
import { refuseForeignSignIn } from '../http/session-cookie.ts';
import type { SessionRoutes } from './api.ts';
import { answerSignedIn, NO_KEY, originOf, STEPS } from './session.ts';

const GOOD_TOKEN = 'of an invitation that has neither expired nor been used';
const Token = Type.String({
  pattern: '^[A-Za-z0-9]{44}$',
  description: GOOD_TOKEN,
});
const TOKEN = 'vK8rT2mZx4NcW9bLp3Ds6fQ7hJ5gAyEuRkVnXtCwPzSd';

const Read = Body({ token: Token }, { token: TOKEN });
const Invited = Answer(
  { email: Type.String(), name: Type.String() },
  { email: 'ann@example.com', name: 'Ann' },
);
const TakeUp = Body(
  { token: Token, password: Type.String({ description: 'a text of 8 to 256 characters' }) },
  { token: TOKEN, password: 'correct horse battery staple' },
);
const SignedInAnswer = Answer(
  { step: Word(STEPS, 'As of `POST /api/session`'), expiresAt: Time('When the session ends at the latest') },
  { step: 'signed-in', expiresAt: '2026-05-18T10:00:00.000Z' },
);

export const invitation: SessionRoutes = (app, { core }) => {
  app.post(
    '/invitation/read',
    {
      schema: {
        operationId: 'readInvitation',
        tags: ['password'],
        summary: 'Whom an invitation is for',
        description:
          'Changes nothing. The token is in the link’s part behind `#`, which browsers send to no server.',
        security: NO_KEY,
        body: Read,
        response: { 200: Invited },
      },
    },
    async (request) => {
      const person = await core.people.readInvitation(request.body.token, core.clock.now());
      if (!person) throw invalidField('token', GOOD_TOKEN);
      return { email: person.email, name: person.name };
    },
  );

  app.post(
    '/invitation',
    {
      schema: {
        operationId: 'takeUpInvitation',
        tags: ['password'],
        summary: 'Set a password by an invitation, and sign in',
        description: 'An invitation is good once. Sessions that the person had end.',
        security: NO_KEY,
        body: TakeUp,
        response: { 200: SignedInAnswer },
        refuses: ['CrossSite', 'SignInFailed', 'RateLimited'],
      },
    },
    async (request, reply) => {
      refuseForeignSignIn(request);
      const { token, password } = request.body;
      const origin = originOf(request);
      const person = await core.people.takeUpInvitation(origin, token, password);
      return answerSignedIn(request, reply, await core.sessions.signIn(origin, person.email, password));
    },
  );
};
