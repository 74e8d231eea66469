/** Settings that can be changed while the program runs. */
import { Type } from 'typebox';
import { SETTING_NAMES } from '../../core/settings/settings.ts';
import { Answer, Body, Named, OptionalTime, Whole, Word } from '../http/fields.ts';
import type { AdminRoutes } from './context.ts';

const Setting = Named('Setting', {
  name: Word(SETTING_NAMES),
  description: Type.String(),
  value: Whole('In effect'),
  defaultValue: Whole('What it is when nobody has changed it'),
  changedAt: OptionalTime('When it was changed'),
  minimum: Whole('The least it can be'),
  maximum: Whole('The most it can be'),
});
const SETTING = {
  name: 'lowPoolDays',
  description: 'A pool needs attention when it lasts fewer days than this at the present rate; 0: never',
  value: 7,
  defaultValue: 7,
  changedAt: null,
  minimum: 0,
  maximum: 365,
};
const SettingAnswer = Type.Object(Setting.properties, {
  additionalProperties: false,
  title: 'Setting',
  examples: [SETTING],
});

export const settings: AdminRoutes = (app, { core, read, owner, invoke }) => {
  app.get(
    '/settings',
    {
      ...read,
      schema: {
        operationId: 'listSettings',
        tags: ['settings'],
        summary: 'What can be changed while the program runs',
        description: 'All other settings come from the environment, and from a start on.',
        response: { 200: Answer({ data: Type.Array(Setting) }, { data: [SETTING] }) },
      },
    },
    async () => ({ data: await core.settings.list() }),
  );

  app.put(
    '/settings',
    {
      ...owner,
      schema: {
        operationId: 'changeSetting',
        tags: ['settings'],
        summary: 'Change a setting; null puts it back to its default',
        body: Body(
          {
            name: Word(SETTING_NAMES),
            value: Type.Optional(
              Type.Unsafe<number | null>({
                type: ['integer', 'null'],
                minimum: 0,
                maximum: Number.MAX_SAFE_INTEGER,
                description: 'a whole number within the bounds of the setting, or null',
              }),
            ),
          },
          { name: 'lowPoolDays', value: 14 },
        ),
        response: { 200: SettingAnswer },
      },
    },
    async (request) => {
      const { name, value = null } = request.body;
      return core.settings.change(invoke(request), name, value === null ? null : BigInt(value));
    },
  );
};
