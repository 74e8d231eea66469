/** A person's own second factor. */
import { Type } from 'typebox';
import { Answer, Body } from '../http/fields.ts';
import { sessionOf } from '../http/principal.ts';
import type { SessionRoutes } from './api.ts';
import { DONE, Done } from './session.ts';

const Password = Body(
  { password: Type.String({ maxLength: 256, description: 'the current password' }) },
  { password: 'correct horse battery staple' },
);
const Enrolment = Answer(
  {
    otpauthUri: Type.String({ description: 'For a QR code' }),
    secret: Type.String({ description: 'The same, to be typed into an authenticator' }),
  },
  {
    otpauthUri:
      'otpauth://totp/Headgate:owner%40example.com?issuer=Headgate&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30',
    secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  },
);
const Code = Body(
  { code: Type.String({ maxLength: 20, description: 'the six digits that the authenticator shows now' }) },
  { code: '492039' },
);
const RecoveryCodes = Answer(
  {
    recoveryCodes: Type.Array(Type.String(), {
      description: 'Shown once. Each is good once, in place of a code',
    }),
  },
  { recoveryCodes: ['k7m2ws-9xbd3h', '4nq8rt-vzj5ya'] },
);

export const secondFactor: SessionRoutes = (app, { core, people, invoke }) => {
  app.post(
    '/second-factor/enrol',
    {
      ...people,
      schema: {
        operationId: 'enrolSecondFactor',
        tags: ['second factor'],
        summary: 'Begin to set up a second factor',
        description: 'It counts once it is confirmed.',
        body: Password,
        response: { 200: Enrolment },
        refuses: ['RateLimited'],
      },
    },
    async (request) => {
      const { personId } = sessionOf(request);
      await core.sessions.confirmPassword(personId, request.body.password);
      return core.secondFactor.enrol(invoke(request), personId);
    },
  );

  app.post(
    '/second-factor/confirm',
    {
      ...people,
      schema: {
        operationId: 'confirmSecondFactor',
        tags: ['second factor'],
        summary: 'Turn the second factor on with a first code',
        description: 'All other sessions of the person end.',
        body: Code,
        response: { 200: RecoveryCodes },
      },
    },
    async (request) => {
      const { personId, sessionId } = sessionOf(request);
      return {
        recoveryCodes: await core.secondFactor.confirm(
          invoke(request),
          personId,
          sessionId,
          request.body.code,
        ),
      };
    },
  );

  app.post(
    '/second-factor/recovery-codes',
    {
      ...people,
      schema: {
        operationId: 'renewRecoveryCodes',
        tags: ['second factor'],
        summary: 'New recovery codes in place of those there were',
        body: Password,
        response: { 200: RecoveryCodes },
        refuses: ['RateLimited'],
      },
    },
    async (request) => {
      const { personId } = sessionOf(request);
      await core.sessions.confirmPassword(personId, request.body.password);
      return { recoveryCodes: await core.secondFactor.renewRecoveryCodes(invoke(request), personId) };
    },
  );

  app.post(
    '/second-factor/disable',
    {
      ...people,
      schema: {
        operationId: 'disableSecondFactor',
        tags: ['second factor'],
        summary: 'Turn the second factor off',
        description: 'All other sessions of the person end.',
        body: Password,
        response: { 200: Done },
        refuses: ['RateLimited'],
      },
    },
    async (request) => {
      const { personId, sessionId } = sessionOf(request);
      await core.sessions.confirmPassword(personId, request.body.password);
      await core.secondFactor.disable(invoke(request), personId, sessionId);
      return DONE;
    },
  );
};
