/** `headgate start` */
import { type Command, InvalidArgumentError } from 'commander';
import { loadConfig } from '../config.ts';
import { KeptPorts } from '../kept-ports.ts';
import { ROLES, type Role } from '../roles.ts';
import type { RunningServer } from '../server.ts';
import { firstRunText, startedText } from './banner.ts';

/** A second signal within this is the same key press, sent to the whole process group and handed on by a parent as well. */
const SAME_SIGNAL_MS = 500;
/** Whom a server has accepted just before it handed over may still ask it for something. */
const HAND_OVER_GRACE_MS = 10_000;
/** A server that has handed over and is then told to stop gives its tunnels no longer than this. */
const STOP_AFTER_HAND_OVER_MS = 10_000;

export function defineStart(program: Command): void {
  program
    .command('start')
    .description(
      'run the server until it is told to stop (SIGTERM, Ctrl-C); a second signal ends it without waiting',
    )
    .option('--roles <list>', `comma-separated: ${ROLES.join(', ')}`, parseRoles, [...ROLES])
    .action(async ({ roles }: { roles: Role[] }) => {
      const config = loadConfig();
      let stopping: Promise<void> | undefined;
      let server: RunningServer | undefined;
      let signalledAt = 0;
      const starting = new AbortController();
      let isHandedOver = false;
      const ports = KeptPorts.find();
      ports?.onHandOver(() => {
        if (starting.signal.aborted) return;
        isHandedOver = true;
        process.stderr.write('headgate: another server has taken over: finishing what runs\n');
        stopping = server?.stop({ drainMs: config.handOverDrainMs, graceMs: HAND_OVER_GRACE_MS });
      });

      const onSignal = (signal: NodeJS.Signals) => {
        const now = performance.now();
        if (signalledAt > 0 && now - signalledAt > SAME_SIGNAL_MS) {
          process.stderr.write('headgate: stopping without waiting\n');
          server?.hurry();
          return;
        }
        if (signalledAt > 0) return;
        signalledAt = now;
        process.stderr.write(`headgate: ${signal}: finishing what runs, then stopping (again to hurry)\n`);
        starting.abort();
        if (isHandedOver) setTimeout(() => server?.hurry(), STOP_AFTER_HAND_OVER_MS).unref();
        stopping = server?.stop();
      };
      for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, onSignal);

      // Loaded here: no other command needs what a server is made of, which is most of the program.
      const { startServer } = await import('../server.ts');
      server = await startServer(config, roles, ports);
      if (starting.signal.aborted) stopping = server.stop();
      else {
        if (server.firstRun) {
          process.stdout.write(firstRunText(server, server.firstRun));
          await server.firstRun.done();
        }
        process.stdout.write(startedText(server));
        process.stdout.write('headgate ready\n');
        ports?.ready(server.canHandOver);
      }
      await server.stopped;
      await stopping;
    });
}

function parseRoles(text: string): Role[] {
  const roles = text
    .split(',')
    .map((role) => role.trim())
    .filter(Boolean);
  const unknown = roles.find((role) => !(ROLES as readonly string[]).includes(role));
  if (roles.length === 0 || unknown !== undefined) {
    throw new InvalidArgumentError(`expected some of ${ROLES.join(', ')}.`);
  }
  return ROLES.filter((role) => roles.includes(role));
}
