/** A person's own password. */
import { Type } from 'typebox';
import { Body } from '../http/fields.ts';
import { sessionOf } from '../http/principal.ts';
import type { SessionRoutes } from './api.ts';
import { DONE, Done } from './session.ts';

const ChangePassword = Body(
  {
    currentPassword: Type.String({ maxLength: 256, description: 'the current password' }),
    newPassword: Type.String({ description: 'a text of 8 to 256 characters' }),
  },
  { currentPassword: 'correct horse battery staple', newPassword: 'a different long sentence' },
);

export const password: SessionRoutes = (app, { core, people, invoke }) => {
  app.post(
    '/password',
    {
      ...people,
      schema: {
        operationId: 'changePassword',
        tags: ['password'],
        summary: 'Change the person’s own password',
        description: 'All other sessions of the person end.',
        body: ChangePassword,
        response: { 200: Done },
        refuses: ['RateLimited'],
      },
    },
    async (request) => {
      const { currentPassword, newPassword } = request.body;
      await core.sessions.changePassword(invoke(request), sessionOf(request), currentPassword, newPassword);
      return DONE;
    },
  );
};
