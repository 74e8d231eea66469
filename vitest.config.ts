import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

export default defineConfig({
  test: {
    pool: 'forks',
    // Tests are whole processes and a real database, and much of their time is waiting for these: two for each of two cores.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    // Against hanging, not for speed: a machine that has much else to do is no reason to fail.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    // Gateways report once a second; a busy machine takes its time.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          include: ['test/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          env: { HEADGATE_TEST_RELAY: 'fast' },
        },
      },
      {
        // What the gateway promises holds on both relays. Its parts are tested alone, in the folder below, where no relay is.
        extends: true,
        test: {
          name: 'portable relay',
          include: ['test/gateway/*.test.ts'],
          env: { HEADGATE_TEST_RELAY: 'portable' },
        },
      },
    ],
  },
});
