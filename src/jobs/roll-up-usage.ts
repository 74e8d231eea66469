/** Sums use by account, and keeps the order of subusers by their figures, a few seconds behind: more where thousands are served. */
import type { Job } from './jobs.ts';

export const rollUpUsage: Job = {
  name: 'roll-up-usage',
  everyMs: 3000,
  async run(core) {
    await core.usageRollUp.run();
  },
  restMs: (core) => core.usageRollUp.restMs,
};
