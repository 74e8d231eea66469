/** Renews, stops and terminates subscriptions whose period has ended. They are over without it: this writes it down. */
import type { Job } from './jobs.ts';

export const expireSubscriptions: Job = {
  name: 'expire-subscriptions',
  everyMs: 1000,
  async run(core) {
    await core.subscriptions.expireDue({ actor: { name: 'system', accountId: null, door: 'job' } });
  },
};
