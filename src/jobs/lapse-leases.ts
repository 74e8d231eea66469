/** Ends the sessions of gateways that fell silent, so that what they held and did not report returns to its subusers. */
import type { Job } from './jobs.ts';

export const lapseLeases: Job = {
  name: 'lapse-leases',
  everyMs: 1000,
  async run(core) {
    await core.leases.lapse();
  },
};
